#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Survival ratios of the nation for the steps of ``StepConvention/unEnd``, from death rates by calendar year.
///
/// The step from mid-t to mid-t+1 lies half in either year: its rates are the means of both years' (the geometric mean
/// for forecast rates). Rates of ages beyond the areas' open group are gathered into it by the nation's people.
struct PastSurvival {
  let past: KnownPast

  private var national: AgeScale { past.female.ages }

  /// Survival into each age of the areas' scale in a past step, `[sex][age]`; years after the last known one count as
  /// it.
  func ratios(step year: Int) throws(BacktestError) -> [Double] {
    try ratios(zip(rates(in: year), rates(in: year + 1)).map { ($0 + $1) / 2 }, peopleOf: year)
  }

  /// Central death rates of a year, `[sex][age]`.
  private func rates(in year: Int) -> [Double] {
    Sex.allCases.flatMap { sex in
      let row = row(year)
      let experience = past.experience(sex)
      return zip(experience.deaths[row], experience.exposures[row]).map { $0 / $1 }
    }
  }

  private func row(_ year: Int) -> Range<Int> {
    let held = past.female.years
    let start = (min(max(year, held.lowerBound), held.upperBound) - held.lowerBound) * national.count
    return start..<(start + national.count)
  }

  /// Survival ratios on the areas' scale from national rates `[sex][age]`, the open group weighted by the people of a
  /// year.
  func ratios(_ rates: [Double], peopleOf year: Int) throws(BacktestError) -> [Double] {
    let ages = past.history.ages.count
    let n = national.count
    var result: [Double] = []
    for sex in Sex.allCases {
      let table: LifeTable
      let survival: [Double]
      do throws(LifeTableError) {
        table = try LifeTable(
          centralDeathRates: Array(rates[(sex.index * n)..<((sex.index + 1) * n)]), ages: national, sex: sex)
        survival = try table.survivalRatios()
      } catch { throw .lifeTable(error) }
      result += survival.prefix(ages - 1)
      let people = past.experience(sex).exposures[row(year)]
      // Those in the last closed group and the open one reach the open one.
      var (alive, all) = (0.0, 0.0)
      for x in (ages - 2)..<n {
        let count = people[people.startIndex + x]
        alive += count * survival[min(x + 1, n - 1)]
        all += count
      }
      result.append(alive / all)
    }
    return result
  }
}
