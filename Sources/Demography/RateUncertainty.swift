/// How far rates and flows may come to differ from those assumed; what is left out stays as assumed.
///
/// The assumed rates are the middle: each deviation is 0 at mid-year of the base and has its median at 0 ever after.
/// - Mortality: log hazards of sex s and age x move by Σ_f b_f(s, x)·(k_f(h) − E k_f(h)), the same for all areas
///   (``MortalityForecast``). The probability of death q becomes 1 − (1 − q)^F, F the factor on the hazard, so that it
///   stays between 0 and 1.
/// - Fertility: the rates of area a are multiplied by exp(d(a, h)) (``ComponentProcess``).
/// - Migration: d(a, h)·P(a)·pattern(s, x) people are added to the net migrants, P(a) the people of the area at the
///   start of the step.
///
/// The three components are independent of each other. Uncertainty of the base population, of the age patterns and of
/// the choice of model is not in it.
public struct RateUncertainty: Sendable, Hashable {
  /// How death rates move.
  public var mortality: MortalityForecast?
  /// The mid-year from which the deviation of mortality grows; `nil` for the base year. An earlier year (that of the
  /// last observed deaths) makes the rates of the first step uncertain already.
  public var mortalityKnownTo: Int?
  /// How the level of fertility moves.
  public var fertility: ComponentProcess?
  /// How net migration moves.
  public var migration: ComponentProcess?

  /// Uncertainty of the components that are given.
  public init(
    mortality: MortalityForecast? = nil, mortalityKnownTo: Int? = nil, fertility: ComponentProcess? = nil,
    migration: ComponentProcess? = nil
  ) {
    self.mortality = mortality
    self.mortalityKnownTo = mortalityKnownTo
    self.fertility = fertility
    self.migration = migration
  }

  /// No uncertainty: every simulation is the projection itself.
  public static let none = RateUncertainty()
}

extension MortalityForecast {
  /// The responses b of the hazards that a step on another age scale meets, `[factor][sex][origin]`, origin 0 the
  /// newborns.
  ///
  /// Newborns take that of age 0. People of a closed group of width w pass, on the way into the next group, the single
  /// ages from its lowest to 2w − 1 further on, and take their mean: for single years (b(x) + b(x+1))/2. The open group
  /// takes the mean over its ages weighted by the deaths of the life table of the jump-off rates.
  ///
  /// - Complexity: O(factors × ages).
  func loadings(onto scale: AgeScale) -> [[Double]] {
    factors.map { factor in
      Sex.allCases.flatMap { sex in
        let start = sex.index * ages.count
        func loading(_ age: Int) -> Double { factor.loadings[start + (ages.index(ofAge: age) ?? 0)] }
        let closed = (0..<(scale.count - 1)).map { x in
          let low = scale.lowerBounds[x]
          let passed = low..<(low + 2 * (scale.width(at: x) ?? 1))
          return passed.reduce(0) { $0 + loading($1) } / Double(passed.count)
        }
        return [loading(0)] + closed + [openLoading(factor, sex: sex, from: scale.openAge)]
      }
    }
  }

  private func openLoading(_ factor: Factor, sex: Sex, from age: Int) -> Double {
    let start = sex.index * ages.count
    let rates = medianRates(atHorizon: 0)
    var alive = 1.0
    var sum = 0.0
    for group in (ages.index(ofAge: age) ?? 0)..<ages.count {
      // Deaths of a group are m·n/(1 + m·n/2) of those who reach it; the open group takes all who are left.
      let exposure = rates[start + group] * Double(ages.width(at: group) ?? 0)
      let dead = group == ages.count - 1 ? alive : alive * min(1, exposure / (1 + exposure / 2))
      sum += dead * factor.loadings[start + group]
      alive -= dead
    }
    return sum
  }
}
