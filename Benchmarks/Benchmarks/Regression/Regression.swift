import Benchmark
import Measure
@_spi(Measurement) import Regression
import Samples

/// The pass of Fisher scoring, and fits of the shapes that other software is timed on, reduced, from figures that are made
/// here.
let benchmarks: @Sendable () -> Void = {
  // Made when a case runs: the tool starts every suite twice, first for the names alone.
  let poisson: Making = { RegressionSample(rows: 200_000, numerics: 20, family: .poisson) }
  let factors: Making = { RegressionSample(rows: 500_000, numerics: 4, factors: [20, 2, 300], family: .poisson) }

  scoringPass(
    "ScoringPass-Poisson-200000-rows-20-columns", rows: 200_000, poisson,
    floor: .init(12, "168 bytes a row at 14 GB/s"), against: .polynomials)
  scoringPass(
    "ScoringPass-Poisson-500000-rows-factors-20-2-300", rows: 500_000, factors,
    floor: .init(4.3, "60 bytes a row at 14 GB/s"), against: .singles, slack: 30)

  fit(
    "Fit-Poisson-200000-rows-20-columns", rows: 200_000, floor: .init(36, "three passes of 168 bytes at 14 GB/s"),
    against: .polynomials, poisson)
  fit(
    "Fit-logistic-200000-rows-20-columns", rows: 200_000, floor: .init(36, "three passes of 168 bytes at 14 GB/s"),
    against: .polynomials
  ) {
    RegressionSample(rows: 200_000, numerics: 20, family: .binomial)
  }
  fit(
    "Fit-linear-200000-rows-50-columns", rows: 200_000,
    floor: .init(31, "1,326 multiplications and additions at 16 a cycle, 2.7 GHz"), against: .polynomials
  ) {
    RegressionSample(rows: 200_000, numerics: 50, family: .gaussian)
  }
  fit(
    "Fit-Poisson-500000-rows-factors-20-2-300", rows: 500_000, floor: .init(13, "three passes of 60 bytes at 14 GB/s"),
    against: .singles, slack: 30, factors)
  fit(
    "Fit-linear-3000-rows-500-columns", rows: 3_000,
    floor: .init(3_100, "125,000 multiplications and additions at 16 a cycle, and the triangle, 2.7 GHz"),
    against: .polynomials
  ) {
    RegressionSample(rows: 3_000, numerics: 500, family: .gaussian)
  }
}

private typealias Making = @Sendable () -> RegressionSample

/// One pass at the coefficients that the rows were drawn with.
private func scoringPass(
  _ name: String, rows: Int, _ sample: @escaping Making, floor: Case.Floor, against reference: Reference,
  slack: Double = 15
) {
  guarded(
    Case(name, unit: "row", units: Double(rows), floor: floor, against: reference, slack: slack)
  ) {
    let sample = sample()
    return try (pass: ScoringPass(sample.layout, sample.rows, family: sample.family), beta: sample.truth)
  } kernel: { work in
    try work.pass.deviance(at: work.beta) / Double(rows)
  } complaint: { deviance in
    // The mean deviance of Poisson counts of small means is near 1.
    deviance > 0.5 && deviance < 1.5 ? nil : "the mean deviance is \(deviance)"
  }
}

/// A whole fit with standard errors.
private func fit(
  _ name: String, rows: Int, floor: Case.Floor, against reference: Reference, slack: Double = 15,
  _ sample: @escaping Making
) {
  guarded(
    Case(name, unit: "row", units: Double(rows), floor: floor, against: reference, slack: slack)
  ) {
    sample()
  } kernel: { sample in
    let fit = try Regression.fit(sample.layout, sample.rows, family: sample.family, options: FitOptions(threads: 1))
    return sample.distance(of: fit)
  } complaint: { distance in
    // With some 1,000 coefficients in all cases chance comes six standard errors away once in a million suites.
    distance <= 6 ? nil : "a coefficient is \(distance) standard errors from what the rows were drawn with"
  }
}
