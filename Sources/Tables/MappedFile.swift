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
    let file = try OpenFile(path: path, expected: expected)
    storage = try file.attempt { (descriptor) throws(SystemCalls.Refusal) in
      // Files of /proc say that they hold nothing and cannot be mapped.
      file.isRegular && file.size > 0
        ? .mapping(try SystemCalls.map(descriptor, size: file.size))
        : .copy(try SystemCalls.readToEnd(descriptor))
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
