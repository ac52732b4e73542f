import Tables
import Testing

@testable import Regression

struct DesignTests {
  static let table = Table(
    [
      .init("y", numbers: [1, 2, 3, 4, .nan, 6, 7, 8]), .init("x", numbers: [1, 2, .nan, 4, 5, 6, 7, 8]),
      .init("a", text: ["p", "q", "r", "q", "s", "p", "q", "p"]), .init("w", numbers: [1, 0, 1, 2, 1, 1, 1, 1]),
      .init("g", numbers: [10, 9, 10, 100, 9, 100, 9, 10]), .init("id", text: ["k", "k", "", "l", "l", "m", "m", "m"]),
    ], named: "data.csv")

  @Test("rows with a missing value are dropped, counted by column and mapped to their rows")
  func dropped() throws {
    let design = try Design(try Formula("y ~ x + a"), Self.table, options: DesignOptions(clusters: ["id"]))
    #expect(design.rows.count == 6)
    #expect(design.rows.sourceRows == [0, 1, 3, 5, 6, 7])
    #expect(design.rows.response == [1, 2, 4, 6, 7, 8])
    #expect(design.dropped == DroppedRows(total: 8, dropped: 2, missing: ["y": 1, "x": 1, "id": 1]))
    #expect(design.clusters[0].codes == [0, 0, 1, 2, 2, 2])
    #expect(design.clusters[0].sizes == [2, 1, 3])
    // "r" and "s" stood in dropped rows only.
    #expect(design.layout.factors == [DesignFactor(name: "a", levels: ["p", "q"])])
    #expect(design.rows.codes == [[0, 1, 1, 0, 1, 0]])
  }

  @Test("numeric columns without arithmetic share the table's memory when no row is dropped")
  func shared() throws {
    let table = Table([.init("y", numbers: [1, 2, 3]), .init("x", numbers: [1, 2, 4])])
    let design = try Design(try Formula("y ~ x"), table)
    let same = table.numbers("x")!.withUnsafeBufferPointer { a in
      design.rows.numerics[0].withUnsafeBufferPointer { b in a.baseAddress == b.baseAddress }
    }
    #expect(same)
    #expect(design.rows.sourceRows == nil)
  }

  @Test("numeric levels are sorted by size and labelled as R prints them")
  func numericLevels() throws {
    let design = try Design(try Formula("y ~ factor(g)"), Self.table)
    #expect(design.layout.columns.map(\.name) == ["(Intercept)", "factor(g)10", "factor(g)100"])
    #expect(design.rows.codes == [[1, 0, 1, 2, 2, 0, 1]])
  }

  @Test("text levels are sorted by Unicode code points")
  func textLevels() throws {
    let texts = ["b", "B", "ä", "a", "z", "Z", "_", "10", "9", "é"]
    let table = Table([.init("y", integers: Array(0..<texts.count)), .init("t", text: texts)])
    let design = try Design(try Formula("y ~ t"), table)
    #expect(design.layout.factors[0].levels == ["10", "9", "B", "Z", "_", "a", "b", "z", "ä", "é"])
  }

  @Test("a reference is put first; options code a column that the formula names bare")
  func reference() throws {
    let named = try Design(try Formula("y ~ factor(a, ref = \"q\")"), Self.table)
    #expect(named.layout.factors[0].levels == ["q", "p", "r"])
    let options = DesignOptions(factors: ["g": FactorOptions(levels: ["100", "10", "9"], contrast: .polynomial)])
    let ordered = try Design(try Formula("y ~ g"), Self.table, options: options)
    #expect(ordered.layout.columns.map(\.name) == ["(Intercept)", "g.L", "g.Q"])
    #expect(ordered.layout.factors[0].levels == ["100", "10", "9"])
  }

