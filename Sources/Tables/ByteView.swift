/// A view of bytes that somebody else keeps alive, for the scanner's inner loops.
///
/// An index out of range is met by an assertion: debug builds, in which the tests with broken and random
/// files run, check every access; release builds check none, which makes scanning about half as fast again.
/// Every caller therefore compares an index with ``count`` before it reads. A view never leaves the closure
/// that it is lent to.
struct ByteView {
  private let base: UnsafePointer<UInt8>

  let count: Int

  /// The view of a mapping or another buffer.
  init(_ buffer: UnsafeRawBufferPointer) {
    count = buffer.count
    // An empty buffer may have no address; a pointer that is never read stands in for it.
    base =
      buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
      ?? UnsafePointer(bitPattern: 1).unsafelyUnwrapped
  }

  /// Lends `body` a view of some of an array's bytes.
  static func lend<Result, Failure>(
    _ bytes: [UInt8], _ range: Range<Int>, _ body: (ByteView) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.span.withUnsafeBytes { (buffer) throws(Failure) in
      try body(ByteView(UnsafeRawBufferPointer(rebasing: buffer[range])))
    }
  }

  /// Lends `body` a view of an array's bytes.
  static func lend<Result, Failure>(
    _ bytes: [UInt8], _ body: (ByteView) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try bytes.span.withUnsafeBytes { (buffer) throws(Failure) in try body(ByteView(buffer)) }
  }

  /// The byte at an index below ``count``.
  @inline(__always)
  subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < count)
    return base[index]
  }

  /// The eight bytes from `index` on, the first lowest; `index + 8` is at most ``count``.
  @inline(__always)
  func word(at index: Int) -> UInt64 {
    assert(index >= 0 && index + 8 <= count)
    return UInt64(
      littleEndian: UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// The bytes as a buffer, for functions of C.
  var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }
}
