import Demography
import Indicators
import Probability
import Tables

/// The age bands of a file of deaths: those that any group has, and which groups lack some.
struct IndicatorAgeStarts {
  /// The bands of every group, the last one open.
  let scale: AgeScale
  /// What is wrong with the bands of a group; nil where they are complete.
  let faults: [ResultStatus?]
  /// Which bands are missing or twice.
  let notes: [String]
  /// For each group and band the row that holds it, −1 without one.
  private let rows: [Int]

  /// Reads the labels of a column.
  ///
  /// - Throws: `CommandFailure` with each label that is no age.
  init(_ input: IndicatorInput, column: String) throws {
    let labels = input.labels(column)
    let bands = labels.values.map { AgeBandLabel($0) }
    try Self.checkAges(bands, labels, input, column)
    let starts = bands.map { $0.youngest ?? 0 }
    let present = Set(starts).union([0]).sorted()
    let lowerBounds = Set(present + Self.missingStarts(present, bands)).sorted()
    scale = try checkingData("\(input.path): ") { () throws(AgeScaleError) in try AgeScale(lowerBounds: lowerBounds) }

    let size = scale.count
    var positions: [Int: Int] = [:]
    for (index, start) in lowerBounds.enumerated() { positions[start] = index }
    let position = starts.map { positions[$0] ?? 0 }
    var rows = [Int](repeating: -1, count: input.groups.count * size)
    var faults = [ResultStatus?](repeating: nil, count: input.groups.count)
    var remarks: [GroupNote] = []
    for row in 0..<input.rowCount {
      let group = Int(input.groups.codes[row])
      let band = position[Int(labels.codes[row])]
      if rows[group * size + band] >= 0 {
        faults[group] = .bandsDuplicate
        remarks.append(
          GroupNote(name: input.groups.name(of: group), message: "age \(scale.label(at: band)) is there twice"))
      }
      rows[group * size + band] = row
    }
    let isClosed = Self.isClosed(bands, at: scale.openAge)
    for group in faults.indices {
      let missing = (0..<size).filter { rows[group * size + $0] < 0 }
      if !missing.isEmpty || isClosed { faults[group] = faults[group] ?? .bandsIncomplete }
      for band in missing {
        remarks.append(
          GroupNote(name: input.groups.name(of: group), message: "age \(scale.label(at: band)) is missing"))
      }
    }
    self.rows = rows
    self.faults = faults
    notes =
      GroupNote.gathered(remarks)
      + (isClosed ? ["the last age band is closed; expected an open one such as \(scale.label(at: size - 1))"] : [])
  }

  /// The cells of a column by group and band; NaN where there is no row.
  func placed(_ numbers: [Double], _ groups: IndicatorGroups) -> [Double] {
    rows.map { $0 < 0 ? .nan : numbers[$0] }
  }

  /// Whether the last band is written with both ends, so that nobody older is in the file.
  private static func isClosed(_ bands: [AgeBandLabel], at openAge: Int) -> Bool {
    let last = bands.filter { $0.youngest == openAge }
    return last.contains { $0.oldest.map { $0 > openAge } ?? false }
  }

  /// First ages that no row of the file has: where a band ends before the next one begins, and where bare first ages that
  /// go in equal steps leave one out.
  private static func missingStarts(_ starts: [Int], _ bands: [AgeBandLabel]) -> [Int] {
    var missing: [Int] = []
    for band in bands {
      guard let oldest = band.oldest, oldest > band.youngest ?? oldest, let last = starts.last, oldest < last,
        !starts.contains(oldest + 1)
      else { continue }
      missing.append(oldest + 1)
    }
    let steps = zip(starts, starts.dropFirst()).map { $1 - $0 }
    var counts: [Int: Int] = [:]
    for step in steps { counts[step, default: 0] += 1 }
    guard missing.isEmpty, let usual = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }), usual.value > 1,
      let regular = steps.firstIndex(of: usual.key)
    else { return missing }
    for (index, step) in steps.enumerated() where index > regular && step > usual.key {
      missing += stride(from: starts[index] + usual.key, to: starts[index + 1], by: usual.key)
    }
    return missing
  }

  private static func checkAges(
    _ bands: [AgeBandLabel], _ labels: IndicatorLabels, _ input: IndicatorInput, _ column: String
  ) throws {
    var problems = ProblemCollector()
    for (code, band) in bands.enumerated() where band.youngest == nil || (band.youngest ?? 0) > 200 {
      guard let row = labels.codes.firstIndex(of: Int32(code)) else { continue }
      problems.add(
        input.problem(
          row: row, label: column,
          "age \(quoted(labels.values[code])) in column \(quoted(column)); expected an age such as 0, 1-4 or 90+"))
    }
    try checkingData { () throws(Problems) in try problems.throwIfAny() }
  }
}
