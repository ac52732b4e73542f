/// The bytes of a CSV file: all of them in memory, or a window at a time read from the file.
enum CSVInput: Sendable {
  case memory([UInt8])
  case file(OpenFile)

  /// The file at `path`; of a pipe or a terminal everything is read now, or nothing when it is to be read
  /// `inParts`.
  init(path: String, inParts: Bool) throws(Problem) {
    let file = try OpenFile(path: path, expected: "a CSV file")
    if inParts, !file.isRegular {
      throw Problem(
        file: path,
        message: "is a pipe or a device, which cannot be read more than once; save its content to a file")
    }
    // Files of /proc say that they hold nothing.
    if file.isRegular, file.size > 0 {
      self = .file(file)
    } else {
      self = .memory(
        try file.attempt { (descriptor) throws(SystemCalls.Refusal) in try SystemCalls.readToEnd(descriptor) })
    }
  }

  /// How many bytes there are.
  var count: Int {
    switch self {
    case .memory(let bytes): bytes.count
    case .file(let file): file.size
    }
  }

  /// Throws when the file is no longer what it was when it was opened.
  func checkUnchanged() throws(Problem) {
    if case .file(let file) = self { try file.checkUnchanged() }
  }

  /// Lends `body` the bytes of `range`; `buffer` is where those of a file are read to.
  func withWindow<Result>(
    _ range: Range<Int>, buffer: inout [UInt8], _ body: (ByteView) -> Result
  ) throws(Problem) -> Result {
    switch self {
    case .memory(let bytes): return ByteView.lend(bytes, range, body)
    case .file(let file):
      try file.read(range, into: &buffer)
      return ByteView.lend(buffer, 0..<range.count, body)
    }
  }
}
