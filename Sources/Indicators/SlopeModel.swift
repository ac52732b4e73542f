import Probability

/// How the slope index of inequality is calculated: the scale of the figures, what the line runs through, how the limits
/// are made and in which units the index is stated.
public struct SlopeModel: Sendable, Hashable {
  /// The scale on which the figures' sampling error is normal, which is the scale of the standard errors.
  public var scale: ValueScale
  /// Whether the line runs through the figures on ``scale``, log or logit, rather than through the figures themselves.
  public var isTransformed: Bool
  /// Draws in place of the closed form; nil takes the closed form wherever there is one.
  public var simulation: SlopeSimulation?
  /// What the slope index is stated per: 100 for percentages; below 0 where a high figure is bad. Finite, not 0.
  ///
  /// A multiplier below 0 turns the slope round and the relative index upside down, so that both grow with inequality in
  /// the wished-for direction. Limits are put in order after it.
  public var multiplier: Double

  /// A model.
  ///
  /// - Complexity: O(1).
  public init(
    scale: ValueScale = .linear, isTransformed: Bool = false, simulation: SlopeSimulation? = nil, multiplier: Double = 1
  ) {
    precondition(multiplier != 0 && multiplier.isFinite, "a multiplier other than 0")
    self.scale = scale
    self.isTransformed = isTransformed
    self.simulation = simulation
    self.multiplier = multiplier
  }

  /// A line through the figures themselves, whose errors are normal: life expectancies, means.
  public static let linear = SlopeModel()
  /// A line through the logarithms: rates.
  public static let logarithm = SlopeModel(scale: .logarithm, isTransformed: true)
  /// A line through the logits: proportions.
  public static let logit = SlopeModel(scale: .logit, isTransformed: true)

  /// The draws that make the limits; nil where the closed form does.
  ///
  /// A line through rates or proportions themselves, whose errors are normal on another scale, has no closed form and is
  /// always simulated.
  public var draws: SlopeSimulation? {
    if let simulation { return simulation }
    return scale == .linear || isTransformed ? nil : SlopeSimulation()
  }

  /// The scale of the line.
  var lineScale: ValueScale { isTransformed ? scale : .linear }
}

/// How limits are simulated: how many draws, from which seed.
///
/// The Monte Carlo error of a simulated limit, in standard errors of the index, is √(p(1 − p)/N)/φ(z), p the tail: at 95%
/// 0.0084 with 100,000 draws and 0.0027 with a million. The closed form has none.
public struct SlopeSimulation: Sendable, Hashable {
  /// How many draws; at least 1,000.
  public let draws: Int
  /// The seed: the same seed gives the same limits, on any number of threads and for any order of areas.
  public let seed: UInt64
  /// Whether a transformed line is drawn whole, middle and slope, so that the limits of SII hold the sampling error of the
  /// middle too, which official limits leave out. An untransformed line always is.
  public let isWholeLine: Bool

  /// So many draws from a seed; by default as many as the official method makes.
  ///
  /// - Complexity: O(1).
  public init(draws: Int = 100_000, seed: UInt64 = 1, isWholeLine: Bool = false) {
    precondition(draws >= 1_000, "at least 1,000 draws")
    self.draws = draws
    self.seed = seed
    self.isWholeLine = isWholeLine
  }
}
