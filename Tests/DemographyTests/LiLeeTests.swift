import Demography
import Foundation
import Testing

/// Two sexes of six ages and twelve years by a formula.
private func formula(_ sex: Int) throws -> MortalityExperience {
  var deaths: [Double] = []
  var exposures: [Double] = []
  for year in 0..<12 {
    for age in 0..<6 {
      let (s, t, x) = (Double(sex), Double(year), Double(age))
      let trend = -6 + 0.8 * x + 0.3 * s - 0.02 * t * (1 + 0.1 * x)
      let waves = 0.05 * sin(1.7 * t + 0.3 * x) + (1 - 2 * s) * 0.04 * cos(0.9 * t) * (1 - 0.1 * x)
      exposures.append(1000 * (5 + x) * (1 + 0.05 * t))
      deaths.append(exposures[exposures.count - 1] * exp(trend + waves))
    }
  }
  return try MortalityExperience(
    ages: .groups(of: 10, to: 50), years: 2000...2011, deaths: deaths, exposures: exposures)
}

@Suite struct LiLeeTests {
  @Test("common and own factors are those of NumPy's decompositions")
  func decompositions() throws {
    let model = try LiLee(female: formula(0), male: formula(1))
    func at(_ values: [Double]) -> [Double] { [0, 5, 11].map { values[$0] } }
    // NumPy 2, the same steps; both decompositions are exact to rounding.
    #expect(
      largestDifference(at(model.common.index), [1.066868868185675, -0.036484847092497, -0.618355216690895]) < 1e-12)
    #expect(
      largestDifference(
        model.common.response,
        [
          0.135539116474124, 0.151160340359206, 0.164435628766871, 0.175234726249224, 0.183648646475259,
          0.189981541675317,
        ]) < 1e-12)
    #expect(
      largestDifference(
        model.female.response,
        [
          0.606494844417441, 0.528169653617188, 0.432505970308268, 0.326206294617503, 0.216923125299362,
          0.112575385422143,
        ]) < 1e-11)
    #expect(
      largestDifference(at(model.female.index), [0.032923109271415, 0.063693293290496, -0.10020047134091]) < 1e-12)
    #expect(
      largestDifference(at(model.male.index), [-0.119534227135978, 0.091206850335405, 0.023470557260747]) < 1e-12)
    #expect(abs(model.female.explainedByCommon - 0.8952010595018108) < 1e-11)
    #expect(abs(model.female.explained - 0.9927283372150768) < 1e-11)
    #expect(abs(model.male.explainedByCommon - 0.8983828774501135) < 1e-11)
    #expect(abs(model.male.explained - 0.9920970125362722) < 1e-11)
  }

  @Test("the sexes stay coherent: their ratio at each age tends to a constant, and so does its variance")
  func coherence() throws {
    let model = try LiLee(female: formula(0), male: formula(1))
    let forecast = model.forecast()
    func logRatio(_ h: Int) -> [Double] {
      let rates = forecast.medianRates(atHorizon: h)
      return (0..<6).map { log(rates[6 + $0] / rates[$0]) }
    }
    #expect(largestDifference(logRatio(400), logRatio(500)) < 1e-9)
    let level = (0..<6).map { model.male.level[$0] - model.female.level[$0] }
    let means = [model.female, model.male].map { $0.process.mean(atHorizon: 500) }
    let limit = (0..<6).map {
      level[$0] + model.male.response[$0] * means[1] - model.female.response[$0] * means[0]
    }
    #expect(largestDifference(logRatio(500), limit) < 1e-9)
    #expect(abs(model.female.process.coefficient) < 1 && abs(model.male.process.coefficient) < 1)
    #expect(forecast.factors.count == 3 && forecast.factors[0].process.coefficient == 1)
  }

  @Test("an actual jump-off begins with the observed rates, a fitted one with the model's")
  func jumpOff() throws {
    let (female, male) = (try formula(0), try formula(1))
    let model = try LiLee(female: female, male: male)
    let observed = zip(
      female.deaths.suffix(6) + male.deaths.suffix(6), female.exposures.suffix(6) + male.exposures.suffix(6)
    ).map { log($0 / $1) }
    #expect(largestDifference(model.forecast(from: .actual).jumpOffLogRates, observed) < 1e-15)
    // The model leaves less than a hundredth of the variance, which is a few hundredths of a log rate.
    let fitted = model.forecast().jumpOffLogRates
    #expect(largestDifference(fitted, observed) < 0.1 && largestDifference(fitted, observed) > 1e-6)
  }

  @Test("drawn paths of correlated factors have the variance that is told")
  func variance() throws {
    let forecast = try LiLee(female: formula(0), male: formula(1)).forecast()
    let told = forecast.logVariance(atHorizon: 5)
    var numbers = SeededNumbers(seed: 3)
    func normal() -> Double {
      (-2 * log(numbers.next(in: 1e-300...1))).squareRoot() * cos(2 * .pi * numbers.next(in: 0...1))
    }
    var squares = Array(repeating: 0.0, count: 12)
    let draws = 8_000
    for _ in 0..<draws {
      let rows = (0..<6).map { _ in forecast.correlated((0..<3).map { _ in normal() }) }
      var deviation = Array(repeating: 0.0, count: 12)
      for (f, factor) in forecast.factors.enumerated() {
        let path = factor.process.deviations(innovations: rows.prefix(5).map { $0[f] }, parameterDraw: rows[5][f])
        for i in 0..<12 { deviation[i] += factor.loadings[i] * path[4] }
      }
      for i in 0..<12 { squares[i] += deviation[i] * deviation[i] }
    }
    // The standard error of a variance of 8,000 draws is 1.6%.
    for i in 0..<12 { #expect(abs(squares[i] / Double(draws) / told[i] - 1) < 0.07) }
    let (lower, upper) = forecast.interval(level: 0.8, atHorizon: 5)
    let median = forecast.medianRates(atHorizon: 5)
    for i in 0..<12 {
      #expect(abs(log(upper[i] / median[i]) - 1.2815515655446004 * told[i].squareRoot()) < 1e-12)
      #expect(abs(lower[i] * upper[i] / (median[i] * median[i]) - 1) < 1e-12)
    }
  }

  @Test("a model a sex keeps each sex's own variance and the correlation of their innovations")
  func sexBySex() throws {
    let female = try LeeCarter(formula(0), secondStage: .none)
    let male = try LeeCarter(formula(1), secondStage: .none)
    let forecast = try MortalityForecast(female: female, male: male)
    let variance = forecast.logVariance(atHorizon: 7)
    for x in 0..<6 {
      let own = female.response[x] * female.response[x] * female.walk.variance(atHorizon: 7)
      #expect(abs(variance[x] / own - 1) < 1e-12)
      let his = male.response[x] * male.response[x] * male.walk.variance(atHorizon: 7)
      #expect(abs(variance[6 + x] / his - 1) < 1e-12)
    }
    let changes = [female, male].map { model in
      zip(model.index.dropFirst(), model.index).map { $0 - $1 - model.walk.constant }
    }
    let product = zip(changes[0], changes[1]).reduce(0) { $0 + $1.0 * $1.1 }
    let lengths = changes.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    #expect(abs(forecast.mixing[2] - product / (lengths[0] * lengths[1])) < 1e-12)
  }

  @Test("other ages or years of the sexes are refused")
  func refusals() throws {
    let short = try #require(formula(1).selecting(2000...2010))
    #expect(throws: MortalityModelError.axesDiffer) { try LiLee(female: formula(0), male: short) }
    #expect(throws: MortalityModelError.axesDiffer) {
      try MortalityForecast(female: LeeCarter(formula(0)), male: LeeCarter(short))
    }
  }
}
