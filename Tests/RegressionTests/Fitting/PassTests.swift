import LinearAlgebra
import Testing

@testable import Regression

@Suite("Passes over a design")
struct PassTests {
  /// Whether two numbers agree to a part of the larger of them and of `scale`.
  static func agree(_ a: Double, _ b: Double, scale: Double = 1e-300, to tolerance: Double = 1e-11) -> Bool {
    (a.isNaN && b.isNaN) || abs(a - b) <= tolerance * max(abs(a), abs(b), scale)
  }

  static func agree(_ a: PassSums, _ b: PassSums, to tolerance: Double = 1e-11) -> Bool {
    let scale = a.score.map { abs($0) }.max() ?? 0
    guard zip(a.score, b.score).allSatisfy({ agree($0, $1, scale: scale, to: tolerance) }) else { return false }
    guard agree(a.totals.deviance, b.totals.deviance, to: tolerance) else { return false }
    guard agree(a.totals.pearson, b.totals.pearson, to: tolerance) else { return false }
    guard a.totals.isValid == b.totals.isValid, a.totals.boundaryRows == b.totals.boundaryRows else { return false }
    guard let gramA = a.gram, let gramB = b.gram else { return a.gram == nil && b.gram == nil }
    let largest = gramA.values.map { abs($0) }.max() ?? 0
    return zip(gramA.values, gramB.values).allSatisfy { agree($0, $1, scale: largest, to: tolerance) }
  }

  @Test("the fast passes agree with the clear one", arguments: Models.all)
  func fastAgainstClear(model: ResponseModel) throws {
    for (index, shape) in RandomDesign.shapes.enumerated() {
      let design = RandomDesign(shape, model: model, rows: 700, seed: UInt64(index + 1))
      let responses = try ResponseTotals(design.rows, model: model, threads: 2)
      let beta = design.coefficients
      let clear = DensePass(layout: design.layout, rows: design.rows, model: model)
      let column = ColumnPass(
        layout: design.layout, rows: design.rows, step: BlockStep(model),
        saturatedDeviance: responses.saturatedDeviance, threads: 2)
      for point in [ScoringPoint.start, .coefficients(beta)] {
        let expected = try clear.sums(at: point, gram: true)
        if case .coefficients = point {
          #expect(Self.agree(expected, try column.sums(at: point, gram: true)), "\(shape) by columns")
        } else {
          #expect(Self.agree(expected.score, try column.sums(at: point, gram: true).score), "\(shape) by columns")
        }
        guard let plan = CellPlan(design.layout) else { continue }
        let cells = CellPass(
          layout: design.layout, rows: design.rows, step: BlockStep(model),
          saturatedDeviance: responses.saturatedDeviance, threads: 2, plan: plan,
          design: CellDesign(plan, design.layout))
        if case .coefficients = point {
          #expect(Self.agree(expected, try cells.sums(at: point, gram: true)), "\(shape) by cells")
        } else {
          #expect(Self.agree(expected.score, try cells.sums(at: point, gram: true).score), "\(shape) by cells")
        }
      }
    }
  }

  @Test("a design of many columns gives the clear pass's sums, with the same bits on 1 and 2 threads")
  func manyColumns() throws {
    for (family, weights) in [(Family.gaussian, false), (.poisson, true)] {
      let model = ResponseModel(family: family, link: family.defaultLink)
      let shape = RandomDesign.Shape(numerics: 180, levels: [], weights: weights, offset: true)
      let design = RandomDesign(shape, model: model, rows: 600, seed: 2)
      let responses = try ResponseTotals(design.rows, model: model, threads: 1)
      let clear = DensePass(layout: design.layout, rows: design.rows, model: model)
      func sums(threads: Int, at point: ScoringPoint) throws -> PassSums {
        try ColumnPass(
          layout: design.layout, rows: design.rows, step: BlockStep(model),
          saturatedDeviance: responses.saturatedDeviance, threads: threads
        ).sums(at: point, gram: true)
      }
      let point = ScoringPoint.coefficients(design.coefficients)
      let one = try sums(threads: 1, at: point)
      #expect(Self.agree(try clear.sums(at: point, gram: true), one))
      #expect(try sums(threads: 2, at: point).gram == one.gram)
      let start = try clear.sums(at: .start, gram: true)
      #expect(Self.agree(start.gram?.values ?? [], try sums(threads: 1, at: .start).gram?.values ?? []))
      #expect(model.isLinear ? start.totals.deviance > 0 : start.totals.deviance == 0)
    }
  }

