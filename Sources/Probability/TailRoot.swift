/// The w > 0 at which a tail equals `probability`, by Newton's method on log tail against log w.
///
/// For the gamma distribution, and for the odds of the beta distribution, that curve is concave and monotone, so that
/// Newton's method converges from anywhere where the curve is not flat, from inside the tail without overshooting. The
/// last step squares the error, and w itself is scaled by it, so that no digit is lost on a logarithm.
///
/// - Parameter curve: the tail and its derivative by log w.
func tailRoot(
  from start: Double, probability: Double, _ curve: (Double) -> (tail: ScaledTail, derivative: ScaledTail)
) -> Double {
  var w = start
  for _ in 0..<200 {
    let (tail, derivative) = curve(w)
    let value = tail.value
    let step: Double
    var slope = derivative.value / value
    if value > 1e-290, abs(slope) > 1e-290 {
      step = logarithm(probability / value) / slope
    } else {
      let logTail = tail.logarithm
      slope = derivative.factor < 0 ? -1 : 1
      slope *= exponential(derivative.multiplied(by: slope).logarithm - logTail)
      step = (logarithm(probability) - logTail) / slope
    }
    if step.isNaN { return step }
    w *= exponential(min(max(step, -700), 700))
    if w == 0 || w == .infinity || step * step * (1 + 10 * abs(slope)) < 1e-17 { return w }
  }
  return .nan
}
