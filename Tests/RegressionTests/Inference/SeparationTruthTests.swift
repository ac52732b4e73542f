@testable import Regression
import Testing

/// Small random data whose separation is known: how many rows a linear programme (SciPy 1.17, HiGHS) can fit exactly,
/// the largest number of rows that move towards their responses along some direction while none moves away (Konis 2007).
@Suite struct SeparationTruthTests {
  @Test("binomial data are separated exactly where the linear programme says so") func binomial() throws {
    let expected = [
      0, 0, 8, 0, 22, 0, 0, 0, 0, 0, 13, 0, 0, 13, 0, 0, 0, 0, 0, 7, 14, 0, 1, 16, 0, 3, 0, 5, 0, 0, 0, 17, 0, 11, 0,
      15, 16, 0, 20, 0, 14, 0, 8, 9, 0, 0, 0, 0, 0, 7, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 17, 0, 9, 0, 5, 0, 0,
      0, 16, 0, 0, 0, 0, 7, 27, 20, 0, 0, 0, 0, 22, 16, 0, 11, 0, 0, 0, 32, 3, 0, 0, 0, 6, 6, 0, 0, 9, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 10, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 6, 0, 7, 0, 0, 0, 8, 14, 0, 0, 4, 24, 0, 7, 3, 10, 0, 6, 0, 4,
      0, 10, 0, 0, 7, 17, 4, 0, 7, 2, 14, 0, 0, 0, 0, 0, 0, 0, 15, 0, 13, 6, 0, 0, 14, 8, 0, 0, 0, 0, 0, 15, 0, 0, 9,
      0, 0, 19, 14, 0, 7, 0, 0, 0, 0, 0, 0, 0, 15, 0, 21, 0, 3, 0, 0, 19, 3, 0, 9,
    ]
    let wrong = try wrongSeeds(.binomial, expected)
    #expect(wrong == [])
  }

  @Test("Poisson data are separated exactly where the linear programme says so") func poisson() throws {
    let expected = [
      0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 11, 11, 0, 0, 0, 5, 0, 0, 0, 10, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 6, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 2,
      0, 0, 0, 5, 0, 0, 0, 5, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 22, 0, 0, 4, 0, 0, 0, 3, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0,
      0, 9, 0, 2, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
      0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 0, 8, 0, 0,
    ]
    let wrong = try wrongSeeds(.poisson, expected)
    #expect(wrong == [])
  }

  @Test("where vanishing weights hide a column, it is not called aliased, and Firth's penalty estimates it")
  func vanishingWeights() throws {
    let (layout, rows) = data(seed: 149, .poisson)
    let fit = try Regression.fit(layout, rows, family: .poisson)
    #expect(!fit.warnings.contains { if case .aliased = $0 { true } else { false } })
    let firth = try Regression.fit(layout, rows, family: .poisson, options: FitOptions(firth: true))
    #expect(firth.coefficients.allSatisfy { $0.estimate.isFinite && $0.standardError.isFinite && !$0.isAliased })
    #expect(firth.converged && firth.warnings.allSatisfy { if case .stepsHalved = $0 { true } else { false } })
  }

  /// The seeds whose data the search judges otherwise.
  private func wrongSeeds(_ family: Family, _ expected: [Int]) throws -> [String] {
    try expected.enumerated().compactMap { index, rows in
      let found = try separatedRows(seed: index + 1, family)
      return found == rows ? nil : "seed \(index + 1): \(found) rows in place of \(rows)"
    }
  }

  /// How many rows the search calls separated in the data of a seed.
  private func separatedRows(seed: Int, _ family: Family) throws -> Int {
    let (layout, rows) = data(seed: seed, family)
    for case .separation(let separation) in try Regression.fit(layout, rows, family: family).warnings {
      return separation.rows
    }
    return 0
  }

  /// The data of a seed.
  func data(seed: Int, _ family: Family) -> (DesignLayout, DesignRows) {
    var state = seed
    func next(_ bound: Int) -> Int {
      state = (state * 1_103_515_245 + 12345) % (1 << 31)
      return (state >> 16) % bound
    }
    let count = 14 + next(26)
    var (u, v, response) = ([Double](), [Double](), [Double]())
    var codes: [Int32] = []
    for _ in 0..<count {
      let (a, b, c) = (next(5), next(2), next(3))
      u.append(Double(a))
      v.append(Double(b))
      codes.append(Int32(c))
      response.append(family == .binomial ? (next(7) + a > 6 ? 1 : 0) : Double(max(0, next(5) + a - 4)))
    }
    let layout = DesignLayout(
      factors: [DesignFactor(name: "w", levels: ["0", "1", "2"])], numericCount: 2,
      columns: [
        DesignColumn(name: "(Intercept)", term: 0, numeric: nil, codings: []),
        DesignColumn(name: "u", term: 1, numeric: 0, codings: []),
        DesignColumn(name: "v", term: 2, numeric: 1, codings: []),
        DesignColumn(name: "w1", term: 3, numeric: nil, codings: [.init(factor: 0, values: .indicator(level: 1))]),
        DesignColumn(name: "w2", term: 3, numeric: nil, codings: [.init(factor: 0, values: .indicator(level: 2))]),
      ], terms: ["u", "v", "w"], hasIntercept: true)
    return (layout, DesignRows(count: count, numerics: [u, v], codes: [codes], response: response))
  }
}