  @Test("factors of a hundred thousand cells go through their cells, too many cells or sums through the columns")
  func manyCells() throws {
    let model = ResponseModel(family: .poisson, link: .log)
    let shape = RandomDesign.Shape(numerics: 2, levels: [10, 10, 10, 10, 10])
    let design = RandomDesign(shape, model: model, rows: 700, seed: 6)
    let plan = try #require(CellPlan(design.layout))
    let cells = CellPass(
      layout: design.layout, rows: design.rows, step: BlockStep(model, clear: true), saturatedDeviance: 0, threads: 2,
      plan: plan, design: CellDesign(plan, design.layout))
    let point = ScoringPoint.coefficients(design.coefficients)
    let expected = try DensePass(layout: design.layout, rows: design.rows, model: model).sums(at: point, gram: true)
    #expect(Self.agree(expected, try cells.sums(at: point, gram: true)))

    func planned(numerics: Int, levels: [Int]) -> CellPlan? {
      let shape = RandomDesign.Shape(numerics: numerics, levels: levels)
      return CellPlan(RandomDesign(shape, model: model, rows: 1, seed: 1).layout)
    }
    #expect(planned(numerics: 6, levels: [512, 512])?.cellCount == 262_144)
    #expect(planned(numerics: 7, levels: [512, 512]) == nil)
    #expect(planned(numerics: 0, levels: [513, 512]) == nil)
    #expect(planned(numerics: 40, levels: [256, 256])?.cellCount == 65_536)
  }

  static func agree(_ a: [Double], _ b: [Double], to tolerance: Double = 1e-11) -> Bool {
    let scale = a.map { abs($0) }.max() ?? 0
    return zip(a, b).allSatisfy { agree($0, $1, scale: scale, to: tolerance) }
  }

  @Test("the cross-product under the working weights is the information")
  func information() throws {
    let model = ResponseModel(family: .binomial, link: .probit)
    for shape in RandomDesign.shapes {
      let design = RandomDesign(shape, model: model, rows: 1500, seed: 9)
      let clear = try DensePass(layout: design.layout, rows: design.rows, model: model)
        .sums(at: .coefficients(design.coefficients), gram: true)
      let product = try crossProduct(
        design.layout, design.rows, coefficients: design.coefficients, family: model.family, link: model.link
      ) { $0.weights }
      #expect(Self.agree(clear.gram?.values ?? [], product.values))
    }
  }

  @Test("cross-products under any weights are those of the expanded columns, with the same bits on 1, 2 and 7 threads")
  func crossProducts() throws {
    for model in [ResponseModel(family: .poisson, link: .log), ResponseModel(family: .gamma, link: .inverse)] {
      for shape in RandomDesign.shapes {
        let design = RandomDesign(shape, model: model, rows: 3000, seed: 3)
        let x = design.layout.expand(rows: design.rows, range: 0..<design.rows.count)
        let eta = design.layout.linearPredictor(
          rows: design.rows, range: 0..<design.rows.count, coefficients: design.coefficients)
        var scaled = x
        for i in 0..<x.rows {
          var totals = WorkingTotals()
          let score = model.step(
            eta: eta[i], y: design.rows.response[i], weight: design.rows.weights?[i] ?? 1, totals: &totals
          ).score
          for j in 0..<x.columns { scaled[i, j] *= score * score + eta[i] }
        }
        let products = try [1, 2, 7].map { threads in
          try crossProduct(
            design.layout, design.rows, coefficients: design.coefficients, family: model.family, link: model.link,
            threads: threads
          ) { block in zip(block.scores, block.linearPredictor).map { $0 * $0 + $1 } }
        }
        #expect(Self.agree(x.transposedProduct(scaled).values, products[0].values), "\(shape)")
        #expect(products[1] == products[0] && products[2] == products[0], "\(shape)")
      }
    }
  }

