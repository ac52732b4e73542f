import Indicators
import Probability
import Tables

/// The points of control charts as rows, group after group.
struct IndicatorChartRows {
  /// The row of the input behind each point.
  private(set) var rows: [Int] = []
  private(set) var values: [Double] = []
  private(set) var centres: [Double] = []
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []
  private(set) var signals: [String] = []
  private(set) var variations: [String] = []
  private(set) var assurances: [String] = []
  private(set) var statuses: [ResultStatus] = []
  private(set) var notes: [GroupNote] = []
  private let input: IndicatorInput
  private let column: String

  init(_ input: IndicatorInput, options: IndicatorControlChart) {
    self.input = input
    column = options.period
  }

  /// Adds a group's chart.
  mutating func add(_ chart: ControlChart, _ rows: [Int], group: Int) {
    self.rows += rows
    values += chart.values
    centres += chart.centres
    lower += chart.lower
    upper += chart.upper
    signals += chart.signals.map { $0.names.joined(separator: " ") }
    variations += chart.variations.map(\.rawValue)
    assurances += Array(repeating: chart.assurance?.rawValue ?? "", count: rows.count)
    statuses += chart.statuses
    if chart.segments.contains(where: \.isProvisional) {
      notes.append(
        GroupNote(
          name: input.groups.name(of: group),
          message: "limits from fewer than \(ControlChart.pointsForFirmLimits) points are provisional"))
    }
    let screened = chart.segments.reduce(0) { $0 + $1.screenedRanges }
    if screened > 0 {
      notes.append(
        GroupNote(
          name: input.groups.name(of: group),
          message: "\(screened) large moving \(screened == 1 ? "range" : "ranges") left out of the limits"))
    }
  }

  /// Adds the rows of a group whose periods make no series.
  mutating func bar(_ rows: [Int], group: Int, repeating period: String) {
    let blank = [Double](repeating: .nan, count: rows.count)
    self.rows += rows
    values += blank
    centres += blank
    lower += blank
    upper += blank
    signals += rows.map { _ in "" }
    variations += rows.map { _ in ControlVariation.notJudged.rawValue }
    assurances += rows.map { _ in "" }
    statuses += rows.map { _ in .bandsDuplicate }
    notes.append(
      GroupNote(
        name: input.groups.name(of: group),
        message: "\(column) \(period) is there twice; a column that tells series apart belongs in --by"))
  }
}

extension Table.Column {
  /// The cells of rows in another order.
  func reordered(_ rows: [Int]) -> Table.Column {
    switch cells {
    case .numbers(let numbers): Table.Column(name, numbers: rows.map { numbers[$0] })
    case .text(let text): Table.Column(name, text: rows.map { text[$0] })
    }
  }
}
