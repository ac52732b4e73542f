/// How areas are put into groups of about equal size by their figures.
///
/// The raw values are the words of the command line.
public enum QuantileRule: String, Sendable, Hashable, CaseIterable {
  /// By rank: group ⌊k + 1 − ⌈(N + 1 − rank)·k/N⌉⌋, at least 1, of k groups among N figures.
  ///
  /// Tied figures share the lowest of their ranks, hence the lowest of their groups; later groups become smaller. It is the
  /// rule of PHEindicatormethods (`phe_quantile`).
  case minRank = "min-rank"
  /// By bounds: the first group whose upper bound is at least the figure.
  ///
  /// Bound i of k is the i/k quantile interpolated between the ordered figures at 1 + (N − 1)·i/k (Hyndman and Fan, 1996,
  /// type 7). It is the rule of Fingertips' quintiles.
  case interpolated
}

/// Which end of the figures is group 1.
public enum QuantileOrder: String, Sendable, Hashable, CaseIterable {
  /// The lowest figures are in group 1.
  case ascending
  /// The highest figures are in group 1.
  case descending
}

extension Polarity {
  /// The order in which group 1 holds the best figures; ascending where neither way is good.
  public var bestFirst: QuantileOrder { self == .highIsGood ? .descending : .ascending }
}
