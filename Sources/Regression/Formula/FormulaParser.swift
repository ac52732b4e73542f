/// Reads a formula: `^` binds strongest and from the right, then the sign of a number, `:`, `%in%`, `*` and `/`, and `+`
/// and `-`, as in R.
struct FormulaParser {
  /// How deep expressions may stand inside one another; no model needs a tenth, and the stack holds many times as much.
  static let deepest = 100

  private let text: String
  private let words: [(token: FormulaToken, start: Int)]
  private var next = 0
  private var nesting = 0

  private typealias Expression = Formula.Expression

  private init(_ text: String) throws(FormulaError) {
    self.text = text
    words = try FormulaLexer.words(of: text)
  }

  static func parse(
    _ text: String
  ) throws(FormulaError) -> (response: Formula.Expression, terms: Formula.Expression) {
    var parser = try FormulaParser(text)
    if parser.token == .end { throw parser.error("the formula is empty; expected RESPONSE ~ TERMS") }
    if parser.token == .tilde { throw parser.error("the response is missing before ~") }
    let response = try parser.sum()
    guard parser.take(.tilde) else {
      throw parser.token == .end
        ? parser.error("there is no ~; expected RESPONSE ~ TERMS") : parser.unexpected()
    }
    if parser.token == .end {
      throw parser.error("there are no terms behind ~; a model of the intercept alone is RESPONSE ~ 1")
    }
    let terms = try parser.sum()
    guard parser.token == .end else { throw parser.unexpected() }
    return (response, terms)
  }

  private var token: FormulaToken { words[next].token }
  private var start: Int { words[next].start }

  private func error(_ message: String, at position: Int? = nil) -> FormulaError {
    FormulaError(message, at: position ?? start, of: text)
  }

  private func unexpected() -> FormulaError {
    switch token {
    case .close: error("this parenthesis closes nothing")
    case .tilde: error("a formula has one ~")
    case .comma: error("a comma stands between arguments of a function only")
    case .equals: error("= stands in arguments of a function only")
    case .end: error("the formula ends too early")
    default: error("an operator (+ - * : / ^ %in%) is missing before this")
    }
  }

  private mutating func take(_ expected: FormulaToken) -> Bool {
    guard token == expected else { return false }
    next += 1
    return true
  }

  private func checked(_ expression: Expression) throws(FormulaError) -> Expression {
    guard expression.depth <= Self.deepest else {
      throw error("more than \(Self.deepest) operations inside one another", at: expression.position.offset)
    }
    return expression
  }

  private mutating func sum() throws(FormulaError) -> Expression {
    let position = start
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Self.deepest { throw error("more than \(Self.deepest) parentheses inside one another") }
    var summands = [Expression.Summand(try product())]
    while token == .plus || token == .minus {
      let isSubtracted = token == .minus
      next += 1
      summands.append(Expression.Summand(try product(behind: isSubtracted ? "-" : "+"), isSubtracted: isSubtracted))
    }
    return summands.count == 1 ? summands[0].value : try checked(Expression(.sum(summands), at: position))
  }

  /// How strongly an operator binds; the power is read apart.
  private func strength(_ sign: Expression.Operator) -> Int {
    switch sign {
    case .crossing, .nesting: 1
    case .within: 2
    case .interaction: 3
    case .power: 4
    }
  }

  private mutating func product(from weakest: Int = 1, behind sign: String? = nil) throws(FormulaError) -> Expression {
    var left = try signed(behind: sign)
    while case .sign(let sign) = token, strength(sign) >= weakest, sign != .power {
      let position = start
      next += 1
      let right = try product(from: strength(sign) + 1, behind: sign.rawValue)
      left = try checked(Expression(.binary(sign, left, right), at: position))
    }
    return left
  }

  private mutating func signed(behind sign: String?) throws(FormulaError) -> Expression {
    let position = start
    guard sign != "+", sign != "-", token == .minus else { return try power(behind: sign) }
    next += 1
    return try checked(Expression(.negated(try power(behind: "-")), at: position))
  }

  private mutating func power(behind sign: String?) throws(FormulaError) -> Expression {
    let base = try primary(behind: sign)
    let position = start
    guard take(.sign(.power)) else { return base }
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Self.deepest { throw error("more than \(Self.deepest) powers inside one another") }
    let exponent = try signed(behind: "^")
    return try checked(Expression(.binary(.power, base, exponent), at: position))
  }

  private mutating func primary(behind sign: String?) throws(FormulaError) -> Expression {
    let position = start
    switch token {
    case .number(let value): return literal(.number(value), position)
    case .text(let value): return literal(.text(value), position)
    case .otherColumns: return literal(.otherColumns, position)
    case .quotedName(let name): return literal(.column(name), position)
    case .name("TRUE"): return literal(.logical(true), position)
    case .name("FALSE"): return literal(.logical(false), position)
    case .name(let name):
      next += 1
      guard take(.open) else { return Expression(.column(name), at: position) }
      return try checked(Expression(.call(name, try arguments(openedAt: position)), at: position))
    case .open:
      next += 1
      let inner = try sum()
      guard take(.close) else { throw unclosed(position) }
      return try checked(Expression(.parenthesised(inner), at: position))
    default:
      guard let sign else { throw token == .end ? unexpected() : error("a term is missing before this") }
      throw error("a term is missing behind \(sign)")
    }
  }

  private mutating func literal(_ kind: Expression.Kind, _ position: Int) -> Expression {
    next += 1
    return Expression(kind, at: position)
  }

  private func unclosed(_ position: Int) -> FormulaError {
    token == .end ? error("this parenthesis is never closed", at: position) : unexpected()
  }

  private mutating func arguments(openedAt position: Int) throws(FormulaError) -> [Expression.Argument] {
    var arguments: [Expression.Argument] = []
    if take(.close) { return arguments }
    while true {
      var name: String?
      if case .name(let label) = token, next + 1 < words.count, words[next + 1].token == .equals {
        name = label
        next += 2
      }
      if token == .comma || token == .close { throw error("an argument is missing here") }
      arguments.append(Expression.Argument(name, try sum()))
      if take(.close) { return arguments }
      guard take(.comma) else {
        throw token == .end ? error("the parenthesis of this function is never closed", at: position) : unexpected()
      }
    }
  }
}
