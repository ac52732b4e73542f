/// The description of a folder of CSV files: a Frictionless data package (`datapackage.json`) with this
/// project's additions `vintage`, `series`, `notes` and `checks`.
public struct DataPackage: Sendable, Hashable {
  /// A licence under which the data may be used.
  public struct Licence: Sendable, Hashable, Decodable {
    /// Its short identifier, such as `OGL-UK-3.0`.
    public let name: String

    /// Its full title.
    public let title: String?

    /// The address of its text.
    public let path: String?
  }

  /// Where the data came from.
  public struct Source: Sendable, Hashable, Decodable {
    /// Publisher and title.
    public let title: String

    /// The address, or the place where it was found.
    public let path: String?
  }

  /// One file of the package.
  public struct Resource: Sendable, Hashable {
    /// Its name within the package.
    public let name: String

    /// Its path from the package's folder.
    public let path: String

    /// What it holds.
    public let description: String?

    /// Its size in bytes.
    public let bytes: Int?

    /// Its digest: `sha256:` and lower-case hexadecimal digits.
    public let hash: String?

    /// How many rows it has below the header.
    public let rows: Int?

    /// Its columns and key.
    public let schema: Schema

    /// What must hold of its rows.
    public let checks: [DataCheck]
  }

  /// The columns and the key of a resource.
  public struct Schema: Sendable, Hashable {
    /// The columns in file order.
    public let fields: [Field]

    /// The columns whose values together occur only once; empty when none is given.
    public let primaryKey: [String]
  }

  /// A column.
  public struct Field: Sendable, Hashable {
    /// The header.
    public let name: String

    /// What its cells hold.
    public let type: FieldType

    /// The unit of its numbers.
    public let unit: String?

    /// What it means.
    public let description: String?

    /// What must hold of each cell.
    public let constraints: Constraints
  }

  /// What a column's cells hold.
  public enum FieldType: String, Sendable, Hashable, Decodable {
    /// Text.
    case string
    /// Whole numbers.
    case integer
    /// Numbers.
    case number
  }

  /// What must hold of each cell of a column.
  public struct Constraints: Sendable, Hashable {
    /// Whether no cell may be missing.
    public let required: Bool

    /// The least number allowed.
    public let minimum: Double?

    /// The greatest number allowed.
    public let maximum: Double?

    /// The values allowed, as they stand in the file; nil when any is.
    public let allowed: [String]?

    /// A regular expression that the whole of each value matches.
    public let pattern: String?
  }

  /// Which of two published series estimates belong to.
  public enum Series: String, Sendable, Hashable, Decodable {
    /// Rebased to a later census.
    case rebased
    /// As first published.
    case original
  }

  /// The package's name, which is its folder's.
  public let name: String

  /// Its title.
  public let title: String

  /// What it holds.
  public let description: String?

  /// Its version.
  public let version: String?

  /// Which release of the figures it holds.
  public let vintage: String?

  /// The licences.
  public let licences: [Licence]

  /// The sources.
  public let sources: [Source]

  /// Caveats that a user must know.
  public let notes: [String]

  /// The series of the estimates, where there are several.
  public let series: Series?

  /// The files.
  public let resources: [Resource]

  /// The folder it was read from.
  public internal(set) var folder = ""

  /// The resource of that name.
  public func resource(_ name: String) -> Resource? { resources.first { $0.name == name } }

  /// The path of a resource's file.
  public func path(of resource: Resource) -> String { folder + "/" + resource.path }
}
