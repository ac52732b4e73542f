import Datasets
import Indicators
import Tables

/// A target as the user wrote it.
struct CompareTarget: Sendable {
  /// `80` or `75-80`.
  let text: String
  let target: ComparisonTarget

  /// One number, or two with a hyphen between them; nil for other words.
  init?(_ text: String) {
    self.text = text
    if let value = Double(text), value.isFinite {
      target = .single(value)
      return
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Double($0) }
    guard ends.count == 2, let low = ends[0], let high = ends[1], low.isFinite, high.isFinite, low <= high else {
      return nil
    }
    target = .range(low...high)
  }
}

/// The indicators that a comparison shows.
struct CompareChoice {
  /// The indicators, in the order to show them.
  let indicators: [Indicator]
  /// Whether they were named one by one: then one is shown too where another stands in for it.
  let isExplicit: Bool
  /// Polarities that go before the catalogue's, by short name.
  let polarities: [String: Polarity]
  /// Targets by short name.
  let targets: [String: CompareTarget]

  /// All indicators without a file, or those that it names.
  init(_ path: String?, catalogue: IndicatorCatalogue) throws {
    guard let path, path != "all" else {
      indicators = catalogue.indicators.sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
      isExplicit = false
      polarities = [:]
      targets = [:]
      return
    }
    let file = path == "-" ? "/dev/stdin" : path
    let read = try checkingData { () throws(Problems) in try Self.read(file, catalogue) }
    indicators = read.indicators
    isExplicit = true
    polarities = read.polarities
    targets = read.targets
  }

  /// The indicators that may stand in for those named one by one.
  func stoodIn(by catalogue: IndicatorCatalogue) -> [Indicator] {
    guard isExplicit else { return [] }
    let ids = Set(indicators.map(\.id))
    return catalogue.indicators.filter { !ids.contains($0.id) && $0.standsInFor.map(ids.contains) == true }
  }

  /// Which way an indicator is good: the file's word, or else the catalogue's.
  func polarity(of indicator: Indicator) -> Polarity { polarities[indicator.id] ?? indicator.polarity }

  private static func read(
    _ file: String, _ catalogue: IndicatorCatalogue
  ) throws(Problems) -> (indicators: [Indicator], polarities: [String: Polarity], targets: [String: CompareTarget]) {
    let table = try Table.read(
      csv: file,
      columns: [
        ColumnRequest("indicator", .text),
        ColumnRequest("polarity", .text, presence: .optional, allowsMissing: true),
        ColumnRequest("target", .text, presence: .optional, allowsMissing: true),
      ], others: .skip)
    var problems = ProblemCollector()
    var indicators: [Indicator] = []
    var polarities: [String: Polarity] = [:]
    let names = table.text("indicator")?.cells ?? []
    let words = table.text("polarity")?.cells
    let aims = table.text("target")?.cells
    var targets: [String: CompareTarget] = [:]
    if names.isEmpty { problems.add(table.problem("names no indicator; expected a row for each")) }
    for (row, name) in names.enumerated() {
      guard let indicator = catalogue[name] else {
        let near = catalogue.nearest(to: name)
        problems.add(
          table.problem(
            row: row, column: "indicator",
            "unknown indicator \(quoted(name))"
              + (near.isEmpty
                ? "; expected one of `pophealth datasets show indicators --format csv`"
                : "; did you mean \(near.joined(separator: ", "))?")))
        continue
      }
      guard !indicators.contains(indicator) else {
        problems.add(table.problem(row: row, column: "indicator", "\(name) stands twice; expected each indicator once"))
        continue
      }
      indicators.append(indicator)
      if let aim = aims?[row], !aim.isEmpty {
        targets[indicator.id] = CompareTarget(aim)
        if targets[indicator.id] == nil {
          problems.add(
            table.problem(
              row: row, column: "target", "target \(quoted(aim)); expected a number, or two such as 75-80"))
        }
      }
      guard let word = words?[row], !word.isEmpty else { continue }
      guard let polarity = Polarity.allCases.first(where: { $0.rawValue.lowercased() == word.lowercased() }) else {
        problems.add(
          table.problem(
            row: row, column: "polarity", "polarity \(quoted(word)); expected lowIsGood, highIsGood or none"))
        continue
      }
      polarities[indicator.id] = polarity
    }
    try problems.throwIfAny()
    return (indicators, polarities, targets)
  }
}
