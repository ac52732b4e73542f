import Demography
import Testing

@Suite struct FootprintTests {
  private static let ages = RandomInputs.singleYears

  private func projection(_ convention: StepConvention = .ons) throws -> Projection {
    try RandomInputs(seed: 41, convention, ages: Self.ages, areas: 3, moves: .flows, loss: 0.3)
      .projected(convention)
  }

  private func whole(_ codes: [String], as code: String = "F") -> Footprint {
    Footprint(area: Area(code: code), parts: codes.map { Footprint.Part(areaCode: $0) })
  }

  @Test("whole areas are summed cell by cell, without anybody growing in or out")
  func wholeAreas() throws {
    let projection = try projection()
    let sum = try projection.combined(into: [whole(["A2", "A0"]), whole(["A1"], as: "G")])
    #expect(sum.areas.map(\.code) == ["F", "G"])
    #expect(sum.reapportionment.isEmpty)
    for (values, found) in [
      (projection.population, sum.population), (projection.deaths, sum.deaths),
      (projection.births, sum.births), (projection.birthsBySex, sum.birthsBySex),
      (projection.netMigration, sum.netMigration), (projection.adjustment, sum.adjustment),
      (projection.arrivals, sum.arrivals), (projection.departures, sum.departures),
    ] {
      let block = values.count / 3
      #expect(found.count == 2 * block)
      for i in 0..<block {
        #expect(found[i] == values[2 * block + i] + values[i])
        #expect(found[block + i] == values[block + i])
      }
    }
  }

  @Test(
    "a share and what is left of it make the whole, people and components",
    arguments: StepConvention.allCases)
  func complements(_ convention: StepConvention) throws {
    let projection = try projection(convention)
    var numbers = SeededNumbers(seed: 42)
    let shares = numbers.row(Self.ages.count, in: 0...1)
    let parts = [shares, shares.map { 1 - $0 }].enumerated().map { i, shares in
      Footprint(area: Area(code: "\(i)"), parts: [Footprint.Part(areaCode: "A1", shares: shares)])
    }
    let two = try projection.combined(into: parts)
    let all = try projection.combined(into: [whole(["A1"])])
    for values in [
      \Projection.population, \.deaths, \.births, \.birthsBySex, \.netMigration, \.adjustment, \.arrivals,
      \.departures,
    ] {
      let block = two[keyPath: values].count / 2
      let sums = (0..<block).map { two[keyPath: values][$0] + two[keyPath: values][block + $0] }
      #expect(largestDifference(sums, all[keyPath: values]) < 1e-10)
    }
    // Whoever grows into one part grows out of the other.
    let block = two.reapportionment.count / 2
    #expect(two.reapportionment.contains { abs($0) > 1 })
    for i in 0..<block { #expect(abs(two.reapportionment[i] + two.reapportionment[block + i]) < 1e-10) }
  }

  @Test("shares act at the right age: people, births by the mother's age, deaths by the age of origin")
  func sharesByAge() throws {
    let projection = try projection()
    let n = Self.ages.count
    let age = 4
    var shares = Array(repeating: 0.0, count: n)
    shares[age] = 0.5
    let part = try projection.combined(
      into: [Footprint(area: Area(code: "F"), parts: [Footprint.Part(areaCode: "A2", shares: shares)])])
    let steps = projection.years.count - 1
    for s in 0..<steps {
      let step = 2 * steps + s
      for x in 0..<n {
        #expect(part.births[s * n + x] == (x == age ? projection.births[step * n + x] / 2 : 0))
        for sex in 0..<2 {
          let to = (s * 2 + sex) * (n + 1)
          let from = (step * 2 + sex) * (n + 1)
          #expect(part.deaths[to + 1 + x] == (x == age ? projection.deaths[from + 1 + x] / 2 : 0))
        }
      }
      #expect(part.deaths[s * 2 * (n + 1)] == 0)
      // Girls and boys are those of the mothers inside, in the proportion of the whole.
      let born = part.births[(s * n)..<((s + 1) * n)].reduce(0, +)
      let all = projection.births[(step * n)..<((step + 1) * n)].reduce(0, +)
      for sex in 0..<2 {
        let whole = projection.birthsBySex[step * 2 + sex]
        #expect(abs(part.birthsBySex[s * 2 + sex] - whole * born / all) < 1e-9)
      }
    }
    for year in projection.years {
      let row = try #require(part.row(area: 0, year: year, sex: .male))
      let own = try #require(projection.row(area: 2, year: year, sex: .male))
      #expect(row[row.startIndex + age] == own[own.startIndex + age] / 2)
      #expect(row.reduce(0, +) == own[own.startIndex + age] / 2)
    }
  }

  @Test("a population and a projection are combined alike")
  func populationAlike() throws {
    let projection = try projection()
    var numbers = SeededNumbers(seed: 43)
    let footprints = [
      Footprint(
        area: Area(code: "F"),
        parts: [
          Footprint.Part(areaCode: "A0", shares: numbers.row(Self.ages.count, in: 0...1)),
          Footprint.Part(areaCode: "A2"),
        ]), whole(["A1", "A2"], as: "G"),
    ]
    let combined = try projection.combined(into: footprints)
    for year in projection.years {
      let people = try #require(projection.population(in: year))
      #expect(try combined.population(in: year) == people.combined(into: footprints))
    }
    #expect(footprints.map(\.isApportioned) == [true, false])
  }

  @Test("parts that are missing and shares that do not fit are refused")
  func refusals() throws {
    let projection = try projection()
    let base = try #require(projection.population(in: 2000))
    func shares(_ count: Int, _ last: Double) -> Footprint {
      Footprint(
        area: Area(code: "F"),
        parts: [
          Footprint.Part(areaCode: "A0", shares: Array(repeating: 0.5, count: count - 1) + [last])
        ])
    }
    for (footprint, error) in [
      (whole(["A0", "X"]), FootprintError.missingPart(code: "X", footprint: "F")),
      (shares(10, 0), .shareCount(code: "A0", expected: 11, found: 10)),
      (shares(11, 1.01), .impossibleShare(1.01, code: "A0", age: "10+")),
      (shares(11, -0.01), .impossibleShare(-0.01, code: "A0", age: "10+")),
    ] {
      #expect(throws: error) { try projection.combined(into: [footprint]) }
      #expect(throws: error) { try base.combined(into: [footprint]) }
    }
    #expect(throws: FootprintError.self) { try base.combined(into: [shares(11, .nan)]) }
  }
}
