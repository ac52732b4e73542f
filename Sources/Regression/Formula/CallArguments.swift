import Tables

/// The arguments of a call in the order of the function's parameters: named ones first, the rest in turn, as R matches
/// them.
struct CallArguments {
  let function: String
  private let parameters: [String]
  private let values: [Formula.Expression?]
  private let position: SourcePosition

  private static let parameters: [String: [String]] = [
    "factor": ["x", "levels", "ref", "ordered"], "ordered": ["x", "levels"], "C": ["object", "contr"],
    "poly": ["x", "degree", "raw"], "ns": ["x", "df", "knots", "intercept", "Boundary.knots"],
    "bs": ["x", "df", "knots", "degree", "intercept", "Boundary.knots"], "offset": ["object"],
    "log": ["x", "base"], "I": ["x"],
  ]

  init(
    of function: String, _ arguments: [Formula.Expression.Argument], at position: SourcePosition
  ) throws(FormulaComplaint) {
    let parameters = Self.parameters[function] ?? ["x"]
    var values = [Formula.Expression?](repeating: nil, count: parameters.count)
    for argument in arguments {
      guard let name = argument.name else { continue }
      guard let index = parameters.firstIndex(of: name) else {
        throw FormulaComplaint(
          "\(function) has no argument \(quoted(name)); it takes \(parameters.joined(separator: ", "))",
          at: argument.value.position)
      }
      guard values[index] == nil else {
        throw FormulaComplaint("the argument \(name) stands twice", at: argument.value.position)
      }
      values[index] = argument.value
    }
    for argument in arguments where argument.name == nil {
      guard let index = values.firstIndex(where: { $0 == nil }) else {
        throw FormulaComplaint(
          "\(function) takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s") at most: "
            + parameters.joined(separator: ", "), at: argument.value.position)
      }
      values[index] = argument.value
    }
    self.function = function
    self.parameters = parameters
    self.values = values
    self.position = position
  }

  subscript(index: Int) -> Formula.Expression? { values[index] }

  private func value(_ parameter: String) -> Formula.Expression? {
    parameters.firstIndex(of: parameter).flatMap { values[$0] }
  }

  func complaint(_ message: String) -> FormulaComplaint { FormulaComplaint("\(function): \(message)", at: position) }

  /// An argument that must be there.
  func required(_ index: Int) throws(FormulaComplaint) -> Formula.Expression {
    guard let value = values[index] else { throw complaint("the argument \(parameters[index]) is missing") }
    return value
  }

  /// An argument that must be arithmetic over columns, and not of numbers alone.
  func number(_ index: Int) throws(FormulaComplaint) -> Formula.Expression {
    let value = try required(index)
    try value.checkArithmetic()
    guard !value.columns.isEmpty else { throw FormulaComplaint("a column is missing here", at: value.position) }
    return value
  }

  /// A whole number.
  func count(_ parameter: String, _ range: ClosedRange<Int>) throws(FormulaComplaint) -> Int? {
    guard let given = value(parameter) else { return nil }
    guard let number = given.literalNumber, let whole = Int(exactly: number), range.contains(whole) else {
      throw FormulaComplaint(
        "\(parameter) is a whole number from \(range.lowerBound) to \(range.upperBound)", at: given.position)
    }
    return whole
  }

  /// `TRUE` or `FALSE`, also as `T` and `F`.
  func flag(_ parameter: String) throws(FormulaComplaint) -> Bool? {
    guard let given = value(parameter) else { return nil }
    switch given.kind {
    case .logical(let value): return value
    case .column("T"): return true
    case .column("F"): return false
    default: throw FormulaComplaint("\(parameter) is TRUE or FALSE", at: given.position)
    }
  }

  /// Numbers: one, or several in `c()`.
  func numbers(_ parameter: String) throws(FormulaComplaint) -> [Double]? {
    guard let given = value(parameter) else { return nil }
    let numbers = given.elements.compactMap(\.literalNumber)
    guard numbers.count == given.elements.count, !numbers.isEmpty else {
      throw FormulaComplaint("\(parameter) is a number or c() of numbers", at: given.position)
    }
    guard Set(numbers).count == numbers.count else {
      throw FormulaComplaint("a number stands twice in \(parameter)", at: given.position)
    }
    return numbers
  }

  /// Texts: one, or several in `c()`; numbers as R writes them.
  func texts(_ parameter: String) throws(FormulaComplaint) -> [String]? {
    guard let given = value(parameter) else { return nil }
    let texts = given.elements.compactMap { element in
      if case .text(let text) = element.kind { text } else { element.literalNumber.map(numberAsR) }
    }
    guard texts.count == given.elements.count, !texts.isEmpty else {
      throw FormulaComplaint("\(parameter) is a text in quotes or c() of texts", at: given.position)
    }
    return texts
  }
}

extension Formula.Expression {
  /// A number written as such, with or without a minus.
  var literalNumber: Double? {
    switch unwrapped.kind {
    case .number(let value): value
    case .negated(let inner): inner.literalNumber.map { -$0 }
    default: nil
    }
  }

  /// The elements of `c(…)`; of anything else itself.
  var elements: [Formula.Expression] {
    if case .call("c", let arguments) = kind { arguments.map(\.value) } else { [self] }
  }

  /// Checks that the expression is arithmetic over numbers and columns.
  func checkArithmetic() throws(FormulaComplaint) {
    switch kind {
    case .column, .number: return
    case .text: throw FormulaComplaint("a text stands where a number is needed", at: position)
    case .logical: throw FormulaComplaint("TRUE and FALSE are no numbers here", at: position)
    case .otherColumns: throw FormulaComplaint(". stands for columns among the terms only", at: position)
    case .binary(.interaction, _, _), .binary(.within, _, _):
      throw FormulaComplaint("this operator joins terms; here is arithmetic", at: position)
    case .call(let name, let arguments):
      if FormulaFunction.codings.contains(name) || FormulaFunction.bases.contains(name) || name == "offset"
        || name == "cbind"
      {
        throw FormulaComplaint("\(name) cannot stand inside another function", at: position)
      }
      guard name == "I" || FormulaFunction.elementary[name] != nil else {
        throw FormulaFunction.unknown(name, at: position)
      }
      let call = try CallArguments(of: name, arguments, at: position)
      try call.required(0).checkArithmetic()
      if name == "log", let base = call[1], !((base.literalNumber ?? 0) > 0) || base.literalNumber == 1 {
        throw FormulaComplaint("the base of a logarithm is a positive number other than 1", at: base.position)
      }
    case .sum, .binary, .negated, .parenthesised:
      for part in kind.parts { try part.checkArithmetic() }
    }
  }
}
