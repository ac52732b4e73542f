import Demography
import Testing

@Suite struct ScenarioTests {
  private static let ages = AgeScale.groups(of: 5, to: 15)
  private static let areas = [Area(code: "A"), Area(code: "B")]
  private static let years = 2000..<2002

  private func assumptions(flows: Bool = false) throws -> Assumptions {
    let n = Self.ages.count
    var numbers = SeededNumbers(seed: 61)
    let moves = numbers.row(8 * n, in: 1...90)
    return try Assumptions(
      areas: Self.areas,
      mortality: MortalityRates(
        measure: .deathProbability, ages: Self.ages, years: Self.years, areaCount: 2,
        values: numbers.row(8 * (n + 1), in: 0.1...0.5)),
      fertility: FertilityRates(
        ages: Self.ages, years: Self.years, areaCount: 2,
        values: (0..<4).flatMap { _ in [0] + numbers.row(n - 1, in: 0.1...0.5) }),
      migration: flows
        ? .flows(
          ages: Self.ages, years: Self.years, areaCount: 2, arrivals: moves,
          departures: numbers.row(8 * n, in: 1...90))
        : .net(ages: Self.ages, years: Self.years, areaCount: 2, values: moves.map { $0 - 45 }))
  }

  private func applied(_ change: Scenario.Change, flows: Bool = false) throws -> Assumptions {
    try assumptions(flows: flows).applying(Scenario(name: "try", title: "A trial", changes: [change]))
  }

  /// The positions at which two rows of figures differ.
  private func differences(_ a: [Double], _ b: [Double]) -> [Int] {
    a.indices.filter { a[$0] != b[$0] }
  }

  @Test("every operation does its arithmetic", arguments: Scenario.Operation.allCases)
  func operations(_ operation: Scenario.Operation) throws {
    let before = try assumptions()
    let after = try applied(Scenario.Change(component: .migration, operation: operation, value: 0.25))
    #expect(before.migration.values.contains { $0 < 0 })
    for (old, new) in zip(before.migration.values, after.migration.values) {
      switch operation {
      case .multiply: #expect(new == old * 0.25)
      case .add: #expect(new == old + 0.25)
      case .set: #expect(new == 0.25)
      case .addShareOfMagnitude:
        #expect(new > old)
        #expect(abs(new - old - 0.25 * abs(old)) < 1e-14)
      }
    }
    #expect(after.mortality == before.mortality && after.fertility == before.fertility)
  }

  @Test("a change of one area, sex, age and year touches that cell alone")
  func oneCell() throws {
    let before = try assumptions()
    let n = Self.ages.count
    func change(_ component: Component) -> Scenario.Change {
      Scenario.Change(
        component: component, areas: ["B"], sex: .male, ages: 5...9, years: 2001...2001,
        operation: .multiply, value: 1.1)
    }
    // Area 1, step 1, male, group 1: rows of probabilities begin with the newborns.
    let moved = try applied(change(.migration))
    #expect(differences(moved.migration.values, before.migration.values) == [((1 * 2 + 1) * 2 + 1) * n + 1])
    let died = try applied(change(.mortality))
    #expect(
      differences(died.mortality.values, before.mortality.values) == [((1 * 2 + 1) * 2 + 1) * (n + 1) + 2])
    let born = try applied(change(.fertility))
    #expect(differences(born.fertility.values, before.fertility.values) == [(1 * 2 + 1) * n + 1])
    #expect(born.mortality == before.mortality && born.migration == before.migration)
  }

  @Test("newborns count as age 0, the open group as every age above")
  func endsOfLife() throws {
    let before = try assumptions()
    let rows = Self.ages.count + 1
    func rowsChanged(_ ages: ClosedRange<Int>) throws -> Set<Int> {
      let after = try applied(
        Scenario.Change(component: .mortality, ages: ages, operation: .multiply, value: 0.9))
      return Set(differences(after.mortality.values, before.mortality.values).map { $0 % rows })
    }
    #expect(try rowsChanged(0...4) == [0, 1])
    #expect(try rowsChanged(95...99) == [4])
    #expect(try rowsChanged(10...14) == [3])
    // A band that cuts a group acts on the whole group, newborns are only of age 0.
    #expect(try rowsChanged(4...5) == [1, 2])
  }

  @Test("changes are applied in order and noted with the title")
  func order() throws {
    let scenario = Scenario(
      name: "two", title: "Doubled, then one more",
      changes: [
        Scenario.Change(component: .migration, operation: .multiply, value: 2),
        Scenario.Change(component: .migration, operation: .add, value: 1),
      ])
    let before = try assumptions()
    let after = try before.applying(scenario)
    for (old, new) in zip(before.migration.values, after.migration.values) { #expect(new == old * 2 + 1) }
    #expect(after.notes == ["Scenario two: Doubled, then one more"])
    #expect(before.notes.isEmpty)
  }

  @Test("rates made impossible are refused, never held at a bound")
  func impossible() throws {
    for change in [
      Scenario.Change(component: .mortality, operation: .multiply, value: 4),
      Scenario.Change(component: .mortality, operation: .add, value: -1),
      Scenario.Change(component: .fertility, operation: .add, value: -1),
      Scenario.Change(component: .migration, operation: .multiply, value: .infinity),
    ] {
      #expect(throws: AssumptionError.self) { try applied(change) }
    }
  }

  @Test("of gross flows it is net migration that a change acts on, and no flow falls below zero")
  func netOfFlows() throws {
    let before = try assumptions(flows: true).migration
    let net = zip(before.values, before.departures).map { $0 - $1 }
    for (operation, value, expected) in [
      (Scenario.Operation.add, -500.0, net.map { $0 - 500 }), (.set, 0, net.map { _ in 0 }),
      (.addShareOfMagnitude, 0.1, net.map { $0 + 0.1 * abs($0) }),
      (.addShareOfMagnitude, -0.1, net.map { $0 - 0.1 * abs($0) }),
    ] {
      let after = try applied(
        Scenario.Change(component: .migration, operation: operation, value: value), flows: true
      ).migration
      for cell in net.indices {
        // A difference of two flows of some hundreds is exact to about 1e-13.
        #expect(abs(after.values[cell] - after.departures[cell] - expected[cell]) < 1e-10)
        #expect(after.values[cell] >= before.values[cell] && after.departures[cell] >= before.departures[cell])
      }
    }
  }

  @Test("a factor acts on arrivals and departures alike")
  func flows() throws {
    let before = try assumptions(flows: true)
    let after = try applied(
      Scenario.Change(component: .migration, operation: .multiply, value: 1.5), flows: true)
    #expect(after.migration.values == before.migration.values.map { $0 * 1.5 })
    #expect(after.migration.departures == before.migration.departures.map { $0 * 1.5 })
    let one = try applied(
      Scenario.Change(
        component: .migration, areas: ["A"], sex: .female, ages: 0...4, years: 2000...2000,
        operation: .multiply, value: 0), flows: true)
    #expect(differences(one.migration.departures, before.migration.departures) == [0])
    #expect(differences(one.migration.values, before.migration.values) == [0])
  }
}
