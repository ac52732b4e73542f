#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Net migration of many areas as the residual of past steps, averaged, smoothed and pooled.
///
/// R(a, s, x, t) = P(t+1) − E, E = P(t)·S the survivors expected at the end of the step. R and E are averaged over the
/// steps with weights that halve by age of the step, and from age 30 on over neighbouring ages; the area's rate is
/// r = (1 − w)·R/E + w·ΣR/ΣE, the last term over all areas. Age 0 has no migrants: newborns who move in count as
/// births.
struct PooledMigration {
  /// r, `[area][sex][age]`.
  let rates: [Double]
  /// E, `[area][sex][age]`.
  let survivors: [Double]

  private static let smoothedFrom = 30

  init(_ past: KnownPast, survival: [Int: [Double]], steps: [Int], rules: PooledRules) {
    let history = past.history
    let n = history.ages.count
    let block = 2 * n
    let weights = steps.map { exp2(-Double(past.base - 1 - $0) / rules.migrationHalfLife) }
    let all = weights.reduce(0, +)
    var residual = Array(repeating: 0.0, count: history.areas.count * block)
    var expected = residual
    for (step, weight) in zip(steps, weights) {
      guard let ratios = survival[step] else { continue }
      let w = weight / all
      for area in history.areas.indices {
        for sex in Sex.allCases {
          let start = history.offset(area: area, year: step, sex: sex)
          let end = history.offset(area: area, year: step + 1, sex: sex)
          let row = area * block + sex.index * n
          for x in 1..<n {
            let survivors = Self.survivors(history.values, start, ratios, sex.index * n, x, n)
            expected[row + x] += w * survivors
            residual[row + x] += w * (history.values[end + x] - survivors)
          }
        }
      }
    }
    for row in stride(from: 0, to: residual.count, by: n) {
      Self.smooth(&residual, row, n, width: rules.smoothingWidth)
      Self.smooth(&expected, row, n, width: rules.smoothingWidth)
    }
    var rates = residual
    for cell in 0..<block {
      let cells = stride(from: cell, to: residual.count, by: block)
      let (moved, stayed) = cells.reduce((0.0, 0.0)) { ($0.0 + residual[$1], $0.1 + expected[$1]) }
      let national = stayed > 0 ? moved / stayed : 0
      let weight = cell % n >= rules.oldAge ? rules.poolingOfOld : rules.poolingOfYoung
      for i in cells {
        rates[i] = (1 - weight) * (expected[i] > 0 ? residual[i] / expected[i] : 0) + weight * national
      }
    }
    self.rates = rates
    survivors = expected
  }

  /// Those who reach group x of a row that starts at `start`.
  static func survivors(_ people: [Double], _ start: Int, _ ratios: [Double], _ row: Int, _ x: Int, _ n: Int) -> Double
  {
    let from = x == n - 1 ? people[start + n - 2] + people[start + n - 1] : people[start + x - 1]
    return from * ratios[row + x]
  }

  /// A moving average over the closed ages from 30 on, the ends continued.
  private static func smooth(_ values: inout [Double], _ row: Int, _ n: Int, width: Int) {
    guard width > 1, n - 1 > smoothedFrom else { return }
    let half = width / 2
    let raw = Array(values[(row + smoothedFrom)..<(row + n - 1)])
    for i in raw.indices {
      var sum = 0.0
      for k in (i - half)...(i + half) { sum += raw[min(max(k, 0), raw.count - 1)] }
      values[row + smoothedFrom + i] = sum / Double(2 * half + 1)
    }
  }

  /// Net migrants of every step from `base` to `end`, `[area][step][sex][age at the end]`: counts below an age, rates
  /// times the survivors of the step from it on. Children born after the base do not reach that age within the steps
  /// and are left out of the survivors.
  ///
  /// - Parameter ratios: survival of each step, `[step][sex][age]`.
  func migrants(_ past: KnownPast, ratios: [[Double]], rules: PooledRules) -> [Double] {
    let history = past.history
    let n = history.ages.count
    let block = 2 * n
    var result: [Double] = []
    result.reserveCapacity(rates.count * ratios.count)
    for area in history.areas.indices {
      let start = history.offset(area: area, year: past.base, sex: .female)
      var people = Array(history.values[start..<(start + block)])
      for step in ratios {
        var next = Array(repeating: 0.0, count: block)
        var net = next
        for row in [0, n] {
          for x in 1..<n {
            let reached = Self.survivors(people, row, step, row, x, n)
            let cell = area * block + row + x
            net[row + x] = rates[cell] * (x < rules.oldAge ? survivors[cell] : reached)
            next[row + x] = max(0, reached + net[row + x])
          }
        }
        people = next
        result += net
      }
    }
    return result
  }
}
