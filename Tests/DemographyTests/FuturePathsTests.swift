import Testing

@testable import Demography

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The drawn deviations against the moments that their processes state.
@Suite struct FuturePathsTests {
  static let count = 8_000
  static let years = Array(2020..<2032)

  /// Five standard errors of a variance or covariance of normal numbers of these variances, from so many draws: chance
  /// goes beyond them once in two million figures, and some 200 are compared.
  static func slack(_ one: Double, _ other: Double) -> Double { 5 * (2 * one * other / Double(count)).squareRoot() }

  static func covariance(_ one: ArraySlice<Double>, _ other: ArraySlice<Double>) -> Double {
    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 } / Double(count)
  }

  static func step(_ rows: [Double], _ t: Int) -> ArraySlice<Double> { rows[(t * count)..<((t + 1) * count)] }

  static let national = AutoregressiveProcess(
    startStandardDeviation: 0.3, constantStandardError: 0.02, coefficient: 0.9, innovationStandardDeviation: 0.1)
  static let local = [
    AutoregressiveProcess(startStandardDeviation: 0.4, coefficient: 0.7, innovationStandardDeviation: 0.15),
    AutoregressiveProcess(constantStandardError: 0.05, coefficient: 0, innovationStandardDeviation: 0),
    AutoregressiveProcess(startStandardDeviation: 0.2, coefficient: 1, innovationStandardDeviation: 0),
  ]

  @Test("two areas vary and go together as their processes say, from the first step on")
  func components() {
    let areas = ["a", "b", "c"].map { Area(code: $0) }
    let loadings = [1, 0.5, 0]
    func process(_ component: Component) -> ComponentProcess {
      ComponentProcess(
        component: component, areas: areas, national: Self.national, loadings: loadings, local: Self.local,
        agePattern: [])
    }
    let paths = FuturePaths(
      uncertainty: RateUncertainty(fertility: process(.fertility), migration: process(.migration)), years: Self.years,
      seed: 11)
    let shared = paths.shared(0..<Self.count)
    let keys = areas.map { FuturePaths.key(of: $0.code) }
    let fertility = areas.indices.map {
      paths.fertilityFactors(area: $0, key: keys[$0], shared: shared, 0..<Self.count).map { log($0) }
    }
    let migration = areas.indices.map {
      paths.migrationLevels(area: $0, key: keys[$0], shared: shared, 0..<Self.count)
    }
    var far: [String] = []
    for t in Self.years.indices {
      let common = Self.national.variance(atHorizon: t + 1)
      func variance(_ a: Int) -> Double {
        loadings[a] * loadings[a] * common + Self.local[a].variance(atHorizon: t + 1)
      }
      for (name, rows) in [("fertility", fertility), ("migration", migration)] {
        for (a, b) in [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)] {
          let expected = a == b ? variance(a) : loadings[a] * loadings[b] * common
          let found = Self.covariance(Self.step(rows[a], t), Self.step(rows[b], t))
          if abs(found - expected) > Self.slack(variance(a), variance(b)) {
            far.append("\(name) of \(a) and \(b), step \(t): \(found), not \(expected)")
          }
        }
      }
      // Fertility and migration know nothing of each other.
      for a in areas.indices {
        let both = Self.covariance(Self.step(fertility[a], t), Self.step(migration[a], t))
        if abs(both) > Self.slack(variance(a), variance(a)) { far.append("\(a), step \(t): \(both) across components") }
      }
    }
    #expect(far.isEmpty, "\(far)")
  }

  @Test("factors of mortality vary and go together as the forecast says, from the year that is known on")
  func mortality() {
    let walk = AutoregressiveProcess(
      startStandardDeviation: 0.25, constantStandardError: 0.1, coefficient: 1, innovationStandardDeviation: 0.5)
    let returning = AutoregressiveProcess(
      constantStandardError: 0.3, coefficient: 0.8, innovationStandardDeviation: 0.4)
    let forecast = MortalityForecast(
      ages: .singleYears(to: 1), jumpOffYear: 2017, jumpOffLogRates: [-3, -3, -3, -3],
      factors: [
        .init(loadings: [1, 1, 1, 1], process: walk), .init(loadings: [1, 0, 1, 0], process: returning),
      ], mixing: [1, 0, 0.6, 0.8])
    for (known, ahead) in [(nil, 0), (2017, 3)] as [(Int?, Int)] {
      let paths = FuturePaths(
        uncertainty: RateUncertainty(mortality: forecast, mortalityKnownTo: known), years: Self.years, seed: 12)
      let rows = paths.shared(0..<Self.count).mortality
      var far: [String] = []
      for t in Self.years.indices {
        let h = t + 1 + ahead
        let found = [(0, 0), (1, 1), (0, 1)].map {
          Self.covariance(Self.step(rows, 2 * t + $0.0), Self.step(rows, 2 * t + $0.1))
        }
        let (one, other) = (walk.variance(atHorizon: h), returning.variance(atHorizon: h))
        let expected = [one, other, walk.covariance(with: returning, correlation: 0.6, atHorizon: h)]
        let slack = [Self.slack(one, one), Self.slack(other, other), Self.slack(one, other)]
        for i in 0..<3 where abs(found[i] - expected[i]) > slack[i] {
          far.append("\(i), step \(t): \(found[i]), not \(expected[i])")
        }
      }
      #expect(far.isEmpty, "\(far)")
    }
  }
}
