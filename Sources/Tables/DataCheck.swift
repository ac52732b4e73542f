/// Something that must hold of the rows of a resource, beyond each cell on its own.
public enum DataCheck: Sendable, Hashable {
  /// Each group of `by` holds each of `values` in `column` exactly once.
  case complete(by: [String], column: String, values: [String])

  /// The whole numbers in `column` run without a gap inside each group of `by`.
  case noGap(by: [String], column: String)

  /// The parts of a column add up to its total.
  case sumOfParts(SumOfParts)

  /// Figures follow from those of the time before.
  case identity(Identity)

  /// Rows hold the same figures as those of the same key in another package.
  case matches(Match)

  /// For each combination of the other key columns the sum over the rows with one of `parts` in `column`
  /// equals the row with `total`.
  public struct SumOfParts: Sendable, Hashable {
    /// The column that tells the total from its parts.
    public let column: String

    /// The total's value in that column.
    public let total: String

    /// The parts' values in that column; nil for every value but the total's.
    public let parts: [String]?

    /// The columns that add up.
    public let measures: [String]

    /// The greatest absolute difference allowed.
    public let tolerance: Double

    /// Why a difference is allowed.
    public let reason: String?
  }

  /// result(t) = previous(t − 1) + Σ sign · term(t) inside each group of `by`, in the order of `order`.
  public struct Identity: Sendable, Hashable {
    /// The column on the left.
    public let result: String

    /// The columns that are added, with the factor of each, sorted by name.
    public let terms: [Term]

    /// The column that is carried over from the row before; nil when nothing is.
    public let previous: String?

    /// The columns that make a group.
    public let by: [String]

    /// The column of time.
    public let order: String

    /// The greatest absolute difference allowed.
    public let tolerance: Double

    /// Why a difference is allowed.
    public let reason: String?
  }

  /// A column and the factor with which it enters a sum.
  public struct Term: Sendable, Hashable {
    /// The column.
    public let column: String

    /// The factor, mostly 1 or −1.
    public let factor: Double
  }

  /// Rows with the same values `on` the key columns hold the same `measures`.
  public struct Match: Sendable, Hashable {
    /// The other package.
    public let package: String

    /// The resource there.
    public let resource: String

    /// The columns of the key.
    public let on: [String]

    /// The columns that are compared.
    public let measures: [String]

    /// The greatest absolute difference allowed.
    public let tolerance: Double

    /// Why a difference is allowed.
    public let reason: String?
  }
}
