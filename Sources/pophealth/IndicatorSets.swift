import Indicators
import Tables

/// The sets of rows within which a row-wise kind compares rows with each other.
///
/// They are the groups of `--by`. Where every group is a single row, nothing could be compared: the columns are then taken
/// for the names of the rows, and all rows are one set.
struct IndicatorSets {
  /// The rows of each set, in file order.
  let rows: [[Int]]
  /// The set of each row.
  let grouping: Grouping
  /// That the columns of `--by` only name the rows.
  let note: String?
  private let groups: IndicatorGroups

  init(_ input: IndicatorInput, noun: String) {
    groups = input.groups
    let areLabels = groups.count == input.rowCount && groups.count > 1 && !groups.names.isEmpty
    if areLabels {
      grouping = .oneGroup(rows: input.rowCount)
      rows = [Array(0..<input.rowCount)]
      note = "each group of --by is one row: there is one \(noun) of all rows"
    } else {
      grouping = input.grouping
      rows = groups.rows()
      note = nil
    }
  }

  /// How notes call a set; nil where there is only one.
  func name(of set: Int) -> String? { note == nil ? groups.name(of: set) : nil }
}
