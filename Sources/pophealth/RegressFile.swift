#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Tables

/// A CSV file that is read more than once: from its place, or from memory where it is a pipe.
struct RegressFile {
  let path: String
  /// What a pipe gave; nil for a file.
  private let bytes: [UInt8]?
  /// The first lines as far as they can hold whole rows.
  private let beginning: [UInt8]

  /// Opens the file and reads its beginning.
  init(_ path: String) throws(Problem) {
    self.path = path
    var record = stat()
    guard stat(path, &record) == 0, record.st_mode & S_IFMT != S_IFDIR else {
      bytes = nil
      beginning = []
      return
    }
    if record.st_mode & S_IFMT == S_IFREG {
      bytes = nil
      beginning = try Self.wholeRows(Self.first(1 << 18, of: path), isAll: record.st_size <= 1 << 18)
    } else {
      let all = try FileBytes.read(path)
      bytes = all
      beginning = Self.wholeRows(all.prefix(1 << 18), isAll: all.count <= 1 << 18)
    }
  }

  /// Reads columns of all rows.
  func read(_ columns: [ColumnRequest], others: OtherColumns) throws(Problems) -> Table {
    guard let bytes else { return try Table.read(csv: path, columns: columns, others: others) }
    return try Table.read(csvBytes: bytes, named: path, columns: columns, others: others)
  }

  /// Reads columns of the first rows, so that their kinds can be told; all of the file where that fails, so that
  /// everything wrong with it is named.
  func readBeginning(_ columns: [ColumnRequest], others: OtherColumns) throws(Problems) -> Table {
    if !beginning.isEmpty,
      let table = try? Table.read(csvBytes: beginning, named: path, columns: columns, others: others)
    {
      return table
    }
    return try read(columns, others: others)
  }

  /// Whether the bytes are gone once they are read.
  var isPipe: Bool { bytes != nil }

  /// SHA-256 of the file; nil for a pipe.
  var digest: String? { bytes == nil ? try? SHA256.hex(ofFile: path) : nil }

  /// What is left when a row that is cut off is left out: up to the last line break outside quotes.
  private static func wholeRows(_ bytes: some BidirectionalCollection<UInt8>, isAll: Bool) -> [UInt8] {
    guard !isAll else { return Array(bytes) }
    var isInside = false
    var rows: [UInt8] = []
    var row: [UInt8] = []
    for byte in bytes {
      row.append(byte)
      if byte == UInt8(ascii: "\"") { isInside.toggle() }
      guard byte == UInt8(ascii: "\n"), !isInside else { continue }
      rows += row
      row.removeAll(keepingCapacity: true)
    }
    return rows
  }

  private static func first(_ count: Int, of path: String) throws(Problem) -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw Problem(file: path, message: "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: count)
    bytes.removeLast(count - fread(&bytes, 1, count, file))
    return bytes
  }
}
