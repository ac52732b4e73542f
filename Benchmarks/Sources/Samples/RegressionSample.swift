import Foundation
import Regression

/// Rows drawn from a model that is known, the same in every run.
package struct RegressionSample: Sendable {
  package let layout: DesignLayout
  package let rows: DesignRows
  package let family: Family
  /// The coefficients that the rows were drawn with, in the order of the columns.
  package let truth: [Double]

  /// Draws rows.
  ///
  /// - Parameters:
  ///   - numerics: how many columns of uniform numbers with mean 0 and variance 1.
  ///   - factors: how many levels each factor has.
  package init(rows count: Int, numerics: Int, factors: [Int] = [], family: Family) {
    var numbers = Numbers()
    self.family = family
    layout = Self.layout(numerics: numerics, factors: factors)
    let intercept = family == .gaussian ? 3.0 : family == .poisson ? -1.0 : -2.0
    let slopes = (0..<numerics).map { 0.5 * (Double($0 + 1) / Double(numerics) - 0.5) }
    let effects = factors.map { levels in [0.0] + (1..<levels).map { _ in numbers.uniform() - 0.5 } }
    truth = [intercept] + slopes + effects.flatMap { $0.dropFirst() }
    let x = (0..<numerics).map { _ in (0..<count).map { _ in (numbers.uniform() - 0.5) * 12.0.squareRoot() } }
    let codes = factors.map { levels in (0..<count).map { _ in Int32(numbers.uniform() * Double(levels)) } }
    let offset = family == .poisson ? (0..<count).map { _ in log(0.5 + numbers.uniform()) } : nil
    let response = (0..<count).map { row in
      var eta = intercept + (offset?[row] ?? 0)
      for (column, slope) in zip(x, slopes) { eta += slope * column[row] }
      for (code, effect) in zip(codes, effects) { eta += effect[Int(code[row])] }
      return numbers.draw(family, at: eta)
    }
    rows = DesignRows(count: count, numerics: x, codes: codes, response: response, offset: offset)
  }

  /// How many standard errors the farthest coefficient is from what the rows were drawn with; infinite where the fit has
  /// not converged.
  package func distance(of fit: Fit) -> Double {
    guard fit.converged else { return .infinity }
    return zip(fit.coefficients, truth).reduce(0) { max($0, abs($1.0.estimate - $1.1) / $1.0.standardError) }
  }

  private static func layout(numerics: Int, factors: [Int]) -> DesignLayout {
    var columns = [DesignColumn(name: "(Intercept)", term: 0, numeric: nil, codings: [])]
    columns += (0..<numerics).map { DesignColumn(name: "x\($0)", term: $0 + 1, numeric: $0, codings: []) }
    for (f, levels) in factors.enumerated() {
      columns += (1..<levels).map { level in
        DesignColumn(
          name: "f\(f)\(level)", term: numerics + f + 1, numeric: nil,
          codings: [FactorCoding(factor: f, values: .indicator(level: level))])
      }
    }
    return DesignLayout(
      factors: factors.enumerated().map { DesignFactor(name: "f\($0)", levels: (0..<$1).map(String.init)) },
      numericCount: numerics, columns: columns,
      terms: (0..<numerics).map { "x\($0)" } + factors.indices.map { "f\($0)" }, hasIntercept: true)
  }
}

/// Numbers that follow from a seed (a linear congruence, Knuth's MMIX).
private struct Numbers {
  private var state: UInt64 = 42

  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) * 0x1p-53
  }

  /// A response with that linear predictor: a Poisson count by Knuth's product of uniforms, 0 or 1, or normal noise as
  /// the sum of twelve uniforms.
  mutating func draw(_ family: Family, at eta: Double) -> Double {
    switch family {
    case .poisson:
      let limit = exp(-exp(eta))
      var (count, product) = (0.0, uniform())
      while product > limit {
        product *= uniform()
        count += 1
      }
      return count
    case .binomial: return uniform() < 1 / (1 + exp(-eta)) ? 1 : 0
    default: return eta + 2 * ((0..<12).reduce(0) { sum, _ in sum + uniform() } - 6)
    }
  }
}
