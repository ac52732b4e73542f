import Regression

/// One of the cases that the peers are timed on: the design, the rows and the family.
struct RegressionCase {
  let name: String
  let layout: DesignLayout
  let rows: DesignRows
  let family: Family

  /// Reads the arrays of a case.
  ///
  /// - Parameters:
  ///   - name: `a` Poisson with offset, `b` logistic, `c` and `e` linear, `d` Poisson with three factors.
  ///   - folder: the folder with the `.npy` files.
  init(_ name: String, folder: String) throws {
    func array(_ file: String) throws(NumPyArray.Failure) -> NumPyArray {
      try NumPyArray("\(folder)/\(name)_\(file).npy")
    }
    func vector(_ file: String) throws(NumPyArray.Failure) -> [Double] { try array(file).doubles()[0] }
    self.name = name
    family =
      switch name {
      case "a", "d": .poisson
      case "b": .binomial
      default: .gaussian
      }
    let isCategorical = name == "d"
    let numerics = try array(isCategorical ? "Z" : "X").doubles()
    let codes = try (isCategorical ? ["age", "sex", "area"] : []).map { file in try array(file).integers() }
    layout = Self.layout(
      numerics: numerics.count, factors: isCategorical ? [("age", 20), ("sex", 2), ("area", 300)] : [])
    rows = DesignRows(
      count: numerics[0].count, numerics: numerics, codes: codes, response: try vector("y"),
      offset: family == .poisson ? try vector("off") : nil)
  }

  /// An intercept, a column a numeric, and one a level of each factor but its first: the order of the peers.
  static func layout(numerics: Int, factors: [(name: String, levels: Int)]) -> DesignLayout {
    var columns = [DesignColumn(name: "(Intercept)", term: 0, numeric: nil, codings: [])]
    for j in 0..<numerics {
      columns.append(DesignColumn(name: "x\(j)", term: j + 1, numeric: j, codings: []))
    }
    for (f, factor) in factors.enumerated() {
      for level in 1..<factor.levels {
        columns.append(
          DesignColumn(
            name: "\(factor.name)\(level)", term: numerics + f + 1, numeric: nil,
            codings: [FactorCoding(factor: f, values: .indicator(level: level))]))
      }
    }
    return DesignLayout(
      factors: factors.map { DesignFactor(name: $0.name, levels: (0..<$0.levels).map(String.init)) },
      numericCount: numerics, columns: columns, terms: (0..<numerics).map { "x\($0)" } + factors.map(\.name),
      hasIntercept: true)
  }
}
