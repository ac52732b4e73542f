/// A sum that carries the rounding error of every addition along (Knuth's two-sum; Ogita, Rump and Oishi 2005, algorithm
/// 4.4): as exact as if it were added up in twice the digits and rounded once, so that the order of addends matters only
/// where they cancel to some 10⁻¹⁶ of their size.
struct CompensatedSum: Sendable {
  private var high = 0.0
  private var low = 0.0

  /// The sum; NaN as soon as one addend was infinite or NaN, or the sum ran over.
  var value: Double { high + low }

  @inline(__always)
  mutating func add(_ addend: Double) {
    let sum = high + addend
    let part = sum - high
    low += (high - (sum - part)) + (addend - part)
    high = sum
  }
}

/// The sum of some numbers; see ``CompensatedSum``.
func compensatedSum(_ numbers: some Sequence<Double>) -> Double {
  var sum = CompensatedSum()
  for number in numbers { sum.add(number) }
  return sum.value
}
