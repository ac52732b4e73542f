internal import CKernels
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
    let (rows, limited) = (events.count, Int32(limitedByPeople ? 1 : 0))
    var eventSums = [Double](repeating: 0, count: groups.count)
    var peopleSums = eventSums
    // Whole numbers add up exactly as they are, in half the memory of sums that carry their errors along.
    var counts = [Double](repeating: 0, count: 2 * groups.count)
    if ph_add_counts(events, people, groups.codes, rows, limited, &counts) == rows {
      var areExact = true
      for group in 0..<groups.count {
        eventSums[group] = counts[2 * group]
        peopleSums[group] = counts[2 * group + 1]
        if !(eventSums[group] <= 0x1p53 && peopleSums[group] <= 0x1p53) { areExact = false }
      }
      if areExact {
        (self.events, self.people, barred) = (eventSums, peopleSums, [:])
        return
      }
    }
    var totals = [Double](repeating: 0, count: 4 * groups.count)
    let areProper = ph_add_totals(events, people, groups.codes, rows, limited, &totals) == 0
    for group in 0..<groups.count {
      eventSums[group] = totals[4 * group] + totals[4 * group + 2]
      peopleSums[group] = totals[4 * group + 1] + totals[4 * group + 3]
    }
    var barred: [Int: ResultStatus] = [:]
    if !areProper {
      for (row, code) in groups.codes.enumerated() {
        let status = ResultStatus.ofPart(events: events[row], people: people[row], limitedByPeople: limitedByPeople)
        if status != .ok, status.rank < barred[Int(code), default: .ok].rank { barred[Int(code)] = status }
      }
    }
    // A group without people is that first of all, as a single figure is.
    for (group, status) in barred where status == .numeratorExceedsDenominator && peopleSums[group] == 0 {
      barred[group] = .zeroDenominator
    }
    // Finite rows whose sum ran over.
    for group in 0..<groups.count where eventSums[group].isNaN || peopleSums[group].isNaN {
      if barred[group] == nil { barred[group] = .nonFinite }
    }
    (self.events, self.people, self.barred) = (eventSums, peopleSums, barred)
  }

  /// Bars the figures of the groups that have an improper row.
  func bar(_ columns: inout StatisticColumns) {
    guard !barred.isEmpty else { return }
    columns.change { figures in
      for (group, status) in barred { figures.bar(group, status) }
    }
  }
}
