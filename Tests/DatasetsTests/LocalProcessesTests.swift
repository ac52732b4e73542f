import Datasets
import Demography
import Tables
import Testing

@Suite struct LocalProcessesTests {
  @Test("296 districts to 2018: levels and shares of the shared deviation are in the range of the figures")
  func pools() throws {
    let local = try LocalProcesses(Figures.folder, base: 2018)
    for pool in [local.fertility, local.migration] {
      #expect(pool.areaCount == 296 && pool.steps == 2000..<2018 && pool.nationalLevels.count == 18)
      #expect(pool.varianceDegreesOfFreedom > 2 && pool.varianceDegreesOfFreedom < 60)
    }
    // Births over those under the rates of 2017: England's total fertility rose by a fifth from 2001 to 2010–12.
    let levels = local.fertility.nationalLevels
    let rise = (levels.max() ?? 0) - levels[1]
    #expect(rise > 0.15 && rise < 0.25)
    // A seventh to a half of a percent of the people a year move to England on balance.
    #expect(local.migration.nationalLevels.allSatisfy { $0 > 0.0015 && $0 < 0.008 })
    #expect(abs(local.migration.agePattern.reduce(0, +) - 1) < 1e-9)
    // Ages 18 to 34 take more than a third of what migration varies.
    let young = [0, 91].reduce(0.0) { $0 + local.migration.agePattern[($1 + 18)...($1 + 34)].reduce(0, +) }
    #expect(young > 0.33 && young < 0.8)

    let (fertility, migration) = try local.processes(fertilitySteps: 5, migrationSteps: 10)
    #expect(fertility.areas.count == 296 && migration.areas == fertility.areas)
    func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
    let births = median(fertility.local.map { $0.variance(atHorizon: 10).squareRoot() })
    let moves = median(migration.local.map { $0.variance(atHorizon: 10).squareRoot() })
    #expect(births > 0.03 && births < 0.15)
    #expect(moves > 0.002 && moves < 0.01)
    #expect(fertility.areas.indices.allSatisfy { (0...1).contains(fertility.sharedShare(area: $0, atHorizon: 10)) })
  }

  @Test("too short a past is refused")
  func tooShort() {
    #expect(throws: Problems.self) { try LocalProcesses(Figures.folder, base: 2002) }
  }
}
