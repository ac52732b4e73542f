import Datasets
import Demography
import Tables

/// What is to be projected: a population, its assumptions, and how areas are combined afterwards.
struct ProjectPlan {
  /// The data packages; `nil` with the user's own figures.
  var folder: DatasetFolder?
  var population: Population
  var assumptions: Assumptions
  var convention: StepConvention
  /// The areas to show, each made of projected ones.
  var footprints: [Footprint]
  var end: Int
  /// `local`, `ons-npp-2018` or the folder of the inputs.
  var assumptionsName: String
  var scenario: String?
  /// The options that change the figures, as they were written.
  var settings: [String] = []
  /// What the command changed in the assumptions, for runs that are set beside this one.
  var changes: AssumptionChanges?
  /// The options of the local assumptions, for runs that are set beside this one.
  var options = LocalAssumptions.Options()
  /// Where the population comes from.
  var source: String
  /// Remarks for standard error.
  var messages: [String] = []
  /// Whether the partnership's claims belong under the table.
  var showsClaims = false

  /// Takes the steps and combines the areas.
  func run(strict: Bool) throws -> ProjectRun {
    let parts: Projection
    do throws(ProjectionError) {
      parts = try CohortComponent(convention, clipping: strict ? .stop : .report)
        .project(population, under: assumptions, to: end)
    } catch {
      guard case .negativePopulation(let clip) = error else {
        throw CommandFailure.wrongData(error.description)
      }
      // The user's own flows have a file to be named.
      throw CommandFailure.wrongData(
        (folder == nil ? "\(assumptionsName)/migration.csv: " : "") + "area " + clip.sentence)
    }
    let projection = try checkingData { () throws(FootprintError) in
      try parts.combined(into: footprints)
    }
    return ProjectRun(plan: self, parts: parts, projection: projection)
  }
}

/// A finished projection with all that made it.
struct ProjectRun {
  let plan: ProjectPlan
  /// The areas as projected.
  let parts: Projection
  /// The areas as asked for.
  let projection: Projection

  /// Remarks for standard error, clipped cells among them.
  var messages: [String] {
    let clips = parts.clips
    guard !clips.isEmpty else { return plan.messages }
    let people = clips.reduce(0) { $0 + $1.people }
    return plan.messages
      + clips.prefix(10).map { clip in
        "adjustment: \(clip.sentence)"
      }
      + (clips.count > 10 ? ["adjustment: … and \(clips.count - 10) more cells"] : [])
      + [
        "adjustment: \(clips.count) cell\(clips.count == 1 ? "" : "s") below zero set to zero, "
          + "\(fixed(people, decimals: 2)) people added in all (--strict stops instead)"
      ]
  }
}

extension Clip {
  /// Where too many leave, as a message says it.
  fileprivate var sentence: String {
    "\(area.name), mid-\(year), \(sex.rawValue), age \(age): migration takes \(fixed(people, decimals: 2)) more "
      + "people than there are"
  }
}

/// A run on the official figures.
struct OfficialRun {
  let command: Project
  let changes: AssumptionChanges

  init(_ command: Project, _ changes: AssumptionChanges) {
    self.command = command
    self.changes = changes
  }

  func plan() throws -> ProjectPlan {
    let folder = try checkingData { () throws(Problem) in try DatasetFolder.standard() }
    let set = command.assumptions ?? .local
    if let step = command.step, step != .ons {
      throw CommandFailure.wrongCommand(
        "--step \(step.rawValue): the assumptions \(set.rawValue) are probabilities q(x+½), which belong to --step ons")
    }
    return try set.edition.map { try national($0, folder: folder) } ?? local(folder)
  }

