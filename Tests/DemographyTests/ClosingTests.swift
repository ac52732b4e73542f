import Demography
import Testing

@Suite("Closing a table at old ages")
struct ClosingTests {
  static let ages = AgeScale.singleYears(to: 100)

  /// Rates of a whole scale of which only ages 80–99 are known.
  static func scale(_ rates: [Double]) -> [Double] {
    [Double](repeating: 0.01, count: 80) + rates + [0.5]
  }

  // Twelve digits of the rates are printed, fifteen of the results.
  static let tolerance = 1e-9

  @Test("one sex as MortCast fits it")
  func alone() throws {
    for fit in KannistoOracles.fits {
      let model = try KannistoModel(fittedTo: Self.scale(fit.male), ages: Self.ages)
      #expect(abs(model.level / fit.alone.c - 1) < Self.tolerance)
      #expect(abs(model.slope / fit.alone.d - 1) < Self.tolerance)
      for (age, rate) in zip([100.0, 115, 130], fit.maleAlone) {
        #expect(abs(model.centralDeathRate(at: age) / rate - 1) < Self.tolerance)
      }
    }
  }

  @Test("both sexes with one slope as MortCast fits them")
  func coherent() throws {
    for fit in KannistoOracles.fits {
      let (female, male) = try KannistoModel.coherent(
        female: Self.scale(fit.female), male: Self.scale(fit.male), ages: Self.ages)
      #expect(female.slope == male.slope)
      #expect(abs(male.slope / fit.coherent.d - 1) < Self.tolerance)
      #expect(abs(male.level / fit.coherent.male - 1) < Self.tolerance)
      #expect(abs(female.level / fit.coherent.female - 1) < Self.tolerance)
      for (i, age) in [100.0, 115, 130].enumerated() {
        #expect(abs(male.centralDeathRate(at: age) / fit.maleCoherent[i] - 1) < Self.tolerance)
        #expect(abs(female.centralDeathRate(at: age) / fit.femaleCoherent[i] - 1) < Self.tolerance)
      }
    }
  }

  @Test("a closed table keeps the rates below and ends with the model's")
  func closedTable() throws {
    let rates = Self.scale(KannistoOracles.fits[3].male)
    let table = try LifeTable(centralDeathRates: rates, ages: Self.ages, sex: .male)
    let model = try KannistoModel(fittedTo: rates, ages: Self.ages)
    let closed = try table.closed(by: model, from: 100, openAge: 120)
    #expect(closed.ages == .singleYears(to: 120))
    #expect(Array(closed.centralDeathRate[..<100]) == Array(table.centralDeathRate[..<100]))
    #expect(Array(closed.yearsLivedByDying[..<100]) == Array(table.yearsLivedByDying[..<100]))
    #expect(closed.centralDeathRate[110] == model.centralDeathRate(at: 110))
    // Nothing changes where the table is cut.
    for openAge in [100, 105, 130, 160] {
      let other = try table.closed(by: model, from: 100, openAge: openAge)
      #expect(abs(other.lifeExpectancy[0] / closed.lifeExpectancy[0] - 1) < 1e-13)
      #expect(abs(other.lifeExpectancy[100] / closed.lifeExpectancy[100] - 1) < 1e-12)
    }
  }

  @Test("rates level off at 1 and never overflow")
  func greatAges() {
    let model = KannistoModel(level: 1e-6, slope: 0.12)
    #expect(model.centralDeathRate(at: 1e6) == 1)
    // A rate of 1 in every year, to rounding.
    #expect(abs(model.openDeathRate(from: 100_000) - 1) < 1e-14)
    #expect(model.centralDeathRate(at: -1e6) == 0)
  }

  @Test("bad input is met with the reason")
  func badInput() throws {
    var rates = Self.scale(KannistoOracles.fits[0].male)
    #expect(throws: LifeTableError.tooFewAges(first: 80, last: 100)) {
      try KannistoModel(fittedTo: rates, ages: Self.ages, over: 80...100)
    }
    #expect(throws: LifeTableError.tooFewAges(first: 80, last: 80)) {
      try KannistoModel(fittedTo: rates, ages: Self.ages, over: 80...80)
    }
    #expect(throws: LifeTableError.unevenAges(singleYears: true)) {
      try KannistoModel(
        fittedTo: [Double](repeating: 0.1, count: 21), ages: .groups(of: 5, to: 100))
    }
    let table = try LifeTable(centralDeathRates: rates, ages: Self.ages, sex: .male)
    let model = KannistoModel(level: 1e-6, slope: 0.12)
    #expect(throws: LifeTableError.unknownAge(101)) { try table.closed(by: model, from: 101) }
    #expect(throws: LifeTableError.lastAgeTooLow(99, minimum: 100)) {
      try table.closed(by: model, from: 100, openAge: 99)
    }
    rates[95] = 0
    #expect(throws: LifeTableError.rateHasNoLogit(age: 95, value: 0)) {
      try KannistoModel(fittedTo: rates, ages: Self.ages)
    }
  }
}
