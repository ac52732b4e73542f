internal import Demography
internal import Tables

/// The past of some areas as far as it was known at a base year, and what is calibrated on it.
struct Past {
  let history: PopulationHistory
  let registrations: Registrations
  /// The steps that residual migration is averaged over.
  let migrationSteps: [Int]
  let mortalitySteps: [Int]
  let fertilitySteps: [Int]
  let deathsByBand: MortalityScaling.DeathsByBand?

  init(
    _ folder: DatasetFolder, history: PopulationHistory, base: Int, steps: [Int],
    options: LocalAssumptions.Options, registrations: Registrations
  ) throws(Problems) {
    self.history = history
    self.registrations = registrations
    migrationSteps = steps
    mortalitySteps = history.steps(
      before: min(base, registrations.years.upperBound), count: options.mortalitySteps)
    fertilitySteps = history.steps(before: base, count: options.fertilitySteps)
    deathsByBand =
      base > DeathsByAge.year ? try DeathsByAge.byBand(folder, areas: history.areas) : nil
  }

  /// The first step that needs national rates.
  var firstStep: Int {
    let band = deathsByBand.map { [$0.year] } ?? []
    return (band + migrationSteps + mortalitySteps + fertilitySteps).min() ?? history.years.lowerBound
  }

  /// Scaled mortality and fertility and residual migration for the steps from `base` to `end`.
  func calibrated(
    with national: NationalRates, base: Int, end: Int, options: LocalAssumptions.Options
  ) throws(AssumptionError) -> (MortalityScaling, FertilityScaling, ResidualMigration, Assumptions) {
    let ground = try Calibration(
      history: history, nationalMortality: national.mortality,
      nationalFertility: national.fertility, registrations: registrations)
    let scaling = try MortalityScaling(ground, steps: mortalitySteps, deathsByBand: deathsByBand)
    let births = try FertilityScaling(ground, steps: fertilitySteps)
    let past = try scaling.applied(to: national.mortality, years: national.mortality.years).rates
    let residual = try ResidualMigration(ground, mortality: past, steps: migrationSteps)
    let (mortality, capped) = try scaling.applied(to: national.mortality, years: base..<end)
    let assumptions = try Assumptions(
      areas: history.areas, mortality: mortality,
      fertility: births.applied(to: national.fertility, years: base..<end),
      migration: residual.migration(options.outlook, years: base..<end),
      notes: notes(national, scaling: scaling, births: births, base: base, options: options, capped: capped))
    return (scaling, births, residual, assumptions)
  }

  private func notes(
    _ national: NationalRates, scaling: MortalityScaling, births: FertilityScaling, base: Int,
    options: LocalAssumptions.Options,
    capped: Int
  ) -> [String] {
    var notes = [
      "Mortality: q(x+½) of \(national.source), \(mortalityText(scaling))",
      "Fertility: age pattern and trend of \(national.source), scaled to births of mid-\(span(fertilitySteps)) "
        + "(\(birthsText(births)))",
      "Migration: mean residual of mid-\(span(migrationSteps))\(left(out: migrationSteps, options.stepsLeftOut)), smoothed by age, "
        + outlookText(options.outlook)
        + "; it holds net migration, other change and the error of the mortality model",
    ]
    if base < 2018 {
      notes.append("Mortality of steps before mid-2018 is that of England and Wales as observed later, not as foreseen")
    }
    if capped > 0 { notes.append("Mortality: \(capped) scaled probabilities passed 1 and were held at 1") }
    return notes
  }

  /// Which of the areas' death rates are scaled, and to what.
  private func mortalityText(_ scaling: MortalityScaling) -> String {
    let scaled = scaling.referenceSteps.filter { !$0.isEmpty }
    guard let steps = scaled.first else { return "unscaled: no deaths of these areas are registered here" }
    return "scaled by age band to registered deaths of mid-\(span(steps))"
      + (scaled.count < scaling.referenceSteps.count ? " where they are held, else unscaled" : "")
  }

  /// Which births were registered and which are implied.
  private func birthsText(_ births: FertilityScaling) -> String {
    let counts = Set(births.registeredSteps)
    if counts == [births.steps.count] { return "registered" }
    if counts == [0] { return "implied by the children of age 0" }
    if counts.count == 1, let known = counts.first {
      return "registered to mid-\(births.steps[known - 1] + 1), then implied by the children of age 0"
    }
    return "registered where they are held, else implied by the children of age 0"
  }

  private func outlookText(_ outlook: ResidualMigration.Outlook) -> String {
    switch outlook {
    case .counts: "held as counts"
    case .rates: "held as rates"
    case .damped(let halfLife): "halving every \(halfLife) years"
    }
  }

  private func span(_ steps: [Int]) -> String {
    guard let first = steps.first, let last = steps.last else { return "" }
    return "\(first) to mid-\(last + 1)"
  }

  private func left(out steps: [Int], _ leftOut: Set<Int>) -> String {
    guard let first = steps.first, let last = steps.last else { return "" }
    let missing = leftOut.filter { $0 > first && $0 < last }.sorted()
    return missing.isEmpty
      ? "" : " without " + missing.map { "mid-\($0) to mid-\($0 + 1)" }.joined(separator: ", ")
  }
}
