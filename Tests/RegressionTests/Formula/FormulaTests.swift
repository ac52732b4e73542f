import Testing

@testable import Regression

struct FormulaTests {
  /// A formula in Swift and the same in text.
  static let builders: [(Formula, String)] = [
    (Formula(response: "deaths", terms: ["age"]), "deaths ~ age"),
    (
      Formula(
        response: "deaths",
        terms: [.factor("age"), .interaction("age", "sex"), .offset(.log("person_years"))]),
      "deaths ~ factor(age) + age:sex + offset(log(person_years))"
    ),
    (Formula(response: "y", terms: [.crossed("a", "b", "c")], removing: [.intercept]), "y ~ a * b * c - 1"),
    (Formula(response: "y", terms: [0, "a", .nested("b", in: "a")]), "y ~ 0 + a + a/b"),
    (Formula(response: "y", terms: [.interactions(of: ["a", "b", "c"], upTo: 2)]), "y ~ (a + b + c)^2"),
    (Formula(response: "y", terms: [.otherColumns], removing: ["id"]), "y ~ . - id"),
    (
      Formula(response: "y", terms: [.factor("a", levels: ["p", "q"], reference: "q")]),
      "y ~ factor(a, levels = c(\"p\", \"q\"), ref = \"q\")"
    ),
    (
      Formula(response: "y", terms: [.coded("a", .sum), .ordered("b"), .coded("c", .polynomial)]),
      "y ~ C(a, sum) + ordered(b) + C(c, poly)"
    ),
    (
      Formula(response: "y", terms: [.polynomial("x", degree: 2), .polynomial("z", degree: 3, raw: true)]),
      "y ~ poly(x, 2) + poly(z, 3, raw = TRUE)"
    ),
    (
      Formula(
        response: "y",
        terms: [
          .naturalSpline("x", degreesOfFreedom: 4), .bSpline("z", degreesOfFreedom: 6),
          .bSpline("w", knots: [-1.5, 2], degree: 2), .naturalSpline("v", knots: [0.5]),
        ]),
      "y ~ ns(x, df = 4) + bs(z, df = 6) + bs(w, knots = c(-1.5, 2), degree = 2) + ns(v, knots = 0.5)"
    ),
    (
      Formula(response: .counts(successes: "ill", failures: "well"), terms: [.power("x", 2), .squareRoot("z")]),
      "cbind(ill, well) ~ I(x^2) + sqrt(z)"
    ),
    (Formula(response: .log("y"), terms: [.column("my col"), .exp("x")]), "log(y) ~ `my col` + exp(x)"),
    (
      Formula(
        response: "y", terms: [.interaction(.interactions(of: ["a", "b"], upTo: 2), .crossed("c", "d"))]),
      "y ~ (a + b)^2:(c * d)"
    ),
  ]

  @Test("text and builder give equal formulas, and the description is the text", arguments: builders)
  func builder(_ built: Formula, _ text: String) throws {
    #expect(try Formula(text) == built)
    #expect(built.description == text)
  }

  @Test("spacing, ** for ^ and quotes do not count")
  func spacing() throws {
    #expect(try Formula(" y~a*b+log( x )  ") == Formula("y ~ a * b + log(x)"))
    #expect(try Formula("y ~ (a+b)**2") == Formula("y ~ (a + b)^2"))
    #expect(try Formula("y ~ factor(a, ref = 'x')") == Formula("y ~ factor(a, ref = \"x\")"))
    #expect(try Formula("y ~ a\n  + b") == Formula("y ~ a + b"))
  }

  @Test("a formula names the columns to read, and those that must be numbers")
  func columns() throws {
    let formula = try Formula(
      "cbind(ill, all - ill) ~ factor(age) * sex + ns(imd, 3) + C(zone, sum) + poly(x, 2, raw = T) + offset(log(py))")
    #expect(formula.columns == ["ill", "all", "age", "sex", "imd", "zone", "x", "py"])
    #expect(formula.numericColumns == ["ill", "all", "imd", "x", "py"])
    #expect(!formula.usesAllColumns)
    #expect(formula.responseKind == .counts)
    let all = try Formula("y ~ . - a")
    #expect(all.usesAllColumns)
    #expect(all.responseKind == .number)
    #expect(all.columns == ["y", "a"])
  }

  static let deparsed: [(Double, String)] = [
    (100_000, "1e+05"), (123_456, "123456"), (0.1, "0.1"), (1e-5, "1e-05"), (0.0001, "1e-04"), (0.00012, "0.00012"),
    (1.5, "1.5"), (1e15, "1e+15"), (123_456_789_012, "123456789012"), (0.3333333333333333, "0.333333333333333"),
    (0.6666666666666666, "0.666666666666667"), (1e100, "1e+100"), (100_000.1, "100000.1"),
    (0.30000000000000004, "0.3"), (-2.5, "-2.5"), (0, "0"), (9_999_999_999_999_998, "1e+16"),
    (1_234_567.125, "1234567.125"), (3e-300, "3e-300"),
  ]

  @Test("numbers are written as R deparses them", arguments: deparsed)
  func numbers(_ value: Double, _ text: String) {
    #expect(numberAsR(value) == text)
  }

  @Test("quantiles are those of R's type 7")
  func quantiles() {
    let numbers = [1.0, 2, 4, 8, 16]
    #expect(quantile(ofSorted: numbers, 0) == 1)
    #expect(quantile(ofSorted: numbers, 1) == 16)
    #expect(quantile(ofSorted: numbers, 0.3) == 2.4)
    #expect(quantile(ofSorted: [5], 0.7) == 5)
  }
}
