#if os(Linux)
  #if canImport(Glibc)
    internal import Glibc
  #elseif canImport(Musl)
    internal import Musl
  #endif
#endif

/// Numbers at a fixed address, which threads read or write side by side: each writes rows that no other one touches.
///
/// Rows start at a cache line when their length is a multiple of eight doubles.
final class SharedRows<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// Where the numbers start.
  let start: UnsafeMutablePointer<Element>
  /// How many there are.
  let count: Int

  /// The bytes of a large page.
  private static var largePage: Int { 2 << 20 }

  /// Room for numbers that are all written before any is read.
  init(roomFor count: Int) {
    self.count = count
    let size = max(1, count) * MemoryLayout<Element>.stride
    let isLarge = size >= Self.largePage
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: isLarge ? Self.largePage : 64)
    #if os(Linux)
      // Rows lie so far apart that each touches a page of its own; fewer, large pages take less time to look up. A system
      // that has none to give leaves them small.
      if isLarge { madvise(bytes, size, MADV_HUGEPAGE) }
    #endif
    start = bytes.bindMemory(to: Element.self, capacity: max(1, count))
  }

  convenience init(repeating value: Element, count: Int) {
    self.init(roomFor: count)
    start.initialize(repeating: value, count: count)
  }

  convenience init(_ values: [Element]) {
    self.init(roomFor: values.count)
    values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { start.initialize(from: first, count: values.count) }
    }
  }

  /// A copy of all numbers.
  var array: [Element] { Array(UnsafeBufferPointer(start: start, count: count)) }

  deinit { start.deallocate() }
}

extension SharedRows<Double> {
  convenience init(count: Int) { self.init(repeating: 0, count: count) }
}
