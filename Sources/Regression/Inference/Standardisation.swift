import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the responses would average if everyone in a population had one value of a variable and kept the others:
/// adjusted means, rates or risks by marginal standardisation (Lane and Nelder 1982; Graubard and Korn 1999).
///
/// The standard errors are the delta method's, from the fit's covariance, with the population taken as known.
public struct AdjustedMeans: Sendable, Hashable {
  /// The variable that was set.
  public let variable: String
  /// Its values.
  public let levels: [String]
  /// The mean at each value.
  public let estimates: [Double]
  /// Their covariance.
  public let covariance: Matrix
  /// How intervals and tests are made.
  public let reference: ReferenceDistribution
  /// The probability content of intervals.
  public let confidence: Double
  /// Rows of the population that lack a value and took no part.
  public let incompleteRows: Int

  /// An estimate with its interval and the test that there is no difference.
  public struct Estimate: Sendable, Hashable {
    /// The value of the variable.
    public let level: String
    /// The mean, difference or ratio.
    public let estimate: Double
    /// Its standard error; of a ratio that of its logarithm.
    public let standardError: Double
    /// The lower end of the interval; of a ratio on the scale of the logarithm.
    public let lower: Double
    /// The upper end of the interval.
    public let upper: Double
    /// The probability of a difference from 0 (of a ratio from 1) as large; NaN for a mean.
    public let pValue: Double
  }

  /// The means with their intervals.
  ///
  /// - Complexity: O(levels).
  public var means: [Estimate] {
    let quantile = reference.twoSidedQuantile(confidence: confidence)
    return levels.indices.map { index in
      let error = covariance[index, index].squareRoot()
      return Estimate(
        level: levels[index], estimate: estimates[index], standardError: error,
        lower: estimates[index] - quantile * error, upper: estimates[index] + quantile * error, pValue: .nan)
    }
  }

  /// The differences from one of the levels: rate or risk differences.
  ///
  /// - Precondition: `base` is the index of a level.
  /// - Complexity: O(levels).
  public func differences(from base: Int = 0) -> [Estimate] {
    contrasts(base, gradient: [Double](repeating: 1, count: levels.count), values: estimates) { $0 }
  }

  /// The ratios to one of the levels: rate or risk ratios, their intervals by the logarithm.
  ///
  /// - Precondition: `base` is the index of a level, and all means are positive.
  /// - Complexity: O(levels).
  public func ratios(to base: Int = 0) -> [Estimate] {
    contrasts(base, gradient: estimates.map { 1 / $0 }, values: estimates.map { log($0) }) { exp($0) }
  }

  private func contrasts(
    _ base: Int, gradient: [Double], values: [Double], back: (Double) -> Double
  ) -> [Estimate] {
    precondition(levels.indices.contains(base), "no such level")
    let quantile = reference.twoSidedQuantile(confidence: confidence)
    return levels.indices.filter { $0 != base }.map { index in
      let difference = values[index] - values[base]
      let variance =
        gradient[index] * gradient[index] * covariance[index, index]
        + gradient[base] * gradient[base] * covariance[base, base]
        - 2 * gradient[index] * gradient[base] * covariance[index, base]
      let error = max(0, variance).squareRoot()
      return Estimate(
        level: levels[index], estimate: back(difference), standardError: error,
        lower: back(difference - quantile * error), upper: back(difference + quantile * error),
        pValue: reference.pValue(difference / error))
    }
  }
}

/// What a mean over a population counts.
public enum Averaging: Sendable, Hashable {
  /// Every row as one.
  case rows
  /// Every row by its weight: frequencies, trials, sampling weights.
  case weights
  /// Totals over the sum of the exposures exp(offset), for log links: the mean is a rate, standardised to the person-years
  /// of the population.
  case exposure
}
