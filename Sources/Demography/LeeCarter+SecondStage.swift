#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// The index of each year with which a model of given levels and responses meets what was observed.
struct IndexSearch {
  private let experience: MortalityExperience
  private let level: [Double]
  private let response: [Double]

  init(_ experience: MortalityExperience, level: [Double], response: [Double]) {
    self.experience = experience
    self.level = level
    self.response = response
  }

  /// k with Σ E·exp(a + b·k) = Σ D, the solution next to the first stage's.
  func deaths(from start: [Double]) throws(MortalityModelError) -> [Double] {
    let n = experience.ages.count
    return try eachYear(start) { t in
      let cells = (t * n)..<((t + 1) * n)
      let exposures = experience.exposures[cells]
      let observed = experience.deaths[cells].reduce(0, +)
      // In logarithms the equation is nearly a straight line.
      return { k in
        log(zip(exposures, zip(level, response)).reduce(0) { $0 + $1.0 * exp($1.1.0 + $1.1.1 * k) } / observed)
      }
    }
  }

  /// k with which the life table of exp(a + b·k) has the life expectancy at birth of the observed rates.
  func lifeExpectancy(from start: [Double], sex: Sex?) throws(MortalityModelError) -> [Double] {
    let n = experience.ages.count
    return try eachYear(start) { (t) throws(MortalityModelError) in
      let cells = (t * n)..<((t + 1) * n)
      let rates = zip(experience.deaths[cells], experience.exposures[cells]).map { $0 / $1 }
      let observed = try expectancy(rates, sex: sex, position: t)
      return { (k) throws(MortalityModelError) in
        try observed - expectancy(zip(level, response).map { exp($0 + $1 * k) }, sex: sex, position: t)
      }
    }
  }

  private func expectancy(_ rates: [Double], sex: Sex?, position: Int) throws(MortalityModelError) -> Double {
    do throws(LifeTableError) {
      return try LifeTable(centralDeathRates: rates, ages: experience.ages, sex: sex).lifeExpectancy[0]
    } catch {
      throw .lifeTable(error, year: experience.years.lowerBound + position)
    }
  }

  private func eachYear(
    _ start: [Double],
    _ equation: (Int) throws(MortalityModelError) -> (Double) throws(MortalityModelError) -> Double
  ) throws(MortalityModelError) -> [Double] {
    let spread = start.reduce(0) { max($0, $1.magnitude) }
    var result: [Double] = []
    for t in start.indices {
      guard let k = try root(of: equation(t), near: start[t], step: max(spread, 1) / 64) else {
        throw .noSolution(year: experience.years.lowerBound + t)
      }
      result.append(k)
    }
    return result
  }

  /// The root next to `start`: the bracket widens until the sign changes, then the Illinois method (Dowell and
  /// Jarratt 1971) closes it; `nil` where the sign never changes.
  private func root(
    of function: (Double) throws(MortalityModelError) -> Double, near start: Double, step: Double
  ) throws(MortalityModelError) -> Double? {
    let centre = try function(start)
    if centre == 0 { return start }
    var width = step
    for _ in 0..<24 {
      for end in [start - width, start + width] {
        let value = try function(end)
        guard value.isFinite, (value > 0) != (centre > 0) else { continue }
        return try closed(function, (start, centre), (end, value))
      }
      width *= 1.5
    }
    return nil
  }

  private func closed(
    _ function: (Double) throws(MortalityModelError) -> Double, _ first: (x: Double, y: Double),
    _ second: (x: Double, y: Double)
  ) throws(MortalityModelError) -> Double {
    var (far, near) = (first, second)
    for _ in 0..<200 where near.y != 0 {
      let next = (far.x * near.y - near.x * far.y) / (near.y - far.y)
      let point = (x: next, y: try function(next))
      if (next - near.x).magnitude <= 4 * next.ulp { return next }
      // An end that stays halves its value, so that neither end stays for long.
      if (point.y > 0) == (near.y > 0) { far.y /= 2 } else { far = near }
      near = point
    }
    return near.x
  }
}
