import Demography
import Testing

/// A scenario changes the risk of death, whatever mortality is measured by.
@Suite struct ScenarioMeasureTests {
  private static let ages = AgeScale.singleYears(to: 3)
  private static let areas = [Area(code: "A"), Area(code: "B")]
  private static let years = 2000..<2002

  /// Risks of 0.1 to 0.4 in every cell, as the measure has them.
  private func assumptions(_ measure: MortalityMeasure) throws -> Assumptions {
    let rows = MortalityRates.rowCount(of: measure, ages: Self.ages)
    var numbers = SeededNumbers(seed: 67)
    let risks = numbers.row(8 * rows, in: 0.1...0.4)
    return try Assumptions(
      areas: Self.areas,
      mortality: MortalityRates(
        measure: measure, ages: Self.ages, years: Self.years, areaCount: 2,
        values: measure == .survivalRatio ? risks.map { 1 - $0 } : risks),
      fertility: FertilityRates(
        ages: Self.ages, years: Self.years, areaCount: 2, values: Array(repeating: 0, count: 16)),
      migration: .none(ages: Self.ages, years: Self.years, areaCount: 2))
  }

  private func risk(_ rates: MortalityRates, _ cell: Int) -> Double {
    rates.measure == .survivalRatio ? 1 - rates.values[cell] : rates.values[cell]
  }

  @Test(
    "every operation acts on the risk of death in every measure",
    arguments: Scenario.Operation.allCases, MortalityMeasure.allCases)
  func operations(_ operation: Scenario.Operation, _ measure: MortalityMeasure) throws {
    let before = try assumptions(measure)
    let change = Scenario.Change(component: .mortality, operation: operation, value: 0.25)
    let after = try before.applying(Scenario(name: "try", title: "A trial", changes: [change]))
    for cell in before.mortality.values.indices {
      let q = risk(before.mortality, cell)
      let expected =
        switch operation {
        case .multiply: q * 0.25
        case .add: q + 0.25
        case .set: 0.25
        case .addShareOfMagnitude: q * 1.25
        }
      // 1 − (1 − q) loses up to one unit in the last place of 1, twice.
      #expect(abs(risk(after.mortality, cell) - expected) < 1e-15)
    }
    #expect(before.cells(touchedBy: change) == before.mortality.values.count)
  }

  @Test("lower mortality leaves more people alive in every measure and step", arguments: StepConvention.allCases)
  func fewerDeaths(_ convention: StepConvention) throws {
    let people = try Population(
      areas: Self.areas, ages: Self.ages, year: 2000, counts: Array(repeating: 100, count: 16))
    let lower = Scenario(
      name: "low-mortality", title: "A tenth fewer deaths",
      changes: [Scenario.Change(component: .mortality, operation: .multiply, value: 0.9)])
    for measure in [convention.mortalityMeasure, .centralDeathRate] {
      let usual = try assumptions(measure)
      let deaths = try [usual, usual.applying(lower)].map {
        try CohortComponent(convention).project(people, under: $0, to: 2002).deaths.reduce(0, +)
      }
      #expect(deaths[1] < deaths[0] && deaths[1] > 0.85 * deaths[0])
    }
  }

  @Test(
    "ages are those at the start of the step, newborns age 0",
    arguments: [
      (MortalityMeasure.deathProbability, [0...0: [0, 1], 1...1: [2], 2...2: [3], 3...9: [4]]),
      (.survivalRatio, [0...0: [0, 1], 1...1: [2], 2...2: [3], 3...9: [3]]),
      (.centralDeathRate, [0...0: [0], 1...1: [1], 2...2: [2], 3...9: [3]]),
    ])
  func origins(_ measure: MortalityMeasure, _ expected: [ClosedRange<Int>: [Int]]) throws {
    let before = try assumptions(measure)
    let n = before.mortality.rowCount
    for (ages, rows) in expected {
      let change = Scenario.Change(
        component: .mortality, areas: ["B"], sex: .male, ages: ages, years: 2001...2001, operation: .multiply,
        value: 0.5)
      let after = try before.applying(Scenario(name: "try", title: "A trial", changes: [change]))
      let changed = before.mortality.values.indices.filter {
        before.mortality.values[$0] != after.mortality.values[$0]
      }
      #expect(changed == rows.map { 7 * n + $0 })
      #expect(before.cells(touchedBy: change) == rows.count)
    }
  }

  @Test("a change that matches nothing touches no cell")
  func nothing() throws {
    let assumptions = try assumptions(.survivalRatio)
    for component in [Component.mortality, .fertility, .migration] {
      for change in [
        Scenario.Change(component: component, areas: ["C"], operation: .multiply, value: 2),
        Scenario.Change(component: component, years: 2002...2010, operation: .multiply, value: 2),
      ] {
        #expect(assumptions.cells(touchedBy: change) == 0)
      }
      let all = Scenario.Change(component: component, ages: 0...0, operation: .multiply, value: 2)
      let cells = [Component.mortality: 16, .fertility: 4, .migration: 8][component]
      #expect(assumptions.cells(touchedBy: all) == cells)
    }
  }

  @Test("the sex ratio is refused and impossible rates name their area")
  func refusals() throws {
    let assumptions = try assumptions(.deathProbability)
    func apply(_ change: Scenario.Change) throws {
      _ = try assumptions.applying(Scenario(name: "try", title: "A trial", changes: [change]))
    }
    let ratio = Scenario.Change(component: .sexRatio, operation: .set, value: 1.06)
    #expect(throws: AssumptionError.unchangeable(.sexRatio)) { try apply(ratio) }
    #expect(assumptions.cells(touchedBy: ratio) == 0)
    do throws(AssumptionError) {
      _ = try assumptions.applying(
        Scenario(
          name: "try", title: "A trial",
          changes: [
            Scenario.Change(
              component: .mortality, areas: ["B"], sex: .male, ages: 1...1, years: 2001...2001, operation: .set,
              value: 2)
          ]))
      Issue.record("a probability of 2 was accepted")
    } catch {
      #expect(
        error.description
          == "mortality 2.0 in the step from mid-2001 (area B, male, age 1); expected 0 to 1")
    }
  }
}
