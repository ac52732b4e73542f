#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The Lee–Carter model by the Poisson likelihood D(x, t) ~ Poisson(E·exp(a + b·k)).
///
/// Given the years' k, each age is a Poisson regression of two coefficients; given the ages' a and b, each year's k is
/// one of a single coefficient. Both have one maximum, are solved by Newton steps in turn, and every turn raises the
/// likelihood (Brouhns, Denuit and Vermunt 2002, Goodman 1979). It ends when no fitted log rate moves by more than
/// 1e-11.
struct PoissonLeeCarter {
  private(set) var level: [Double]
  private(set) var response: [Double]
  private(set) var index: [Double]
  private(set) var explained = 0.0
  private(set) var turns = 0

  private let experience: MortalityExperience
  private static let turnLimit = 10_000
  private static let tolerance = 1e-11
  /// A log rate that moves this far over the years is on its way to no end.
  private static let widest = 40.0

  init(_ experience: MortalityExperience, start: LeeCarter.FirstStage) throws(MortalityModelError) {
    self.experience = experience
    level = start.level
    response = start.response
    index = start.index
    var before = fitted()
    while true {
      turns += 1
      for t in index.indices { improveYear(t) }
      normalise()
      try improveAges()
      let after = fitted()
      let moved = zip(before, after).reduce(0) { max($0, ($1.0 - $1.1).magnitude) }
      if moved <= Self.tolerance { break }
      guard turns < Self.turnLimit, moved.isFinite else { throw .noConvergence(iterations: turns) }
      before = after
    }
    normalise()
    explained = 1 - deviance(fitted()) / deviance(constant())
  }

  /// log m of the model, `[year][age]`.
  private func fitted() -> [Double] {
    index.flatMap { k in zip(level, response).map { $0 + $1 * k } }
  }

  /// log m of the model without a change over time.
  private func constant() -> [Double] {
    let n = level.count
    let rates = (0..<n).map { x in
      let cells = stride(from: x, to: experience.deaths.count, by: n)
      return log(cells.reduce(0) { $0 + experience.deaths[$1] } / cells.reduce(0) { $0 + experience.exposures[$1] })
    }
    return index.flatMap { _ in rates }
  }

  /// 2 Σ (D·log(D/D̂) − (D − D̂)).
  private func deviance(_ logRates: [Double]) -> Double {
    logRates.indices.reduce(0) { sum, i in
      let dead = experience.deaths[i]
      let expected = experience.exposures[i] * exp(logRates[i])
      return sum + 2 * ((dead > 0 ? dead * log(dead / expected) : 0) - (dead - expected))
    }
  }

  /// Newton steps for k of one year: concave, so they converge once a step is not too long.
  private mutating func improveYear(_ t: Int) {
    let n = level.count
    for _ in 0..<50 {
      var score = 0.0
      var information = 0.0
      for x in 0..<n {
        let expected = experience.exposures[t * n + x] * exp(level[x] + response[x] * index[t])
        score += response[x] * (experience.deaths[t * n + x] - expected)
        information += response[x] * response[x] * expected
      }
      let step = information > 0 ? score / information : 0
      // No age's log rate moves by more than 1 in a step.
      let reach = response.reduce(0) { max($0, $1.magnitude) } * step.magnitude
      index[t] += reach > 1 ? step / reach : step
      if reach <= Self.tolerance / 10 { return }
    }
  }

  /// Newton steps for a and b of every age.
  private mutating func improveAges() throws(MortalityModelError) {
    let n = level.count
    let spread = index.reduce(0) { max($0, $1.magnitude) }
    for x in 0..<n {
      for _ in 0..<50 {
        var (s0, s1, i00, i01, i11) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for t in index.indices {
          let k = index[t]
          let expected = experience.exposures[t * n + x] * exp(level[x] + response[x] * k)
          let rest = experience.deaths[t * n + x] - expected
          s0 += rest
          s1 += k * rest
          i00 += expected
          i01 += k * expected
          i11 += k * k * expected
        }
        let determinant = i00 * i11 - i01 * i01
        guard determinant > 0 else { throw .noMaximum(age: experience.ages.lowerBounds[x]) }
        let da = (i11 * s0 - i01 * s1) / determinant
        let db = (i00 * s1 - i01 * s0) / determinant
        let reach = da.magnitude + db.magnitude * spread
        let share = reach > 1 ? 1 / reach : 1
        level[x] += share * da
        response[x] += share * db
        guard (response[x] * spread).magnitude < Self.widest else {
          throw .noMaximum(age: experience.ages.lowerBounds[x])
        }
        if reach <= Self.tolerance / 10 { break }
      }
    }
  }

  /// Σ b = 1 and Σ k = 0 without a change of any fitted rate.
  private mutating func normalise() {
    let mean = index.reduce(0, +) / Double(index.count)
    let sum = response.reduce(0, +)
    for x in level.indices {
      level[x] += response[x] * mean
      response[x] /= sum
    }
    for t in index.indices { index[t] = (index[t] - mean) * sum }
  }
}
