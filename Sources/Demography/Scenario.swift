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
    ///
    /// Mortality changes as risk of death whatever its measure is: a probability or central rate itself, a
    /// survival ratio S through 1 − S.
    public let component: Component
    /// The codes of the areas.
    public let areas: Set<String>?
    /// The sex; without meaning for fertility.
    public let sex: Sex?
    /// Completed ages, at the start of the step; its newborns count as age 0. A band that cuts a group acts on
    /// the whole group.
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
