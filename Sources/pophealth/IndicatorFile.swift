#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Tables

/// A CSV file whose header is looked at before its columns are read; what a pipe gives is kept.
struct IndicatorFile {
  private let path: String
  /// What a pipe gave; nil for a file.
  private let bytes: [UInt8]?

  /// Opens the file.
  init(_ path: String) throws(Problem) {
    self.path = path
    var record = stat()
    let kind = stat(path, &record) == 0 ? record.st_mode & S_IFMT : S_IFREG
    bytes = kind == S_IFREG || kind == S_IFDIR ? nil : try FileBytes.read(path)
  }

  /// The names in the header.
  func columnNames() throws(Problems) -> [String] {
    guard let bytes else { return try Table.columnNames(ofCSV: path) }
    return try Table.columnNames(ofCSVBytes: bytes, named: path)
  }

  /// Reads columns of all rows.
  func read(_ columns: [ColumnRequest], threads: Int?) throws(Problems) -> Table {
    guard let bytes else { return try Table.read(csv: path, columns: columns, threads: threads) }
    return try Table.read(csvBytes: bytes, named: path, columns: columns, threads: threads)
  }

  /// SHA-256 of the file; nil for a pipe.
  var digest: String? { bytes == nil ? try? SHA256.hex(ofFile: path) : nil }
}
