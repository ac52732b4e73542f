internal import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The scoring step of a family and link on a block of rows: linear predictors become weights and scores.
///
/// Poisson with log link and binomial with logit link run through vector kernels, which sum Σ a(yη − μ) and
/// Σ a(yη − log(1 + e^η)): the deviance is twice the difference to the saturated sum, which depends on the responses
/// alone. `ResponseModel.step` is the clear form of all of them.
struct BlockStep: Sendable {
  enum Kind: Sendable { case poissonLog, binomialLogit, linear, general }

  let model: ResponseModel
  let kind: Kind

  /// - Parameter clear: whether to take the clear form whatever the family.
  init(_ model: ResponseModel, clear: Bool = false) {
    self.model = model
    kind =
      if clear {
        .general
      } else {
        switch (model.family, model.link) {
        case (.poisson, .log), (.quasiPoisson, .log): .poissonLog
        case (.binomial, .logit), (.quasiBinomial, .logit): .binomialLogit
        case (.gaussian, .identity): .linear
        default: .general
        }
      }
  }

  /// The totals of all rows, with the part of the deviance added that the kernels leave out.
  func completed(_ totals: WorkingTotals, at point: ScoringPoint, saturatedDeviance: Double) -> WorkingTotals {
    var totals = totals
    if case .coefficients = point, kind == .poissonLog || kind == .binomialLogit {
      totals.deviance += saturatedDeviance
    }
    totals.isValid = totals.isValid && totals.deviance.isFinite
    return totals
  }

  /// Weights and scores of a block at its linear predictors, which may be overwritten.
  @inline(__always)
  func callAsFunction(
    _ n: Int, eta: UnsafeMutablePointer<Double>, y: UnsafePointer<Double>, a: UnsafePointer<Double>?,
    mean: UnsafeMutablePointer<Double>, weight: UnsafeMutablePointer<Double>, score: UnsafeMutablePointer<Double>,
    totals: inout WorkingTotals
  ) {
    let edge = 10 * Double.ulpOfOne
    switch kind {
    case .poissonLog:
      totals.deviance -= 2 * ph_poisson_log_block(eta, y, a, n, mean, weight, score)
      totals.boundaryRows += ph_count_outside(mean, n, edge, .infinity)
      totals.pearson += ph_pearson(weight, score, n)
    case .binomialLogit:
      totals.deviance -= 2 * ph_binomial_logit_block(eta, y, a, n, mean, weight, score)
      totals.boundaryRows += ph_count_outside(mean, n, edge, 1 - edge)
      totals.pearson += ph_pearson(weight, score, n)
    case .linear:
      var sum = 0.0
      if let a {
        for i in 0..<n {
          let residual = y[i] - eta[i]
          weight[i] = a[i]
          score[i] = a[i] * residual
          sum += score[i] * residual
        }
      } else {
        for i in 0..<n {
          let residual = y[i] - eta[i]
          weight[i] = 1
          score[i] = residual
          sum += residual * residual
        }
      }
      totals.deviance += sum
      totals.pearson += sum
    case .general:
      for i in 0..<n {
        (mean[i], weight[i], score[i]) = model.step(eta: eta[i], y: y[i], weight: a?[i] ?? 1, totals: &totals)
      }
    }
  }

  /// Weights and scores of a block at R's starting means; the deviance of a linear model at coefficients of 0.
  func start(
    _ n: Int, y: UnsafePointer<Double>, a: UnsafePointer<Double>?, offset: UnsafePointer<Double>?,
    weight: UnsafeMutablePointer<Double>, score: UnsafeMutablePointer<Double>, totals: inout WorkingTotals
  ) {
    if kind == .linear, a == nil {
      var sum = 0.0
      for i in 0..<n {
        let residual = y[i] - (offset?[i] ?? 0)
        weight[i] = 1
        score[i] = residual
        sum += residual * residual
      }
      totals.deviance += sum
      return
    }
    for i in 0..<n {
      (weight[i], score[i]) = model.startingStep(
        y: y[i], weight: a?[i] ?? 1, offset: offset?[i] ?? 0, totals: &totals)
    }
  }

  /// Σ η² over the rows of positive weight, as the deviance; weights and scores are 0.
  func length(
    _ n: Int, eta: UnsafeMutablePointer<Double>, a: UnsafePointer<Double>?, weight: UnsafeMutablePointer<Double>,
    score: UnsafeMutablePointer<Double>, totals: inout WorkingTotals
  ) {
    for i in 0..<n {
      if a?[i] != 0 { totals.deviance += eta[i] * eta[i] }
      weight[i] = 0
      score[i] = 0
    }
  }
}
