import Probability

/// What is wrong with the age bands of one group.
public struct AgeBandProblem: Sendable, Hashable, CustomStringConvertible {
  /// The ways in which the bands of a group and of a standard may not fit.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The group has no row for a band of the standard.
    case missing = "is missing"
    /// The group has more than one row for a band.
    case duplicate = "stands more than once"
    /// The group has a row for a band that the standard has not: its events would be lost.
    case notInStandard = "is not in the standard"
    /// The rows of one band, one for each event frequency, state different populations.
    case populationsDiffer = "has different populations"
  }

  /// The group: a code of its grouping.
  public let group: Int
  /// The band.
  public let band: AgeBandLabel
  /// What is wrong with it.
  public let kind: Kind

  /// The band and what is wrong with it.
  public var description: String { "age band \(band) \(kind.rawValue)" }
}

/// Finds, for every group and band of a standard, the rows that hold it, by the band's name.
///
/// A band has one row, or with event frequencies one for each frequency that occurs in the group, in rising order.
struct AgeBandJoin: Sendable {
  let bandCount: Int
  let problems: [AgeBandProblem]
  /// The worse of what is wrong with the bands of each group: `bands_duplicate`, `bands_incomplete` or `ok`.
  let statuses: [ResultStatus]
  /// The rows of the data, those of group 0 first, and within a group those of the first band.
  let rows: [Int32]
  /// Where in ``rows`` those of group g and band b start: at g · bands + b; nil where every band has one row, but for groups
  /// that are barred.
  private let starts: [Int32]?

  /// - Complexity: O(rows + groups × bands), and sorting where a band has several rows.
  init(groups: Grouping, ages: Grouping, bands: [AgeBandLabel], frequencies: [Double]?, populations: [Double]) {
    bandCount = bands.count
    var bandOfLabel: [AgeBandLabel: Int] = [:]
    for (index, band) in bands.enumerated() { bandOfLabel[band] = index }
    let labels = ages.names.map { AgeBandLabel($0) }
    let bandOfCode = labels.map { bandOfLabel[$0] ?? -1 }

    var problems: Set<AgeBandProblem> = []
    func note(_ group: Int, _ band: AgeBandLabel, _ kind: AgeBandProblem.Kind) {
      problems.insert(AgeBandProblem(group: group, band: band, kind: kind))
    }
    if let frequencies {
      let cells = Self.rowsByCell(groups, ages, bandOfCode, bandCount: bands.count, frequencies)
      for (row, age) in ages.codes.enumerated() where bandOfCode[Int(age)] < 0 {
        note(Int(groups.codes[row]), labels[Int(age)], .notInStandard)
      }
      for cell in 0..<groups.count * bands.count {
        let own = cells.rows[Int(cells.starts[cell])..<Int(cells.starts[cell + 1])]
        guard own.count != 1, let kind = Self.problem(own, frequencies, populations) else { continue }
        note(cell / bands.count, bands[cell % bands.count], kind)
      }
      (rows, starts) = cells
    } else {
      let table = RowTable(groups, columns: bands.count) { bandOfCode[Int(ages.codes[$0])] }
      for row in table.strays { note(Int(groups.codes[row]), labels[Int(ages.codes[row])], .notInStandard) }
      for row in table.repeats { note(Int(groups.codes[row]), labels[Int(ages.codes[row])], .duplicate) }
      for cell in table.gaps { note(cell / bands.count, bands[cell % bands.count], .missing) }
      (rows, starts) = (table.rows, nil)
    }
    statuses = Self.statuses(problems, groups: groups.count)
    self.problems = problems.sorted { Self.key($0) < Self.key($1) }
  }

  /// The rows of every group and band, in rising order of frequency, and where those of each start.
  private static func rowsByCell(
    _ groups: Grouping, _ ages: Grouping, _ bandOfCode: [Int], bandCount: Int, _ frequencies: [Double]
  ) -> (rows: [Int32], starts: [Int32]) {
    var starts = [Int32](repeating: 0, count: groups.count * bandCount + 1)
    for (group, age) in zip(groups.codes, ages.codes) where bandOfCode[Int(age)] >= 0 {
      starts[Int(group) * bandCount + bandOfCode[Int(age)] + 1] += 1
    }
    for cell in starts.indices.dropFirst() { starts[cell] += starts[cell - 1] }
    var rows = [Int32](repeating: 0, count: Int(starts[starts.count - 1]))
    var next = starts
    for (row, (group, age)) in zip(groups.codes, ages.codes).enumerated() where bandOfCode[Int(age)] >= 0 {
      let cell = Int(group) * bandCount + bandOfCode[Int(age)]
      rows[Int(next[cell])] = Int32(row)
      next[cell] += 1
    }
    for cell in 0..<groups.count * bandCount where starts[cell + 1] > starts[cell] + 1 {
      rows[Int(starts[cell])..<Int(starts[cell + 1])].sort {
        key(frequencies[Int($0)]) < key(frequencies[Int($1)])
      }
    }
    return (rows, starts)
  }

  /// Where in ``rows`` those of a group and band are.
  func range(group: Int, band: Int) -> Range<Int> {
    let cell = group * bandCount + band
    guard let starts else { return cell..<cell + 1 }
    return Int(starts[cell])..<Int(starts[cell + 1])
  }

  /// What is wrong with the rows of one group and band, sorted by frequency.
  private static func problem(
    _ rows: ArraySlice<Int32>, _ frequencies: [Double], _ populations: [Double]
  ) -> AgeBandProblem.Kind? {
    guard let first = rows.first else { return .missing }
    for (one, other) in zip(rows, rows.dropFirst()) {
      if key(frequencies[Int(one)]) == key(frequencies[Int(other)]) { return .duplicate }
    }
    let people = populations[Int(first)]
    // A missing population is a status of its own.
    let differ = rows.contains { populations[Int($0)] != people && !populations[Int($0)].isNaN && !people.isNaN }
    return differ ? .populationsDiffer : nil
  }

  /// Every NaN is the same frequency; others rise with their bits.
  private static func key(_ frequency: Double) -> UInt64 { frequency.isNaN ? .max : frequency.bitPattern }

  /// Groups in order, and for each its bands in the order of age.
  private static func key(_ problem: AgeBandProblem) -> (Int, Int, String, String) {
    (problem.group, problem.band.youngest ?? .max, problem.band.description, problem.kind.rawValue)
  }

  private static func statuses(_ problems: Set<AgeBandProblem>, groups: Int) -> [ResultStatus] {
    var statuses = [ResultStatus](repeating: .ok, count: groups)
    for problem in problems {
      let status: ResultStatus =
        switch problem.kind {
        case .duplicate, .populationsDiffer: .bandsDuplicate
        case .missing, .notInStandard: .bandsIncomplete
        }
      if status.rank < statuses[problem.group].rank { statuses[problem.group] = status }
    }
    return statuses
  }
}
