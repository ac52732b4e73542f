/// Why a projection cannot be constrained.
public enum ConstraintError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The total has other ages than the projection.
  case agesDiffer(total: AgeScale, projection: AgeScale)
  /// The total is not that of one area.
  case severalAreas(found: Int)
  /// The total has no figures of a year.
  case yearNotHeld(Int, held: ClosedRange<Int>)
  /// People are wanted in a cell in which no area has any to scale.
  case nobodyToScale(year: Int, sex: Sex, age: String, wanted: Double)
  /// The projection itself cannot be made.
  case projection(ProjectionError)

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .agesDiffer(let total, let projection):
      "the total's ages end with \(total.label(at: total.count - 1)) and the projection's with "
        + "\(projection.label(at: projection.count - 1)) or differ in width; expected the same ages"
    case .severalAreas(let found): "\(found) areas to constrain to; expected one, the whole that the areas make up"
    case .yearNotHeld(let year, let held):
      "no total of mid-\(year) to constrain to; it covers \(held.lowerBound) to \(held.upperBound)"
    case .nobodyToScale(let year, let sex, let age, let wanted):
      "mid-\(year), \(sex.rawValue), age \(age): the total wants \(wanted) people, and no area has any"
    case .projection(let error): error.description
    }
  }
}

/// How far a projection was from the total of one year, sex and age before it was constrained to it.
public struct ConstraintGap: Sendable, Hashable {
  /// The mid-year.
  public let year: Int
  /// The sex.
  public let sex: Sex
  /// The age group, as labelled.
  public let age: String
  /// The people of all areas before.
  public let projected: Double
  /// The people of the total.
  public let wanted: Double

  /// wanted/projected, the factor on every area; 1 where both are 0.
  public var factor: Double { projected > 0 ? wanted / projected : 1 }
}

extension CohortComponent {
  /// The areas of a whole projected so that at the end of every step they add up to the whole by sex and age.
  ///
  /// After each step every area's people of a sex and age are multiplied by wanted/projected, the one factor that
  /// brings all areas to the total, and the next step starts from there. The people that this adds or takes are
  /// migration at the end of the step (``Projection/constrainingMigration``), so that births, deaths, migration and
  /// adjustment still add up to the change in every area, sex and year.
  ///
  /// - Parameters:
  ///   - base: the people at the start; the areas that make up the whole. They are not constrained.
  ///   - assumptions: rates and flows for every step.
  ///   - end: the last mid-year.
  ///   - total: the whole's people, one area, for the end of every step.
  /// - Returns: the projection, and the gap that was closed for every year, sex and age in that order.
  /// - Throws: ``ConstraintError`` where ages differ, a year is not held, a total wants people where no area has any,
  ///   or the projection itself cannot be made.
  /// - Complexity: O(areas × steps × ages).
  public func project(
    _ base: Population, under assumptions: Assumptions, to end: Int, constrainedTo total: PopulationHistory
  ) throws(ConstraintError) -> (projection: Projection, gaps: [ConstraintGap]) {
    guard total.areas.count == 1 else { throw .severalAreas(found: total.areas.count) }
    guard total.ages == base.ages else { throw .agesDiffer(total: total.ages, projection: base.ages) }
    var people = base
    // The end and the rates of every step are checked as for a free projection.
    let length = base.ages.uniformWidth ?? 1
    guard end > base.year, length > 0, (end - base.year) % length == 0 else {
      return (try step(base, assumptions, to: end), [])
    }
    var steps: [Projection] = []
    var gaps: [ConstraintGap] = []
    for year in stride(from: base.year + length, through: end, by: length) {
      guard total.years.contains(year) else { throw .yearNotHeld(year, held: total.years) }
      var projected = try step(people, assumptions, to: year)
      gaps += try projected.constrain(to: total, in: year)
      people = Population(
        unchecked: base.areas, ages: base.ages, year: year,
        counts: base.areas.indices.flatMap { area in
          Sex.allCases.flatMap { projected.row(area: area, year: year, sex: $0) ?? [] }
        })
      steps.append(projected)
    }
    return (Projection(joining: steps, assumptions: assumptions), gaps)
  }

  private func step(
    _ people: Population, _ assumptions: Assumptions, to end: Int
  ) throws(ConstraintError) -> Projection {
    do throws(ProjectionError) {
      return try project(people, under: assumptions, to: end)
    } catch {
      throw .projection(error)
    }
  }
}

extension Projection {
  /// Scales the people of the last year to a total and keeps what that adds as constraining migration.
  fileprivate mutating func constrain(
    to total: PopulationHistory, in year: Int
  ) throws(ConstraintError) -> [ConstraintGap] {
    let cells = 2 * ages.count
    let last = years.count - 1
    let start = total.offset(area: 0, year: year, sex: .female)
    // Summed in the order of codes, so that the order of areas changes no bit.
    let order = areas.indices.sorted { areas[$0].code < areas[$1].code }
    constrainingMigration = Array(repeating: 0, count: areas.count * cells)
    var gaps: [ConstraintGap] = []
    for cell in 0..<cells {
      let sex = Sex.allCases[cell / ages.count]
      let age = ages.label(at: cell % ages.count)
      let projected = order.reduce(0) { $0 + population[offset(area: $1, yearIndex: last, sex: .female) + cell] }
      let gap = ConstraintGap(
        year: year, sex: sex, age: age, projected: projected, wanted: total.values[start + cell])
      guard projected > 0 || gap.wanted == 0 else {
        throw .nobodyToScale(year: year, sex: sex, age: age, wanted: gap.wanted)
      }
      gaps.append(gap)
      for area in areas.indices {
        let i = offset(area: area, yearIndex: last, sex: .female) + cell
        let scaled = population[i] * gap.factor
        constrainingMigration[area * cells + cell] = scaled - population[i]
        population[i] = scaled
      }
    }
    return gaps
  }

  /// One projection from those of its single steps.
  fileprivate init(joining steps: [Projection], assumptions: Assumptions) {
    let first = steps[0]
    self.init(
      areas: first.areas, ages: first.ages, convention: first.convention,
      years: [first.baseYear] + steps.map(\.endYear), assumptions: assumptions)
    reserveCapacity()
    for area in areas.indices {
      population += first.block(first.population, area, of: 2, 0)
      for step in steps {
        population += step.block(step.population, area, of: 2, 1)
        deaths += step.block(step.deaths, area)
        births += step.block(step.births, area)
        birthsBySex += step.block(step.birthsBySex, area)
        netMigration += step.block(step.netMigration, area)
        arrivals += step.block(step.arrivals, area)
        departures += step.block(step.departures, area)
        adjustment += step.block(step.adjustment, area)
        constrainingMigration += step.block(step.constrainingMigration, area)
      }
      for step in steps { report(step.clips.filter { $0.area.code == areas[area].code }) }
    }
  }

  /// The values of one area, or the part of them at a position.
  private func block(_ values: [Double], _ area: Int, of parts: Int = 1, _ part: Int = 0) -> ArraySlice<Double> {
    let size = values.count / (areas.count * parts)
    return values[((area * parts + part) * size)..<((area * parts + part + 1) * size)]
  }
}
