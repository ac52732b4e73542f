/// Flows of either sign scaled to a total without a change of any sign: the plus–minus method.
///
/// With S = Σ v, A = Σ |v| and δ = (T − S)/A, flows above 0 are multiplied by 1 + δ and those below by 1 − δ, which
/// adds up to T and spreads the change in proportion to |v|. A common factor T/S would turn every sign where S and T
/// differ in theirs, and has no meaning near S = 0.
///
/// Source: Akers and Siegel (1965); Shryock and Siegel (1973), *The Methods and Materials of Demography*, chapter 22.
public enum PlusMinusScaling {
  /// The flows that add up to `total`.
  ///
  /// - Throws: ``PlusMinusError`` for a flow or a total that is not finite, and for a total that flows of these signs
  ///   cannot reach: δ outside −1 to 1.
  /// - Complexity: O(*n*).
  public static func scaled(_ flows: [Double], toTotal total: Double) throws(PlusMinusError) -> [Double] {
    for (i, flow) in flows.enumerated() where !flow.isFinite { throw .notFinite(flow, position: i) }
    guard total.isFinite else { throw .notFinite(total, position: nil) }
    let sum = flows.reduce(0, +)
    let size = flows.reduce(0) { $0 + $1.magnitude }
    if total == sum { return flows }
    let gains = (size + sum) / 2
    let losses = (size - sum) / 2
    let change = (total - sum) / size
    guard size > 0, change.magnitude <= 1 else {
      throw .outOfReach(total: total, lowest: -2 * losses, highest: 2 * gains)
    }
    return flows.map { $0 * (1 + ($0 < 0 ? -change : change)) }
  }
}

/// Why flows cannot be scaled to a total.
public enum PlusMinusError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A flow (by its position), or the total (no position), that is not finite.
  case notFinite(Double, position: Int?)
  /// A total that flows of these signs cannot reach when none is more than doubled.
  case outOfReach(total: Double, lowest: Double, highest: Double)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .notFinite(let value, let position):
      "\(position.map { "flow \($0 + 1)" } ?? "the total") is \(value); expected a finite number"
    case .outOfReach(let total, let lowest, let highest):
      "a total of \(total) is out of reach; flows of these signs, at most doubled, give \(lowest) to \(highest)"
    }
  }
}
