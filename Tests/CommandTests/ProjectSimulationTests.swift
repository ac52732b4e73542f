import TestSupport
import Testing

/// Simulated projections and claims from the command line.
@Suite struct ProjectSimulationTests {
  @Test(
    "what does not fit is a wrong command, and nothing is written",
    arguments: [
      (["project", "--simulations", "0"], "expected 1 to 100000"),
      (["project", "--simulations", "100001"], "expected 1 to 100000"),
      (["project", "--simulations", "-5"], "--simulations"),
      (["project", "--simulations", "many"], "many"),
      (["project", "--simulations", "10", "--seed", "lucky"], "lucky"),
      (["project", "--simulations", "10", "--seed", "-1"], "--seed"),
      (["project", "--seed", "1"], "go with --simulations"),
      (["project", "--process-noise"], "go with --simulations"),
      (["project", "--inputs", "in", "--simulations", "10"], "does not go with --inputs"),
      (["project", "--simulations", "10", "--beside-ons"], "--beside-ons"),
      (["project", "--simulations", "10", "--from", "1990"], "base year 1990"),
      (["claims", "maidstone"], "expected west-kent"),
      (["claims", "west-kent", "--simulations", "0"], "expected 1 to 100000"),
      (["claims"], "area"),
    ])
  func wrongCommands(_ arguments: [String], _ message: String) throws {
    let run = try Program.run(arguments)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test(
    "a scenario that makes rates impossible stops the simulations before the first, with place and value",
    arguments: [
      ("fertility,add,-1", "fertility", "0 or more"), ("mortality,add,-1", "mortality", "0 to 1"),
      ("mortality,multiply,50", "mortality", "0 to 1"),
    ])
  func impossibleScenario(_ change: String, _ component: String, _ expected: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("changes.csv", "component,operation,value\n\(change)\n")
    let run = try Program.run([
      "project", "maidstone", "--to", "2030", "--simulations", "10", "--overrides", file, "--format", "csv", "--output",
      folder.file("out.csv"),
    ])
    #expect(run.status == 1)
    #expect(
      run.errors.contains("changes.csv") && run.errors.contains(component) && run.errors.contains(expected),
      "\(run.errors)")
    #expect(folder.contents == ["changes.csv"])
  }

  @Test("bands: mean and quantiles in place of the population, the projection inside the fan, rows as without")
  func bands() throws {
    let arguments = ["project", "west-kent", "--to", "2030", "--format", "csv"]
    let plain = try Program.run(arguments)
    let run = try Program.run(arguments + ["--simulations", "60", "--seed", "7", "--process-noise"])
    #expect(run.status == 0)
    #expect(
      run.lines.first
        == "area,year,sex,band,mean,p2_5,p10,p50,p90,p97_5,rate_variance,process_variance")
    #expect(run.lines.count == plain.lines.count)
    var wrong: [String] = []
    for (line, other) in zip(run.lines, plain.lines).dropFirst() {
      let (fields, expected) = (line.split(separator: ","), other.split(separator: ","))
      let figures = fields.dropFirst(4).compactMap { Double($0) }
      let people = Double(expected[4]) ?? .nan
      let ordered = zip(figures[1..<5], figures[2..<6]).allSatisfy { $0 <= $1 }
      let known = fields[1] == "2023"
      // The base year is the same in every future; its ages are added in another order than without futures.
      let same = abs(figures[0] - people) <= 1e-12 * people && figures[6] == 0
      let inside = known ? same : figures[1] <= people && people <= figures[5]
      let spreads = known || (figures[6] > 0 && figures[7] > 0)
      if fields[..<4] != expected[..<4] || !ordered || !inside || !spreads { wrong.append(line) }
    }
    #expect(wrong.isEmpty)
  }

  @Test("claims: every claim about people with its figure, the future ones with interval and probability")
  func claims() throws {
    let arguments = ["claims", "west-kent", "--simulations", "60", "--seed", "3", "--format", "csv"]
    let run = try Program.run(arguments)
    #expect(run.status == 0)
    #expect(
      run.lines.first
        == "claim,statement,year,reference_year,claimed,mean,p2_5,p10,p50,p90,p97_5,probability,standard_error,note")
    let rows = run.lines.dropFirst()
    #expect(rows.count { $0.hasPrefix("over-85s-double,") } == 2)
    #expect(rows.count { $0.hasPrefix("aged-65-to-84-third,") } == 2)
    #expect(rows.count { $0.hasPrefix("population-size,") } == 1)
    #expect(rows.count { $0.hasPrefix("female-share-kent,") } == 1)
    let doubling = try #require(rows.first { $0.hasPrefix("over-85s-double,") && $0.contains(",2018,") })
    let figures = doubling.split(separator: ",").compactMap { Double($0) }
    // 2035, 2018, the claim, mean, five quantiles, probability and its error.
    #expect(figures.count == 11 && figures[2] == 2)
    #expect(figures[3] > 1.5 && figures[3] < 1.9)
    #expect(figures[4] < figures[8] && (0...1).contains(figures[9]))
    #expect(try Program.run(arguments).bytes == run.bytes)
  }
}
