import Regression
import Tables
import Testing

struct DesignErrorTests {
  static let table = Table(
    [
      .init("deaths", numbers: [3, 5, 0, 7, 2, 4]), .init("py", numbers: [10, 20, 30, 0, 50, 60]),
      .init("age", text: ["a", "b", "c", "a", "b", "c"]), .init("one", text: ["x", "x", "x", "x", "x", "x"]),
      .init("constant", numbers: [2, 2, 2, 2, 2, 2]), .init("empty", numbers: [Double](repeating: .nan, count: 6)),
      .init("imd", numbers: [1, 2, 3, 4, 5, 6]), .init("mixed", text: ["1", "2", "n.a.", "4", "5", "6"]),
      .init("negative", numbers: [1, -2, 3, 4, 5, -6]), .init("share", numbers: [0.1, 0.5, 0.25, 1, 0, 0.75]),
      .init("zero", numbers: [0, 0, 0, 0, 0, 0]),
    ], named: "deaths.csv")

  struct Case: Sendable, CustomStringConvertible {
    let formula: String
    var family = Family.gaussian
    var options = DesignOptions()
    let message: String
    var description: String { formula }
  }

  static let wrong: [Case] = [
    Case(formula: "deaths ~ agee", message: "deaths.csv: has no column \"agee\"; did you mean \"age\"?"),
    Case(formula: "dead ~ age", message: "no column \"dead\""),
    Case(formula: "deaths ~ log(mixed)", message: "deaths.csv:4:8: column \"mixed\" holds \"n.a.\"; expected a number"),
    Case(formula: "mixed ~ age", message: "deaths.csv:4:8: column \"mixed\" holds \"n.a.\"; expected a number"),
    Case(formula: "deaths ~ one", message: "one has one level, \"x\", in the rows that are used; a factor needs two"),
    Case(formula: "deaths ~ empty", message: "column \"empty\" has no value: it is missing in all 6 rows"),
    Case(
      formula: "deaths ~ age + offset(log(py))",
      message: "deaths.csv:5:2: log(py) is infinite where \"py\" is 0; an exposure must be above 0"),
    Case(
      formula: "deaths ~ log(negative)", message: "deaths.csv:3:9: log(negative) is no number where \"negative\" is -2"),
    Case(formula: "deaths ~ I(imd/zero)", message: "deaths.csv:2:7: I(imd/zero) is infinite"),
    Case(formula: "deaths ~ factor(age, ref = \"d\")", message: "factor(age, ref = \"d\") has no level \"d\""),
    Case(
      formula: "deaths ~ factor(imd, levels = 99)",
      message: "none of the 6 rows is complete: factor(imd, levels = 99) has none of its levels in 6"),
    Case(formula: "deaths ~ age * imd + I(imd^2)", message: "7 parameters, the data have 6"),
    Case(formula: "deaths ~ 0", message: "neither a term nor an intercept"),
    Case(formula: "deaths ~ poly(constant, 2)", message: "more than 2 different values"),
    Case(formula: "deaths ~ ns(constant, 2)", message: "more than one value"),
    Case(formula: "deaths ~ ns(imd, knots = 9)", message: "knots 9 must differ and lie between 1 and 6"),
    Case(formula: "negative ~ imd", family: .poisson, message: "deaths.csv:3:9: negative is -2; a count is at least 0"),
    Case(formula: "negative ~ imd", family: .quasiPoisson, message: "a count is at least 0"),
    Case(formula: "negative ~ imd", family: .negativeBinomial(theta: nil), message: "a count is at least 0"),
    Case(
      formula: "deaths ~ imd", family: .binomial,
      message: "deaths.csv:2:1: deaths is 3; a proportion lies between 0 and 1"),
    Case(
      formula: "deaths ~ imd", family: .binomial, options: DesignOptions(trials: "imd"),
      message: "with trials the response is the proportion"),
    Case(
      formula: "deaths ~ imd", family: .gamma, message: "deaths.csv:4:1: deaths is 0; the gamma response is above 0"),
    Case(formula: "zero ~ imd", family: .inverseGaussian, message: "inverse Gaussian response is above 0"),
    Case(formula: "cbind(deaths, imd) ~ age", family: .poisson, message: "binomial models"),
    Case(formula: "cbind(deaths, imd - deaths) ~ age", family: .binomial, message: "imd - deaths is -2; a count"),
    Case(
      formula: "cbind(deaths, imd) ~ age", family: .binomial, options: DesignOptions(trials: "imd"),
      message: "has the trials already"),
    Case(formula: "share ~ age", options: DesignOptions(trials: "imd"), message: "trials belong to binomial models"),
    Case(
      formula: "share ~ age", family: .binomial, options: DesignOptions(trials: "negative"),
      message: "deaths.csv:3:9: -2 trials"),
    Case(formula: "deaths ~ age", options: DesignOptions(weights: "negative"), message: "deaths.csv:3:9: weight -2"),
    Case(formula: "deaths ~ age", options: DesignOptions(weights: "zero"), message: "all weights are 0"),
    Case(formula: "deaths ~ age", options: DesignOptions(weights: "wight"), message: "no column \"wight\""),
    Case(
      formula: "deaths ~ age", options: DesignOptions(weights: "age"),
      message: "column \"age\" holds \"a\"; expected a number"),
    Case(formula: "deaths ~ age", options: DesignOptions(offset: "nothing"), message: "no column \"nothing\""),
    Case(formula: "deaths ~ age", options: DesignOptions(clusters: ["district"]), message: "no column \"district\""),
    Case(formula: "age ~ imd", family: .binomial, message: "text with 3 values"),
  ]

