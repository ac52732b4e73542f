import LinearAlgebra
import Testing

@testable import Regression

@Suite("Estimation")
struct EstimationTests {
  /// Rows handed out in chunks, as a file would be.
  struct Chunks: RowSource {
    let rows: DesignRows
    let length: Int

    func forEachChunk(_ body: (DesignRows) throws(RegressionError) -> Void) throws(RegressionError) {
      for start in stride(from: 0, to: rows.count, by: length) {
        let range = start..<min(start + length, rows.count)
        try body(
          DesignRows(
            count: range.count, numerics: rows.numerics.map { Array($0[range]) },
            codes: rows.codes.map { Array($0[range]) }, response: Array(rows.response[range]),
            weights: rows.weights.map { Array($0[range]) }, offset: rows.offset.map { Array($0[range]) }))
      }
    }
  }

  static let exact: EstimationSettings = {
    var settings = EstimationSettings()
    settings.tolerance = 1e-12
    return settings
  }()

  static func agree(_ a: Estimate, _ b: Estimate, to tolerance: Double) -> Bool {
    let covariances = Array(zip(a.unscaledCovariance.values, b.unscaledCovariance.values))
    let largest = covariances.map { abs($0.0) }.max() ?? 1
    let pairs = Array(zip(a.coefficients, b.coefficients))
    let scalars = [
      (a.deviance, b.deviance), (a.nullDeviance, b.nullDeviance), (a.pearson, b.pearson),
      (a.logLikelihood ?? 0, b.logLikelihood ?? 0),
    ]
    // Coefficients are of order 1, covariances of the order of the largest.
    return pairs.allSatisfy { PassTests.agree($0, $1, scale: 1, to: tolerance) }
      && covariances.allSatisfy { PassTests.agree($0, $1, scale: largest, to: tolerance) }
      && scalars.allSatisfy { PassTests.agree($0, $1, to: tolerance) }
  }

  @Test("rows in chunks give the fit of the rows in memory", arguments: RandomDesign.shapes.indices)
  func streaming(shape: Int) throws {
    let design = RandomDesign(
      RandomDesign.shapes[shape], model: ResponseModel(family: .poisson, link: .log), rows: 9000, seed: 3)
    let whole = try estimate(design.layout, design.rows, family: .poisson, link: .log)
    let chunks = Chunks(rows: design.rows, length: 1700)
    let streamed = try estimate(design.layout, chunks, family: .poisson, link: .log)
    // The sums are the same but for the order of additions, which the condition of the design multiplies: hardly where
    // it is one of numerics and indicators, by up to a thousand for the contrasts.
    #expect(Self.agree(whole, streamed, to: RandomDesign.shapes[shape].contrasts ? 1e-10 : 1e-12))
  }

  /// Counts the passes.
  final class CountedPass<Pass: WorkingPass>: WorkingPass {
    let pass: Pass
    private(set) var passes = 0

    init(_ pass: Pass) { self.pass = pass }

    var layout: DesignLayout { pass.layout }
    var rows: Pass.Rows { pass.rows }
    var model: ResponseModel { pass.model }
    var threads: Int? { pass.threads }

    func sums(at point: ScoringPoint, gram: Bool) throws(RegressionError) -> PassSums {
      passes += 1
      return try pass.sums(at: point, gram: gram)
    }
  }

  @Test("least squares over many rows take one pass where that loses no digits that count, else two")
  func onePass() throws {
    let model = ResponseModel(family: .gaussian, link: .identity)
    /// The passes over the rows of a design whose first numeric is moved and whose response is multiplied.
    func fits(move: Double, tolerance: Double = 1e-8, weights: Bool = false) throws -> [(Scoring.Result, Int)] {
      let shape = RandomDesign.Shape(numerics: 4, levels: [], weights: weights, offset: true)
      let design = RandomDesign(shape, model: model, rows: 3000, seed: 14)
      var numerics = design.rows.numerics
      numerics[0] = numerics[0].map { $0 + move }
      let rows = DesignRows(
        count: 3000, numerics: numerics, codes: [], response: design.rows.response, weights: design.rows.weights,
        offset: design.rows.offset)
      var settings = EstimationSettings()
      settings.tolerance = tolerance
      return try [3000, 10_000_000].map { told in
        let pass = CountedPass(
          ColumnPass(layout: design.layout, rows: rows, step: BlockStep(model), saturatedDeviance: 0, threads: 1))
        var scoring = Scoring(model: model, settings: settings, safeStart: nil, rowCount: told)
        let fit = try scoring.fit(pass)
        return (fit, pass.passes)
      }
    }
    for weights in [false, true] {
      let both = try fits(move: 0, weights: weights)
      #expect(both.map(\.1) == [2, 1])
      // Four digits fewer than a double has: the condition number is below 1,000.
      #expect(zip(both[0].0.coefficients, both[1].0.coefficients).allSatisfy { abs($0 - $1) <= 1e-12 })
      #expect(abs(both[1].0.deviance / both[0].0.deviance - 1) < 1e-12)
      #expect(abs(both[1].0.totals.pearson / both[0].0.totals.pearson - 1) < 1e-12)
      #expect(both[1].0.converged && both[1].0.iterations == 1)
    }
    #expect(try fits(move: 1000).map(\.1) == [2, 2])
    #expect(try fits(move: 0, tolerance: 1e-12).map(\.1) == [2, 2])
  }

