/// A probability as factor · e^exponent, so that its logarithm outlives its underflow.
struct ScaledTail {
  var exponent: DoubleDouble
  var factor: Double

  init(exponent: DoubleDouble, factor: Double) {
    self.exponent = exponent
    self.factor = factor
  }

  init(_ value: Double) { self.init(exponent: DoubleDouble(0), factor: value) }

  var value: Double { exponent.exponential * factor }

  var logarithm: Double { exponent.high + (Probability.logarithm(factor) + exponent.low) }

  func multiplied(by number: Double) -> ScaledTail { ScaledTail(exponent: exponent, factor: factor * number) }

  /// log P from P itself where it is small, from 1 − P where P is close to 1.
  static func logarithm(of tail: ScaledTail, complement: @autoclosure () -> ScaledTail) -> Double {
    let value = tail.value
    return value < 0.5 ? tail.logarithm : logarithm1p(-complement().value)
  }
}
