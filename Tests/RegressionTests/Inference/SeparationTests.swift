@testable import Regression
import Tables
import Testing

@Suite struct SeparationTests {
  private func separation(_ fit: Fit) -> Separation? {
    for case .separation(let separation) in fit.warnings { return separation }
    return nil
  }

  @Test("perfect separation by a number is named with its direction") func perfect() throws {
    let fit = try Regression.fit("y ~ x", to: PenaltyTests.separated, family: .binomial)
    let found = try #require(separation(fit))
    #expect(found.isComplete)
    #expect(found.rows == 8)
    #expect(found.divergences.map(\.term) == ["(Intercept)", "x"])
    #expect(found.divergences.map(\.isUpward) == [false, true])
    #expect(found.description.contains("x (to +infinity)"))
  }

  @Test("quasi-complete separation by a factor names that level only") func quasi() throws {
    let fit = try Regression.fit("HG ~ NV + PI + EH", to: EndometrialStudy.table, family: .binomial)
    let found = try #require(separation(fit))
    #expect(!found.isComplete)
    #expect(found.divergences == [.init(term: "NV", isUpward: true)])
    // All 13 patients with neovasculation have a high grade.
    #expect(found.rows == 13)
  }

  @Test("a number with one shared value separates all others") func shared() throws {
    let table = Table([
      .init("y", integers: [0, 0, 0, 1, 0, 1, 1, 1]), .init("x", numbers: [1, 2, 3, 4, 4, 5, 6, 7]),
    ])
    let found = try #require(separation(try Regression.fit("y ~ x", to: table, family: .binomial)))
    #expect(!found.isComplete)
    #expect(found.rows == 6)
  }

  @Test(
    "an empty cell of a Poisson or negative binomial fit is one",
    arguments: [Family.poisson, .negativeBinomial(theta: 3)])
  func emptyCell(family: Family) throws {
    let fit = try Regression.fit("y ~ x + g + offset(log(e))", to: ExampleData.withoutEventsInD, family: family)
    let found = try #require(separation(fit))
    #expect(found.divergences == [.init(term: "gd", isUpward: false)])
    #expect(found.rows == 12)
  }

  @Test("where two levels are empty both are named") func twoLevels() throws {
    let groups = ExampleData.table.text("g")!.cells
    let responses = zip(ExampleData.table.numbers("d")!, groups).map { $1 == "d" ? 0 : $1 == "b" ? 1 : $0 }
    let table = Table(ExampleData.table.columns + [.init("r", numbers: responses)])
    let found = try #require(separation(try Regression.fit("r ~ g + x", to: table, family: .binomial)))
    #expect(found.divergences == [.init(term: "gb", isUpward: true), .init(term: "gd", isUpward: false)])
    #expect(found.rows == 24)
  }

  @Test(
    "separation by a combination of columns is found under each link",
    arguments: [Link.logit, .probit, .complementaryLogLog])
  func combination(link: Link) throws {
    // y = 1 exactly where u + v > 7; neither u nor v separates alone.
    let u = [1.0, 2, 3, 4, 5, 6, 7, 8, 2, 6, 4, 5]
    let v = [3.0, 6, 1, 5, 1, 3, 6, 0, 4, 0, 2, 5]
    let table = Table([
      .init("u", numbers: u), .init("v", numbers: v), .init("y", numbers: zip(u, v).map { $0 + $1 > 7 ? 1 : 0 }),
    ])
    let found = try #require(separation(try Regression.fit("y ~ u + v", to: table, family: .binomial, link: link)))
    #expect(found.isComplete)
    #expect(found.divergences.map(\.isUpward) == [false, true, true])
  }

  @Test("overlapping data, however far apart, are not separated") func overlap() throws {
    // One patient of each group stands on the other side: the estimate is finite, if large.
    var y = [Double](repeating: 0, count: 50) + [Double](repeating: 1, count: 50)
    y[0] = 1
    y[99] = 0
    let x = (0..<100).map { $0 < 50 ? 0.0 : 1.0 }
    let fit = try Regression.fit(
      "y ~ x", to: Table([.init("x", numbers: x), .init("y", numbers: y)]), family: .binomial)
    #expect(fit.warnings.isEmpty)
    // A logistic curve so steep that most rows are fitted to the last digit, and yet the middle rows overlap.
    let steep = (0..<200).map { Double($0) / 2 }
    var step = steep.map { $0 > 50 ? 1.0 : 0.0 }
    step.swapAt(100, 101)
    let middle = try Regression.fit(
      "y ~ x", to: Table([.init("x", numbers: steep), .init("y", numbers: step)]), family: .binomial)
    #expect(separation(middle) == nil)
    #expect(middle.converged)
    #expect(separation(try FitTests.poisson()) == nil)
  }

  @Test("proportions inside 0 and 1 hold their coefficients") func trials() throws {
    let table = Table([
      .init("p", numbers: [0, 0.5, 1, 0, 0.25, 1]), .init("m", integers: [4, 4, 4, 4, 4, 4]),
      .init("g", text: ["a", "b", "c", "a", "b", "c"]),
    ])
    let fit = try Regression.fit("p ~ g", to: table, family: .binomial, options: FitOptions(trials: "m"))
    let found = try #require(separation(fit))
    // Level a has no success, so that the intercept falls, and the others rise against it; c rises by itself.
    #expect(found.rows == 4)
    #expect(found.divergences.first == .init(term: "(Intercept)", isUpward: false))
  }
}
