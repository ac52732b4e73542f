/// A table scaled to given margins by iterative proportional fitting: each margin in turn multiplies the cells by
/// wanted/found until all margins hold at once.
///
/// The result keeps the odds ratios of the seed and is the table nearest to it in relative entropy. A cell of 0 stays
/// 0 (a structural zero). Every margin is met to a relative error below 1e-10, or the fit throws and says which one
/// is not and by how much.
///
/// Source: Deming and Stephan (1940); Bishop, Fienberg and Holland (1975), chapter 3.
public struct ProportionalFitting: Sendable, Hashable {
  /// The totals of a table over some of its axes.
  public struct Margin: Sendable, Hashable {
    /// The axes that the totals are told for, by position in the shape, each once.
    public let axes: [Int]
    /// The totals, row by row over `axes` in the order given; 0 or more.
    public let totals: [Double]

    /// A margin from its axes and totals.
    public init(axes: [Int], totals: [Double]) {
      self.axes = axes
      self.totals = totals
    }
  }

  /// The length of each axis.
  public let shape: [Int]
  /// The fitted table, row by row: the last axis is the innermost.
  public let values: [Double]
  /// How many times all margins were gone through.
  public let iterations: Int
  /// The largest relative error of a margin's total that is left.
  public let largestError: Double
  /// How many cells of the seed are 0 and stay so.
  public let structuralZeros: Int
  /// The cells, by position, that the seed has and a margin of 0 empties.
  public let emptiedCells: [Int]

  /// The relative error of a margin's total below which it is met.
  public static let tolerance = 1e-10

  /// Fits a table of any number of axes.
  ///
  /// - Parameters:
  ///   - seed: the table to scale, row by row, 0 or more.
  ///   - shape: the length of each axis.
  ///   - margins: one or more.
  ///   - iterationLimit: how many times the margins are gone through at most.
  /// - Throws: ``ProportionalFittingError``: figures that do not fit the shape or are negative or not finite; two
  ///   margins that disagree on what they share; a total above 0 over structural zeros alone; margins that no table
  ///   with these structural zeros has.
  /// - Complexity: O(cells × margins × iterations).
  public init(
    seed: [Double], shape: [Int], margins: [Margin], iterationLimit: Int = 10_000
  ) throws(ProportionalFittingError) {
    let layout = try MarginLayout(shape: shape, seed: seed, margins: margins)
    try layout.checkConsistent(margins)
    try layout.checkAttainable(seed, margins)
    var table = seed
    var worst = layout.worstError(table, margins)
    var count = 0
    while worst.error > Self.tolerance {
      guard count < iterationLimit else {
        throw .notAttained(
          margin: worst.margin, cell: worst.cell, wanted: margins[worst.margin].totals[worst.cell],
          found: worst.found, iterations: count)
      }
      count += 1
      for (m, margin) in margins.enumerated() {
        let found = layout.sums(table, margin: m)
        let factors = zip(margin.totals, found).map { $1 > 0 ? $0 / $1 : 0 }
        let cellOf = layout.cellOfMargin[m]
        for i in table.indices { table[i] *= factors[cellOf[i]] }
      }
      worst = layout.worstError(table, margins)
    }
    self.shape = shape
    values = table
    iterations = count
    largestError = worst.error
    structuralZeros = seed.count { $0 == 0 }
    let totals = margins
    emptiedCells = seed.indices.filter { i in
      seed[i] > 0 && totals.indices.contains { totals[$0].totals[layout.cellOfMargin[$0][i]] == 0 }
    }
  }

  /// Fits a table of rows and columns.
  ///
  /// - Parameters:
  ///   - seed: the table, row by row.
  ///   - rowTotals: the total of each row, margin 0 in errors.
  ///   - columnTotals: the total of each column, margin 1.
  /// - Throws: ``ProportionalFittingError``.
  /// - Complexity: O(cells × iterations).
  public init(
    seed: [Double], rowTotals: [Double], columnTotals: [Double]
  ) throws(ProportionalFittingError) {
    try self.init(
      seed: seed, shape: [rowTotals.count, columnTotals.count],
      margins: [Margin(axes: [0], totals: rowTotals), Margin(axes: [1], totals: columnTotals)])
  }
}

/// Why a table cannot be fitted to its margins.
public enum ProportionalFittingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The seed (no margin) or the totals of a margin are not as many as the shape has cells.
  case countMismatch(margin: Int?, expected: Int, found: Int)
  /// A margin that names an axis that is not there or stands twice, or names none of one or more margins.
  case unknownAxis(margin: Int, axis: Int)
  /// A figure of the seed (no margin) or of a margin that is negative or not finite.
  case impossibleValue(Double, margin: Int?, cell: Int)
  /// Two margins that disagree on a total that both imply: over the axes they share (none: the whole), at a cell.
  case inconsistent(first: Int, second: Int, axes: [Int], cell: Int, firstTotal: Double, secondTotal: Double)
  /// A total above 0 where the seed has structural zeros alone.
  case structuralZero(margin: Int, cell: Int, wanted: Double)
  /// The margin that is furthest off when the iteration ends: structural zeros elsewhere leave it too much or too
  /// little. A small gap is a table that has further zeros, to which fitting comes near without end.
  case notAttained(margin: Int, cell: Int, wanted: Double, found: Double, iterations: Int)

  /// A sentence that says which margin cannot be met and by how much.
  public var description: String {
    switch self {
    case .countMismatch(let margin, let expected, let found):
      return "\(Self.name(margin)): \(found) figures; expected \(expected)"
    case .unknownAxis(let margin, let axis):
      return "\(Self.name(margin)): axis \(axis + 1) is not an axis of the table or stands twice"
    case .impossibleValue(let value, let margin, let cell):
      return "\(Self.name(margin)), cell \(cell + 1): \(value); expected 0 or more"
    case .inconsistent(let first, let second, let axes, let cell, let a, let b):
      let place =
        axes.isEmpty ? "" : " over axis \(axes.map { "\($0 + 1)" }.joined(separator: ", ")), cell \(cell + 1)"
      return "margins \(first + 1) and \(second + 1) disagree on their total\(place): \(a) and \(b), which differ by "
        + "\((a - b).magnitude)"
    case .structuralZero(let margin, let cell, let wanted):
      return "\(Self.name(margin)), cell \(cell + 1): \(wanted) wanted where every cell of the table is 0"
    case .notAttained(let margin, let cell, let wanted, let found, let iterations):
      return
        "\(Self.name(margin)), cell \(cell + 1): \(wanted) wanted, \(found) after \(iterations) iterations, off by "
        + "\((wanted - found).magnitude); the zeros of the table leave no way to meet every margin, or only one with more zeros"
    }
  }

  private static func name(_ margin: Int?) -> String { margin.map { "margin \($0 + 1)" } ?? "the table" }
}
