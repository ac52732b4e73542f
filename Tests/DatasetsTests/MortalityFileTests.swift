import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct MortalityFileTests {
  /// A folder of one area, ages 0 and 1+, one step.
  private func folder(rate: String = "0.1") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let keys = ["female", "male"].flatMap { sex in ["0", "1+"].map { "a,2018,\(sex),\($0)" } }
    func file(_ name: String, _ header: String, _ value: String) throws {
      try folder.write(name, (["area,year,sex,age,\(header)"] + keys.map { "\($0),\(value)" }).joined(separator: "\n"))
    }
    try file("population.csv", "population", "100")
    try file("mortality-central-rates.csv", "rate", rate)
    try folder.write("fertility.csv", "area,year,age,rate\na,2018,0,x\n")
    return folder
  }

  @Test("the file is read once: what comes after has no need of it")
  func once() throws {
    let folder = try folder()
    try folder.write("fertility.csv", "area,year,age,rate\na,2018,0,0\n")
    let inputs = try UserInputs(folder: folder.path)
    try FileManager.default.removeItem(atPath: folder.file("mortality-central-rates.csv"))
    #expect(try inputs.lastRate(of: ["a"])?.year == 2018)
    let (assumptions, _) = try inputs.assumptions(of: ["a"], ages: inputs.ages, years: 2018..<2019)
    #expect(assumptions.years == 2018..<2019)
  }

  @Test("a rate that is none is told together with what is wrong in the other files, and the years are known before")
  func together() throws {
    let folder = try folder(rate: "many")
    let inputs = try UserInputs(folder: folder.path)
    #expect(try inputs.lastRate(of: ["a"])?.year == 2018)
    do {
      _ = try inputs.assumptions(of: ["a"], ages: inputs.ages, years: 2018..<2019)
      Issue.record("spoilt rates were taken")
    } catch {
      #expect(error.kept.contains { $0.file.hasSuffix("mortality-central-rates.csv") && $0.line == 2 })
      #expect(error.kept.contains { $0.file.hasSuffix("fertility.csv") })
    }
  }
}
