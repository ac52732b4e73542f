/// Numbers at a fixed address, which threads read or write side by side: each writes rows that no other one touches.
///
/// Rows start at a cache line when their length is a multiple of eight doubles.
final class SharedRows<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  /// Where the numbers start.
  let start: UnsafeMutablePointer<Element>
  /// How many there are.
  let count: Int

  init(repeating value: Element, count: Int) {
    self.count = count
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Element>.stride, alignment: 64)
    start = bytes.bindMemory(to: Element.self, capacity: max(1, count))
    start.initialize(repeating: value, count: count)
  }

  convenience init(_ values: [Element], filler: Element) {
    self.init(repeating: filler, count: values.count)
    for (i, value) in values.enumerated() { start[i] = value }
  }

  /// A copy of all numbers.
  var array: [Element] { Array(UnsafeBufferPointer(start: start, count: count)) }

  deinit { start.deallocate() }
}

extension SharedRows<Double> {
  convenience init(count: Int) { self.init(repeating: 0, count: count) }

  convenience init(_ values: [Double]) { self.init(values, filler: 0) }
}
