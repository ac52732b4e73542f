import Foundation

/// One line of the table of times: written as JSON to the file that `BENCHMARK_RECORDS` names, where it names one.
package struct Record: Codable, Sendable {
  package let name: String
  package let unit: String
  package let units: Double
  package let nanosecondsPerUnit: Double
  package let floor: Double
  package let floorReason: String
  package let reference: String
  package let ratioToReference: Double

  init(_ work: Case, _ timing: PairedTiming) {
    name = work.name
    unit = work.unit
    units = work.units
    nanosecondsPerUnit = timing.kernel * 1e9 / work.units
    floor = work.floor.nanoseconds
    floorReason = work.floor.reason
    reference = work.reference.rawValue
    ratioToReference = timing.ratio
  }

  /// The middle one, by ratio, of several measurements of each case.
  package static func middle(_ records: [Record]) -> [Record] {
    Dictionary(grouping: records, by: \.name).values.map { measured in
      measured.sorted { $0.ratioToReference < $1.ratioToReference }[measured.count / 2]
    }.sorted { $0.name < $1.name }
  }

  func append() {
    guard let path = ProcessInfo.processInfo.environment["BENCHMARK_RECORDS"],
      let file = FileHandle(forWritingAtPath: path), let line = try? JSONEncoder().encode(self)
    else { return }
    file.seekToEndOfFile()
    file.write(line + Data("\n".utf8))
    try? file.close()
  }
}
