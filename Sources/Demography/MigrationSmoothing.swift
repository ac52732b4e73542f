/// Whittaker–Henderson graduation of net migration through the step's own operator
/// (``ResidualMigration``).
///
/// A stiffness λ smooths away waves across ages shorter than about 2π·λ^¼ years. Students come and go
/// within a year or two of age, so ages 16 to 24 are left nearly free (λ = 0.002, 1.3 years: less, and the
/// migrants of single ages alternate in sign without a better fit of the cohorts); families and workers
/// move in waves of a decade (λ = 1, 6 years); from 60 on the residual is mostly error of estimates and
/// mortality (λ = 100, 20 years). The net migrants of all ages together stay what they were: the fit is
/// constrained to Σ AM = Σ R.
struct MigrationSmoothing {
  private let stiffness: [Double]

  init(ages: AgeScale) {
    stiffness = ages.lowerBounds.map { age in
      switch age {
      case 16...24: 0.002
      case 60...: 100
      default: 1
      }
    }
  }

  /// The migrants by age whose step comes closest to the residuals by age at the end.
  ///
  /// - Parameters:
  ///   - residual: net migrants of cohorts by age at the end of the step.
  ///   - survival: the share of each age group at the start that survives the step.
  /// - Complexity: O(ages).
  func migrants(residual: [Double], survival: [Double]) -> [Double] {
    let n = residual.count
    guard n > 2 else { return residual }
    var matrix = PentadiagonalMatrix(count: n)
    var right = Array(repeating: 0.0, count: n)
    // 1ᵀA: what a migrant of each age adds to the people at the end of the step.
    var reach = Array(repeating: 0.0, count: n)
    for j in 0..<n {
      let own = j == n - 1 ? (1 + survival[j]) / 2 : 0.5
      matrix.main[j] += own * own
      right[j] += own * residual[j]
      reach[j] += own
      guard j > 0 else { continue }
      let younger = survival[j - 1] / 2
      matrix.main[j - 1] += younger * younger
      matrix.first[j - 1] += younger * own
      right[j - 1] += younger * residual[j]
      reach[j - 1] += younger
    }
    for x in 1..<(n - 1) {
      let λ = stiffness[x]
      matrix.main[x - 1] += λ
      matrix.main[x] += 4 * λ
      matrix.main[x + 1] += λ
      matrix.first[x - 1] -= 2 * λ
      matrix.first[x] -= 2 * λ
      matrix.second[x - 1] += λ
    }
    let free = matrix.solved(for: right)
    let direction = matrix.solved(for: reach)
    let missing = zip(reach, free).reduce(residual.reduce(0, +)) { $0 - $1.0 * $1.1 }
    let multiplier = missing / zip(reach, direction).reduce(0) { $0 + $1.0 * $1.1 }
    return zip(free, direction).map { $0 + multiplier * $1 }
  }
}
