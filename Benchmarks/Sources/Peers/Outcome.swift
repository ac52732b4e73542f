import Foundation
import LinearAlgebra

/// What a program did of a case: one line of JSON, of the same form as that of the other programs (`measured.py`).
struct Outcome: Encodable {
  let part: String
  let name: String
  let threads: Int
  let measured: Measured
  /// Whatever else the part tells: sizes, passes, sums to compare.
  var more: [String: Double] = [:]

  private enum Key: String, CodingKey {
    case part, name = "case", program, threads, processor = "cpu_s", wall = "wall_s", before = "before_mb"
    case peak = "peak_mb", core, more
  }

  func encode(to encoder: any Encoder) throws {
    var line = encoder.container(keyedBy: Key.self)
    try line.encode(part, forKey: .part)
    try line.encode(name, forKey: .name)
    try line.encode("pophealth", forKey: .program)
    try line.encode(threads, forKey: .threads)
    try line.encode(measured.processor.min(), forKey: .processor)
    try line.encode(measured.wall.min(), forKey: .wall)
    try line.encode(measured.megabytesBefore, forKey: .before)
    try line.encode(measured.megabytesPeak, forKey: .peak)
    try line.encode(OpenBLAS.coreName, forKey: .core)
    try line.encode(more, forKey: .more)
  }

  /// Prints the line.
  func report() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    print(String(decoding: try encoder.encode(self), as: UTF8.self))
  }
}
