import Regression
import Tables

/// Predictions for the rows of another file.
struct RegressPredictions {
  /// The file as messages name it.
  let path: String
  let digest: String?
  /// One row a new row: its line, the columns to keep, the mean with its standard error and limits, and for a linear
  /// model the limits of a single observation.
  let table: Table
  let notes: [String]
  /// How many columns at the left say which row it is.
  private let labels: Int

  /// Reads the new rows, each column as the fit's data hold it, and predicts for them.
  ///
  /// - Throws: `CommandFailure`.
  init(path given: String, plan: RegressPlan, uses: [String: RegressRows.Use], fit: Fit) throws {
    let path = given == "-" ? "/dev/stdin" : given
    let rows = try RegressRows(path: path, uses: uses, namedByCommand: Set(plan.keep))
    let new = try rows.table()
    let prediction = try checkingModel(path) { () throws(RegressionError) in try fit.predictions(for: new) }
    self.path = path
    digest = rows.file.digest
    table = Self.table(of: prediction, new, keep: plan.keep)
    labels = 1 + plan.keep.count
    notes =
      new.notes
      + Self.note(prediction.incompleteRows, new, "without prediction, because a value is missing")
      + Self.note(
        prediction.inestimableRows, new,
        "without prediction, because an aliased column is not there the combination that it was in the fit")
  }

  private static func table(of prediction: Prediction, _ rows: Table, keep: [String]) -> Table {
    let count = rows.rowCount
    var columns = [Table.Column("line", integers: (0..<count).map { rows.line(ofRow: $0) })]
    for name in keep {
      guard let cells = rows.column(name)?.cells else { continue }
      switch cells {
      case .numbers(let values): columns.append(Table.Column(name, numbers: values))
      case .text(let text): columns.append(Table.Column(name, text: text))
      }
    }
    columns += [
      Table.Column("prediction", numbers: prediction.mean),
      Table.Column("std_error", numbers: prediction.meanStandardError),
      Table.Column("lower", numbers: prediction.lower), Table.Column("upper", numbers: prediction.upper),
    ]
    if let observation = prediction.observation {
      columns += [
        Table.Column("prediction_lower", numbers: observation.lower),
        Table.Column("prediction_upper", numbers: observation.upper),
      ]
    }
    return Table(columns, named: "predictions")
  }

  private static func note(_ rows: [Int], _ table: Table, _ what: String) -> [String] {
    guard let first = rows.first else { return [] }
    let place = rows.count == 1 ? "line" : "the first in line"
    return [
      "\(table.file): \(grouped(Double(rows.count))) \(rows.count == 1 ? "row" : "rows") \(what) (\(place) "
        + "\(table.line(ofRow: first)))"
    ]
  }

  /// The first rows for people.
  var text: String {
    let most = 20
    var shown = TextTable(columns: table.columns.map { Self.title(of: $0) })
    let errors = FigureText.decimals(Array((table.numbers("std_error") ?? []).prefix(most)), digits: 3)
    for row in 0..<min(most, table.rowCount) {
      shown.add(
        table.columns.enumerated().map { index, column in
          switch column.cells {
          case .text(let text): text[row]
          case .numbers(let values) where index < labels: values[row].isNaN ? "" : shortest(values[row])
          case .numbers(let values): FigureText.cell(values[row], decimals: errors)
          }
        })
    }
    let rest = table.rowCount - most
    return "Predictions for \(path)\n" + shown.text()
      + (rest > 0 ? "… and \(grouped(Double(rest))) rows more; --format csv writes all of them\n" : "")
  }

  private static func title(of column: Table.Column) -> TextTable.Column {
    if case .text = column.cells { return TextTable.Column(column.name) }
    return TextTable.Column(column.name, .right)
  }
}
