import Datasets
import Indicators
import Tables

extension CompareRun {
  /// One line an indicator, in 80 columns.
  var text: String {
    var table = TextTable(
      columns: [
        TextTable.Column("Indicator"), TextTable.Column("period"), TextTable.Column("figure", .right),
        TextTable.Column("95% limits", .right), TextTable.Column(benchmarkTitle, .right),
        TextTable.Column("class"),
      ] + (hasTargets ? [TextTable.Column("target")] : []) + (showsTrend ? [TextTable.Column("trend")] : []))
    for row in rows {
      let figure = row.figure.statistic
      let mark = row.figure.isDerived ? "*" : row.figure.isModelled ? "~" : " "
      table.add(
        [
          row.indicator.name, Self.short(period: row.figure.period),
          CompareRow.number(figure.value, row.indicator) + mark,
          CompareRow.span(figure, row.indicator), benchmarkCell(row), row.standing.word,
        ] + (hasTargets ? [targetCell(row)] : []) + (showsTrend ? [CompareRow.word(row.trend)] : []))
    }
    let heading = "\(area.name) beside \(benchmark.name)\(period.map { ", \($0)" } ?? "")"
    return heading + "\n\n" + table.text(width: 80) + "\n"
      + notes.map { paragraph($0, indent: 2, first: "- ") }.joined()
  }

  private var hasTargets: Bool { rows.contains { $0.target != nil } }

  private func targetCell(_ row: CompareRow) -> String {
    guard let target = row.target, let found = row.targetClass else { return "" }
    return "\(target.text): \(found.rawValue)"
  }

  private var benchmarkTitle: String {
    if case .previous = benchmark.relation { "before" } else { Self.short(benchmark.name) }
  }

  /// The benchmark's value, with its period where that is another one.
  private func benchmarkCell(_ row: CompareRow) -> String {
    let value = CompareRow.number(row.benchmark.statistic.value, row.indicator)
    return row.benchmark.period == row.figure.period
      ? value : "\(value) (\(Self.short(period: row.benchmark.period)))"
  }

  /// What a reader must know of how the two were held against each other.
  private var method: String {
    switch benchmark.relation {
    case .country, .parent:
      return "\(benchmark.name) holds \(area.name) within it: the interval is held against its value."
    case .previous:
      return
        "Before: the latest period that ends before the one shown begins and is made in the same way; the difference "
        + "of the two is tested."
    case .peers(let areas, let containArea):
      let names = areas.map(\.name).joined(separator: ", ")
      let isDerived = rows.contains { $0.benchmark.isDerived && !$0.figure.isDerived }
      return "Peers: \(names), counts summed\(isDerived ? ", derived first where none are published" : ""). "
        + (containArea
          ? "\(area.name) is among them: the interval is held against their value."
          : "The difference of the two is tested"
            + (overlaps ? " as if they shared no district, and is understated." : "."))
    case .beside:
      return overlaps
        ? "\(benchmark.name) and \(area.name) share a district: the difference of the two is tested as if they did "
          + "not, and is understated."
        : "\(benchmark.name) does not hold \(area.name): the difference of the two is tested."
    }
  }

  /// `2022-2024` as `2022-24`.
  private static func short(period: String) -> String {
    period.count == 9 ? String(period.prefix(5) + period.suffix(2)) : period
  }

  private static func short(_ name: String) -> String { name.count > 11 ? String(name.prefix(10)) + "…" : name }

  /// What a reader must know of the table.
  private var notes: [String] {
    var notes: [String] = []
    let places = Set(rows.map(\.geography)).sorted()
    notes.append("\(area.name): " + places.joined(separator: "; ") + ".")
    let units = Set(rows.map(\.indicator.unit)).sorted().filter { $0 != "%" }
    let others = units.map { unit in
      let names = rows.filter { $0.indicator.unit == unit }.map(\.indicator.name)
      return "\(unit): \(names.joined(separator: ", "))"
    }
    notes.append("Figures in percent" + (others.isEmpty ? "." : "; " + others.joined(separator: "; ") + "."))
    if rows.contains(where: \.figure.isDerived) {
      notes.append("* counts derived from published values and their intervals, then summed: no counts are published.")
    }
    if rows.contains(where: \.figure.isModelled) {
      notes.append(
        "~ registers of practices shared out by a model to where patients live; the limits leave the model's error out."
      )
    }
    notes.append(method)
    notes.append(
      "\(differing) of \(rows.count) differ at 95%; about \(fixed(expectedByChance, decimals: 1)) would by chance alone if none "
        + "did. \(differingAfterAdjustment) still differ where one in twenty of those said to may be wrong (Benjamini and "
        + "Hochberg).")
    if showsTrend {
      notes.append(
        "Trend: the last five periods, made in the same way (Fingertips' test); - where there are fewer than five.")
    }
    if rows.contains(where: { $0.indicator.package.hasPrefix("qof") || $0.indicator.package.hasPrefix("practices") }) {
      notes.append(
        "Registers count who is recorded, of all ages together: neither need nor standardised for age; low may mean "
          + "young, healthy or not looked for.")
    }
    return notes + remarks.map { $0 + "." } + [CompareRun.sources]
  }

  /// Whose figures they are.
  static let sources =
    "Sources: NHS Digital, OHID, House of Commons Library; Office for National Statistics licensed under the Open "
    + "Government Licence v.3.0. `pophealth datasets show PACKAGE` tells each."

  /// Where the rows come from, as JSON.
  func writeProvenance(to json: inout JSONWriter) {
    json.member("area", area.code)
    json.member("area_name", area.name)
    json.member("with", benchmark.code)
    json.member("with_name", benchmark.name)
    if case .peers(let areas, _) = benchmark.relation {
      json.key("peers")
      json.array { json in for area in areas { json.string(area.code) } }
    }
    json.member("with_contains_area", benchmark.containsArea)
    json.member("areas_overlap", benchmark.containsArea || overlaps)
    json.member("period", period)
    json.key("confidence")
    json.array { json in for level in levels { json.number(level.probability) } }
    json.member("compared", rows.count)
    json.member("differing", differing)
    json.member("expected_by_chance", expectedByChance)
    json.member("differing_after_adjustment", differingAfterAdjustment)
  }
}
