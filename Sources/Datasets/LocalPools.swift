public import Demography
public import Tables

/// What all districts of England say together about fertility and net migration, for each base year from which simulated
/// futures may set out: the package `local-processes`.
///
/// Fitting the pools of one base year takes the past of 296 districts; reading them takes a thousandth of that.
public struct LocalPools: Sendable, Hashable {
  /// The pools that are known at one base year.
  public struct Pair: Sendable, Hashable {
    /// What all districts say together about fertility.
    public let fertility: ComponentPool
    /// What all districts say together about net migration.
    public let migration: ComponentPool
  }

  /// The pools by base year.
  public let byBase: [Int: Pair]

  /// The name of the package.
  public static let package = "local-processes"
  /// The first base year: three steps since mid-2000 are the fewest that tell a variance and an autocorrelation.
  public static let firstBase = 2003

  /// Fits the pools of every base year that the estimates allow.
  ///
  /// - Throws: `Problems` of the figures.
  /// - Complexity: O(base years × areas × steps × ages), some seconds.
  public init(fitting folder: DatasetFolder) throws(Problems) {
    let last = try Estimates.rebased(folder, areas: [NationalProjection.england]).years.upperBound
    var byBase: [Int: Pair] = [:]
    for base in Self.firstBase...max(Self.firstBase, last) {
      let fitted = try LocalProcesses(folder, base: base)
      byBase[base] = Pair(fertility: fitted.fertility, migration: fitted.migration)
    }
    self.byBase = byBase
  }

  /// Reads the package.
  ///
  /// - Throws: `Problems` of its files.
  /// - Complexity: O(rows), a millisecond.
  public init(_ folder: DatasetFolder) throws(Problems) {
    let pools = try Self.pools(folder.file(Self.package, "pools.csv"))
    let levels = try Self.levels(folder.file(Self.package, "levels.csv"))
    let file = folder.file(Self.package, "age-pattern.csv")
    let pattern = try WideTable(path: file)
    let block = 2 * pattern.ages.count
    var byBase: [Int: Pair] = [:]
    for (place, row) in pools where place.component == .fertility {
      guard let migration = pools[Place(base: place.base, component: .migration)],
        pattern.years.contains(place.base)
      else { throw Problems(Problem(file: file, message: "has no migration of base year \(place.base)")) }
      let start = (place.base - pattern.years.lowerBound) * block
      byBase[place.base] = Pair(
        fertility: try row.pool(place, levels, agePattern: []),
        migration: try migration.pool(
          Place(base: place.base, component: .migration), levels,
          agePattern: Array(pattern.values[start..<(start + block)])))
    }
    self.byBase = byBase
  }

  /// A base year and a component: the key of the tables.
  private struct Place: Hashable {
    let base: Int
    let component: Component
  }

  /// The columns of numbers of `pools.csv`, in their order.
  static let figures = [
    "areas", "first_step", "national_coefficient", "national_innovation", "local_coefficient", "local_variance",
    "change_variance", "variance_degrees_of_freedom", "mean_own_coefficient", "coefficient_weight",
  ]

  /// One row of `pools.csv`.
  private struct Row {
    let table: Table
    let row: Int
    let figures: [String: Double]

    private func figure(_ name: String) -> Double { figures[name] ?? .nan }

    func pool(
      _ place: Place, _ levels: [Place: [Int: Double]], agePattern: [Double]
    ) throws(Problems) -> ComponentPool {
      for (name, allowed) in [
        ("national_coefficient", 0...ComponentPool.highestCoefficient),
        ("local_coefficient", 0...ComponentPool.highestCoefficient), ("coefficient_weight", 0...1),
        ("national_innovation", 0...1), ("local_variance", 0...1), ("change_variance", 0...1),
        ("mean_own_coefficient", -1...1), ("variance_degrees_of_freedom", 0...(.infinity)), ("areas", 1...1e6),
      ] where !allowed.contains(figure(name)) {
        throw Problems(
          table.problem(
            row: row, column: name,
            "\(figure(name)); expected \(allowed.lowerBound) to \(allowed.upperBound)"))
      }
      let first = Int(figure("first_step"))
      let known = (first..<max(first, place.base)).compactMap { levels[place]?[$0] }
      guard known.count >= 3, known.count == place.base - first else {
        throw Problems(
          table.problem(
            row: row, column: "first_step",
            "\(first); expected three steps or more to \(place.base), each with a level in levels.csv"))
      }
      return ComponentPool(
        component: place.component, steps: first..<place.base, nationalLevels: known, areaCount: Int(figure("areas")),
        nationalCoefficient: figure("national_coefficient"), nationalInnovation: figure("national_innovation"),
        localCoefficient: figure("local_coefficient"), localVariance: figure("local_variance"),
        changeVariance: figure("change_variance"),
        varianceDegreesOfFreedom: figure("variance_degrees_of_freedom"),
        meanOwnCoefficient: figure("mean_own_coefficient"), coefficientWeight: figure("coefficient_weight"),
        agePattern: agePattern)
    }
  }

  private static func pools(_ file: String) throws(Problems) -> [Place: Row] {
    let keys = [ColumnRequest("base", .integer), ColumnRequest("component", .text)]
    let table = try Table.read(
      csv: file,
      // Districts that do not differ in their variance have infinitely many degrees of freedom: no number.
      columns: keys + figures.map { ColumnRequest($0, .number, allowsMissing: $0 == "variance_degrees_of_freedom") },
      others: .skip)
    let columns = figures.map { ($0, table.numbers($0) ?? []) }
    var rows: [Place: Row] = [:]
    for row in 0..<table.rowCount {
      let cells = columns.map { ($0, $1[row].isNaN ? .infinity : $1[row]) }
      rows[try place(table, row)] = Row(
        table: table, row: row, figures: Dictionary(cells, uniquingKeysWith: { a, _ in a }))
    }
    return rows
  }

  private static func levels(_ file: String) throws(Problems) -> [Place: [Int: Double]] {
    let table = try Table.read(
      csv: file,
      columns: [
        ColumnRequest("base", .integer), ColumnRequest("component", .text), ColumnRequest("step", .integer),
        ColumnRequest("level", .number),
      ], others: .skip)
    guard let steps = table.numbers("step"), let levels = table.numbers("level") else { return [:] }
    var result: [Place: [Int: Double]] = [:]
    for row in 0..<table.rowCount {
      result[try place(table, row), default: [:]][Int(steps[row])] = levels[row]
    }
    return result
  }

  private static func place(_ table: Table, _ row: Int) throws(Problems) -> Place {
    let name = table.text("component")?[row] ?? ""
    guard let component = Component(rawValue: name), component != .mortality, let bases = table.numbers("base") else {
      throw Problems(
        table.problem(row: row, column: "component", "\(quoted(name)); expected fertility or migration"))
    }
    return Place(base: Int(bases[row]), component: component)
  }
}
