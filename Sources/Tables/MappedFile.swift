#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file, mapped read-only; of a pipe or a terminal, read to their end.
///
/// A mapping is not a copy: a file that another program cuts short while it is read ends this one.
struct MappedFile: ~Copyable {
  private enum Storage {
    case mapping(UnsafeRawBufferPointer)
    case copy([UInt8])
  }

  private let storage: Storage

  /// Maps the file at `path`. The message of the problem says what was `expected` there, such as "a CSV
  /// file".
  init(path: String, expected: String) throws(Problem) {
    do throws(SystemCalls.Refusal) {
      let descriptor = try SystemCalls.open(path, O_RDONLY)
      defer { try? SystemCalls.close(descriptor) }
      let status = try SystemCalls.status(of: descriptor)
      switch status.type {
      case .directory: throw SystemCalls.Refusal(number: EISDIR)
      case .other: storage = .copy(try SystemCalls.readToEnd(descriptor))
      // Files of /proc say that they hold nothing and cannot be mapped.
      case .regular where status.size == 0: storage = .copy(try SystemCalls.readToEnd(descriptor))
      case .regular: storage = .mapping(try SystemCalls.map(descriptor, size: status.size))
      }
    } catch {
      let message =
        switch error.number {
        case ENOENT: "no such file; expected \(expected)"
        case EISDIR: "is a directory; expected \(expected)"
        default: "cannot be read: \(error.reason)"
        }
      throw Problem(file: path, message: message)
    }
  }

  deinit {
    if case .mapping(let mapping) = storage { SystemCalls.unmap(mapping) }
  }

  /// Lends the bytes to `body`.
  func withBytes<Result, Failure>(_ body: (ByteView) throws(Failure) -> Result) throws(Failure) -> Result {
    switch storage {
    case .copy(let bytes): return try ByteView.lend(bytes, body)
    case .mapping(let mapping): return try body(ByteView(mapping))
    }
  }
}