  @Test("quadratic forms by cells are those of the expanded columns; NaN counts as 0")
  func quadraticForms() {
    for shape in RandomDesign.shapes {
      let design = RandomDesign(shape, model: ResponseModel(family: .poisson, link: .log), rows: 500, seed: 4)
      let p = design.layout.columns.count
      var random = SplitMix(state: 12)
      var covariance = Matrix(rows: p, columns: p)
      for j in 0..<p { for i in 0...j { covariance[i, j] = random.unit() - 0.5; covariance[j, i] = covariance[i, j] } }
      let range = 70..<500
      let x = design.layout.expand(rows: design.rows, range: range)
      var aliased = covariance
      for i in 0..<p { (aliased[i, p - 1], aliased[p - 1, i]) = (.nan, .nan) }
      for i in 0..<p { (covariance[i, p - 1], covariance[p - 1, i]) = (0, 0) }
      let xv = x * covariance
      let expected = (0..<range.count).map { i in (0..<p).reduce(0) { $0 + x[i, $1] * xv[i, $1] } }
      let forms = QuadraticForms(design.layout, covariance: aliased)(rows: design.rows, range: range)
      #expect(Self.agree(expected, forms), "\(shape)")
    }
  }

  @Test("a thinned pass sums one block in so many of every segment")
  func thinned() throws {
    let model = ResponseModel(family: .poisson, link: .log)
    let design = RandomDesign(RandomDesign.shapes[4], model: model, rows: 64 * 2 * 256 - 30, seed: 8)
    let plan = try #require(CellPlan(design.layout))
    let pass = CellPass(
      layout: design.layout, rows: design.rows, step: BlockStep(model), saturatedDeviance: 0, threads: 1, plan: plan,
      design: CellDesign(plan, design.layout))
    let thinned = try #require(pass.thinned(to: 2))
    // So many rows are 64 segments of two blocks each.
    let kept = (0..<design.rows.count).filter { $0 / 256 % 2 == 0 }
    let rows = DesignRows(
      count: kept.count, numerics: design.rows.numerics.map { column in kept.map { column[$0] } },
      codes: design.rows.codes.map { codes in kept.map { codes[$0] } }, response: kept.map { design.rows.response[$0] },
      weights: design.rows.weights.map { weights in kept.map { weights[$0] } })
    let expected = try DensePass(layout: design.layout, rows: rows, model: model)
      .sums(at: .coefficients(design.coefficients), gram: true)
    let sums = try thinned.sums(at: .coefficients(design.coefficients), gram: true)
    #expect(Self.agree(expected.score, sums.score))
    #expect(Self.agree(expected.gram?.values ?? [], sums.gram?.values ?? []))
  }

  @Test("the same bits on 1, 2 and 7 threads")
  func threads() throws {
    let model = ResponseModel(family: .poisson, link: .log)
    for shape in RandomDesign.shapes {
      let design = RandomDesign(shape, model: model, rows: 40_000, seed: 5)
      var settings = EstimationSettings()
      settings.threads = 1
      let one = try estimate(design.layout, design.rows, family: .poisson, link: .log, settings: settings)
      for threads in [2, 7] {
        settings.threads = threads
        let several = try estimate(design.layout, design.rows, family: .poisson, link: .log, settings: settings)
        #expect(several.coefficients.map(\.bitPattern) == one.coefficients.map(\.bitPattern))
        #expect(
          several.unscaledCovariance.values.map(\.bitPattern) == one.unscaledCovariance.values.map(\.bitPattern))
        #expect(several.deviance == one.deviance && several.pearson == one.pearson)
      }
    }
  }
}
