internal import CKernels
internal import Probability

/// The deviations of rates and flows in every simulation, drawn by what they are for: seed, simulation, area, year and
/// component. No draw depends on another one, so neither the order of areas and simulations nor their number changes a
/// bit of any.
struct FuturePaths: Sendable {
  /// What keeps the numbers of two components apart in the counter.
  private enum Stream: UInt64 {
    case mortality = 0x100
    case fertility = 0x300
    case migration = 0x500

    /// The numbers of the innovations, one set a year.
    var innovations: UInt64 { rawValue }
    /// Those of what is not known of the constants, once a path.
    var constants: UInt64 { rawValue + 0x100 }
    /// Those of what is not known of the starts, once a path.
    var starts: UInt64 { rawValue + 0x1000 }
  }

  /// What all areas share in some simulations.
  struct Shared: Sendable {
    /// k, `[step][factor][lane]`.
    var mortality: [Double]
    /// The national deviations, `[step][lane]`; empty where the component is certain.
    var fertility: [Double]
    var migration: [Double]
  }

  let uncertainty: RateUncertainty
  /// The years in which steps begin.
  let years: [Int]
  private let generator: Philox
  /// The key of what no area has alone.
  private static let everywhere: UInt64 = 0

  init(uncertainty: RateUncertainty, years: [Int], seed: UInt64) {
    self.uncertainty = uncertainty
    self.years = years
    generator = Philox(seed: seed, purpose: 1)
  }

