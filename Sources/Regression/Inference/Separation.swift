/// A direction in which the likelihood rises for ever: some coefficients have no finite estimate.
///
/// Albert and Anderson, On the existence of maximum likelihood estimates in logistic regression models, 1984; Correia,
/// Guimarães and Zylkin, Verifying the existence of maximum likelihood estimates for generalized linear models, 2019.
public struct Separation: Sendable, Hashable {
  /// A coefficient without a finite estimate.
  public struct Divergence: Sendable, Hashable {
    /// The column's name.
    public let term: String
    /// Whether the likelihood rises as the coefficient goes to +∞; otherwise to −∞.
    public let isUpward: Bool
  }

  /// The coefficients that move, in the order of the columns.
  public let divergences: [Divergence]

  /// How many rows are fitted exactly in the limit.
  public let rows: Int

  /// Whether those are all rows.
  public let isComplete: Bool
}

extension Separation: CustomStringConvertible {
  /// The separation in a sentence that names the columns.
  public var description: String {
    let names = divergences.map { "\($0.term) (to \($0.isUpward ? "+" : "-")infinity)" }
    return "\(isComplete ? "complete" : "quasi-complete") separation: no finite estimate for "
      + names.joined(separator: ", ") + "; \(rows) \(rows == 1 ? "row is" : "rows are") fitted exactly."
      + " Firth's penalty, for logit and Poisson models, gives finite estimates"
  }
}