  @Test("a warm start ends where a cold one does")
  func warmStart() throws {
    let shape = RandomDesign.Shape(numerics: 2, levels: [5, 2], offset: true)
    let design = RandomDesign(shape, model: ResponseModel(family: .poisson, link: .log), rows: 210_000, seed: 8)
    var settings = Self.exact
    let warm = try estimate(design.layout, design.rows, family: .poisson, link: .log, settings: settings)
    settings.warmStart = false
    let cold = try estimate(design.layout, design.rows, family: .poisson, link: .log, settings: settings)
    #expect(warm.iterations < cold.iterations)
    // Each is within about 100 × tolerance of the maximum.
    #expect(Self.agree(warm, cold, to: 1e-10))
  }

  @Test("rows put together by cell give deviance, χ² and log-likelihood of the rows", arguments: Models.all)
  func compression(model: ResponseModel) throws {
    let shape = RandomDesign.Shape(
      numerics: 0, levels: [4, 3], interaction: true, weights: true,
      offset: model == ResponseModel(family: .poisson, link: .log))
    let design = RandomDesign(shape, model: model, rows: 3000, seed: 21)
    let responses = try ResponseTotals(design.rows, model: model, threads: 1)
    #expect(try CellCompression(design.layout, design.rows, model: model, responses: responses) != nil)
    let together = try estimate(
      design.layout, design.rows, family: model.family, link: model.link, settings: Self.exact)
    var scoring = Scoring(
      model: model, settings: Self.exact,
      safeStart: model.constantStart(design.layout, mean: responses.mean), rowCount: design.rows.count)
    let apart = try scoring.fit(DensePass(layout: design.layout, rows: design.rows, model: model))
    // At tolerance 1e-12 a fit is within about 1e-10 of the maximum, Pearson's χ² to first order of that.
    #expect(zip(together.coefficients, apart.coefficients).allSatisfy { PassTests.agree($0, $1, scale: 1, to: 1e-9) })
    #expect(PassTests.agree(together.deviance, apart.deviance, to: 1e-10))
    #expect(PassTests.agree(together.pearson, apart.totals.pearson, to: 1e-9))
    let covariance = apart.factor.covariance()
    #expect(
      zip(together.unscaledCovariance.values, covariance.values).allSatisfy {
        PassTests.agree($0, $1, scale: 1e-3, to: 1e-8)
      })
  }

  /// A design of an intercept and numeric columns.
  static func numeric(_ columns: [[Double]], response: [Double], weights: [Double]? = nil) -> (DesignLayout, DesignRows)
  {
    let layout = DesignLayout(
      factors: [], numericCount: columns.count,
      columns: [DesignColumn(name: "(Intercept)", term: 0, numeric: nil, codings: [])]
        + columns.indices.map { DesignColumn(name: "x\($0)", term: $0 + 1, numeric: $0, codings: []) },
      terms: columns.indices.map { "x\($0)" }, hasIntercept: true)
    return (
      layout, DesignRows(count: response.count, numerics: columns, codes: [], response: response, weights: weights)
    )
  }

  @Test("a column that repeats others is aliased, the first ones stay")
  func aliased() throws {
    let x = (0..<500).map { Double($0 % 23) }
    let z = (0..<500).map { Double($0 % 7) }
    let (layout, rows) = Self.numeric(
      [x, z, zip(x, z).map { 2 * $0 - 3 * $1 + 1 }, x.map { $0 * $0 }], response: x.map { $0 + 1 })
    let fit = try estimate(layout, rows, family: .poisson, link: .log)
    #expect(fit.aliased == [false, false, false, true, false])
    #expect(fit.coefficients[3].isNaN && fit.unscaledCovariance[3, 1].isNaN)
    #expect(fit.rank == 4 && fit.solver == .cholesky)
    let (smaller, kept) = Self.numeric([x, z, x.map { $0 * $0 }], response: rows.response)
    let expected = try estimate(smaller, kept, family: .poisson, link: .log)
    #expect(PassTests.agree(fit.coefficients[4], expected.coefficients[3], to: 1e-10))
  }

  @Test("columns stay in the fit when the weights of their rows vanish")
  func separated() throws {
    // Every row of the indicator has a success; its weight goes to 0.
    let x = (0..<40).map { Double($0 * 7 % 11) }
    let indicator = (0..<40).map { $0 % 8 == 0 ? 1.0 : 0 }
    let (layout, rows) = Self.numeric(
      [x, indicator], response: (0..<40).map { $0 % 8 == 0 || $0 % 3 == 0 ? 1 : 0 })
    var settings = EstimationSettings()
    settings.tolerance = 1e-15
    settings.maximumIterations = 60
    let fit = try estimate(layout, rows, family: .binomial, link: .logit, settings: settings)
    #expect(fit.aliased == [false, false, false])
    #expect(fit.coefficients[2] > 20)
    #expect(abs(fit.coefficients[1]) < 1)
  }

  @Test("columns that nearly repeat each other go through a QR decomposition")
  func collinear() throws {
    let x = (0..<200).map { Double($0) / 100 }
    // The second column leaves 1e-7 of its length: more than R's rank tolerance, less than cross-products can tell.
    let z = x.enumerated().map { $1 + 1e-7 * ($0 % 2 == 0 ? 1 : -1) }
    let (layout, rows) = Self.numeric([x, z], response: zip(x, z).map { 1 + 2 * $0 + 3 * $1 })
    let fit = try estimate(layout, rows, family: .gaussian, link: .identity)
    #expect(fit.solver == .qr && fit.aliased == [false, false, false])
    // Rounding of the data alone moves the coefficients by 1e-16/1e-7.
    #expect(zip(fit.coefficients, [1, 2, 3]).allSatisfy { PassTests.agree($0, $1, to: 1e-7) })
    var loose = EstimationSettings()
    loose.rankTolerance = 1e-5
    #expect(try estimate(layout, rows, family: .gaussian, link: .identity, settings: loose).aliased[2])
  }

  @Test("counts that are all zero drive the intercept down and are reported at the boundary")
  func allZero() throws {
    let (layout, rows) = Self.numeric([], response: [Double](repeating: 0, count: 50))
    let fit = try estimate(layout, rows, family: .poisson, link: .log)
    #expect(fit.deviance < 1e-6 && fit.nullDeviance < 1e-6)
    #expect(fit.coefficients[0] < -15)
  }

  @Test("one row fits itself")
  func oneRow() throws {
    let (layout, rows) = Self.numeric([], response: [7])
    let fit = try estimate(layout, rows, family: .poisson, link: .log, settings: Self.exact)
    #expect(PassTests.agree(fit.coefficients[0], 1.9459101490553132, to: 1e-12))
    #expect(PassTests.agree(fit.unscaledCovariance[0, 0], 1.0 / 7, to: 1e-9))
    #expect(fit.deviance < 1e-12)
  }

  @Test("the deviance of huge counts keeps its digits")
  func hugeCounts() throws {
    // The deviance of two counts about their mean m is Σ (y − m)²/m to a part of ((y − m)/m)² = 1e-10.
    let (layout, rows) = Self.numeric([], response: [1e12 + 1e7, 1e12 - 1e7])
    let fit = try estimate(layout, rows, family: .poisson, link: .log)
    #expect(PassTests.agree(fit.deviance, 200, to: 1e-9))
    #expect(PassTests.agree(fit.nullDeviance, 200, to: 1e-9))
  }

  @Test("a log-binomial fit stays inside and finds the risk ratio")
  func logBinomial() throws {
    // 30 of 100 and 60 of 100: risks 0.3 and 0.6, risk ratio 2.
    let x = (0..<200).map { Double($0 / 100) }
    let y = (0..<200).map { $0 < 30 || (100..<160).contains($0) ? 1.0 : 0.0 }
    let (layout, rows) = Self.numeric([x], response: y)
    let fit = try estimate(layout, rows, family: .binomial, link: .log, settings: Self.exact)
    #expect(fit.converged)
    #expect(PassTests.agree(fit.coefficients[0], -1.2039728043259361, to: 1e-9))
    #expect(PassTests.agree(fit.coefficients[1], 0.6931471805599453, to: 1e-9))
  }

  @Test("rows and responses that cannot be fitted are named")
  func refused() {
    let (layout, rows) = Self.numeric([], response: [1, -2, 3])
    #expect(throws: RegressionError.data(["row 2: the response -2.0 is negative"])) {
      try estimate(layout, rows, family: .poisson, link: .log)
    }
    let (_, none) = Self.numeric([], response: [])
    #expect(throws: RegressionError.data(["there are no rows to fit"])) {
      try estimate(layout, none, family: .poisson, link: .log)
    }
    let (_, unweighted) = Self.numeric([], response: [1, 2], weights: [0, 0])
    #expect(throws: RegressionError.data(["all weights are zero"])) {
      try estimate(layout, unweighted, family: .poisson, link: .log)
    }
    #expect(throws: RegressionError.self) {
      try estimate(layout, rows, family: .negativeBinomial(theta: nil), link: .log)
    }
  }

  @Test("a quadratic penalty gives the ridge estimate")
  func penalty() throws {
    let x = (0..<40).map { Double($0 % 9) - 4 }
    let y = (0..<40).map { Double($0 % 5) }
    let (layout, rows) = Self.numeric([x], response: y)
    var settings = EstimationSettings()
    settings.penalty = [0, 12]
    let fit = try estimate(layout, rows, family: .gaussian, link: .identity, settings: settings)
    let meanX = x.reduce(0, +) / 40
    let meanY = y.reduce(0, +) / 40
    let cross = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let square = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    #expect(PassTests.agree(fit.coefficients[1], cross / (square + 12), to: 1e-12))
  }
}
