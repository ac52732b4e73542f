extension Formula.Expression: CustomStringConvertible {
  /// The expression as R deparses it, which is how terms and coefficients are named: `I(x^2)`, `log(x * 2/3)`,
  /// `bs(hp, df = 6)`; a name with a blank stands in backticks.
  ///
  /// - Complexity: O(size of the expression).
  public var description: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch kind {
    case .column(let name): text += Self.written(name)
    case .number(let value): text += numberAsR(value)
    case .text(let value): text += Self.inQuotes(value, "\"")
    case .logical(let value): text += value ? "TRUE" : "FALSE"
    case .otherColumns: text += "."
    case .call(let name, let arguments):
      text += "\(name)("
      for (index, argument) in arguments.enumerated() {
        if index > 0 { text += ", " }
        if let name = argument.name { text += "\(name) = " }
        argument.value.write(to: &text)
      }
      text += ")"
    case .sum(let summands):
      for (index, summand) in summands.enumerated() {
        if index > 0 { text += summand.isSubtracted ? " - " : " + " }
        summand.value.write(to: &text)
      }
    case .binary(let sign, let left, let right):
      left.write(to: &text)
      switch sign {
      case .crossing, .within: text += " \(sign.rawValue) "
      case .nesting, .interaction, .power: text += sign.rawValue
      }
      right.write(to: &text)
    case .negated(let inner):
      text += "-"
      inner.write(to: &text)
    case .parenthesised(let inner):
      text += "("
      inner.write(to: &text)
      text += ")"
    }
  }

  /// A column's name as a formula writes it: in backticks unless it is a name of the language.
  static func written(_ name: String) -> String { isPlainName(name) ? name : inQuotes(name, "`") }

  /// Whether a name needs no backticks: letters, digits, points and underscores, beginning with a letter or with a
  /// point that no digit follows.
  static func isPlainName(_ name: String) -> Bool {
    let reserved: Set = [
      "TRUE", "FALSE", "NULL", "NA", "NaN", "Inf", "if", "else", "for", "in", "while", "repeat",
      "next", "break", "function", ".",
    ]
    guard let first = name.first, !reserved.contains(name), name.allSatisfy(\.isFormulaName) else { return false }
    if first.isLetter { return true }
    return first == "." && !(name.dropFirst().first?.isASCIIDigit ?? false)
  }

  private static func inQuotes(_ value: String, _ quote: Character) -> String {
    var text = String(quote)
    for character in value {
      switch character {
      case quote, "\\": text += "\\\(character)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default: text.append(character)
      }
    }
    return text + String(quote)
  }
}

extension Character {
  /// 0 to 9 and no other script's digits.
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }

  /// Whether the character may stand inside a name.
  var isFormulaName: Bool { isLetter || isNumber || self == "." || self == "_" }
}

/// A number as R writes it in a label: at most 15 significant digits, fixed unless scientific notation is shorter
/// (`1e+05`, `123456`, `0.1`, `1e-05`).
///
/// - Complexity: O(digits).
func numberAsR(_ value: Double) -> String {
  if value.isNaN { return "NaN" }
  if value.isInfinite { return value < 0 ? "-Inf" : "Inf" }
  if value == 0 { return "0" }
  var (digits, exponent) = significantDigits(value.magnitude)
  if digits.count > 15 {
    let roundsUp = digits[15] >= 5
    digits = Array(digits.prefix(15))
    if roundsUp {
      var index = 14
      while index >= 0, digits[index] == 9 {
        digits[index] = 0
        index -= 1
      }
      if index >= 0 {
        digits[index] += 1
      } else {
        digits = [1]
        exponent += 1
      }
    }
  }
  while digits.count > 1, digits.last == 0 { digits.removeLast() }
  let shown = digits.map(String.init)
  let size = String(exponent.magnitude)
  let mantissa = shown[0] + (shown.count > 1 ? "." + shown.dropFirst().joined() : "")
  let scientific = mantissa + (exponent < 0 ? "e-" : "e+") + (size.count < 2 ? "0" : "") + size
  var fixed: String
  if exponent < 0 {
    fixed = "0." + String(repeating: "0", count: -exponent - 1) + shown.joined()
  } else if shown.count <= exponent + 1 {
    fixed = shown.joined() + String(repeating: "0", count: exponent + 1 - shown.count)
  } else {
    fixed = shown[...exponent].joined() + "." + shown[(exponent + 1)...].joined()
  }
  if fixed.count > scientific.count { fixed = scientific }
  return value < 0 ? "-" + fixed : fixed
}

/// The shortest digits that read back as the number, and the power of ten of the first.
private func significantDigits(_ value: Double) -> (digits: [Int], exponent: Int) {
  let parts = value.description.split(separator: "e")
  var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
  let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
  var digits = halves.joined().compactMap(\.wholeNumberValue)
  exponent += halves[0].count - 1
  let leadingZeros = digits.prefix { $0 == 0 }.count
  digits.removeFirst(min(leadingZeros, digits.count - 1))
  return (digits, exponent - leadingZeros)
}
