#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// What past steps left unexplained in each area: net migration by age, and births per woman, as departures from all
/// areas together.
struct ResidualPanel {
  private let areas: Int
  private let steps: Int
  private let ages: Int
  /// R and E of both sexes, `[step][area][age]`.
  private let residuals: [Double]
  private let survivors: [Double]
  /// log g(a, t) − log g(t), `[area][step]`.
  let logFertility: [[Double]]
  /// The net migrants of each sex and age for one net migrant more than all areas together have, `[sex][age]`, adding
  /// up to 1: the regression of cells on totals over all areas and steps.
  let agePattern: [Double]

  init(_ past: KnownPast, steps: [Int]) throws(BacktestError) {
    let history = past.history
    let n = history.ages.count
    let areas = history.areas.count
    let survival = PastSurvival(past: past)
    var residuals: [Double] = []
    var survivors: [Double] = []
    var fertility = Array(repeating: [Double](), count: areas)
    var products = Array(repeating: 0.0, count: 2 * n)
    for step in steps {
      let ratios = try survival.ratios(step: step)
      var moved = Array(repeating: 0.0, count: areas * 2 * n)
      var reached = moved
      var people = Array(repeating: 0.0, count: areas)
      for area in 0..<areas {
        for sex in Sex.allCases {
          let start = history.offset(area: area, year: step, sex: sex)
          let end = history.offset(area: area, year: step + 1, sex: sex)
          let row = area * 2 * n + sex.index * n
          for x in 1..<n {
            reached[row + x] = PooledMigration.survivors(history.values, start, ratios, sex.index * n, x, n)
            moved[row + x] = history.values[end + x] - reached[row + x]
          }
          people[area] += history.values[start..<(start + n)].reduce(0, +)
        }
      }
      Self.addProducts(moved, people: people, block: 2 * n, into: &products)
      let born = PooledFertility.generalRates(history, ratios: ratios, step: step)
      for area in 0..<areas {
        fertility[area].append(log(max(born.rates[area], .leastNormalMagnitude) / born.national))
      }
      for area in 0..<areas {
        for x in 0..<n {
          let (women, men) = (area * 2 * n + x, area * 2 * n + n + x)
          residuals.append(moved[women] + moved[men])
          survivors.append(reached[women] + reached[men])
        }
      }
    }
    self.areas = areas
    self.steps = steps.count
    ages = n
    self.residuals = residuals
    self.survivors = survivors
    logFertility = fertility
    let sum = products.reduce(0, +)
    agePattern = sum > 0 ? products.map { $0 / sum } : products
  }

  /// Adds Σ_a R(x)·R of what the rates of cells and of all people depart from those of all areas, each for a thousand
  /// people, so that large areas do not decide the pattern alone.
  private static func addProducts(_ moved: [Double], people: [Double], block: Int, into products: inout [Double]) {
    let all = people.reduce(0, +)
    var national = Array(repeating: 0.0, count: block)
    for i in moved.indices { national[i % block] += moved[i] / all }
    let total = national.reduce(0, +)
    for (area, count) in people.enumerated() where count > 0 {
      let row = moved[(area * block)..<((area + 1) * block)]
      let level = row.reduce(0, +) / count - total
      for (i, value) in row.enumerated() { products[i] += (value / count - national[i]) * level }
    }
  }

  /// Net migrants of some ages per person expected there, less the rate of all areas together, `[area][step]`.
  func rates(_ band: Range<Int>) -> [[Double]] {
    var result = Array(repeating: [Double](), count: areas)
    for step in 0..<steps {
      var (moved, stayed) = (0.0, 0.0)
      var rates: [Double] = []
      for area in 0..<areas {
        let row = (step * areas + area) * ages
        let (r, e) = band.reduce((0.0, 0.0)) { ($0.0 + residuals[row + $1], $0.1 + survivors[row + $1]) }
        rates.append(e > 0 ? r / e : 0)
        moved += r
        stayed += e
      }
      let national = stayed > 0 ? moved / stayed : 0
      for area in 0..<areas { result[area].append(rates[area] - national) }
    }
    return result
  }
}
