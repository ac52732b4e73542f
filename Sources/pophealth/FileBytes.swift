#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Tables

/// Whole files as they are.
enum FileBytes {
  /// The bytes of the file at `path`.
  static func read(_ path: String) throws(Problem) -> [UInt8] {
    guard let file = fopen(path, "rb") else {
      throw Problem(file: path, message: "cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      bytes += chunk[..<count]
      if count < chunk.count { break }
    }
    guard ferror(file) == 0 else { throw Problem(file: path, message: "cannot be read to its end") }
    return bytes
  }
}
