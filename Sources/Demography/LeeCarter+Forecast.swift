#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension LeeCarter {
  /// The random walk with drift of the index, from its last value
  /// (``AutoregressiveProcess/randomWalk(through:)``).
  ///
  /// - Complexity: O(years).
  public var walk: AutoregressiveProcess { .randomWalk(through: index) }

  /// log m from which a forecast sets out, one an age.
  ///
  /// - Complexity: O(ages).
  public func logRates(at jumpOff: JumpOff) -> [Double] {
    switch jumpOff {
    case .fitted: fittedLogRates(years.count - 1)
    case .actual: Array(experience.logRates.suffix(ages.count))
    }
  }
}

extension MortalityForecast {
  /// The forecast of one model for both sexes alike, such as one of all people.
  ///
  /// - Parameters:
  ///   - model: the model.
  ///   - jumpOff: the rates it sets out from.
  /// - Complexity: O(ages + years).
  public init(_ model: LeeCarter, from jumpOff: LeeCarter.JumpOff = .fitted) {
    let rates = model.logRates(at: jumpOff)
    self.init(
      ages: model.ages, jumpOffYear: model.years.upperBound, jumpOffLogRates: rates + rates,
      factors: [Factor(loadings: model.response + model.response, process: model.walk)])
  }

  /// The forecast of a model a sex, the innovations of their walks correlated as in the past.
  ///
  /// The sexes drift apart or together as their own drifts have it; ``LiLee`` keeps them coherent.
  ///
  /// - Parameters:
  ///   - female: the model of women.
  ///   - male: the model of men, of the same ages and years.
  ///   - jumpOff: the rates they set out from.
  /// - Throws: ``MortalityModelError/axesDiffer`` where ages or years differ.
  /// - Complexity: O(ages + years).
  public init(
    female: LeeCarter, male: LeeCarter, from jumpOff: LeeCarter.JumpOff = .fitted
  ) throws(MortalityModelError) {
    guard female.ages == male.ages, female.years == male.years else { throw .axesDiffer }
    let none = Array(repeating: 0.0, count: female.ages.count)
    self.init(
      ages: female.ages, jumpOffYear: female.years.upperBound,
      jumpOffLogRates: female.logRates(at: jumpOff) + male.logRates(at: jumpOff),
      factors: [
        Factor(loadings: female.response + none, process: female.walk),
        Factor(loadings: none + male.response, process: male.walk),
      ],
      mixing: Self.mixing(of: [female, male].map { $0.walk.innovations(of: $0.index) }))
  }

  /// The lower Cholesky factor of the correlation of series of innovations, row by row.
  static func mixing(of innovations: [[Double]]) -> [Double] {
    let n = innovations.count
    let centred = innovations.map { series in
      let mean = series.reduce(0, +) / Double(series.count)
      return series.map { $0 - mean }
    }
    let lengths = centred.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    var lower = Array(repeating: 0.0, count: n * n)
    for i in 0..<n {
      for j in 0...i {
        let product = zip(centred[i], centred[j]).reduce(0) { $0 + $1.0 * $1.1 }
        let scale = lengths[i] * lengths[j]
        // A series that never moves is independent of all others.
        let correlation = i == j ? 1 : scale > 0 ? product / scale : 0
        let rest = (0..<j).reduce(correlation) { $0 - lower[i * n + $1] * lower[j * n + $1] }
        if i == j {
          lower[i * n + i] = max(0, rest).squareRoot()
        } else {
          lower[i * n + j] = lower[j * n + j] > 1e-9 ? rest / lower[j * n + j] : 0
        }
      }
    }
    return lower
  }
}
