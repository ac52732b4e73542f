import Tables

/// Something about the data of a design that its reader should know.
public enum DesignWarning: Sendable, Hashable, CustomStringConvertible {
  /// A column of the design has one value in all rows: beside an intercept it has no coefficient of its own.
  case constantColumn(String)

  /// The response has one value in all rows: nothing is left to explain, and no standard error or test means anything.
  case constantResponse(String)

  /// Listed levels of a factor that no row has; they have no column.
  case unusedLevels(factor: String, levels: [String])

  /// Rows whose value is none of a factor's listed levels; they were dropped.
  case outsideLevels(factor: String, rows: Int)

  /// A factor of text has the level NA, which is a missing value only in columns of numbers.
  case levelNamedNA(factor: String)

  /// Rows whose response is no whole number where counts are expected, and the first one.
  case fractionalCounts(rows: Int, first: String)

  /// The level of a text response that counts as success; the other is failure.
  case successLevel(column: String, level: String)

  /// Rows without weight or trials: they have no part in the fit.
  case withoutWeight(rows: Int)

  /// Columns that `.` left out because they serve as weights, trials, offset or clusters.
  case leftOutOfDot([String])

  /// The warning in words.
  public var description: String {
    switch self {
    case .constantColumn(let name): "\(name) has the same value in all rows"
    case .constantResponse(let name): "the response \(name) has the same value in all rows: there is nothing to explain"
    case .unusedLevels(let factor, let levels):
      "\(factor): no row has the level\(levels.count == 1 ? "" : "s") \(Self.list(levels))"
    case .outsideLevels(let factor, let rows):
      "\(factor): \(rows) row\(rows == 1 ? "" : "s") dropped whose value is none of the listed levels"
    case .levelNamedNA(let factor): "\(factor): NA is taken as a level; leave the cell empty where a text is missing"
    case .fractionalCounts(let rows, let first):
      "\(rows) row\(rows == 1 ? " has" : "s have") no whole number as count; the first: \(first)"
    case .successLevel(let column, let level): "\(column): \(quoted(level)) counts as success"
    case .withoutWeight(let rows): "\(rows) row\(rows == 1 ? " has" : "s have") no weight and no part in the fit"
    case .leftOutOfDot(let columns): ". leaves out \(Self.list(columns))"
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(8).map { quoted($0) }.joined(separator: ", ") + (names.count > 8 ? " and \(names.count - 8) more" : "")
  }
}
