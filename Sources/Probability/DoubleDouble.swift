/// The unevaluated sum of two doubles, about 106 bits.
///
/// Exponents such as 700 must be known to 1e-14 absolutely, or a tail of 1e-300 loses its last two digits; a double
/// holds them to 1e-13 only.
struct DoubleDouble: Hashable {
  var high: Double
  var low: Double

  init(_ value: Double) {
    high = value
    low = 0
  }

  /// a + b exactly (Knuth, 1969).
  init(sumOf a: Double, _ b: Double) {
    high = a + b
    let part = high - a
    low = high.isFinite ? (a - (high - part)) + (b - part) : 0
  }

  /// a·b exactly, as long as nothing underflows.
  init(productOf a: Double, _ b: Double) {
    high = a * b
    low = high.isFinite ? (-high).addingProduct(a, b) : 0
  }

  /// The exact value of `high + low` where |low| is small beside |high|.
  init(high: Double, low: Double) {
    self.high = high + low
    self.low = self.high.isFinite ? low - (self.high - high) : 0
  }

  static func + (a: Self, b: Self) -> Self {
    let sum = DoubleDouble(sumOf: a.high, b.high)
    return DoubleDouble(high: sum.high, low: sum.low + (a.low + b.low))
  }

  static prefix func - (a: Self) -> Self {
    var negated = a
    negated.high = -a.high
    negated.low = -a.low
    return negated
  }

  static func - (a: Self, b: Self) -> Self { a + -b }

  static func * (a: Self, b: Self) -> Self {
    let product = DoubleDouble(productOf: a.high, b.high)
    guard product.high.isFinite else { return product }
    return DoubleDouble(high: product.high, low: product.low + (a.high * b.low + a.low * b.high))
  }

  static func * (a: Double, b: Self) -> Self { DoubleDouble(a) * b }

  static func / (a: Self, b: Self) -> Self {
    let quotient = a.high / b.high
    guard quotient.isFinite else { return DoubleDouble(quotient) }
    let remainder = a - quotient * b
    return DoubleDouble(high: quotient, low: remainder.high / b.high)
  }

  /// e to this power, to the last digit of a double.
  var exponential: Double {
    let leading = Probability.exponential(high)
    return leading.isFinite ? leading + leading * low : leading
  }
}
