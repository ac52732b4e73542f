import LinearAlgebra

/// What a fit found, before any inference.
struct Estimate: Sendable, Hashable {
  /// How the last system was solved.
  enum Solver: Sendable, Hashable {
    /// By Cholesky's decomposition of X′WX.
    case cholesky
    /// By a QR decomposition of √W X, where X′WX lost too many digits.
    case qr
  }

  /// What went less than smoothly.
  enum Message: Sendable, Hashable {
    /// The iteration's end was reached before the tolerance.
    case notConverged(iterations: Int)
    /// No shorter step lowered the deviance further although the tolerance was not reached.
    case stalled
    /// The estimate lies at the edge of the admissible means: the last step had to be shortened to stay inside.
    case boundary
    /// The warm start was not used: the sample's design was deficient or its fit did not converge.
    case coldStart
  }

  /// The coefficients, NaN where the column is aliased.
  var coefficients: [Double]

  /// Which columns are linear combinations of the columns before them.
  var aliased: [Bool]

  /// (X′WX)⁻¹ at the last pass, without the dispersion; NaN rows and columns where aliased.
  var unscaledCovariance: Matrix

  /// The deviance of the fit.
  var deviance: Double

  /// The deviance of the model of the intercept alone (of the offset alone, where there is no intercept).
  var nullDeviance: Double

  /// The log-likelihood with every constant; nil for the quasi-families.
  var logLikelihood: Double?

  /// Pearson's Σ w(y − μ)²/V(μ).
  var pearson: Double

  /// How many passes the scoring took, those over the sample of a warm start not counted.
  var iterations: Int

  /// Whether the tolerance was reached.
  var converged: Bool

  /// How many steps were halved.
  var stepHalvings: Int

  /// How many rows have a mean that is numerically 0 or 1.
  var boundaryRows: Int

  /// How many rows there were, those of zero weight among them.
  var rowCount: Int

  /// How many rows have weight zero.
  var zeroWeightRows: Int

  /// Σ of the prior weights.
  var sumOfWeights: Double

  /// n of the degrees of freedom: the rows with a positive weight, or the sum of the weights where they are
  /// frequencies.
  var observationCount: Double

  /// How the last system was solved.
  var solver: Solver

  /// What went less than smoothly.
  var messages: [Message]

  /// How many coefficients were estimated.
  var rank: Int { aliased.count { !$0 } }

  /// n − rank.
  var residualDegreesOfFreedom: Double { observationCount - Double(rank) }
}
