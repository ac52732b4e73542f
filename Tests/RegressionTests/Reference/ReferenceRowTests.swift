import Regression
import Tables
import Testing

/// Row by row: fitted values, residuals and influence of R's fits, and predictions.
@Suite("Rows of R's fits")
struct ReferenceRowTests {
  static let regular = ReferenceFitTests.regular

  @Test("fitted values and linear predictors", arguments: regular)
  func fitted(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let diagnostics = try reference.fit().diagnostics()
    let fitted = try #require(reference.fitted)
    expectAgreement(Array(diagnostics.fitted.prefix(fitted.count)), fitted, to: reference.agreement, "fitted")
    if let linear = reference.linearPredictor {
      // A linear predictor may be near zero; its scale is 1 under the links that these fits have.
      expectAgreement(
        diagnostics.linearPredictor, linear, to: reference.agreement, floor: linear.map { _ in 1 }, "linear predictor")
    }
    if let dropped = reference.droppedRows {
      let kept = (1...(dropped.count + fitted.count)).filter { !dropped.contains($0) }
      #expect(diagnostics.sourceRows == kept.map { $0 - 1 })
    }
  }

  @Test("residuals of every kind", arguments: regular)
  func residuals(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let diagnostics = try reference.fit().diagnostics()
    let kinds = [
      ("response", diagnostics.responseResiduals), ("pearson", diagnostics.pearsonResiduals),
      ("deviance", diagnostics.devianceResiduals), ("working", diagnostics.workingResiduals),
    ]
    for (kind, values) in kinds {
      guard let expected = reference.residuals?[kind] else { continue }
      // A residual is a difference: its digits are those of the response and the mean, whose size the largest residual
      // stands for. A deviance residual is the root of such a difference, and keeps half the digits near zero.
      let scale = expected.map(abs).max() ?? 1
      let relative = kind == "deviance" ? max(reference.agreement, 1e-7) : reference.agreement
      expectAgreement(values, expected, to: relative, floor: expected.map { _ in scale }, "\(kind) residual")
    }
  }

  @Test("leverages, Cook's distances, standardised and studentised residuals", arguments: regular)
  func influence(name: String) throws {
    let reference: ReferenceFit = try References.read("glm", name)
    let diagnostics = try reference.fit().diagnostics()
    // Residuals near zero again: the scale is 1 for those divided by their standard deviation, and for leverages and
    // Cook's distances their largest.
    func expect(_ values: [Double], _ expected: [Double?]?, scale: Double?, to relative: Double, _ what: String) {
      guard let expected else { return }
      let largest = expected.compactMap { $0 }.map(abs).max() ?? 1
      expectAgreement(values, expected, to: relative, floor: expected.map { _ in scale ?? largest }, what)
    }
    let agreement = reference.agreement
    expect(diagnostics.leverages, reference.leverage, scale: nil, to: agreement, "leverage")
    expect(diagnostics.cooksDistances, reference.cooksDistance, scale: nil, to: 10 * agreement, "Cook's distance")
    let relative = max(agreement, 1e-7)
    expect(
      diagnostics.standardisedResiduals, reference.standardisedResiduals, scale: 1, to: relative,
      "standardised residual")
    expect(
      diagnostics.studentisedResiduals, reference.studentisedResiduals, scale: 1, to: relative, "studentised residual")
  }

  @Test("predictions for new rows with confidence and prediction limits")
  func newRows() throws {
    let reference: ReferenceFit = try References.read("glm", "cars_lm_prediction")
    let expected = try #require(reference.prediction)
    let new = Table([Table.Column("speed", numbers: try #require(expected.speed))])
    let prediction = try reference.fit().predictions(for: new)
    let confidence = try #require(expected.confidence)
    expectAgreement(prediction.mean, confidence.map { $0[0] }, to: 1e-9, "mean")
    expectAgreement(prediction.lower, confidence.map { $0[1] }, to: 1e-9, "lower confidence limit")
    expectAgreement(prediction.upper, confidence.map { $0[2] }, to: 1e-9, "upper confidence limit")
    let limits = try #require(expected.prediction)
    let observation = try #require(prediction.observation)
    expectAgreement(observation.lower, limits.map { $0[1] }, to: 1e-9, "lower prediction limit")
    expectAgreement(observation.upper, limits.map { $0[2] }, to: 1e-9, "upper prediction limit")
  }

  @Test("predictions on both scales with their standard errors")
  func scales() throws {
    let reference: ReferenceFit = try References.read("glm", "birthwt_logistic")
    let expected = try #require(reference.prediction)
    let prediction = try reference.fit().predictions()
    let pairs = [
      (prediction.linearPredictor, expected.link), (prediction.linearPredictorStandardError, expected.linkSe),
      (prediction.mean, expected.response), (prediction.meanStandardError, expected.responseSe),
    ]
    for (values, figures) in pairs {
      let figures = try #require(figures)
      expectAgreement(Array(values.prefix(figures.count)), figures, to: 1e-9, "prediction")
    }
  }
}
