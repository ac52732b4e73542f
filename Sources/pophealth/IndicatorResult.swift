import Indicators
import Probability
import Tables

/// What an indicator gave: columns for files, how people see them, and what to know about them.
struct IndicatorResult {
  /// How a column is shown to people; files have full precision.
  enum Style {
    /// Text at the left.
    case label
    /// A figure in the units of the value and its limits, all with the same decimals.
    case figure
    /// A count of people or events.
    case count
    /// A figure in units of its own.
    case other
    /// Only in files.
    case hidden
  }

  struct Column {
    let name: String
    /// What people read above it.
    let title: String
    let cells: Table.Cells
    let style: Style
  }

  /// A choice that shaped the result, for the provenance.
  enum Choice {
    case text(String?)
    case number(Double)
    case flag(Bool)
  }

  /// What the figures are, a sentence.
  let heading: String
  /// The columns that tell the rows apart: those of `--by`, and an age, quantile or period.
  var labels: [Table.Column]
  /// Columns of the file carried through.
  var carried: [Table.Column] = []
  /// The columns behind them, but for the status.
  var columns: [Column] = []
  /// What became of each row.
  var statuses: [ResultStatus]
  /// What a reader must know.
  var notes: [String] = []
  /// The kind's own choices.
  var choices: [(name: String, choice: Choice)] = []
  /// What the rows are called where statuses are counted.
  var noun = "figure"

  init(_ heading: String, labels: [Table.Column], statuses: [ResultStatus]) {
    self.heading = heading
    self.labels = labels
    self.statuses = statuses
  }

  /// Adds a column of numbers; an infinite one of a row that is not ok is left out.
  mutating func add(_ name: String, _ title: String, _ numbers: [Double], _ style: Style = .other) {
    var numbers = numbers
    for row in statuses.indices where numbers[row].isInfinite && statuses[row] != .ok { numbers[row] = .nan }
    columns.append(Column(name: name, title: title, cells: .numbers(numbers), style: style))
  }

  /// Adds a column of text.
  mutating func add(_ name: String, _ title: String, _ words: [String], _ style: Style = .label) {
    columns.append(Column(name: name, title: title, cells: .text(TextColumn(words)), style: style))
  }

  /// Adds lower and upper limits, two columns a level: `lower_95`, `upper_95`.
  mutating func addLimits(
    _ levels: [ConfidenceLevel], lower: [[Double]], upper: [[Double]], prefix: String = "", style: Style = .figure
  ) {
    for (index, level) in levels.enumerated() {
      add("\(prefix)lower_\(level.columnPart)", "\(level.percent)% lower", lower[index], style)
      add("\(prefix)upper_\(level.columnPart)", "upper", upper[index], style)
    }
  }

  /// Adds value, limits, numerator, denominator and method of figures.
  mutating func add(_ figures: StatisticColumns, numerator: String, denominator: String) {
    add("value", "Value", figures.values, .figure)
    addLimits(figures.levels, lower: figures.lower, upper: figures.upper)
    add("numerator", numerator, figures.numerators, .count)
    add("denominator", denominator, figures.denominators, .count)
    add("method", "Method", figures.methods.map { $0 == .none ? "" : $0.rawValue }, .hidden)
  }

  /// The names of labels and carried columns in files: `input_…` where a result has the name.
  private var inputNames: [String] {
    var taken = Set(columns.map(\.name) + ["status"])
    return (labels + carried).map { column in
      var name = column.name
      while !taken.insert(name).inserted { name = "input_" + name }
      return name
    }
  }

  /// All columns as files hold them.
  var table: Table {
    let inputs = zip(inputNames, labels + carried).map { Table.Column($0, $1.cells) }
    let results = columns.map { Table.Column($0.name, $0.cells) }
    return Table(
      inputs + results + [Table.Column("status", text: statusColumn)], named: "result")
  }

  private var statusColumn: [String] { statuses.map(\.rawValue) }

  /// Where a name was changed so that it does not stand for two columns.
  var renamingNotes: [String] {
    zip(labels + carried, inputNames).compactMap { column, name in
      column.name == name ? nil : "column \(quoted(column.name)) of the file is called \(quoted(name)) in the result"
    }
  }

  /// How many rows have each status other than `ok`, the most frequent first.
  var barred: [(status: ResultStatus, count: Int)] {
    var counts: [ResultStatus: Int] = [:]
    for status in statuses where status != .ok { counts[status, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map { ($0.key, $0.value) }
  }
}

extension Table.Column {
  /// A column of cells as they are.
  init(_ name: String, _ cells: Table.Cells) {
    switch cells {
    case .numbers(let numbers): self.init(name, numbers: numbers)
    case .text(let text): self.init(name, text: text)
    }
  }
}
