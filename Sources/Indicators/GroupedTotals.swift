import Probability

/// The sum of the values of each group; a group without rows has 0.
///
/// Every addition carries its rounding error along, so a sum is as exact as if added in twice the digits and rounded once:
/// whole numbers up to 2⁵³ are exact, and the order of rows can move at most the last bit where values nearly cancel.
/// Rows are added in one order on one thread. A group with a value that is infinite or NaN has NaN.
///
/// - Complexity: O(rows + groups).
public func sums(of values: [Double], in groups: Grouping) -> [Double] {
  precondition(values.count == groups.codes.count, "columns of one length")
  var totals = [CompensatedSum](repeating: CompensatedSum(), count: groups.count)
  for (value, group) in zip(values, groups.codes) { totals[Int(group)].add(value) }
  return totals.map(\.value)
}

/// The proportion Σx/Σn of each group of rows, with Wilson's limits.
///
/// A row that is missing, infinite or negative, or has more events than people, bars its group with the status that comes
/// first in the order of ``proportion(of:having:per:at:)``, wherever in the group it stands; it is never left out. A row
/// of no people and no events is a part like any other.
///
/// - Parameters:
///   - denominators: n of each row.
///   - numerators: x of each row.
///   - groups: the group of each row; rows of one group need not stand together, and there may be one group only.
///   - multiplier: what proportions are stated per. Above 0 and finite.
///   - levels: the levels of the limits.
///   - threads: the most threads to use; the bits do not depend on it.
/// - Returns: figure i belongs to group i, with Σx and Σn.
/// - Complexity: O(rows + groups × levels).
public func proportions(
  of denominators: [Double], having numerators: [Double], in groups: Grouping, per multiplier: Double = 1,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil
) -> StatisticColumns {
  let totals = GroupedTotals(events: numerators, people: denominators, groups: groups, limitedByPeople: true)
  var columns = proportions(
    of: totals.people, having: totals.events, per: multiplier, at: levels, threads: threads)
  totals.bar(&columns)
  return columns
}

/// The crude rate ΣO/Σn · k of each group of rows, with the limits of its count.
///
/// A row that is missing, infinite or negative bars its group, as in
/// ``proportions(of:having:in:per:at:threads:)``; it is never left out.
///
/// - Returns: figure i belongs to group i, with ΣO and Σn.
/// - Complexity: O(rows + groups × levels).
public func crudeRates(
  of events: [Double], among people: [Double], in groups: Grouping, per multiplier: Double = 100_000,
  at levels: [ConfidenceLevel] = ConfidenceLevel.official, threads: Int? = nil
) -> StatisticColumns {
  let totals = GroupedTotals(events: events, people: people, groups: groups, limitedByPeople: false)
  var columns = crudeRates(of: totals.events, among: totals.people, per: multiplier, at: levels, threads: threads)
  totals.bar(&columns)
  return columns
}

/// Events and people summed by group, and the groups that one of their rows bars.
private struct GroupedTotals {
  let events: [Double]
  let people: [Double]
  /// For groups with an improper row the status that comes first in the order of precedence.
  private let barred: [Int: ResultStatus]

  init(events: [Double], people: [Double], groups: Grouping, limitedByPeople: Bool) {
    precondition(events.count == people.count && events.count == groups.codes.count, "columns of one length")
    var totals = [(events: CompensatedSum, people: CompensatedSum)](
      repeating: (CompensatedSum(), CompensatedSum()), count: groups.count)
    var barred: [Int: ResultStatus] = [:]
    for row in groups.codes.indices {
      let (x, n, group) = (events[row], people[row], Int(groups.codes[row]))
      totals[group].events.add(x)
      totals[group].people.add(n)
      if x >= 0, n >= 0, !limitedByPeople || x <= n, x < .infinity, n < .infinity { continue }
      let status = ResultStatus.ofPart(events: x, people: n, limitedByPeople: limitedByPeople)
      if status.rank < barred[group, default: .ok].rank { barred[group] = status }
    }
    self.events = totals.map(\.events.value)
    self.people = totals.map(\.people.value)
    // Finite rows whose sum ran over.
    for group in totals.indices where barred[group] == nil {
      if self.events[group].isNaN || self.people[group].isNaN { barred[group] = .nonFinite }
    }
    self.barred = barred
  }

  /// Bars the figures of the groups that have an improper row.
  func bar(_ columns: inout StatisticColumns) {
    guard !barred.isEmpty else { return }
    columns.change { figures in
      for (group, status) in barred { figures.bar(group, status) }
    }
  }
}
