import Regression
import Tables
import Testing

/// Expected values by `predict` of R 4.2.2.
@Suite struct PredictionTests {
  @Test("fitted rows have R's values and errors on both scales") func fitted() throws {
    let prediction = try FitTests.poisson().predictions()
    #expect(
      agree(
        Array(prediction.linearPredictor[..<3]), [2.27973811073058, 2.02374977275754, 0.95114704593539],
        within: 1e-11))
    #expect(
      agree(
        Array(prediction.linearPredictorStandardError[..<3]),
        [0.135636003403902, 0.144344698842616, 0.168626535619795],
        within: 1e-10))
    #expect(
      agree(
        Array(prediction.mean[..<3]), [9.77412033708151, 7.56664500286408, 2.58867728874892], within: 1e-11))
    #expect(
      agree(
        Array(prediction.meanStandardError[..<3]), [1.325722619310531, 1.092205094187398, 0.436519683039375],
        within: 1e-10))
    #expect(prediction.observation == nil)
  }

  @Test("new rows of a linear model have confidence and prediction intervals") func linear() throws {
    let fit = try Regression.fit("z ~ x * s + g", to: ExampleData.table, options: FitOptions(weights: "w"))
    let new = Table([
      .init("x", numbers: [0, 2.5, 9]), .init("s", text: ["f", "m", "m"]), .init("g", text: ["a", "d", "b"]),
    ])
    let prediction = try fit.predictions(for: new)
    #expect(
      agree(prediction.mean, [3.09151111300881, 3.86535482079429, 7.80299008667745], within: 1e-11))
    #expect(agree(prediction.lower, [1.68122312883273, 3.10735260919647, 5.51397544384502], within: 1e-11))
    #expect(agree(prediction.upper, [4.50179909718489, 4.62335703239212, 10.09200472950988], within: 1e-11))
    let interval = try #require(prediction.observation)
    // R's third row has weight 2; ours are of weight 1.
    #expect(agree(Array(interval.lower[..<2]), [-1.799591581650863, -0.878961855417664], within: 1e-11))
    #expect(agree(Array(interval.upper[..<2]), [7.98261380766848, 8.60967149700625], within: 1e-11))
    #expect(agree(try fit.with(confidence: 0.5).predictions(for: new).mean, prediction.mean, within: 1e-15))
  }

  @Test("offsets of new rows count, missing ones are errors, new levels too") func offsets() throws {
    let fit = try FitTests.poisson()
    func new(_ e: Double, _ g: String) -> Table {
      Table([.init("x", numbers: [1]), .init("g", text: [g]), .init("s", text: ["f"]), .init("e", numbers: [e])])
    }
    let one = try fit.predictions(for: new(10, "a")).mean[0]
    let ten = try fit.predictions(for: new(100, "a")).mean[0]
    #expect(agree([ten], [10 * one], within: 1e-12))
    #expect(throws: RegressionError.self) { try fit.predictions(for: new(10, "z")) }
    let without = Table([.init("x", numbers: [1]), .init("g", text: ["a"]), .init("s", text: ["f"])])
    #expect(throws: RegressionError.self) { try fit.predictions(for: without) }
  }

  @Test("rows with missing values have no prediction and are named") func incomplete() throws {
    let fit = try Regression.fit("z ~ x + s", to: ExampleData.table)
    let new = Table([.init("x", numbers: [1, .nan, 3]), .init("s", text: ["f", "m", "m"])])
    let prediction = try fit.predictions(for: new)
    #expect(prediction.mean[1].isNaN)
    #expect(prediction.mean[0].isFinite && prediction.mean[2].isFinite)
    #expect(prediction.incompleteRows == [1])
  }

  @Test("a row that breaks the relation of an aliased column cannot be predicted") func inestimable() throws {
    let twice = ExampleData.table.numbers("x")!.map { 2 * $0 }
    let table = Table(ExampleData.table.columns + [.init("twice", numbers: twice)])
    let fit = try Regression.fit("z ~ x + twice", to: table)
    #expect(fit.warnings.contains(.aliased(terms: ["twice"])))
    #expect(fit["twice"]?.isAliased == true)
    let prediction = try fit.predictions(for: Table([.init("x", numbers: [1, 1]), .init("twice", numbers: [2, 3])]))
    #expect(prediction.inestimableRows == [1])
    #expect(prediction.mean[0].isFinite && prediction.mean[1].isNaN)
  }

  @Test("intervals of falling links keep their order, and end at infinity where 1/η does") func inverse() throws {
    let fit = try Regression.fit("z ~ x", to: ExampleData.table, family: .gamma)
    let prediction = try fit.predictions(for: Table([.init("x", numbers: [0, 10, 60])]))
    #expect(prediction.lower[0] < prediction.mean[0] && prediction.mean[0] < prediction.upper[0])
    // η = 0.038 with an error of about 0.05: 1/η has no upper end.
    #expect(prediction.lower[1] < prediction.mean[1] && prediction.upper[1] == .infinity)
    // η = −1.06: no mean that a gamma could have.
    #expect(prediction.impossibleRows == [2])
    #expect(prediction.linearPredictor[2] < -1 && prediction.mean[2].isNaN && prediction.upper[2].isNaN)
  }
}
