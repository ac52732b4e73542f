/// A number of each simulation that an ensemble tells about: people of a band, births or deaths.
public struct EnsembleMeasure: Sendable, Hashable {
  /// What is counted.
  public enum Quantity: Sendable, Hashable {
    /// People at a mid-year.
    case people
    /// Births of the step that ends at a mid-year.
    case births
    /// Deaths of that step, newborns of the step among them.
    case deaths
    /// Net migrants of that step, with those whom a footprint's shares bring in.
    case netMigration
    /// People whom clipping created in that step.
    case adjustment
  }

  /// What is counted.
  public let quantity: Quantity
  /// The ages of the people; all for the other quantities.
  public let ages: AgeBand
  /// The sex, or `nil` for both together; both for the other quantities.
  public let sex: Sex?

  private init(_ quantity: Quantity, ages: AgeBand, sex: Sex?) {
    self.quantity = quantity
    self.ages = ages
    self.sex = sex
  }

  /// People of a band of ages.
  public static func people(_ ages: AgeBand = AgeBand(0...), sex: Sex? = nil) -> EnsembleMeasure {
    EnsembleMeasure(.people, ages: ages, sex: sex)
  }

  /// All births, deaths, net migrants and people whom clipping created.
  public static let components = [Quantity.births, .deaths, .netMigration, .adjustment].map {
    EnsembleMeasure($0, ages: AgeBand(0...), sex: nil)
  }

  /// Births of a step.
  public static var births: EnsembleMeasure { components[0] }
  /// Deaths of a step.
  public static var deaths: EnsembleMeasure { components[1] }

  /// Every age group of both sexes: women from the youngest, then men.
  public static func groups(of ages: AgeScale) -> [EnsembleMeasure] {
    Sex.allCases.flatMap { sex in
      ages.lowerBounds.indices.map { x in
        let low = ages.lowerBounds[x]
        return .people(ages.width(at: x).map { AgeBand(low...(low + $0 - 1)) } ?? AgeBand(low...), sex: sex)
      }
    }
  }
}

/// What an ensemble says of one measure: its mean, five quantiles and where its spread comes from.
///
/// Quantiles are interpolated linearly between order statistics (Hyndman and Fan, 1996, type 7).
public struct EnsembleSummary: Sendable, Hashable, BitwiseCopyable {
  /// The mean.
  public let mean: Double
  /// The 2.5% quantile.
  public let quantile2_5: Double
  /// The 10% quantile.
  public let quantile10: Double
  /// The middle of the simulations.
  public let median: Double
  /// The 90% quantile.
  public let quantile90: Double
  /// The 97.5% quantile.
  public let quantile97_5: Double
  /// The variance between simulations that comes of their rates and flows alone (divisor N).
  public let rateVariance: Double
  /// The mean square of what the chance of single births and deaths adds to each simulation; 0 where it is left out.
  ///
  /// Given the rates, the mean of a population moved by chance is the projection on those rates, so that the two
  /// variances add up to that of the simulations but for the error of their number (and for cells that are clipped).
  public let processVariance: Double

  /// The probabilities of the quantiles.
  public static let probabilities = [0.025, 0.1, 0.5, 0.9, 0.975]

  /// The five quantiles, ascending.
  public var quantiles: [Double] { [quantile2_5, quantile10, median, quantile90, quantile97_5] }
}

/// A question to an ensemble: does a measure of an area reach a level in a year?
public struct EnsembleEvent: Sendable, Hashable {
  /// The code of the area.
  public let areaCode: String
  /// What is measured.
  public let measure: EnsembleMeasure
  /// The mid-year.
  public let year: Int
  /// The level; the event is a measure of at least that.
  public let level: Double

  /// The event that a measure is at least `level` at mid-`year`.
  public init(areaCode: String, measure: EnsembleMeasure, year: Int, atLeast level: Double) {
    self.areaCode = areaCode
    self.measure = measure
    self.year = year
    self.level = level
  }
}

/// The share of simulations in which an event happens.
public struct EventProbability: Sendable, Hashable {
  /// The event.
  public let event: EnsembleEvent
  /// The simulations in which it happens.
  public let count: Int
  /// All simulations.
  public let simulations: Int

  /// The share of simulations in which it happens.
  public var probability: Double { Double(count) / Double(simulations) }
  /// The standard error that the number of simulations leaves: √(p(1 − p)/N).
  public var standardError: Double { (probability * (1 - probability) / Double(simulations)).squareRoot() }
}
