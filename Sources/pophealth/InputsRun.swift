import Datasets
import Demography
import Tables

/// A run on the user's own figures.
struct InputsRun {
  let command: Project

  init(_ command: Project) { self.command = command }

  func plan() throws -> ProjectPlan {
    let path = Self.trimmed(command.inputs ?? "")
    guard !path.isEmpty else { throw CommandFailure.wrongCommand("--inputs: expected the name of a folder") }
    try keepInputs(in: path)
    let inputs = try checkingData { () throws(Problems) in
      try UserInputs(folder: path, packages: try? DatasetFolder.standard())
    }
    let labels = command.areas.isEmpty ? inputs.areas : try known(command.areas, inputs)
    let base = command.from ?? inputs.years.last ?? 0
    guard inputs.years.contains(base) else {
      throw CommandFailure.wrongCommand(
        "--from \(base): \(path)/population.csv holds \(inputs.years.map(String.init).joined(separator: ", "))")
    }
    let step = try step(for: inputs)
    let end = try end(inputs, labels: labels, base: base)
    var messages = inputs.notes
    var population = try checkingData { () throws(Problems) in
      try inputs.population(of: labels, year: base)
    }
    if !population.ages.isSingleYear {
      population = try graduated(population, inputs: inputs, messages: &messages)
    } else if let method = command.graduate {
      messages.append("--graduate \(method.rawValue): the ages of \(path)/population.csv are single years already")
    }
    guard population.ages.count > 1 else {
      throw CommandFailure.wrongData(
        inputs.problem(
          atAge: 0, "age \(population.ages.label(at: 0)) is the only one; expected single years 0, 1, … too"
        ).description)
    }
    let ages = population.ages
    let (assumptions, notes) = try checkingData { () throws(Problems) in
      try inputs.assumptions(of: labels, ages: ages, years: base..<end)
    }
    messages += notes
    return ProjectPlan(
      folder: nil, population: population, assumptions: assumptions, convention: step,
      footprints: labels.map {
        Footprint(area: Area(code: $0), parts: [Footprint.Part(areaCode: $0)])
      }, end: end, assumptionsName: path, source: "\(path)/population.csv, mid-\(base)",
      messages: messages)
  }

  /// `DIR/` and `DIR` are the same folder, and messages name its files once.
  private static func trimmed(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  /// Refuses a result that would take the place of one of the figures it is made from.
  private func keepInputs(in path: String) throws {
    let names = ["population.csv", "fertility.csv", "sex-ratio.csv", "migration.csv"] + UserInputs.mortalityFileNames
    guard let output = command.output.output, names.contains(where: { output == "\(path)/\($0)" }) else { return }
    throw CommandFailure.wrongCommand("--output \(output): is one of the files of --inputs; expected another file")
  }

  /// The last mid-year: the one asked for, where the rates reach it, or as far as they reach.
  private func end(_ inputs: UserInputs, labels: [String], base: Int) throws -> Int {
    if let to = command.to, to <= base {
      throw CommandFailure.wrongCommand("--to \(to): expected a year after the base year \(base)")
    }
    let found = try checkingData { () throws(Problems) in try inputs.lastRate(of: labels) }
    guard let last = found else {
      throw CommandFailure.wrongData(
        Problem(
          file: inputs.mortalityFile,
          message: "no row for area \(labels.prefix(3).map { quoted($0) }.joined(separator: ", ")), nor for \"*\""
        ).description)
    }
    let needed = command.to ?? base + 1
    guard last.year >= needed - 1 else {
      throw CommandFailure.wrongData(
        Problem(
          file: inputs.mortalityFile, line: last.line, column: last.column,
          message: command.to == nil
            ? "rates end with year \(last.year); the step from the base year \(base) needs those of \(base)"
            : "rates end with year \(last.year); --to \(needed) needs every year from \(base) to \(needed - 1)"
        ).description)
    }
    return command.to ?? last.year + 1
  }

  private func known(_ names: [String], _ inputs: UserInputs) throws -> [String] {
    for name in names where !inputs.areas.contains(name) {
      let near = NearestName.nearest(to: name, in: inputs.areas, limit: 3)
      throw CommandFailure.wrongCommand(
        "unknown area \(quoted(name)); "
          + (near.isEmpty
            ? "population.csv has \(inputs.areas.prefix(5).joined(separator: ", "))\(inputs.areas.count > 5 ? ", …" : "")"
            : "did you mean \(near.joined(separator: ", "))?"))
    }
    return names
  }

  private func step(for inputs: UserInputs) throws -> StepConvention {
    guard let step = command.step else { return inputs.defaultStep }
    guard inputs.mortalityMeasure == .centralDeathRate || inputs.mortalityMeasure == step.mortalityMeasure
    else {
      throw CommandFailure.wrongCommand(
        "--step \(step.rawValue): \(inputs.mortalityFile) holds \(inputs.mortalityMeasure.rawValue) figures, which belong to "
          + (inputs.mortalityMeasure == .deathProbability ? "--step ons" : "--step un-even or un-end"))
    }
    return step
  }

  private func graduated(
    _ population: Population, inputs: UserInputs, messages: inout [String]
  ) throws -> Population {
    guard let method = command.graduate else {
      let ages = population.ages
      let group = ages.lowerBounds.indices.first { (ages.width(at: $0) ?? 1) > 1 } ?? 0
      throw CommandFailure.wrongData(
        inputs.problem(
          atAge: group,
          "age \(quoted(ages.label(at: group))) is a group; a projection by years needs single years: expected "
            + "0, 1, 2, …, \(ages.label(at: ages.count - 1)), or spread the groups with --graduate monotone "
            + "(or sprague, for five-year groups)"
        ).description)
    }
    let file = "\(inputs.path)/population.csv"
    let made = try checkingData("\(file): ") { () throws(GraduationError) in
      try Graduation(of: population.counts, ages: population.ages, method: method)
    }
    messages.append("\(file): age groups spread over single years (\(method.rawValue))")
    for group in made.adjustedGroups {
      let area = population.areas[group.row / 2]
      messages.append(
        "area \(area.code), \(Sex.allCases[group.row % 2].rawValue), ages \(population.ages.label(at: group.group)): "
          + "Sprague gave \(fixed(group.lowest, decimals: 1)) people; the monotone spline was used")
    }
    return try checkingData { () throws(PopulationError) in
      try Population(
        areas: population.areas, ages: made.ages, year: population.year, counts: made.counts)
    }
  }
}
