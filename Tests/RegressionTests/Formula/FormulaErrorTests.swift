import Regression
import Testing

struct FormulaErrorTests {
  /// A wrong formula, the character that the caret must stand under, and words of the message.
  static let wrong: [(String, Int, String)] = [
    ("", 0, "empty"),
    ("   ", 3, "empty"),
    ("deaths", 6, "no ~"),
    ("~ age", 0, "response is missing"),
    ("deaths ~", 8, "no terms"),
    ("deaths ~ age ++ sex", 14, "missing behind +"),
    ("deaths ~ age +", 14, "missing behind +"),
    ("deaths ~ age * ", 15, "missing behind *"),
    ("deaths ~ + age", 9, "term is missing"),
    ("deaths ~ age sex", 13, "operator"),
    ("deaths ~ age ~ sex", 13, "one ~"),
    ("deaths ~ (age + sex", 9, "never closed"),
    ("deaths ~ age)", 12, "closes nothing"),
    ("deaths ~ log(age", 9, "never closed"),
    ("deaths ~ lgo(age)", 9, "did you mean \"log\"?"),
    ("deaths ~ spline(age)", 9, "known are"),
    ("deaths ~ poly(age, 2.5)", 19, "whole number"),
    ("deaths ~ poly(age, 0)", 19, "whole number"),
    ("deaths ~ poly()", 9, "argument x is missing"),
    ("deaths ~ poly(age,)", 18, "argument is missing"),
    ("deaths ~ poly(2, 2)", 14, "column is missing"),
    ("deaths ~ ns(age, dff = 3)", 23, "it takes x, df"),
    ("deaths ~ ns(age, df = 3, df = 4)", 30, "stands twice"),
    ("deaths ~ bs(age, df = 2)", 9, "at least 3"),
    ("deaths ~ bs(age, knots = c(1, \"a\"))", 25, "numbers"),
    ("deaths ~ ns(age, Boundary.knots = 1)", 9, "two different numbers"),
    ("deaths ~ factor(age, ref = 3 + 4)", 27, "text in quotes"),
    ("deaths ~ factor(age, levels = c(\"a\", \"a\"))", 9, "twice"),
    ("deaths ~ factor(age, levels = c(\"a\", \"b\"), ref = \"c\")", 9, "none of the levels"),
    ("deaths ~ C(age, helmert)", 16, "treatment, sum or poly"),
    ("deaths ~ log(age, 1)", 18, "base"),
    ("deaths ~ log(age, 2, 3)", 21, "at most"),
    ("deaths ~ log(\"age\")", 13, "text"),
    ("deaths ~ log(age:sex)", 16, "arithmetic"),
    ("deaths ~ I(.)", 11, "terms only"),
    ("deaths ~ log(offset(age))", 13, "inside another"),
    ("deaths ~ age + 2", 15, "0 and 1"),
    ("deaths ~ (age + sex)^0", 21, "whole number"),
    ("deaths ~ (age + sex)^sex", 21, "whole number"),
    ("deaths ~ age + deaths", 15, "response"),
    ("deaths ~ age:offset(x)", 9, "offset"),
    ("deaths ~ cbind(a, b)", 9, "response only"),
    ("cbind(a) ~ b", 0, "two arguments"),
    ("3 ~ b", 0, "no column"),
    ("a:b ~ c", 1, "arithmetic"),
    ("deaths ~ `age", 9, "does not end"),
    ("deaths ~ ``", 9, "empty"),
    ("deaths ~ factor(a, ref = 'x)", 25, "does not end"),
    ("deaths ~ a %on% b", 11, "%in%"),
    ("deaths ~ a & b", 11, "no meaning"),
    ("deaths ~ 2nd", 9, "backticks"),
    ("deaths ~ _a", 9, "backticks"),
    ("größe ~ ä ++ b", 11, "missing behind +"),
    ("y ~ a, b", 5, "comma"),
    ("y ~ df = 3", 7, "="),
    ("y ~ a - ", 8, "missing behind -"),
  ]

  @Test("a wrong formula points at the character", arguments: wrong)
  func position(_ formula: String, _ position: Int, _ words: String) throws {
    let error = try #require(throws: FormulaError.self) { try Formula(formula) }
    #expect(error.position == position)
    #expect(error.message.contains(words), "\(error.message)")
  }

  @Test("the description shows the formula with a caret under the character")
  func caret() throws {
    let error = try #require(throws: FormulaError.self) { try Formula("deaths ~ age ++ sex") }
    #expect(
      error.description == """
        a term is missing behind +
          deaths ~ age ++ sex
                        ^
        """)
  }

  @Test("of a long formula the part around the caret is shown, and on one line")
  func window() throws {
    let text = "y ~ " + (1...200).map { "x\($0)" }.joined(separator: " +\n") + " ++ z"
    let error = try #require(throws: FormulaError.self) { try Formula(text) }
    let lines = error.description.split(separator: "\n").map(Array.init)
    #expect(lines.count == 3)
    #expect(lines[1].count < 110)
    #expect(lines[1][lines[2].firstIndex(of: "^")!] == "+")
  }

  @Test(
    "nesting beyond reason is refused, not a crash",
    arguments: ["(", "log(", "-(", "a*(", "2^", "a^(", "a:(", "I(a + "])
  func nesting(_ opening: String) {
    let text = "y ~ " + String(repeating: opening, count: opening == "(" ? 100_000 : 10_000) + "a"
    #expect(throws: FormulaError.self) { try Formula(text) }
  }

  @Test("long chains: many summands are a model, many factors of one product are not")
  func chains() throws {
    let sum = try Formula("y ~ " + (0..<10_000).map { "x\($0)" }.joined(separator: " + "))
    #expect(sum.columns.count == 10_001)
    for sign in ["*", ":", "/", "^", " %in% "] {
      let text = "y ~ " + (0..<5_000).map { "x\($0)" }.joined(separator: sign)
      #expect(throws: FormulaError.self) { try Formula(text) }
    }
    let powers = "y ~ (" + (0..<40).map { "x\($0)" }.joined(separator: " + ") + ")^40"
    #expect(throws: FormulaError.self) { try Formula(powers) }
  }

  @Test("random bytes and random words give a formula or an error", arguments: 0..<8)
  func rubbish(_ seed: Int) {
    var state = UInt64(seed + 1)
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let words = [
      "y", "~", "+", "-", "*", ":", "/", "^", "%in%", "(", ")", "log(", "poly(", "ns(x, ", "factor(", "C(a, ", "cbind(",
      ",", "=", "0", "1", "2.5", "1e999", "\"t\"", "`q r`", ".", "df", "a", "ä", "\u{301}", "offset(", "TRUE", "c(",
      "'",
    ]
    var understood = 0
    for _ in 0..<2_000 {
      let bytes = (0..<random(30)).map { _ in UInt8(random(256)) }
      _ = try? Formula(String(decoding: bytes, as: UTF8.self))
      let text = "y ~ " + (0..<1 + random(10)).map { _ in words[random(words.count)] }.joined(separator: " ")
      if let formula = try? Formula(text) {
        understood += 1
        #expect((try? Formula(formula.description)) == formula, "\(text)")
      }
    }
    #expect(understood > 10)
  }
}
