import Demography
import Foundation
import TestSupport
import Testing

/// France, both sexes, 1950–2006, ages 0–99 and 100+: the example data of R's demography 2.0.1, whose results the
/// fixtures hold (Hyndman and others 2023).
struct France {
  static func experience() throws -> MortalityExperience {
    let table = try Fixture("france-mortality.csv")
    func values(_ measure: String) -> [[Double]] {
      table.rows.filter { $0[0] == measure }.map { $0.dropFirst(2).map { Double($0)! } }
    }
    let (rates, people) = (values("rate"), values("population"))
    let cells = (0..<57).flatMap { t in (0..<101).map { (t, $0) } }
    return try MortalityExperience(
      ages: .singleYears(to: 100), years: 1950...2006, deaths: cells.map { rates[$0.1][$0.0] * people[$0.1][$0.0] },
      exposures: cells.map { people[$0.1][$0.0] })
  }
}

@Suite struct LeeCarterTests {
  @Test("the first stage gives R's levels, responses and index of France")
  func franceUnadjusted() throws {
    let model = try LeeCarter(France.experience(), secondStage: .none)
    let ages = try Fixture("france-lee-carter-ages.csv")
    let index = try Fixture("france-lee-carter-index.csv")
    // The rates of the fixture carry twelve digits, R's results fifteen.
    #expect(largestDifference(model.level, ages.numbers("level")) < 1e-11)
    #expect(largestDifference(model.response, ages.numbers("response")) < 1e-12)
    #expect(largestDifference(model.index, index.numbers("unadjusted")) < 1e-9)
    #expect(abs(model.explained - 0.937217189385647) < 1e-11)
    #expect(abs(model.response.reduce(0, +) - 1) < 1e-12 && abs(model.index.reduce(0, +)) < 1e-9)
    #expect(model.cellsWithoutDeaths.isEmpty)
  }

  @Test("the second stage by deaths gives R's index of France, and every year's deaths")
  func franceDeaths() throws {
    let experience = try France.experience()
    let model = try LeeCarter(experience, secondStage: .deaths)
    // R's own root search stops within 3e-5 of the equation's root.
    let index = try Fixture("france-lee-carter-index.csv").numbers("deaths")
    #expect(largestDifference(model.index, index) < 3e-5)
    for year in 0..<57 {
      let cells = (year * 101)..<(year * 101 + 101)
      let fitted = zip(model.level, model.response).map { $0 + $1 * model.index[year] }
      let dead = zip(experience.exposures[cells], fitted).reduce(0) { $0 + $1.0 * exp($1.1) }
      #expect(abs(dead / experience.deaths[cells].reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test("the walk, its 80% interval with the drift's error, and the rates after 25 years are R's")
  func franceForecast() throws {
    let model = try LeeCarter(France.experience(), secondStage: .none)
    let expected = try Fixture("france-lee-carter-forecast.csv")
    var walk = model.walk
    walk.start = 0
    // 1.2815515655446004: the 90% point of the normal distribution.
    let (mean, lower, upper) = (expected.numbers("mean"), expected.numbers("lower"), expected.numbers("upper"))
    for h in 1...25 {
      let half = 1.2815515655446004 * walk.variance(atHorizon: h).squareRoot()
      #expect(abs(walk.mean(atHorizon: h) - mean[h - 1]) < 1e-9)
      #expect(abs(walk.mean(atHorizon: h) - half - lower[h - 1]) < 1e-9)
      #expect(abs(walk.mean(atHorizon: h) + half - upper[h - 1]) < 1e-9)
    }
    let forecast = MortalityForecast(model)
    let rates = try Fixture("france-lee-carter-ages.csv").numbers("rate_2031")
    #expect(largestRelativeError(forecast.medianRates(atHorizon: 25).prefix(101), rates) < 1e-10)
    // R's life table takes other years lived by those who die in infancy.
    let table = try LifeTable(
      centralDeathRates: Array(forecast.medianRates(atHorizon: 25).prefix(101)), ages: model.ages, sex: nil)
    #expect(abs(table.lifeExpectancy[0] - expected.numbers("life_expectancy")[24]) < 0.02)
  }

  @Test("the second stage by life expectancy gives every year's life expectancy")
  func franceLifeExpectancy() throws {
    let experience = try France.experience()
    let model = try LeeCarter(experience, secondStage: .lifeExpectancy)
    for year in [0, 20, 40, 56] {
      let cells = (year * 101)..<(year * 101 + 101)
      let observed = try LifeTable(
        deaths: Array(experience.deaths[cells]), exposure: Array(experience.exposures[cells]), ages: model.ages,
        sex: nil)
      let fitted = try LifeTable(
        centralDeathRates: zip(model.level, model.response).map { exp($0 + $1 * model.index[year]) },
        ages: model.ages, sex: nil)
      #expect(abs(observed.lifeExpectancy[0] - fitted.lifeExpectancy[0]) < 1e-11)
    }
  }

  @Test("the Poisson likelihood has the maximum that a Newton search over all coefficients at once finds")
  func francePoisson() throws {
    let model = try LeeCarter(France.experience(), secondStage: .poisson)
    let ages = [0, 20, 50, 85, 100]
    // NumPy, full Hessian over a, b and k, score below 1e-8.
    #expect(
      largestDifference(
        ages.map { model.level[$0] },
        [-4.410359534734925, -6.904257391999647, -5.155081701127822, -2.025297374007973, -0.625419545471926]) < 1e-8)
    #expect(
      largestDifference(
        ages.map { model.response[$0] },
        [0.03057614195729, 0.005827270321698, 0.008179059879728, 0.009168520368659, 0.004134534979245]) < 1e-10)
    #expect(
      largestDifference(
        [0, 10, 30, 56].map { model.index[$0] },
        [44.25880728479923, 27.00339343260328, 0.097344922798936, -54.673982758412265]) < 1e-7)
    #expect(abs(model.explained - 0.9759148545785367) < 1e-10)
  }

  @Test("a forecast sets out from the rates that it names")
  func jumpOff() throws {
    let experience = try France.experience()
    let model = try LeeCarter(experience, secondStage: .none)
    let fitted = MortalityForecast(model).medianRates(atHorizon: 0)
    let actual = MortalityForecast(model, from: .actual).medianRates(atHorizon: 0)
    for x in 0..<101 {
      let cell = 56 * 101 + x
      #expect(abs(actual[x] / (experience.deaths[cell] / experience.exposures[cell]) - 1) < 1e-14)
      #expect(abs(fitted[x] / exp(model.level[x] + model.response[x] * model.index[56]) - 1) < 1e-14)
    }
  }
}
