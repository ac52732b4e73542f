/// A word of a formula.
enum FormulaToken: Sendable, Equatable {
  case number(Double)
  case name(String)
  /// A name in backticks, which is always a column.
  case quotedName(String)
  case text(String)
  case otherColumns
  case plus, minus, tilde, comma, equals, open, close
  case sign(Formula.Expression.Operator)
  case end
}

/// Cuts the text of a formula into words.
struct FormulaLexer {
  private let text: String
  private let characters: [Character]
  private var next = 0

  init(_ text: String) {
    self.text = text
    characters = Array(text)
  }

  /// All words with the character at which each begins; the last is the end.
  static func words(of text: String) throws(FormulaError) -> [(token: FormulaToken, start: Int)] {
    var lexer = FormulaLexer(text)
    var words: [(FormulaToken, Int)] = []
    while true {
      while let blank = lexer.peek(), blank.isWhitespace { lexer.next += 1 }
      let start = lexer.next
      guard lexer.peek() != nil else {
        words.append((.end, start))
        return words
      }
      words.append((try lexer.word(), start))
    }
  }

  private func peek(_ ahead: Int = 0) -> Character? {
    next + ahead < characters.count ? characters[next + ahead] : nil
  }

  private mutating func word() throws(FormulaError) -> FormulaToken {
    let first = characters[next]
    if first.isASCIIDigit || (first == "." && (peek(1)?.isASCIIDigit ?? false)) { return try number() }
    if first.isLetter || first == "." {
      let start = next
      while let character = peek(), character.isFormulaName { next += 1 }
      let name = String(characters[start..<next])
      return name == "." ? .otherColumns : .name(name)
    }
    switch first {
    case "`": return .quotedName(try quoted("`", "a name in backticks"))
    case "\"", "'": return .text(try quoted(first, "a text in quotes"))
    default: break
    }
    next += 1
    switch first {
    case "+": return .plus
    case "-": return .minus
    case "~": return .tilde
    case ",": return .comma
    case "=": return .equals
    case "(": return .open
    case ")": return .close
    case ":": return .sign(.interaction)
    case "/": return .sign(.nesting)
    case "^": return .sign(.power)
    case "*":
      guard peek() == "*" else { return .sign(.crossing) }
      next += 1
      return .sign(.power)
    case "%":
      guard characters[next...].prefix(3) == ["i", "n", "%"] else {
        throw FormulaError("the only operator in percent signs is %in%", at: next - 1, of: text)
      }
      next += 3
      return .sign(.within)
    case "_": throw FormulaError("a name that begins with _ stands in backticks", at: next - 1, of: text)
    default:
      throw FormulaError(
        "this character has no meaning in a formula; a column's name that holds it stands in backticks",
        at: next - 1, of: text)
    }
  }

  private mutating func number() throws(FormulaError) -> FormulaToken {
    let start = next
    while let digit = peek(), digit.isASCIIDigit || digit == "." { next += 1 }
    if let mark = peek(), mark == "e" || mark == "E" {
      let signed = peek(1) == "+" || peek(1) == "-"
      if peek(signed ? 2 : 1)?.isASCIIDigit ?? false {
        next += signed ? 2 : 1
        while let digit = peek(), digit.isASCIIDigit { next += 1 }
      }
    }
    guard !(peek()?.isFormulaName ?? false), let value = Double(String(characters[start..<next])), value.isFinite else {
      throw FormulaError(
        "not a number; a column's name that begins with a digit stands in backticks", at: start, of: text)
    }
    return .number(value)
  }

  private mutating func quoted(_ quote: Character, _ what: String) throws(FormulaError) -> String {
    let start = next
    var value = ""
    next += 1
    while let character = peek() {
      next += 1
      if character == quote {
        guard !value.isEmpty || quote != "`" else {
          throw FormulaError("a name in backticks is empty", at: start, of: text)
        }
        return value
      }
      if character == "\\", let escaped = peek() {
        next += 1
        value.append(escaped == "n" ? "\n" : escaped == "t" ? "\t" : escaped)
      } else {
        value.append(character)
      }
    }
    throw FormulaError("\(what) does not end", at: start, of: text)
  }
}
