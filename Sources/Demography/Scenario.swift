/// A named variant: changes to assumptions, kept as data.
public struct Scenario: Sendable, Hashable {
  /// How a change acts on a rate or flow.
  public enum Operation: String, Sendable, Hashable, CaseIterable {
    /// Times the value.
    case multiply
    /// Plus the value, in the units of the component.
    case add
    /// The value instead.
    case set
    /// Plus the value times the magnitude of the figure: 0.25 turns net migration of −8 into −6 and of 8
    /// into 10, so that more people come whatever the sign.
    case addShareOfMagnitude = "add-share-of-magnitude"
  }

  /// One change of one component, for the cells that it names; `nil` means all.
  public struct Change: Sendable, Hashable {
    /// The component that changes: mortality, fertility or migration.
    public let component: Component
    /// The codes of the areas.
    public let areas: Set<String>?
    /// The sex; without meaning for fertility.
    public let sex: Sex?
    /// Completed ages; newborns of the step count as age 0.
    public let ages: ClosedRange<Int>?
    /// The first years of the steps.
    public let years: ClosedRange<Int>?
    /// How the change acts.
    public let operation: Operation
    /// The value that it acts with.
    public let value: Double

    /// A change of one component.
    public init(
      component: Component, areas: Set<String>? = nil, sex: Sex? = nil, ages: ClosedRange<Int>? = nil,
      years: ClosedRange<Int>? = nil, operation: Operation, value: Double
    ) {
      self.component = component
      self.areas = areas
      self.sex = sex
      self.ages = ages
      self.years = years
      self.operation = operation
      self.value = value
    }
  }

  /// The name by which it is asked for.
  public let name: String
  /// One line for people.
  public let title: String
  /// The changes, applied in order.
  public let changes: [Change]
  /// The number of past years from which residual migration is taken, where the scenario sets it.
  public let migrationWindow: Int?

  /// A scenario from its changes.
  public init(name: String, title: String, changes: [Change], migrationWindow: Int? = nil) {
    self.name = name
    self.title = title
    self.changes = changes
    self.migrationWindow = migrationWindow
  }
}

extension Assumptions {
  /// These assumptions under a scenario, its title added to the notes.
  ///
  /// - Throws: ``AssumptionError`` where the scenario makes a rate impossible: fertility below 0, a
  ///   probability or survival ratio outside 0 to 1, a gross flow below 0. Nothing is held at a bound.
  /// - Complexity: O(changes × cells).
  public func applying(_ scenario: Scenario) throws(AssumptionError) -> Assumptions {
    var result = self
    for change in scenario.changes { result.apply(change) }
    try result.mortality.validate()
    try result.fertility.validate()
    try result.migration.validate()
    result.notes.append("Scenario \(scenario.name): \(scenario.title)")
    return result
  }

  private mutating func apply(_ change: Scenario.Change) {
    switch change.component {
    case .mortality:
      let rows = mortality.rowCount
      let shift = rows - ages.count
      eachRow(change) { area, year, sex in
        let start = mortality.offset(area: area, year: year, sex: sex)
        for row in 0..<rows where matches(change, age: max(0, row - shift)) {
          mortality.values[start + row] = change.applied(to: mortality.values[start + row])
        }
      }
    case .fertility:
      for (area, year) in steps(change) {
        let start = fertility.offset(area: area, year: year)
        for x in 0..<ages.count where matches(change, age: x) {
          fertility.values[start + x] = change.applied(to: fertility.values[start + x])
        }
      }
    case .migration:
      eachRow(change) { area, year, sex in
        let start = migration.offset(area: area, year: year, sex: sex)
        for x in 0..<ages.count where matches(change, age: x) { migration.apply(change, at: start + x) }
      }
    case .sexRatio: break
    }
  }

  private func steps(_ change: Scenario.Change) -> [(Int, Int)] {
    areas.indices.filter { change.areas?.contains(areas[$0].code) ?? true }.flatMap { area in
      years.filter { change.years?.contains($0) ?? true }.map { (area, $0) }
    }
  }

  private func eachRow(_ change: Scenario.Change, _ body: (Int, Int, Sex) -> Void) {
    for (area, year) in steps(change) {
      for sex in Sex.allCases where change.sex == nil || change.sex == sex { body(area, year, sex) }
    }
  }

  private func matches(_ change: Scenario.Change, age x: Int) -> Bool {
    guard let wanted = change.ages else { return true }
    let low = ages.lowerBounds[x]
    let high = ages.width(at: x).map { low + $0 - 1 } ?? Int.max
    return low <= wanted.upperBound && high >= wanted.lowerBound
  }
}

extension Migration {
  /// Changes one cell. Of gross flows it is net migration that changes: a factor scales both flows, anything
  /// else that adds people adds arrivals, and what takes people adds departures.
  fileprivate mutating func apply(_ change: Scenario.Change, at cell: Int) {
    guard form == .flows else {
      values[cell] = change.applied(to: values[cell])
      return
    }
    if change.operation == .multiply {
      values[cell] *= change.value
      departures[cell] *= change.value
      return
    }
    let net = values[cell] - departures[cell]
    let more = change.applied(to: net) - net
    if more > 0 { values[cell] += more } else { departures[cell] -= more }
  }
}

extension Scenario.Change {
  /// The figure after the change.
  func applied(to figure: Double) -> Double {
    switch operation {
    case .multiply: figure * value
    case .add: figure + value
    case .set: value
    case .addShareOfMagnitude: figure + value * abs(figure)
    }
  }
}
