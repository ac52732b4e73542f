/// Why rows do not make a table of cells and totals.
public enum DisclosureError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Two rows stand for the same cell.
  case duplicateCell(row: Int, earlier: Int)
  /// A member of a dimension is part of itself, by way of others or at once.
  case circularParents(dimension: Int, member: String)

  /// What was found.
  public var description: String {
    switch self {
    case .duplicateCell(let row, let earlier): "rows \(earlier + 1) and \(row + 1) stand for the same cell"
    case .circularParents(let dimension, let member): "'\(member)' of dimension \(dimension + 1) is a part of itself"
    }
  }
}