  @Test("listed levels that do not occur, values that are not listed and a level NA are reported")
  func levelWarnings() throws {
    let listed = try Design(try Formula("y ~ factor(a, levels = c(\"p\", \"q\", \"never\"))"), Self.table)
    let name = "factor(a, levels = c(\"p\", \"q\", \"never\"))"
    #expect(
      listed.warnings == [
        .unusedLevels(factor: name, levels: ["never"]), .outsideLevels(factor: name, rows: 2),
      ])
    #expect(listed.rows.count == 6)
    let table = Table([.init("y", numbers: [1, 2, 3]), .init("t", text: ["NA", "b", "b"])])
    #expect(try Design(try Formula("y ~ t"), table).warnings == [.levelNamedNA(factor: "t")])
  }

  @Test("a constant column is reported, and so are rows without weight and fractional counts")
  func dataWarnings() throws {
    let table = Table(
      [
        .init("y", numbers: [1, 2.5, 3, 4]), .init("c", numbers: [2, 2, 2, 2]), .init("x", numbers: [1, 2, 3, 5]),
        .init("w", numbers: [0, 1, 1, 1]), .init("m", numbers: [10, 10, 10, 10]),
        .init("s", numbers: [0.1, 0.25, 0.2, 0.5]),
      ], named: "d.csv")
    #expect(try Design(try Formula("y ~ x + c"), table).warnings == [.constantColumn("c")])
    let design = try Design(try Formula("y ~ x"), table, family: .poisson, options: DesignOptions(weights: "w"))
    #expect(design.warnings == [.fractionalCounts(rows: 1, first: "d.csv:3:1: y is 2.5"), .withoutWeight(rows: 1)])
    let share = try Design(try Formula("s ~ x"), table, family: .binomial, options: DesignOptions(trials: "m"))
    #expect(share.warnings == [.fractionalCounts(rows: 1, first: "d.csv:3:6: s is 0.25")])
    let all = try Design(try Formula("y ~ . - s"), table, options: DesignOptions(weights: "w"))
    #expect(
      all.warnings == [.leftOutOfDot(["w"]), .constantColumn("c"), .constantColumn("m"), .withoutWeight(rows: 1)])
    #expect(all.layout.terms == ["c", "x", "m"])
  }

  @Test("a binomial response: counts, a proportion of trials with weights, two texts")
  func binomial() throws {
    let table = Table(
      [
        .init("ill", numbers: [1, 0, 3]), .init("well", numbers: [3, 0, 1]), .init("x", numbers: [1, 2, 4]),
        .init("p", numbers: [0.25, 0, 0.5]), .init("m", numbers: [4, 3, 2]), .init("w", numbers: [1, 2, 0.5]),
        .init("died", text: ["yes", "no", "yes"]),
      ])
    let counts = try Design(try Formula("cbind(ill, well) ~ x"), table, family: .binomial)
    #expect(counts.rows.response == [0.25, 0, 0.75])
    #expect(counts.rows.weights == [4, 0, 4])
    #expect(counts.warnings == [.withoutWeight(rows: 1)])
    let options = DesignOptions(weights: "w", trials: "m")
    let trials = try Design(try Formula("p ~ x"), table, family: .binomial, options: options)
    #expect(trials.rows.response == [0.25, 0, 0.5])
    #expect(trials.rows.weights == [4, 6, 1])
    let text = try Design(try Formula("died ~ x"), table, family: .binomial)
    #expect(text.rows.response == [1, 0, 1])
    #expect(text.warnings == [.successLevel(column: "died", level: "yes")])
  }

  @Test("offsets of the formula and of the options add up")
  func offsets() throws {
    let design = try Design(
      try Formula("w ~ offset(g) + offset(2 * g)"), Self.table, options: DesignOptions(offset: "x"))
    #expect(design.rows.offset == [31, 29, 304, 32, 306, 34, 38])
  }

  @Test("polynomial contrasts of many levels are orthonormal")
  func manyLevels() {
    let levels = (1...40).map(String.init)
    let columns = Contrast.polynomial.columns(levels: levels)
    #expect(columns.count == 39)
    let vectors = columns.compactMap { if case .levels(let values) = $0.values { values } else { nil } }
    for i in vectors.indices {
      #expect(abs(vectors[i].reduce(0, +)) < 1e-14)
      for j in 0...i {
        let product = zip(vectors[i], vectors[j]).reduce(0) { $0 + $1.0 * $1.1 }
        // Sums of 40 products of rounded numbers of size 1.
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-14, "\(i), \(j)")
      }
    }
  }

  @Test("a variable that was removed again drops no row and needs no levels")
  func removed() throws {
    let table = Table(
      [
        .init("y", numbers: [1, 2, 4, 3]), .init("x", numbers: [1, 2, 4, 5]), .init("id", text: ["", "k", "k", "k"]),
        .init("z", numbers: [.nan, .nan, .nan, .nan]),
      ])
    let design = try Design(try Formula("y ~ . - id - z - poly(z, 2)"), table)
    #expect(design.rows.count == 4)
    #expect(design.layout.columns.map(\.name) == ["(Intercept)", "x"])
    #expect(design.recipe.predictorColumns == ["x"])
  }

  @Test("levels listed in the options drop other values, which counts apart from missing cells")
  func listedInOptions() throws {
    let table = Table([.init("y", numbers: [1, 2, 4, 3, 5]), .init("t", text: ["a", "b", "c", "", "b"])])
    let options = DesignOptions(factors: ["t": FactorOptions(levels: ["b", "a"])])
    let design = try Design(try Formula("y ~ t"), table, options: options)
    #expect(design.rows.codes == [[1, 0, 0]])
    #expect(design.dropped == DroppedRows(total: 5, dropped: 2, missing: ["t": 1]))
    #expect(design.warnings == [.outsideLevels(factor: "t", rows: 1)])
  }
}
