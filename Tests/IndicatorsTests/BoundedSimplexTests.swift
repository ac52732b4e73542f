import Testing

@testable import Indicators

@Suite("The bounded simplex method")
struct BoundedSimplexTests {
  @Test("finds the largest value that searching all whole points finds, on networks")
  func networks() {
    // Sums of rows and columns of a grid: such programmes have whole solutions (Hoffman and Kruskal, 1956).
    for seed in 0..<60 {
      var random = SplitMix(seed: UInt64(seed))
      let (rows, columns) = (2, 3)
      let lower = (0..<6).map { _ in -Double(random.next() % 3) }
      let upper = (0..<6).map { _ in Double(random.next() % 3) }
      let gains = (0..<6).map { _ in Double(random.next() % 9) - 4 }
      var equations: [[(variable: Int, coefficient: Double)]] = []
      for row in 0..<rows { equations.append((0..<columns).map { (row * columns + $0, 1) }) }
      for column in 0..<columns { equations.append((0..<rows).map { ($0 * columns + column, 1) }) }
      var simplex = BoundedSimplex(equations: equations, lower: lower, upper: upper)
      let ended = simplex.maximise(gains.enumerated().map { (variable: $0.offset, gain: $0.element) })
      let value = zip(simplex.x, gains).reduce(0) { $0 + $1.0 * $1.1 }
      var best = -Double.infinity
      search([], lower, upper) { point in
        let holds = equations.allSatisfy { $0.reduce(0) { $0 + $1.coefficient * point[$1.variable] } == 0 }
        if holds { best = max(best, zip(point, gains).reduce(0) { $0 + $1.0 * $1.1 }) }
      }
      #expect(ended && abs(value - best) < 1e-9, "seed \(seed)")
    }
  }

  @Test("says that a value without bound has none")
  func unbounded() {
    var simplex = BoundedSimplex(
      equations: [[(0, 1), (1, -1)]], lower: [0, 0], upper: [.infinity, .infinity])
    let ended = simplex.maximise([(variable: 0, gain: 1)])
    #expect(!ended)
  }

  private func search(_ point: [Double], _ lower: [Double], _ upper: [Double], _ visit: ([Double]) -> Void) {
    guard point.count < lower.count else { return visit(point) }
    var value = lower[point.count]
    while value <= upper[point.count] {
      search(point + [value], lower, upper, visit)
      value += 1
    }
  }
}
