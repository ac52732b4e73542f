import Foundation

/// An array of a `.npy` file (NumPy Enhancement Proposal 1, formats 1.0 and 2.0): little-endian doubles or 32-bit integers,
/// rows or columns first, one or two axes.
struct NumPyArray {
  /// Why a file cannot be read.
  struct Failure: Error, CustomStringConvertible {
    let file: String
    let message: String

    var description: String { "\(file): \(message)" }
  }

  /// What its elements are.
  enum Element: String {
    case double = "<f8"
    case int32 = "<i4"

    var size: Int { self == .double ? 8 : 4 }
  }

  let file: String
  let element: Element
  let rows: Int
  let columns: Int
  private let isColumnsFirst: Bool
  private let start: Int

  /// Reads the header.
  init(_ file: String) throws(Failure) {
    self.file = file
    func failure(_ message: String) -> Failure { Failure(file: file, message: message) }
    guard let handle = FileHandle(forReadingAtPath: file) else { throw failure("no such file") }
    defer { try? handle.close() }
    guard let lead = try? handle.read(upToCount: 12), lead.count == 12,
      Array(lead.prefix(6)) == Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) })
    else { throw failure("is no .npy file") }
    let isLong = lead[6] >= 2
    let length =
      isLong ? lead[8..<12].reversed().reduce(0) { $0 << 8 | Int($1) } : Int(lead[9]) << 8 | Int(lead[8])
    start = (isLong ? 12 : 10) + length
    guard (try? handle.seek(toOffset: isLong ? 12 : 10)) != nil, let bytes = try? handle.read(upToCount: length)
    else { throw failure("has no header") }
    let header = String(decoding: bytes, as: UTF8.self)
    guard let type = header.firstMatch(of: /'descr': *'([^']*)'/), let element = Element(rawValue: String(type.1)),
      let order = header.firstMatch(of: /'fortran_order': *(True|False)/),
      let shape = header.firstMatch(of: /'shape': *\(([0-9, ]*)\)/)
    else { throw failure("header \(header.prefix(80)); expected doubles or 32-bit integers") }
    let axes = shape.1.split(separator: ",").compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
    guard (1...2).contains(axes.count) else { throw failure("\(axes.count) axes; expected 1 or 2") }
    self.element = element
    rows = axes[0]
    columns = axes.count == 2 ? axes[1] : 1
    isColumnsFirst = order.1 == "True"
  }

  /// The columns as doubles.
  ///
  /// The file is read a few thousand rows at a time, so that the figures are in memory once.
  func doubles() throws(Failure) -> [[Double]] {
    var result = Array(repeating: Array(repeating: 0.0, count: rows), count: columns)
    try read(as: Double.self) { row, column, value in result[column][row] = value }
    return result
  }

  /// A single column of integers.
  func integers() throws(Failure) -> [Int32] {
    var result = Array(repeating: Int32(0), count: rows)
    try read(as: Int32.self) { row, _, value in result[row] = value }
    return result
  }

  private func read<Value>(as _: Value.Type, _ body: (Int, Int, Value) -> Void) throws(Failure) {
    guard MemoryLayout<Value>.size == element.size else {
      throw Failure(file: file, message: "holds \(element.rawValue); expected \(Value.self)")
    }
    guard let handle = FileHandle(forReadingAtPath: file), (try? handle.seek(toOffset: UInt64(start))) != nil else {
      throw Failure(file: file, message: "cannot be read")
    }
    defer { try? handle.close() }
    let inner = isColumnsFirst ? rows : columns
    var position = 0
    while position < rows * columns {
      let count = min(1 << 20, rows * columns - position)
      guard let bytes = try? handle.read(upToCount: count * element.size), bytes.count == count * element.size else {
        throw Failure(file: file, message: "ends after \(position) of \(rows * columns) elements")
      }
      bytes.withUnsafeBytes { buffer in
        for (i, value) in buffer.bindMemory(to: Value.self).enumerated() {
          let (outer, rest) = (position + i).quotientAndRemainder(dividingBy: inner)
          isColumnsFirst ? body(rest, outer, value) : body(outer, rest, value)
        }
      }
      position += count
    }
  }

  /// Writes a vector of doubles.
  static func write(_ values: [Double], to file: String) throws(Failure) {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(values.count),), }"
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    var bytes =
      Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)])
    bytes += Data(header.utf8)
    values.withUnsafeBytes { bytes += Data($0) }
    do { try bytes.write(to: URL(fileURLWithPath: file)) } catch {
      throw Failure(file: file, message: "cannot be written: \(error)")
    }
  }
}
