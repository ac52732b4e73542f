/// What one variable of a formula is: the reading of a column or call that stands among the terms.
enum FormulaVariable: Sendable, Hashable {
  /// A column by itself: a factor where it holds text, else a number.
  case column(String)
  /// A function of numeric columns.
  case arithmetic(Formula.Expression)
  /// A column of codes.
  case factor(FactorSpecification)
  /// Several columns made of one number.
  case basis(BasisSpecification, of: Formula.Expression)
  /// Added to the linear predictor as it is.
  case offset(Formula.Expression)

  /// Reads a variable.
  ///
  /// - Throws: What is wrong in it: an unknown function, arguments that the function does not take.
  init(_ expression: Formula.Expression) throws(FormulaComplaint) {
    switch expression.kind {
    case .column(let name): self = .column(name)
    case .call(let name, let arguments):
      switch name {
      case "factor", "ordered", "C": self = .factor(try FactorSpecification(expression))
      case "poly", "ns", "bs":
        let call = try CallArguments(of: name, arguments, at: expression.position)
        self = .basis(try BasisSpecification(call), of: try call.number(0))
      case "offset":
        let call = try CallArguments(of: name, arguments, at: expression.position)
        self = .offset(try call.number(0))
      case "cbind": throw FormulaComplaint("cbind stands in the response only", at: expression.position)
      default:
        try expression.checkArithmetic()
        self = .arithmetic(expression)
      }
    default: throw FormulaComplaint("this is no variable", at: expression.position)
    }
  }

  /// The columns that it is made of.
  var columns: [String] {
    switch self {
    case .column(let name): [name]
    case .arithmetic(let source), .basis(_, let source), .offset(let source): source.columns
    case .factor(let specification): specification.source.columns
    }
  }
}

/// A factor as the formula describes it.
struct FactorSpecification: Sendable, Hashable {
  /// What is coded: a column, or a function of numeric columns.
  var source: Formula.Expression
  /// The levels in order; nil for those that occur, sorted.
  var levels: [String]?
  /// The level to put first.
  var reference: String?
  /// Whether the levels have an order.
  var isOrdered = false
  /// The coding; nil for polynomials where the levels have an order, else differences from the first.
  var contrast: Contrast?

  init(source: Formula.Expression) { self.source = source }

  /// Reads `factor(…)`, `ordered(…)` or `C(…)`, also inside one another.
  init(_ expression: Formula.Expression) throws(FormulaComplaint) {
    guard case .call(let name, let arguments) = expression.unwrapped.kind, FormulaFunction.codings.contains(name) else {
      try expression.checkArithmetic()
      self.init(source: expression.unwrapped)
      return
    }
    let call = try CallArguments(of: name, arguments, at: expression.position)
    try self.init(try call.required(0))
    if name == "C" {
      guard let given = call[1] else { return }
      guard let contrast = Self.contrast(given) else {
        throw FormulaComplaint("a contrast is treatment, sum or poly", at: given.position)
      }
      self.contrast = contrast
      return
    }
    if let given = try call.texts("levels") { levels = given }
    if let given = try call.texts("ref") {
      guard given.count == 1 else { throw call.complaint("ref names one level") }
      reference = given[0]
    }
    isOrdered = name == "ordered" ? true : try call.flag("ordered") ?? isOrdered
    if let levels {
      guard Set(levels).count == levels.count else { throw call.complaint("a level stands twice in levels") }
      if let reference, !levels.contains(reference) { throw call.complaint("ref is none of the levels") }
    }
  }

  private static func contrast(_ expression: Formula.Expression) -> Contrast? {
    let name: String
    switch expression.kind {
    case .column(let word), .text(let word): name = word
    default: return nil
    }
    return Contrast(rawValue: name.hasPrefix("contr.") ? String(name.dropFirst(6)) : name)
  }
}

/// Several columns made of one number.
enum BasisSpecification: Sendable, Hashable {
  /// Polynomials, orthogonal over the data unless raw.
  case polynomial(degree: Int, isRaw: Bool)
  /// A spline.
  case spline(SplineSpecification)

  init(_ call: CallArguments) throws(FormulaComplaint) {
    guard call.function == "poly" else {
      self = .spline(try SplineSpecification(call))
      return
    }
    self = .polynomial(degree: try call.count("degree", 1...20) ?? 1, isRaw: try call.flag("raw") ?? false)
  }
}

/// A spline as the formula describes it; R's `ns` and `bs` (Hastie, in Chambers and Hastie 1992, chapter 7).
struct SplineSpecification: Sendable, Hashable {
  let isNatural: Bool
  let degree: Int
  let degreesOfFreedom: Int?
  let knots: [Double]?
  let boundaryKnots: [Double]?
  let hasIntercept: Bool

  init(_ call: CallArguments) throws(FormulaComplaint) {
    isNatural = call.function == "ns"
    degree = isNatural ? 3 : try call.count("degree", 1...10) ?? 3
    degreesOfFreedom = try call.count("df", 1...1000)
    knots = try call.numbers("knots").map { $0.sorted() }
    boundaryKnots = try call.numbers("Boundary.knots").map { $0.sorted() }
    hasIntercept = try call.flag("intercept") ?? false
    if let boundaryKnots, boundaryKnots.count != 2 || boundaryKnots[0] == boundaryKnots[1] {
      throw call.complaint("Boundary.knots are two different numbers")
    }
    if let df = degreesOfFreedom, knots == nil {
      let fewest = (isNatural ? 1 : degree) + (hasIntercept ? 1 : 0)
      if df < fewest { throw call.complaint("df must be at least \(fewest)") }
    }
  }

  /// How many knots stand inside the boundary.
  var interiorKnotCount: Int {
    if let knots { return knots.count }
    guard let df = degreesOfFreedom else { return 0 }
    return df - (isNatural ? 1 : degree) - (hasIntercept ? 1 : 0)
  }
}
