import Demography
import Probability
import Tables

/// The rows of one area's and sex's life table; a figure that cannot be given is NaN.
struct LifeTableRows {
  let area: String?
  let sex: String?
  let ages: AgeScale
  /// m, q, a, l, d, L, T in this order, one array a column.
  private(set) var columns: [[Double]]
  private(set) var expectancy: [Double]
  /// Confidence limits of e; empty where the method has none.
  private(set) var lower: [Double] = []
  private(set) var upper: [Double] = []
  private(set) var status: [ResultStatus]
  private(set) var notes: [GroupNote] = []

  private let name: String?

  /// The names of ``columns``.
  static let columnNames = ["m", "q", "a", "l", "d", "L", "T"]

  /// Makes the life table of a group.
  ///
  /// - Throws: `Problem` for what the checks of the file let through though it is no mortality.
  init(
    of group: LifeTableInput.Group, method: LifeTableCommand.Method, confidence: Double, file: String
  ) throws(Problem) {
    area = group.area
    sex = group.sex
    ages = group.ages
    let count = group.ages.count
    columns = Array(
      repeating: Array(repeating: .nan, count: count), count: Self.columnNames.count)
    expectancy = Array(repeating: .nan, count: count)
    status = Array(repeating: .ok, count: count)
    name = group.name
    do throws(LifeTableError) {
      if method == .chiangII, case .counts(let deaths, let population) = group.figures {
        try fillChiang(deaths, population, confidence)
      } else {
        try fillStandard(group)
      }
    } catch {
      throw Problem(file: file, line: group.line, message: (name.map { "\($0): " } ?? "") + error.description)
    }
  }

  private mutating func fillStandard(
    _ group: LifeTableInput.Group
  ) throws(LifeTableError) {
    let sex = group.sex.flatMap { Sex(rawValue: $0) }
    do throws(LifeTableError) {
      switch group.figures {
      case .counts(let deaths, let population):
        fill(try LifeTable(deaths: deaths, exposure: population, ages: ages, sex: sex))
      case .rates(let rates):
        fill(try LifeTable(centralDeathRates: rates, ages: ages, sex: sex))
      case .probabilities(let probabilities, let openRate):
        fill(
          try LifeTable(
            deathProbabilities: probabilities, openDeathRate: openRate, ages: ages, sex: sex))
      }
      expectancy = tableExpectancy
    } catch {
      switch error {
      case .noExposure, .zeroRateInOpenGroup: bar(.zeroDenominator, because: error)
      default: throw error
      }
      return
    }
    if ages.width(at: 0) != 1 {
      note(
        "the first age group is wider than a year; half its width is too much for a there, and e at 0 "
          + "comes out slightly too high")
    }
  }

  private mutating func fillChiang(
    _ deaths: [Double], _ population: [Double], _ confidence: Double
  ) throws(LifeTableError) {
    let figures = try LifeExpectancyTable(
      deaths: deaths, population: population, ages: ages, confidence: confidence)
    expectancy = figures.lifeExpectancy
    lower = figures.lower
    upper = figures.upper
    status = figures.status
    // The columns behind the indicator stand for small areas too; where no rate can be had there are none.
    guard let first = status.first else { return }
    switch first {
    case .ok, .intervalTooWide, .populationTooSmall: break
    default: return
    }
    do throws(LifeTableError) {
      fill(try LifeTable.chiang(deaths: deaths, population: population, ages: ages))
    } catch {
      guard case .zeroRateInOpenGroup = error else { throw error }
    }
  }

  /// e as the life table's columns give it, before an indicator's rules.
  private var tableExpectancy: [Double] = []

  private mutating func fill(_ table: LifeTable) {
    columns = [
      table.centralDeathRate, table.deathProbability, table.yearsLivedByDying, table.survivorship,
      table.deaths, table.personYearsLived, table.personYearsAbove,
    ]
    tableExpectancy = table.lifeExpectancy
    guard !table.adjustedProbabilities.isEmpty else { return }
    let labels = table.adjustedProbabilities.map { ages.label(at: $0) }.joined(separator: ", ")
    note(
      "the rate is too high for the formula of q at age \(labels); q = 1 - exp(-n m) there")
  }

  private mutating func note(_ message: String) { notes.append(GroupNote(name: name, message: message)) }

  /// No figure at any age.
  private mutating func bar(_ reason: ResultStatus, because error: LifeTableError) {
    status = Array(repeating: reason, count: ages.count)
    note("no life table: \(error.description)")
  }
}