  /// The key of an area: its code by FNV-1a (Fowler, Noll and Vo), the same on every machine.
  static func key(of code: String) -> UInt64 {
    code.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  /// The shared deviations of a block of simulations.
  ///
  /// - Precondition: the block begins at a multiple of four.
  func shared(_ lanes: Range<Int>) -> Shared {
    Shared(
      mortality: mortality(lanes),
      fertility: uncertainty.fertility.map {
        path($0.national, lanes, area: Self.everywhere, .fertility)
      } ?? [],
      migration: uncertainty.migration.map {
        path($0.national, lanes, area: Self.everywhere, .migration)
      } ?? [])
  }

  /// What an area's fertility is multiplied by, `[step][lane]`; empty where fertility is certain.
  func fertilityFactors(area: Int, key: UInt64, shared: Shared, _ lanes: Range<Int>) -> [Double] {
    guard let process = uncertainty.fertility else { return [] }
    var row = deviations(process, area, key, shared.fertility, lanes, .fertility)
    let logarithms = row
    ph_exp(logarithms, &row, row.count)
    return row
  }

  /// Net migrants more for each person of an area, `[step][lane]`; empty where migration is certain.
  func migrationLevels(area: Int, key: UInt64, shared: Shared, _ lanes: Range<Int>) -> [Double] {
    guard let process = uncertainty.migration else { return [] }
    return deviations(process, area, key, shared.migration, lanes, .migration)
  }

  private var firstYear: Int { years.first ?? 0 }

  private func mortality(_ lanes: Range<Int>) -> [Double] {
    guard let forecast = uncertainty.mortality else { return [] }
    let (count, width) = (forecast.factors.count, lanes.count)
    let from = min(uncertainty.mortalityKnownTo ?? firstYear, firstYear)
    var constants = Array(repeating: 0.0, count: count * width)
    for f in 0..<count where forecast.factors.contains(where: { $0.process.constantStandardError > 0 }) {
      add(
        normals(lanes, area: Self.everywhere, year: 0, Stream.mortality.constants + UInt64(f)),
        from: f, mixing: forecast.mixing, count: count, into: &constants)
    }
    var state = forecast.factors.enumerated().flatMap { f, factor in
      start(of: factor.process, lanes, area: Self.everywhere, Stream.mortality.starts + UInt64(f))
    }
    var result: [Double] = []
    result.reserveCapacity(years.count * count * width)
    guard let last = years.last else { return [] }
    for year in from...last {
      var shocks = Array(repeating: 0.0, count: count * width)
      for f in 0..<count {
        add(
          normals(lanes, area: Self.everywhere, year: year, Stream.mortality.innovations + UInt64(f)),
          from: f, mixing: forecast.mixing, count: count, into: &shocks)
      }
      for (f, factor) in forecast.factors.enumerated() {
        let process = factor.process
        for i in (f * width)..<((f + 1) * width) {
          state[i] = process.next(after: state[i], shock: shocks[i], constant: constants[i])
        }
      }
      if year >= firstYear { result += state }
    }
    return result
  }

  /// Adds independent numbers of factor `from` to those of every factor that is correlated with it.
  private func add(_ row: [Double], from: Int, mixing: [Double], count: Int, into sums: inout [Double]) {
    for f in from..<count {
      let weight = mixing[f * count + from]
      guard weight != 0 else { continue }
      for i in row.indices { sums[f * row.count + i] += weight * row[i] }
    }
  }

  /// loading·N + L of one area.
  private func deviations(
    _ process: ComponentProcess, _ area: Int, _ key: UInt64, _ national: [Double], _ lanes: Range<Int>,
    _ stream: Stream
  ) -> [Double] {
    var row = path(process.local[area], lanes, area: key, stream)
    let loading = process.loadings[area]
    for i in row.indices { row[i] += loading * national[i] }
    return row
  }

  /// The deviations of a process from its mean, `[step][lane]`.
  private func path(
    _ process: AutoregressiveProcess, _ lanes: Range<Int>, area: UInt64, _ stream: Stream
  ) -> [Double] {
    let width = lanes.count
    var result = Array(repeating: 0.0, count: years.count * width)
    if process.isCertain { return result }
    let constants =
      process.constantStandardError > 0
      ? normals(lanes, area: area, year: 0, stream.constants) : Array(repeating: 0, count: width)
    var state = start(of: process, lanes, area: area, stream.starts)
    for (step, year) in years.enumerated() {
      let shocks =
        process.innovationStandardDeviation > 0
        ? normals(lanes, area: area, year: year, stream.innovations) : Array(repeating: 0, count: width)
      for i in 0..<width {
        state[i] = process.next(after: state[i], shock: shocks[i], constant: constants[i])
        result[step * width + i] = state[i]
      }
    }
    return result
  }

  /// d(0) of every path.
  private func start(
    of process: AutoregressiveProcess, _ lanes: Range<Int>, area: UInt64, _ stream: UInt64
  ) -> [Double] {
    guard process.startStandardDeviation > 0 else { return Array(repeating: 0, count: lanes.count) }
    return normals(lanes, area: area, year: 0, stream).map { process.startStandardDeviation * $0 }
  }

  private func normals(_ lanes: Range<Int>, area: UInt64, year: Int, _ component: UInt64) -> [Double] {
    var row = Array(repeating: 0.0, count: lanes.count)
    generator.fillNormal(&row, from: Self.counter(lanes.lowerBound / 4, area: area, year: year, component))
    return row
  }

  /// The counter of a draw; word 3 is left to variates that reject.
  static func counter(_ simulation: Int, area: UInt64, year: Int, _ component: UInt64) -> SIMD4<UInt64> {
    SIMD4(UInt64(simulation), area, UInt64(truncatingIfNeeded: year) << 32 | component, 0)
  }
}

extension AutoregressiveProcess {
  /// Whether every path is the mean.
  fileprivate var isCertain: Bool {
    startStandardDeviation == 0 && constantStandardError == 0 && innovationStandardDeviation == 0
  }

  /// d(h) = φ·d(h−1) + σ·ε + se·ζ, the deviation from the mean a year on.
  func next(after deviation: Double, shock: Double, constant: Double) -> Double {
    coefficient * deviation + innovationStandardDeviation * shock + constantStandardError * constant
  }
}
