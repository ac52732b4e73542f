import Indicators
import Probability
import Tables

/// Small numbers kept back from a result by a preset, and further ones so that totals do not give them away.
struct IndicatorDisclosure {
  private let preset: DisclosurePreset
  private let groups: IndicatorGroups
  /// For each column of `--by`, what each of its labels is a part of.
  private let parents: [[String: String]]

  /// The preset of `--disclosure`; nil without one.
  ///
  /// - Parameter input: Its groups are the rows of the result.
  init?(_ options: IndicatorOptions, _ input: IndicatorInput, counts: [Double]) throws {
    guard let preset = try options.checkedDisclosure() else { return nil }
    self.preset = preset
    groups = input.groups
    let parts = try options.parts.map { try Self.readParts($0, by: input.groups) } ?? [:]
    parents = groups.names.indices.map { column in
      let members = (0..<input.groups.count).map { input.groups.label(column, of: $0) }
      let known = Set(members)
      var parents = parts.filter { known.contains($0.key) && known.contains($0.value) }
      if parents.isEmpty {
        let others = (0..<input.groups.count).map { group in
          input.groups.names.indices.filter { $0 != column }.map { input.groups.label($0, of: group) }
        }
        if let total = IndicatorTotals.total(of: members, others: others, counts: counts) {
          for member in known where member != total { parents[member] = total }
        }
      }
      return parents
    }
  }

  /// Figures as they may be released.
  ///
  /// - Parameters:
  ///   - figures: those of the groups.
  ///   - counts: what the rule looks at, the events or people of each group.
  ///   - denominators: the people of each group where the rule may look at them.
  ///   - recalculated: the figures of rounded counts, at some levels.
  /// - Throws: `CommandFailure` where suppression cannot protect the counts.
  func released(
    _ figures: StatisticColumns, counts: [Double], denominators: [Double]?,
    recalculated: ([Double], [ConfidenceLevel]) -> StatisticColumns
  ) throws -> (figures: StatisticColumns, notes: [String]) {
    let widths = recalculated(counts, [.percent95]).relativeWidths(at: .percent95)
    let safe = try protected(counts: counts, denominators: denominators, relativeWidths: widths)
    let shown =
      preset.rule.roundingBase > 1
      ? recalculated(zip(counts, safe.counts).map { $1.isNaN ? $0 : $1 }, figures.levels) : figures
    return (Self.blanked(shown, safe), notes(safe))
  }

  /// The counts of the groups as they may be released.
  ///
  /// - Throws: `CommandFailure` where suppression cannot protect the counts.
  func protected(
    counts: [Double], denominators: [Double]?, relativeWidths: [Double]
  ) throws -> ProtectedTable {
    let dimensions = zip(groups.names.indices, parents).map { column, parents in
      AdditiveTable.Dimension(
        members: (0..<groups.count).map { groups.label(column, of: $0) }, parents: parents)
    }
    let table = try checkingData("--disclosure: ") { () throws(DisclosureError) in
      try AdditiveTable(counts: counts, dimensions: dimensions)
    }
    let safe = table.protected(by: preset.rule, denominators: denominators, relativeWidths: relativeWidths)
    guard safe.leaks.isEmpty else {
      throw CommandFailure.wrongData(
        "--disclosure \(preset.name): \(safe.leaks.count) small numbers follow from the totals whatever else is suppressed; "
          + "leave totals out")
    }
    return safe
  }

  /// The figures without those that are kept back, and without their people: of a mean these are the count itself, and by
  /// some presets they are what is too small.
  private static func blanked(_ figures: StatisticColumns, _ safe: ProtectedTable) -> StatisticColumns {
    let kept = figures.suppressed(as: safe)
    return StatisticColumns(
      levels: kept.levels, values: kept.values, lower: kept.lower, upper: kept.upper, numerators: kept.numerators,
      denominators: zip(kept.denominators, kept.statuses).map { people, status in
        status == .suppressedPrimary || status == .suppressedSecondary ? .nan : people
      }, methods: kept.methods, statuses: kept.statuses)
  }

  /// What was kept back by which rule.
  func notes(_ safe: ProtectedTable) -> [String] {
    let primary = safe.statuses.count { $0 == .suppressedPrimary }
    // By what the rows show, for a disguised count must not be told from one that is kept back for others.
    let secondary = safe.statuses.count { $0 == .suppressedSecondary }
    var notes = [
      "\(preset.title) (\(preset.source), \(preset.date)): \(primary) suppressed for their own sake, "
        + "\(secondary) for others"
    ]
    for (name, parents) in zip(groups.names, parents) where !parents.isEmpty {
      let totals = Set(parents.values).sorted()
      notes.append(
        "totals of \(name): \(totals.prefix(3).joined(separator: ", "))"
          + (totals.count > 3 ? " and \(totals.count - 3) more" : ""))
    }
    if parents.allSatisfy(\.isEmpty) {
      notes.append("no totals among the results; published elsewhere, they could give suppressed counts away")
    }
    if preset.rule.roundingBase > 1 {
      notes.append("counts are rounded to the nearest \(preset.rule.roundingBase) and the figures made from them")
    }
    if !safe.relationsThatDoNotAdd.isEmpty {
      notes.append("\(safe.relationsThatDoNotAdd.count) totals are not the sum of their parts")
    }
    return notes
  }

  /// Which labels are parts of which, from a file with the columns part and whole.
  private static func readParts(_ path: String, by groups: IndicatorGroups) throws -> [String: String] {
    let table = try checkingData { () throws(Problems) in
      try Table.read(csv: path, columns: [ColumnRequest("part", .text), ColumnRequest("whole", .text)])
    }
    guard let parts = table.text("part"), let wholes = table.text("whole") else { return [:] }
    var parents: [String: String] = [:]
    var problems = ProblemCollector()
    for row in 0..<table.rowCount {
      if let known = parents.updateValue(wholes[row], forKey: parts[row]), known != wholes[row] {
        problems.add(
          table.problem(row: row, column: "whole", "\(quoted(parts[row])) is a part of \(quoted(known)) already"))
      }
    }
    try checkingData { () throws(Problems) in try problems.throwIfAny() }
    return parents
  }
}

extension IndicatorOptions {
  /// The preset of `--disclosure`; nil without one.
  func checkedDisclosure() throws -> DisclosurePreset? {
    guard let disclosure else {
      if parts != nil { throw CommandFailure.wrongCommand("--parts belongs to --disclosure") }
      return nil
    }
    return try namedChoice(
      disclosure, of: DisclosurePreset.all.map { ($0.name, $0) }, option: "--disclosure", noun: "preset")
  }

  /// Refuses `--disclosure` where a result has no counts that it could protect.
  func refuseDisclosure(of kind: String) throws {
    guard disclosure == nil, parts == nil else {
      throw CommandFailure.wrongCommand(
        "--disclosure does not go with \(kind), whose figures would give counts away; protect the counts before")
    }
  }
}
