import Testing

@testable import Demography

@Suite struct MigrationSmoothingTests {
  private let ages = AgeScale.singleYears(to: 90)

  /// Survival that falls from 0.9999 to 0.75, about that of England.
  private var survival: [Double] { (0...90).map { 1 - 0.0001 - 0.25 * pow10(Double($0) / 90 * 3 - 3) } }

  private func pow10(_ x: Double) -> Double {
    // 10^x by its series: no need for a mathematics library in a test.
    var term = 1.0
    var sum = 1.0
    for i in 1...60 {
      term *= x * 2.302585092994046 / Double(i)
      sum += term
    }
    return sum
  }

  /// What migrants by age make of the people at the end of a step: half at either end.
  private func residuals(of migrants: [Double]) -> [Double] {
    let n = migrants.count
    return (0..<n).map { j in
      let younger = j > 0 ? survival[j - 1] * migrants[j - 1] / 2 : 0
      let open = j == n - 1 ? survival[j] * migrants[j] / 2 : 0
      return migrants[j] / 2 + younger + open
    }
  }

  @Test("the people who come and go remain as many as they were")
  func total() {
    var numbers = SeededNumbers(seed: 71)
    for scale in [1.0, 50, 3000] {
      let residual = numbers.row(91, in: (-scale)...(1.5 * scale))
      let migrants = MigrationSmoothing(ages: ages).migrants(residual: residual, survival: survival)
      let missing = residuals(of: migrants).reduce(0, +) - residual.reduce(0, +)
      #expect(abs(missing) < 1e-9 * scale)
    }
  }

  @Test("a smooth age profile comes back nearly unchanged")
  func smoothProfile() {
    // Families with children come, the old leave slowly: waves of forty years.
    let migrants = ages.lowerBounds.map { age in
      let x = Double(age) / 90
      return 100 + 80 * x - 400 * x * x + 250 * x * x * x
    }
    let found = MigrationSmoothing(ages: ages).migrants(
      residual: residuals(of: migrants), survival: survival)
    // A third-degree curve has second differences of at most 0.2 people here, and λ ≤ 100 trades them
    // against residuals of about 100; the open group and age 0 bear the ends.
    #expect(largestDifference(found, migrants) < 3)
    // A straight line costs nothing at all.
    let line = ages.lowerBounds.map { 40 - 0.7 * Double($0) }
    let same = MigrationSmoothing(ages: ages).migrants(residual: residuals(of: line), survival: survival)
    #expect(largestDifference(same, line) < 1e-7)
  }

  @Test("a wave of one year is flattened among workers and among the old, a student peak is not")
  func stiffness() {
    func share(kept age: Int) -> Double {
      var residual = Array(repeating: 0.0, count: 91)
      residual[age] = 1000
      let migrants = MigrationSmoothing(ages: ages).migrants(residual: residual, survival: survival)
      return residuals(of: migrants)[age] / 1000
    }
    #expect(share(kept: 19) > 0.8)
    #expect(share(kept: 40) < 0.4)
    #expect(share(kept: 75) < 0.2)
  }

  @Test("two ages are left as they are")
  func short() {
    let smoothing = MigrationSmoothing(ages: .singleYears(to: 1))
    #expect(smoothing.migrants(residual: [3, -1], survival: [1, 1]) == [3, -1])
  }

  /// Gaussian elimination with row exchanges: slow, plain, independent.
  private func denseSolution(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    var a = matrix
    var b = right
    let n = b.count
    for k in 0..<n {
      let pivot = (k..<n).max { abs(a[$0][k]) < abs(a[$1][k]) }!
      a.swapAt(k, pivot)
      b.swapAt(k, pivot)
      for i in (k + 1)..<max(n, k + 1) {
        let f = a[i][k] / a[k][k]
        for j in k..<n { a[i][j] -= f * a[k][j] }
        b[i] -= f * b[k]
      }
    }
    for k in stride(from: n - 1, through: 0, by: -1) {
      for j in (k + 1)..<max(n, k + 1) { b[k] -= a[k][j] * b[j] }
      b[k] /= a[k][k]
    }
    return b
  }

  @Test("the pentadiagonal solver agrees with a dense one", arguments: [1, 2, 3, 4, 17, 91])
  func solver(_ n: Int) {
    var numbers = SeededNumbers(seed: UInt64(n))
    var banded = PentadiagonalMatrix(count: n)
    var dense = Array(repeating: Array(repeating: 0.0, count: n), count: n)
    for i in 0..<n {
      // Diagonally dominant, hence positive definite.
      banded.main[i] = numbers.next(in: 5...9)
      dense[i][i] = banded.main[i]
      if i + 1 < n {
        banded.first[i] = numbers.next(in: -1...1)
        dense[i][i + 1] = banded.first[i]
        dense[i + 1][i] = banded.first[i]
      }
      if i + 2 < n {
        banded.second[i] = numbers.next(in: -1...1)
        dense[i][i + 2] = banded.second[i]
        dense[i + 2][i] = banded.second[i]
      }
    }
    let right = numbers.row(n, in: -10...10)
    // Well conditioned: a few units in the last place.
    #expect(largestDifference(banded.solved(for: right), denseSolution(dense, right)) < 1e-13)
  }

  @Test("damped numbers halve after each half-life")
  func damping() {
    #expect(Damping.factor(years: 0, halfLife: 7) == 1)
    #expect(Damping.factor(years: 7, halfLife: 7) == 0.5)
    #expect(Damping.factor(years: 14, halfLife: 7) == 0.25)
    #expect(abs(Damping.factor(years: 1, halfLife: 2) * Damping.factor(years: 1, halfLife: 2) - 0.5) < 1e-15)
  }
}
