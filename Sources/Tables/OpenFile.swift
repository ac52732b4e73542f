#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is open for reading, closed when nobody holds it any more.
final class OpenFile: Sendable {
  let path: String

  /// Whether it is an ordinary file, of which any part can be read at any time.
  let isRegular: Bool

  /// Its size in bytes when it was opened.
  let size: Int

  private let descriptor: Int32
  private let status: SystemCalls.Status

  /// Opens the file at `path`. The message of the problem says what was `expected` there, such as "a CSV
  /// file".
  init(path: String, expected: String) throws(Problem) {
    self.path = path
    let opened: Int32
    do throws(SystemCalls.Refusal) {
      opened = try SystemCalls.open(path, O_RDONLY)
    } catch {
      throw Self.problem(path, error, expected)
    }
    do throws(SystemCalls.Refusal) {
      status = try SystemCalls.status(of: opened)
      if status.type == .directory { throw SystemCalls.Refusal(number: EISDIR) }
    } catch {
      try? SystemCalls.close(opened)
      throw Self.problem(path, error, expected)
    }
    descriptor = opened
    isRegular = status.type == .regular
    size = status.size
  }

  deinit { try? SystemCalls.close(descriptor) }

  /// What `call` makes of the descriptor; where the system refuses, that the file cannot be read.
  func attempt<Result>(_ call: (Int32) throws(SystemCalls.Refusal) -> Result) throws(Problem) -> Result {
    do throws(SystemCalls.Refusal) {
      return try call(descriptor)
    } catch {
      throw Problem(file: path, message: "cannot be read: \(error.reason)")
    }
  }

  /// Reads `range`, which lies in the file, to the beginning of `buffer`, which grows where it must.
  func read(_ range: Range<Int>, into buffer: inout [UInt8]) throws(Problem) {
    if buffer.count < range.count { buffer = [UInt8](repeating: 0, count: range.count) }
    let count = try attempt { (descriptor) throws(SystemCalls.Refusal) in
      try SystemCalls.readPart(of: descriptor, from: range.lowerBound, count: range.count, into: &buffer)
    }
    if count < range.count { throw Problem(file: path, message: "was cut short while it was read") }
  }

  /// Throws when the file is no longer the one that was opened, as its size and time of change tell.
  func checkUnchanged() throws(Problem) {
    let now = try attempt { (descriptor) throws(SystemCalls.Refusal) in try SystemCalls.status(of: descriptor) }
    if now.size != status.size || now.changed != status.changed {
      throw Self.changed(path)
    }
  }

  /// The problem with a file that is no longer what it was.
  static func changed(_ path: String) -> Problem {
    Problem(file: path, message: "was changed while it was read")
  }

  private static func problem(_ path: String, _ refusal: SystemCalls.Refusal, _ expected: String) -> Problem {
    let message =
      switch refusal.number {
      case ENOENT: "no such file; expected \(expected)"
      case EISDIR: "is a directory; expected \(expected)"
      default: "cannot be read: \(refusal.reason)"
      }
    return Problem(file: path, message: message)
  }
}
