import Datasets
import Demography
import Tables
import TestSupport
import Testing

@Suite struct LocalProcessesTests {
  @Test("296 districts to 2018: levels and shares of the shared deviation are in the range of the figures")
  func pools() throws {
    let local = try LocalProcesses(Figures.folder, base: 2018)
    for pool in [local.fertility, local.migration] {
      #expect(pool.areaCount == 296 && pool.steps == 2000..<2018 && pool.nationalLevels.count == 18)
      #expect(pool.varianceDegreesOfFreedom > 2 && pool.varianceDegreesOfFreedom < 60)
    }
    try Self.holds(try LocalPools(Figures.folder).byBase[2018], local)

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

  /// Holds the shipped pools of a base year against a fit to the estimates.
  ///
  /// The figures are written in full; 10⁻⁹ allows for the last bits of another processor's logarithms.
  static func holds(_ shipped: LocalPools.Pair?, _ fitted: LocalProcesses) throws {
    let shipped = try #require(shipped)
    for (a, b) in [(shipped.fertility, fitted.fertility), (shipped.migration, fitted.migration)] {
      #expect(a.component == b.component && a.steps == b.steps && a.areaCount == b.areaCount)
      #expect(a.varianceDegreesOfFreedom.isFinite == b.varianceDegreesOfFreedom.isFinite)
      func figures(_ pool: ComponentPool) -> [Double] {
        pool.nationalLevels + pool.agePattern
          + [
            pool.nationalCoefficient, pool.nationalInnovation, pool.localCoefficient, pool.localVariance,
            pool.changeVariance, pool.varianceDegreesOfFreedom, pool.meanOwnCoefficient, pool.coefficientWeight,
          ].filter(\.isFinite)
      }
      let (found, expected) = (figures(a), figures(b))
      #expect(found.count == expected.count)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-9 * max(abs($1), 1e-3) })
    }
  }

  @Test("the shipped pools of the latest base year are those of a fit, and some districts' processes those of all")
  func shipped() throws {
    let pools = try LocalPools(Figures.folder)
    #expect(pools.byBase.keys.sorted() == Array(2003...2023))
    let fitted = try LocalProcesses(Figures.folder, base: 2023)
    try Self.holds(pools.byBase[2023], fitted)
    let some = [Figures.canterbury, Figures.maidstone]
    let read = try LocalProcesses(Figures.folder, base: 2023, areas: some)
    let (few, all) = try (
      read.processes(fertilitySteps: 5, migrationSteps: 10), fitted.processes(fertilitySteps: 5, migrationSteps: 10)
    )
    for (a, b) in [(few.fertility, all.fertility), (few.migration, all.migration)] {
      #expect(a.areas == some)
      let expected = try #require(b.selecting(some))
      for (x, y) in zip(a.local + [a.national], expected.local + [expected.national]) {
        #expect(abs(x.coefficient - y.coefficient) < 1e-9)
        #expect(abs(x.innovationStandardDeviation - y.innovationStandardDeviation) < 1e-9)
        #expect(abs(x.startStandardDeviation - y.startStandardDeviation) < 1e-9)
      }
    }
    let none = try LocalProcesses(Figures.folder, base: 2023, areas: [])
    #expect(try none.processes(fertilitySteps: 5, migrationSteps: 10).migration.areas.isEmpty)
  }

  @Test("pools written and read again are the same")
  func tables() throws {
    let pools = try LocalPools(Figures.folder)
    let packages = try Packages(copying: LocalPools.package)
    let folder = DatasetFolder(path: packages.folder.path)
    for (file, table) in pools.tables {
      try AtomicFile.write(CSVWriter.bytes(table), to: folder.file(LocalPools.package, file))
    }
    #expect(try LocalPools(folder) == pools)
  }

  @Test("spoilt pools are refused with their place")
  func spoilt() throws {
    let packages = try Packages(copying: LocalPools.package)
    try packages.edit("local-processes/pools.csv") { lines in
      lines[1] = lines[1].replacing("2003,fertility,296,2000,0,", with: "2003,fertility,296,2000,1.5,")
    }
    let folder = DatasetFolder(path: packages.folder.path)
    let error = #expect(throws: Problems.self) { try LocalPools(folder) }
    #expect(
      error?.description.contains("pools.csv:2:5: 1.5; expected 0.0 to 0.98") == true, "\(error.debugDescription)")
  }

  @Test("too short a past is refused")
  func tooShort() {
    #expect(throws: Problems.self) { try LocalProcesses(Figures.folder, base: 2002) }
  }
}
