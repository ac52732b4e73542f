internal import CKernels

/// Rates and flows of every area and step as the kernels take them, areas by position in the base.
struct EnsembleFigures: Sendable {
  /// q and −log(1 − q), or 0 where all die, `[area][step][sex][origin]`.
  let risk: SharedRows<Double>
  let hazard: SharedRows<Double>
  /// How the kernels evaluate the risks, `[area][step][sex][newborns, then every eight ages]`.
  let series: SharedRows<UInt8>
  let seriesCount: Int
  /// Births a step and woman, `[area][step][age]`.
  let fertility: SharedRows<Double>
  /// The ages at which any area has births.
  let fertileAges: Range<Int>
  /// Migrants, or rates, who join at a time, `[area][step][sex][age]`.
  let net: SharedRows<Double>
  /// The same for one net migrant more, `[sex][age]`.
  let spread: SharedRows<Double>
  let migratesByRate: Bool
  let sexRatios: [Double]
  /// The distinct responses of log hazards to the factors, `[row][factor]`, and the row of each sex and origin.
  let loadings: [Double]
  let loadingRow: SharedRows<Int32>

  /// - Parameter death: probabilities of death for the years of `starts`' own axis, `[area][step][sex][origin]`.
  /// - Throws: ``EnsembleError/agePattern(expected:found:)``.
  init(
    _ convention: StepConvention, base: Population, starts: [Int], death: [Double], assumptions: Assumptions,
    uncertainty: RateUncertainty
  ) throws(EnsembleError) {
    let n = base.ages.count
    let held = assumptions.years
    func kept(_ values: [Double], _ block: Int) -> [Double] {
      var result: [Double] = []
      result.reserveCapacity(base.areas.count * starts.count * block)
      for area in base.areas.indices {
        for year in starts {
          let start = (area * held.count + year - held.lowerBound) * block
          result += values[start..<(start + block)]
        }
      }
      return result
    }
    let pattern = uncertainty.migration?.agePattern ?? Array(repeating: 0, count: 2 * n)
    guard pattern.count == 2 * n else { throw .agePattern(expected: 2 * n, found: pattern.count) }
    let q = kept(death, 2 * (n + 1))
    let alive = q.map { 1 - $0 }
    var logarithms = alive
    ph_log(alive, &logarithms, logarithms.count)
    risk = SharedRows(q)
    hazard = SharedRows(zip(q, logarithms).map { $0 < 1 ? -$1 : 0 })
    seriesCount = 1 + (n + 7) / 8
    series = SharedRows(repeating: 0, count: q.count / (n + 1) * seriesCount)
    for row in 0..<(q.count / (n + 1)) {
      ph_risk_series(hazard.start + row * (n + 1), n, series.start + row * seriesCount)
    }
    let length = Double(base.ages.uniformWidth ?? 1)
    let births = kept(assumptions.fertility.values, n).map { length * $0 }
    fertility = SharedRows(births)
    let fertile = births.indices.lazy.filter { births[$0] != 0 }.map { $0 % n }
    fertileAges = (fertile.min() ?? n)..<((fertile.max() ?? n - 1) + 1)
    let migration = assumptions.migration
    let moves =
      migration.form == .flows ? zip(migration.values, migration.departures).map { $0 - $1 } : migration.values
    let share = 1 - convention.shareAtStart
    net = SharedRows(kept(moves, 2 * n).map { share * $0 })
    migratesByRate = migration.form == .netRates
    spread = SharedRows(pattern.map { share * $0 })
    sexRatios = starts.map { assumptions.fertility.sexRatios[$0 - held.lowerBound] }
    let responses = uncertainty.mortality?.loadings(onto: base.ages) ?? []
    let (rows, rowOf) = Self.distinct(responses, origins: 2 * (n + 1))
    loadings = rows
    loadingRow = SharedRows(rowOf)
  }

  /// The rows of factors that occur, each once, and which one each origin takes.
  private static func distinct(_ responses: [[Double]], origins: Int) -> (rows: [Double], rowOf: [Int32]) {
    guard !responses.isEmpty else { return ([], Array(repeating: 0, count: origins)) }
    var known: [[Double]: Int32] = [:]
    var rows: [Double] = []
    var rowOf: [Int32] = []
    for origin in 0..<origins {
      let row = responses.map { $0[origin] }
      if known[row] == nil {
        known[row] = Int32(known.count)
        rows += row
      }
      rowOf.append(known[row] ?? 0)
    }
    return (rows, rowOf)
  }
}
