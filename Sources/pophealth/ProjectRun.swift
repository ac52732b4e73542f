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

  init(_ command: Project) { self.command = command }

  func plan() throws -> ProjectPlan {
    let folder = try checkingData { () throws(Problem) in try DatasetFolder.standard() }
    let scenario = try namedScenario(folder)
    let set = command.assumptions ?? .local
    if let step = command.step, step != .ons {
      throw CommandFailure.wrongCommand(
        "--step \(step.rawValue): the assumptions \(set.rawValue) are probabilities q(x+½), which belong to --step ons")
    }
    var plan =
      try set.edition.map { try national($0, folder: folder) } ?? local(folder, scenario: scenario)
    if let scenario {
      if set != .local, scenario.migrationWindow != nil {
        throw CommandFailure.wrongCommand("--scenario \(scenario.name) goes with --assumptions local")
      }
      plan.assumptions = try apply(scenario, to: plan.assumptions)
      plan.scenario = scenario.name
    }
    return plan
  }

  private func namedScenario(_ folder: DatasetFolder) throws -> Scenario? {
    guard let name = command.scenario else { return nil }
    return try scenario(named: name, folder)
  }

  private func national(_ edition: NationalProjection.Edition, folder: DatasetFolder) throws -> ProjectPlan {
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

  private func local(_ folder: DatasetFolder, scenario: Scenario?) throws -> ProjectPlan {
    let names = command.areas.isEmpty ? ["west-kent"] : command.areas
    let footprints = try footprints(named: names, folder: folder)
    var options = LocalAssumptions.Options()
    if let outlook = command.migration { options.outlook = outlook.value }
    if let window = command.migrationWindow ?? scenario?.migrationWindow { options.migrationSteps = window }
    if command.keepPandemic { options.stepsLeftOut = [] }
    let end = command.to ?? LocalAssumptions.lastYear
    let made = try localAssumptions(footprints, base: command.from, to: end, options: options, folder: folder)
    var messages: [String] = []
    if let first = made.residual.steps.first, made.population.year - first < options.migrationSteps {
      messages.append(
        "migration window of \(options.migrationSteps) years: the estimates reach back to mid-\(first) only")
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

/// A scenario of the library by its name.
func scenario(named name: String, _ folder: DatasetFolder) throws -> Scenario {
  let all = try checkingData { () throws(Problems) in try ScenarioLibrary.scenarios(folder) }
  if let found = all.first(where: { $0.name == name.lowercased() }) { return found }
  let near = NearestName.nearest(to: name, in: all.map(\.name), limit: 2)
  throw CommandFailure.wrongCommand(
    "unknown scenario \(quoted(name))"
      + (near.isEmpty
        ? "; expected one of \(all.map(\.name).joined(separator: ", "))"
        : "; did you mean \(near.joined(separator: ", "))?"))
}