  private func national(_ edition: NationalProjection.Edition, folder: DatasetFolder) throws -> ProjectPlan {
    if command.areas.count > 1 {
      throw CommandFailure.wrongCommand(
        "--assumptions \(edition.name) are those of England; expected one area, england")
    }
    let registry = try checkingData { () throws(Problems) in try AreaRegistry(folder) }
    for name in command.areas where registry.entry(named: name)?.area != NationalProjection.england {
      throw CommandFailure.wrongCommand(
        "area \(quoted(name)): --assumptions \(edition.name) are those of England; expected england")
    }
    let (projection, assumptions) = try checkingData { () throws(Problems) in
      let projection = try NationalProjection(folder, edition: edition)
      return (projection, try projection.assumptions())
    }
    let years = projection.population.years
    let base = command.from ?? edition.baseYear
    let end = command.to ?? years.upperBound
    guard let population = projection.population.population(in: base), base < years.upperBound else {
      throw CommandFailure.wrongCommand(
        "--from \(base): \(edition.name) holds \(years.lowerBound) to \(years.upperBound - 1)")
    }
    guard end > base, end <= years.upperBound else {
      throw CommandFailure.wrongCommand(
        "--to \(end): expected a year after \(base) and up to \(years.upperBound), the end of \(edition.name)")
    }
    let label = command.areas.first ?? "england"
    return ProjectPlan(
      folder: folder, population: population, assumptions: assumptions, convention: .ons,
      footprints: [
        Footprint(
          area: Area(code: label, name: "England"),
          parts: [Footprint.Part(areaCode: NationalProjection.england.code)])
      ], end: end, assumptionsName: edition.name,
      source: base == edition.baseYear
        ? "ONS mid-\(base) estimates as the projection took them"
        : "ONS's \(edition.rawValue)-based projection of mid-\(base)")
  }

  private func local(_ folder: DatasetFolder) throws -> ProjectPlan {
    let names = command.areas.isEmpty ? ["west-kent"] : command.areas
    let footprints = try footprints(named: names, folder: folder)
    var options = LocalAssumptions.Options()
    if let outlook = command.migration { options.outlook = outlook.value }
    if let window = command.migrationWindow ?? changes.migrationWindow { options.migrationSteps = window }
    if command.keepPandemic { options.stepsLeftOut = [] }
    let end = command.to ?? LocalAssumptions.lastYear
    let made = try localAssumptions(footprints, base: command.from, to: end, options: options, folder: folder)
    var messages: [String] = []
    if made.population.year - options.migrationSteps < made.estimateYears.lowerBound {
      messages.append(
        "migration window of \(options.migrationSteps) years: the estimates reach back to "
          + "mid-\(made.estimateYears.lowerBound) only")
    }
    return ProjectPlan(
      folder: folder, population: made.population, assumptions: made.assumptions, convention: .ons,
      footprints: footprints, end: end, assumptionsName: "local", options: options,
      source: "ONS mid-\(made.population.year) estimates, rebased to Census 2021 from mid-2012 on",
      messages: messages, showsClaims: names.map { $0.lowercased() } == ["west-kent"])
  }

  private func footprints(named names: [String], folder: DatasetFolder) throws -> [Footprint] {
    let registry = try checkingData { () throws(Problems) in try AreaRegistry(folder) }
    var result: [Footprint] = []
    for name in names {
      let found = try checkingCommand { () throws(AreaError) in
        try registry.footprints(named: name)
      }
      // A single area goes by the name it was asked for; districts of a group by their short names.
      result += found.map { footprint in
        let label = found.count == 1 ? name : registry.entry(named: footprint.area.code)?.slug ?? name
        return Footprint(
          area: Area(code: label, name: footprint.area.name), parts: footprint.parts)
      }
    }
    for (i, footprint) in result.enumerated() {
      guard let twin = result[..<i].first(where: { $0.parts == footprint.parts }) else { continue }
      throw CommandFailure.wrongCommand(
        "\(quoted(twin.area.code)) and \(quoted(footprint.area.code)) are the same area; expected each once")
    }
    return result
  }
}

/// The calibrated assumptions of the districts that footprints are made of.
func localAssumptions(
  _ footprints: [Footprint], base: Int?, to end: Int, options: LocalAssumptions.Options,
  folder: DatasetFolder
) throws -> LocalAssumptions {
  do throws(LocalAssumptionsError) {
    return try LocalAssumptions(folder, footprints: footprints, base: base, to: end, options: options)
  } catch {
    guard case .figures(let problems) = error else {
      throw CommandFailure.wrongCommand(error.description)
    }
    throw CommandFailure.wrongData(problems.description)
  }
}