  @Test("data that a model cannot have are refused with file, line and column", arguments: wrong)
  func refused(_ wrong: Case) throws {
    let error = try #require(throws: RegressionError.self) {
      try Design(try Formula(wrong.formula), Self.table, family: wrong.family, options: wrong.options)
    }
    let message: String
    switch error {
    case .data(let lines): message = lines.joined(separator: "\n")
    case .model(let line): message = line
    }
    #expect(message.contains(wrong.message), "\(message)")
  }

  @Test("a table without rows is refused")
  func noRows() throws {
    let table = Table([.init("y", numbers: []), .init("x", numbers: [])], named: "none.csv")
    #expect(throws: RegressionError.data(["none.csv: has no rows"])) {
      try Design(try Formula("y ~ x"), table)
    }
  }

  @Test("an unknown column is shown in the formula")
  func caret() throws {
    let error = try #require(throws: RegressionError.self) {
      try Design(try Formula("deaths ~ imd + log(pyy)"), Self.table)
    }
    guard case .data(let lines) = error else { return }
    #expect(lines[0].hasSuffix("\n  deaths ~ imd + log(pyy)\n                     ^"), "\(lines[0])")
  }

  @Test("of many wrong rows the first twenty are named")
  func many() throws {
    let table = Table([.init("y", numbers: [Double](repeating: -1, count: 50)), .init("x", integers: Array(0..<50))])
    let error = try #require(throws: RegressionError.self) { try Design(try Formula("y ~ x"), table, family: .poisson) }
    guard case .data(let lines) = error else { return }
    #expect(lines.count == 21)
    #expect(lines[20] == "… and 30 more")
  }

  @Test("an error holds nothing of a row but the offending value")
  func personalData() throws {
    let table = Table(
      [
        .init("name", text: ["Ann Other", "Bob Else"]), .init("y", numbers: [-1, 2]), .init("x", numbers: [1, 2]),
        .init("nhs", text: ["943 476 5919", "943 476 5870"]),
      ], named: "people.csv")
    let error = try #require(throws: RegressionError.self) { try Design(try Formula("y ~ x"), table, family: .poisson) }
    #expect(error == .data(["people.csv:2:2: y is -1; a count is at least 0"]))
  }
}
