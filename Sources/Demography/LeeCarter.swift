/// Mortality by age that moves with one index of time:
/// ```
/// log m(x, t) = a(x) + b(x)·k(t),   Σ b = 1
/// ```
/// a is the mean log rate of an age, b its response, k the level of mortality in a year. The first stage is the best
/// approximation of the centred log rates by one singular value; the second (``SecondStage``) sets k, or everything,
/// by what was counted.
///
/// Σ k = 0 after the first stage and after the Poisson likelihood; k that was adjusted to deaths or life expectancy
/// keeps a and b and need not add up to 0.
///
/// Sources: Lee and Carter (1992); Lee and Miller (2001) for the life expectancy and the actual jump-off; Brouhns,
/// Denuit and Vermunt (2002) for the likelihood.
public struct LeeCarter: Sendable, Hashable {
  /// What sets the index of a year once a and b are known.
  public enum SecondStage: String, Sendable, Hashable, CaseIterable {
    /// Nothing: k of the singular value decomposition.
    case none
    /// k gives each year's total of deaths: Σ E·exp(a + b·k) = Σ D (Lee and Carter 1992).
    case deaths
    /// k gives each year's life expectancy at birth (Lee and Miller 2001).
    case lifeExpectancy = "life expectancy"
    /// a, b and k together maximise the Poisson likelihood of the deaths (Brouhns and others 2002). Cells without
    /// deaths need no special care.
    case poisson
  }

  /// The rates from which a forecast sets out.
  public enum JumpOff: String, Sendable, Hashable, CaseIterable {
    /// Those of the model in the last year.
    case fitted
    /// Those observed in the last year: no jump at the start, but the chance of that one year stays in every age.
    case actual
  }

  /// What the model was fitted to.
  public let experience: MortalityExperience
  /// How k was set.
  public let secondStage: SecondStage
  /// a, the mean log rate of each age.
  public let level: [Double]
  /// b, the response of each age, adding up to 1.
  public let response: [Double]
  /// k, the index of each year.
  public let index: [Double]
  /// The share of what varies over time that the model tells: of the variance of the centred log rates in the first
  /// stage; with ``SecondStage/poisson``, of the deviance that a(x) alone leaves.
  public let explained: Double
  /// The cells without deaths, which count as half a death in the first stage and in an actual jump-off; see
  /// ``MortalityExperience/logRates``. The Poisson likelihood takes them as they are.
  public let cellsWithoutDeaths: [MortalityExperience.Cell]

  /// The age axis.
  public var ages: AgeScale { experience.ages }
  /// The years.
  public var years: ClosedRange<Int> { experience.years }

  /// Fits the model.
  ///
  /// - Parameters:
  ///   - experience: deaths and person-years, three years or more.
  ///   - secondStage: what sets the index of a year.
  ///   - sex: whose life tables ``SecondStage/lifeExpectancy`` uses; `nil` for both sexes together.
  /// - Throws: ``MortalityModelError`` for fewer than three years, an age or a year without any deaths, rates that do
  ///   not change, a year whose deaths or life expectancy no index gives, a likelihood without a maximum.
  /// - Complexity: O(years × ages × min(years, ages)), and O(years × ages) an iteration of the likelihood.
  public init(
    _ experience: MortalityExperience, secondStage: SecondStage = .deaths, sex: Sex? = nil
  ) throws(MortalityModelError) {
    try experience.checkFittable()
    let first = try FirstStage(experience.logRates, years: experience.years.count)
    self.experience = experience
    self.secondStage = secondStage
    cellsWithoutDeaths = experience.cellsWithoutDeaths
    if secondStage == .poisson {
      let fit = try PoissonLeeCarter(experience, start: first)
      (level, response, index, explained) = (fit.level, fit.response, fit.index, fit.explained)
      return
    }
    level = first.level
    response = first.response
    explained = first.explained
    switch secondStage {
    case .deaths:
      index = try IndexSearch(experience, level: first.level, response: first.response).deaths(from: first.index)
    case .lifeExpectancy:
      index = try IndexSearch(experience, level: first.level, response: first.response)
        .lifeExpectancy(from: first.index, sex: sex)
    default: index = first.index
    }
  }

  /// log m of the model in a year by position, one an age.
  func fittedLogRates(_ year: Int) -> [Double] {
    zip(level, response).map { $0 + $1 * index[year] }
  }

  /// The best approximation of centred log rates by one singular value.
  struct FirstStage {
    let level: [Double]
    let response: [Double]
    let index: [Double]
    let explained: Double

    /// - Parameter logRates: `[year][age]`.
    init(_ logRates: [Double], years: Int) throws(MortalityModelError) {
      let ages = logRates.count / years
      let level = (0..<ages).map { x in
        stride(from: x, to: logRates.count, by: ages).reduce(0) { $0 + logRates[$1] } / Double(years)
      }
      let factor = try LeadingFactor(logRates.indices.map { logRates[$0] - level[$0 % ages] }, years: years)
      let sum = factor.response.reduce(0, +)
      // Changes that are rounding are none, and responses that cancel to rounding have no scale.
      guard factor.total > 1e-24 * Double(logRates.count), sum.magnitude > 1e-10 else { throw .noResponse }
      self.level = level
      response = factor.response.map { $0 / sum }
      index = factor.index.map { $0 * sum }
      explained = factor.square / factor.total
    }
  }
}
