/// Coherent mortality of both sexes: one index moves both, and what sets a sex apart comes back to its past mean:
/// ```
/// log m(s, x, t) = a(s, x) + B(x)·K(t) + b(s, x)·k(s, t)
/// ```
/// B and K are the Lee–Carter model of both sexes together, K a random walk with drift; b and k are the first singular
/// value of what it leaves, k a stationary process of first order, so that the ratio of the sexes' rates at each age
/// tends to a constant. a is the mean of log m − B·K, and Σ_x b² = 1 because Σ b may vanish.
///
/// Source: Li and Lee (2005).
public struct LiLee: Sendable, Hashable {
  /// What sets one sex apart.
  public struct Specific: Sendable, Hashable {
    /// a, the mean level of each age.
    public let level: [Double]
    /// b, the response of each age to the sex's own index, Σ b² = 1.
    public let response: [Double]
    /// k, the sex's own index of each year.
    public let index: [Double]
    /// The stationary process of k.
    public let process: AutoregressiveProcess
    /// R_C: the share of the variance over time that the common factor alone tells (below 0 where it does harm).
    public let explainedByCommon: Double
    /// R_AC: the share that the common and the sex's own factor tell.
    public let explained: Double
  }

  /// The model of both sexes together: B, K.
  public let common: LeeCarter
  /// What sets women apart.
  public let female: Specific
  /// What sets men apart.
  public let male: Specific
  /// The cells without deaths of women, which count as half a death (``MortalityExperience/logRates``).
  public let femaleCellsWithoutDeaths: [MortalityExperience.Cell]
  /// The cells without deaths of men.
  public let maleCellsWithoutDeaths: [MortalityExperience.Cell]

  private let lastLogRates: [Double]

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - female: deaths and person-years of women, three years or more.
  ///   - male: those of men, of the same ages and years.
  ///   - secondStage: what sets the common index.
  /// - Throws: ``MortalityModelError`` where ages or years differ, and as ``LeeCarter`` does.
  /// - Complexity: O(years × ages × min(years, ages)).
  public init(
    female: MortalityExperience, male: MortalityExperience, secondStage: LeeCarter.SecondStage = .deaths
  ) throws(MortalityModelError) {
    let model = try LeeCarter(female.combined(with: male), secondStage: secondStage)
    try female.checkFittable()
    try male.checkFittable()
    common = model
    self.female = try Self.specific(female.logRates, common: model)
    self.male = try Self.specific(male.logRates, common: model)
    femaleCellsWithoutDeaths = female.cellsWithoutDeaths
    maleCellsWithoutDeaths = male.cellsWithoutDeaths
    lastLogRates = Array(female.logRates.suffix(female.ages.count) + male.logRates.suffix(male.ages.count))
  }

  private static func specific(_ logRates: [Double], common: LeeCarter) throws(MortalityModelError) -> Specific {
    let n = common.ages.count
    let years = common.index.count
    let level = (0..<n).map { x in
      (0..<years).reduce(0) { $0 + logRates[$1 * n + x] - common.response[x] * common.index[$1] } / Double(years)
    }
    let means = (0..<n).map { x in (0..<years).reduce(0) { $0 + logRates[$1 * n + x] } / Double(years) }
    let rest = logRates.indices.map {
      logRates[$0] - level[$0 % n] - common.response[$0 % n] * common.index[$0 / n]
    }
    let all = logRates.indices.reduce(0) { sum, i in
      let centred = logRates[i] - means[i % n]
      return sum + centred * centred
    }
    guard all > 0 else { throw .noResponse }
    let left = rest.reduce(0) { $0 + $1 * $1 }
    let first = try LeadingFactor(rest, years: years)
    let sign: Double = first.response.reduce(0, +) < 0 ? -1 : 1
    let index = first.index.map { sign * $0 }
    return Specific(
      level: level, response: first.response.map { sign * $0 }, index: index,
      process: .stationary(through: index), explainedByCommon: 1 - left / all,
      explained: 1 - max(0, left - first.square) / all)
  }

  /// The forecast: the common walk and each sex's own stationary process, innovations correlated as in the past.
  ///
  /// - Parameter jumpOff: the rates it sets out from.
  /// - Complexity: O(ages + years).
  public func forecast(from jumpOff: LeeCarter.JumpOff = .fitted) -> MortalityForecast {
    let n = common.ages.count
    let none = Array(repeating: 0.0, count: n)
    let last = common.index.count - 1
    var rates = lastLogRates
    if jumpOff == .fitted {
      for (s, own) in [female, male].enumerated() {
        for x in 0..<n {
          rates[s * n + x] =
            own.level[x] + common.response[x] * common.index[last] + own.response[x] * own.index[last]
        }
      }
    }
    return MortalityForecast(
      ages: common.ages, jumpOffYear: common.years.upperBound, jumpOffLogRates: rates,
      factors: [
        .init(loadings: common.response + common.response, process: common.walk),
        .init(loadings: female.response + none, process: female.process),
        .init(loadings: none + male.response, process: male.process),
      ],
      mixing: MortalityForecast.mixing(of: [
        common.walk.innovations(of: common.index), female.process.innovations(of: female.index),
        male.process.innovations(of: male.index),
      ]))
  }
}
