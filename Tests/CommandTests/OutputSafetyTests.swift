import TestSupport
import Testing

/// Results that would take the place of figures, and rates that cannot be meant.
@Suite struct OutputSafetyTests {
  @Test("A result never takes the place of one of the figures that it is made from")
  func inputsKept() throws {
    let folder = try ProjectInputs().write()
    let before = try folder.read("in/population.csv")
    let run = try Program.run(
      ["project", "--inputs", "in/", "--format", "csv", "--output", "in/population.csv"], in: folder.path)
    #expect(run.status == 2 && run.errors.contains("--output in/population.csv: is one of the files of --inputs"))
    #expect(try folder.read("in/population.csv") == before)
  }

  @Test(
    "Central rates that no population has are refused with line and column",
    arguments: [("500", "per 1,000 or 100,000"), ("1e-320", "life expectancy 1/m")])
  func rates(value: String, says: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("m.csv", "age,m\n0,0.01\n1+,\(value)\n")
    let run = try Program.run(["lifetable", "--data", file, "--format", "csv"])
    #expect(run.status == 1 && run.output.isEmpty)
    #expect(run.errors.contains("m.csv:3:2: m is ") && run.errors.contains(says), "\(run.errors)")
  }
}
