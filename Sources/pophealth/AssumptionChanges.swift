import Datasets
import Demography
import Tables

/// What the command changes in the assumptions: a named scenario, then the user's own file.
struct AssumptionChanges {
  let scenario: Scenario?
  let overrides: Overrides?

  /// Reads what the command names.
  init(_ command: Project) throws {
    let official = command.inputs == nil
    let folder =
      try (official || command.scenario != nil)
      ? checkingData { () throws(Problem) in try DatasetFolder.standard() } : nil
    scenario = try folder.flatMap { folder in
      try command.scenario.map { try Self.scenario(named: $0, folder) }
    }
    overrides = try command.overrides.map { file in
      let registry =
        try official
        ? folder.map { folder in
          try checkingData { () throws(Problems) in try AreaRegistry(folder) }
        } : nil
      return try checkingData { () throws(Problems) in
        try Overrides(file: file) { name in registry.map { $0.entry(named: name)?.code } ?? name }
      }
    }
    let windows = [
      command.migrationWindow.map { _ in "--migration-window" },
      scenario?.migrationWindow.map { _ in "--scenario \(command.scenario ?? "")" },
      overrides?.migrationWindow.map { _ in "--overrides \(command.overrides ?? "")" },
    ].compactMap(\.self)
    if windows.count > 1 {
      throw CommandFailure.wrongCommand(
        "\(windows.joined(separator: " and ")) both set the migration window; expected one")
    }
    if let first = windows.first, !command.usesLocalAssumptions {
      throw CommandFailure.wrongCommand("\(first) sets the migration window, which goes with --assumptions local")
    }
  }

  /// The number of past years for residual migration, where a change sets it.
  var migrationWindow: Int? { scenario?.migrationWindow ?? overrides?.migrationWindow }

  /// The assumptions after the changes.
  ///
  /// A row of the user's that matches nothing is an error with its line; a rate made impossible is one too.
  func applied(to assumptions: Assumptions) throws -> Assumptions {
    var result = assumptions
    if let scenario { result = try Self.apply(scenario, to: result) }
    guard let overrides else { return result }
    for line in overrides.lines {
      if let complaint = complaint(about: line.change, in: assumptions) {
        throw CommandFailure.wrongData(
          Problem(file: overrides.file, line: line.number, message: complaint).description)
      }
    }
    do throws(AssumptionError) { return try result.applying(overrides.scenario) } catch {
      throw CommandFailure.wrongData(blame(error, on: overrides, in: result).description)
    }
  }

  /// Why a change would not do what it says, or `nil`.
  private func complaint(about change: Scenario.Change, in assumptions: Assumptions) -> String? {
    if change.component == .fertility, let sex = change.sex {
      return "sex \(quoted(sex.rawValue)): fertility is that of women; expected nothing"
    }
    let scale = assumptions.ages
    if let ages = change.ages {
      let starts = scale.lowerBounds.contains(ages.lowerBound)
      let ends = ages.upperBound >= Overrides.oldestAge || scale.lowerBounds.contains(ages.upperBound + 1)
      if !starts || !ends {
        return "ages \(ages.lowerBound) to \(ages.upperBound) cut an age group; the ages are \(scale.label(at: 0)), "
          + "\(scale.label(at: 1)), …, \(scale.label(at: scale.count - 1)) (leave age_to empty for the open group)"
      }
    }
    guard assumptions.cells(touchedBy: change) == 0 else { return nil }
    return "matches no area, year, sex and age of this projection (districts are projected, steps run from "
      + "\(assumptions.years.lowerBound) to \(assumptions.years.upperBound - 1))"
  }

  /// The problem of the first line that makes a rate impossible.
  private func blame(_ error: AssumptionError, on overrides: Overrides, in assumptions: Assumptions) -> Problem {
    var result = assumptions
    for line in overrides.lines {
      let one = Scenario(name: overrides.file, title: "", changes: [line.change])
      do throws(AssumptionError) { result = try result.applying(one) } catch {
        return Problem(file: overrides.file, line: line.number, message: error.description)
      }
    }
    return Problem(file: overrides.file, message: error.description)
  }

  private static func apply(_ scenario: Scenario, to assumptions: Assumptions) throws -> Assumptions {
    try checkingData("\(scenario.name): ") { () throws(AssumptionError) in
      try assumptions.applying(scenario)
    }
  }

  private static func scenario(named name: String, _ folder: DatasetFolder) throws -> Scenario {
    let all = try checkingData { () throws(Problems) in try ScenarioLibrary.scenarios(folder) }
    if let found = all.first(where: { $0.name == name.lowercased() }) { return found }
    let near = NearestName.nearest(to: name, in: all.map(\.name), limit: 2)
    throw CommandFailure.wrongCommand(
      "unknown scenario \(quoted(name))"
        + (near.isEmpty
          ? "; expected one of \(all.map(\.name).joined(separator: ", "))"
          : "; did you mean \(near.joined(separator: ", "))?"))
  }
}
