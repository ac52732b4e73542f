/// What stands in each column of a design: everything but the rows. Factors stay codes; no dummy column is ever stored.
///
/// Column j of row i is `numerics[column.numeric][i] × Π coding[codes[factor][i]]`; a column without a numeric starts from
/// 1, one without codings has no product. The columns stand in R's order and have R's names.
public struct DesignLayout: Sendable, Hashable {
  /// The factors, in order of first use.
  public let factors: [DesignFactor]

  /// How many numeric vectors a block of rows carries (columns of the file, transformed ones, spline and polynomial
  /// bases, products of numerics).
  public let numericCount: Int

  /// The columns of the design, in R's order.
  public let columns: [DesignColumn]

  /// The names of the terms as R writes them (`age:sex`); `DesignColumn.term` counts into them from 1, 0 is the
  /// intercept.
  public let terms: [String]

  /// Whether the design has an intercept, which is then column 0.
  public let hasIntercept: Bool

  /// A layout from its parts.
  public init(
    factors: [DesignFactor], numericCount: Int, columns: [DesignColumn], terms: [String], hasIntercept: Bool
  ) {
    self.factors = factors
    self.numericCount = numericCount
    self.columns = columns
    self.terms = terms
    self.hasIntercept = hasIntercept
  }
}

/// A factor of a design.
public struct DesignFactor: Sendable, Hashable {
  /// The variable as the formula writes it: `sex`, `factor(cyl)`.
  public let name: String

  /// Its levels; a row's code counts into them from 0.
  public let levels: [String]

  /// A factor from its parts.
  public init(name: String, levels: [String]) {
    self.name = name
    self.levels = levels
  }
}

/// One column of a design.
public struct DesignColumn: Sendable, Hashable {
  /// The column's name as R writes it: `(Intercept)`, `sexmale`, `age20-24:sexmale`, `poly(x, 2)1`.
  public let name: String

  /// The term that the column belongs to, counted from 1; 0 is the intercept.
  public let term: Int

  /// The numeric vector that the column carries; nil stands for the constant 1.
  public let numeric: Int?

  /// What each factor multiplies in.
  public let codings: [FactorCoding]

  /// A column from its parts.
  public init(name: String, term: Int, numeric: Int?, codings: [FactorCoding]) {
    self.name = name
    self.term = term
    self.numeric = numeric
    self.codings = codings
  }
}

/// One column of a factor's coding.
public struct FactorCoding: Sendable, Hashable {
  /// The value of each level.
  public enum Values: Sendable, Hashable {
    /// 1 for one level, 0 for all others.
    case indicator(level: Int)
    /// A value a level: a column of a sum or polynomial contrast.
    case levels([Double])
  }

  /// Which of the layout's factors.
  public let factor: Int

  /// The value of each level.
  public let values: Values

  /// A coding from its parts.
  public init(factor: Int, values: Values) {
    self.factor = factor
    self.values = values
  }

  /// The value of a level.
  ///
  /// - Complexity: O(1).
  public func value(ofLevel code: Int) -> Double {
    switch values {
    case .indicator(let level): code == level ? 1 : 0
    case .levels(let values): values[code]
    }
  }
}
