import Demography
import Testing

@testable import Datasets

/// How the migrants of the past are read and carried forward, on real figures.
@Suite struct MigrationOutlookTests {
  private func options(_ change: (inout LocalAssumptions.Options) -> Void) -> LocalAssumptions.Options {
    var options = LocalAssumptions.Options()
    change(&options)
    return options
  }

  private let areas = [Figures.maidstone, Figures.canterbury]

  @Test("counts stay, damped numbers halve after each half-life, rates follow the people")
  func outlooks() throws {
    let counts = try Figures.local(areas)
    let damped = try Figures.local(areas, options: options { $0.outlook = .damped(halfLife: 10) })
    let rates = try Figures.local(areas, options: options { $0.outlook = .rates })
    #expect(counts.assumptions.migration.form == .net && rates.assumptions.migration.form == .netRates)
    let block = 2 * counts.population.ages.count
    func step(_ local: LocalAssumptions, _ year: Int) -> [Double] {
      let start = local.assumptions.migration.offset(area: 1, year: year, sex: .female)
      return Array(local.assumptions.migration.values[start..<(start + block)])
    }
    #expect(step(counts, 2023) == step(counts, 2042))
    #expect(step(counts, 2023) == Array(counts.residual.migrants[block...]))
    #expect(step(damped, 2023) == step(counts, 2023))
    #expect(step(damped, 2033) == step(counts, 2023).map { $0 / 2 })
    for (rate, cell) in zip(step(rates, 2030), block..<(2 * block)) {
      let people = rates.residual.meanPopulation[cell]
      #expect(abs(rate * people - rates.residual.migrants[cell]) < 1e-9)
    }
    let moved = try Figures.projected(rates).netMigration
    let start = ((1 * 20 + 0) * 2) * 91 + 20
    #expect(moved[start] == step(rates, 2023)[20] * rates.population.counts[block + 20])
    #expect(counts.assumptions.mortality == damped.assumptions.mortality)
    #expect(counts.assumptions.fertility == rates.assumptions.fertility)
  }

  @Test("the step of the pandemic is left out unless it is asked for")
  func pandemic() throws {
    let without = try Figures.local(areas)
    #expect(without.residual.steps == [2013, 2014, 2015, 2016, 2017, 2018, 2019, 2021, 2022])
    let with = try Figures.local(areas, options: options { $0.stepsLeftOut = [] })
    #expect(with.residual.steps == Array(2013...2022))
    #expect(with.residual.residuals != without.residual.residuals)
    #expect(without.assumptions.notes.contains { $0.contains("without mid-2020 to mid-2021") })
    #expect(!with.assumptions.notes.contains { $0.contains("without mid-2020") })
  }

  @Test("another window changes migration alone")
  func windows() throws {
    let usual = try Figures.local(areas)
    for scenario in try ScenarioLibrary.scenarios(Figures.folder) {
      guard let window = scenario.migrationWindow else { continue }
      #expect(scenario.name == (window == 5 ? "short-migration-window" : "long-migration-window"))
      #expect(window == 5 || window == 15)
      #expect(scenario.changes.isEmpty)
      let other = try Figures.local(areas, options: options { $0.migrationSteps = window })
      #expect(other.residual.steps.first == 2023 - window)
      #expect(other.assumptions.migration != usual.assumptions.migration)
      #expect(other.assumptions.mortality == usual.assumptions.mortality)
      #expect(other.assumptions.fertility == usual.assumptions.fertility)
      #expect(other.population == usual.population)
    }
  }

  @Test("scenarios of the library change what they say")
  func library() throws {
    let scenarios = try ScenarioLibrary.scenarios(Figures.folder)
    #expect(Set(scenarios.map(\.name)).count == scenarios.count && scenarios.count == 9)
    let usual = try Figures.local([Figures.maidstone])
    let base = try Figures.projected(usual)
    func total(_ name: String) throws -> Double {
      let scenario = try #require(scenarios.first { $0.name == name })
      let changed = try usual.assumptions.applying(scenario)
      let projection = try CohortComponent(.ons).project(usual.population, under: changed, to: 2043)
      return try #require(projection.total(area: 0, in: 2043))
    }
    let middle = try #require(base.total(area: 0, in: 2043))
    for component in ["fertility", "migration"] {
      #expect(try total("low-\(component)") < middle)
      #expect(try total("high-\(component)") > middle)
    }
    #expect(try total("low-mortality") > middle)
    #expect(try total("high-mortality") < middle)
    #expect(try total("zero-net-migration") < total("low-migration"))
    let none = try usual.assumptions.applying(#require(scenarios.first { $0.name == "zero-net-migration" }))
    #expect(none.migration.values.allSatisfy { $0 == 0 })
  }

  /// What the smoothed migrants make of cohorts by age at the end of a step, near-immortal at student ages.
  private func implied(_ residual: ResidualMigration, row: Int, age: Int) -> Double {
    // Fewer than one in a thousand dies at these ages.
    (residual.migrants[row * 91 + age - 1] + residual.migrants[row * 91 + age]) / 2
  }

  @Test("the coming and going of students is not smoothed away")
  func students() throws {
    let residual = try Figures.local([Figures.canterbury, Figures.maidstone]).residual
    for row in 0..<4 {
      let ages = 18...22
      let real = ages.map { residual.residuals[row * 91 + $0] }
      let smooth = ages.map { implied(residual, row: row, age: $0) }
      let scale = real.map(abs).max() ?? 0
      // The extreme of each sex and place keeps 80 to 120% of its size, and so does the sum of the cohorts
      // relative to all who came and went.
      let peak = real.indices.max { abs(real[$0]) < abs(real[$1]) } ?? 0
      #expect(abs(smooth[peak] - real[peak]) < 0.2 * scale, "row \(row)")
      let moves = real.reduce(0) { $0 + abs($1) }
      #expect(abs(smooth.reduce(0, +) - real.reduce(0, +)) < 0.15 * moves, "row \(row)")
    }
    // Canterbury has two universities: a cohort gains over 500 women at 18 or 19.
    #expect((residual.residuals[18...19].max() ?? 0) > 500)
  }

  @Test("smoothing keeps the net migration of all ages together")
  func totals() throws {
    let local = try Figures.local(areas, base: 2019, to: 2020)
    let steps = local.residual.steps
    let england = [NationalProjection.england]
    let national = try NationalRates(
      Figures.folder, years: (steps.min() ?? 0)..<2020, base: 2019,
      england: Estimates.rebased(Figures.folder, areas: england),
      registrations: ComponentsOfChange(Figures.folder).registrations(of: england))
    let mortality = try local.mortalityScaling.applied(
      to: national.mortality, years: national.mortality.years
    ).rates
    for area in 0..<2 {
      for sex in Sex.allCases {
        let row = (area * 2 + sex.index) * 91
        let residual = local.residual.residuals[row..<(row + 91)].reduce(0, +)
        // Half of the migrants meet the mean mortality of the reference steps, half meet none.
        let arrived = (0..<91).reduce(0.0) { sum, x in
          let q = steps.reduce(0.0) { $0 + mortality.values[mortality.offset(area: area, year: $1, sex: sex) + 1 + x] }
          return sum + local.residual.migrants[row + x] * (1 - q / Double(steps.count) / 2)
        }
        let moves = local.residual.residuals[row..<(row + 91)].reduce(0) { $0 + abs($1) }
        // The constraint is exact; sums of 91 ages and two solutions of the band matrix round to 1e-12.
        #expect(abs(arrived - residual) < 1e-9 * moves)
      }
    }
  }
}
