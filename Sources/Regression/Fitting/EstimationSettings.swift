/// How a model is fitted.
struct EstimationSettings: Sendable, Hashable {
  /// The relative change of the deviance at which a fit has converged; the last step must be small as well, which
  /// `Scoring` says more of.
  var tolerance = 1e-8

  /// A column counts as aliased when less than this part of its length is left after regression on the columns before
  /// it, as in R's QR decomposition.
  var rankTolerance = 1e-11

  /// The most passes of scoring.
  var maximumIterations = 200

  /// The most threads, nil for all processors. The result does not depend on it.
  var threads: Int?

  /// Whether a large fit starts from a fit to every twentieth row.
  var warmStart = true

  /// A quadratic penalty a column: Σ penalty·β² is added to the deviance. Nil for none.
  var penalty: [Double]?

  /// The coefficients to start from, nil for R's start.
  var start: [Double]?

  /// Whether weights count rows: two rows of weight 1 are then one row of weight 2 in every degree of freedom.
  var weightsAreFrequencies = false
}
