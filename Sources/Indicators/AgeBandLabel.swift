/// The name of an age band, understood well enough that "0-4", "00-04", "0–4 years" and "0 to 4" are the same band.
///
/// What is understood: one age ("7"), two ages joined by a dash of any kind or by "to", an open end ("90+", "90 plus",
/// "90 and over", "90 or older", "≥90") and a start ("Under 1", "<1", "less than 5"), with or without "age", "aged",
/// "years" and leading zeros, in any case. Anything else, such as "Adults" or "05-Sep", is not guessed at: it is equal only
/// to the same words.
public struct AgeBandLabel: Sendable, Hashable, CustomStringConvertible {
  /// What a label says.
  enum Meaning: Sendable, Hashable {
    /// From one completed age to another, both included; no end for an open band.
    case ages(from: Int, through: Int?)
    /// Words without numbers that could be ages, in lower case.
    case words(String)
  }

  let meaning: Meaning

  /// Reads a label.
  ///
  /// - Complexity: O(the length of the label).
  public init(_ label: String) {
    let words = LabelWords(label)
    meaning = words.ages ?? .words(words.text)
  }

  /// A band of completed ages, both included; without an end it is open.
  ///
  /// - Complexity: O(1).
  public init(from youngest: Int, through oldest: Int? = nil) {
    precondition(youngest >= 0 && (oldest ?? youngest) >= youngest, "ages in rising order")
    meaning = .ages(from: youngest, through: oldest)
  }

  /// The youngest completed age, where the label names ages.
  public var youngest: Int? {
    if case .ages(let youngest, _) = meaning { youngest } else { nil }
  }

  /// The oldest completed age; none for an open band and for a label that names no ages.
  public var oldest: Int? {
    if case .ages(_, let oldest) = meaning { oldest } else { nil }
  }

  /// Whether the band has no end.
  public var isOpen: Bool {
    if case .ages(_, nil) = meaning { true } else { false }
  }

  /// The label in one spelling: "0-4", "7", "90+", or the words in lower case.
  public var description: String {
    switch meaning {
    case .ages(let youngest, nil): "\(youngest)+"
    case .ages(let youngest, let oldest?): youngest == oldest ? "\(youngest)" : "\(youngest)-\(oldest)"
    case .words(let text): text
    }
  }
}

/// A label cut into numbers, signs and words.
private struct LabelWords {
  private enum Word: Equatable {
    case number(Int)
    case dash, plus, less, atLeast
    case word(String)
  }

  /// The label in lower case with single spaces.
  let text: String
  private let words: [Word]

  init(_ label: String) {
    let lowered = label.lowercased()
    text = lowered.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    words = Self.cut(lowered).filter { !Self.decoration.contains($0) }
  }

  private static let decoration: [Word] = [
    "age", "aged", "ages", "year", "years", "yr", "yrs", "old", "olds", "of", "s",
  ].map(Word.word)

  private static func cut(_ label: String) -> [Word] {
    var words: [Word] = []
    var rest = label.unicodeScalars[...]
    while let first = rest.first {
      if first.properties.isWhitespace {
        rest.removeFirst()
      } else if isDigit(first) {
        let digits = rest.prefix(while: isDigit)
        // Nobody is older than three digits; a longer number is no age.
        let age = digits.count <= 3 ? Int(String(digits)) : nil
        words.append(age.map(Word.number) ?? .word(String(digits)))
        rest = rest.dropFirst(digits.count)
      } else if first.properties.isAlphabetic {
        let letters = rest.prefix { $0.properties.isAlphabetic }
        words.append(.word(String(letters)))
        rest = rest.dropFirst(letters.count)
      } else {
        rest.removeFirst()
        words.append(sign(first, followedBy: &rest))
      }
    }
    return words
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

  private static func sign(_ scalar: Unicode.Scalar, followedBy rest: inout Substring.UnicodeScalarView) -> Word {
    switch scalar {
    // Hyphen-minus, hyphen, non-breaking hyphen, figure dash, en dash, em dash, minus.
    case "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}", "\u{2212}": return .dash
    case "+": return .plus
    case "<": return .less
    case "\u{2265}": return .atLeast
    case ">" where rest.first == "=":
      rest.removeFirst()
      return .atLeast
    default: return .word(String(scalar))
    }
  }

  /// The ages that the words name, unless they leave a doubt.
  var ages: AgeBandLabel.Meaning? {
    switch words.count {
    case 1:
      if case .number(let age) = words[0] { return .ages(from: age, through: age) }
    case 2:
      if case .number(let end) = words[1], end > 0, words[0] == .less || words[0] == .word("under") {
        return .ages(from: 0, through: end - 1)
      }
      if case .number(let start) = words[1], words[0] == .atLeast { return .ages(from: start, through: nil) }
      if case .number(let start) = words[0], words[1] == .plus || words[1] == .word("plus") {
        return .ages(from: start, through: nil)
      }
    case 3:
      if case .number(let end) = words[2], end > 0, words[0] == .word("less"), words[1] == .word("than") {
        return .ages(from: 0, through: end - 1)
      }
      if case .number(let end) = words[2], end > 0, words[0] == .word("under"), words[1] == .dash {
        return .ages(from: 0, through: end - 1)
      }
      guard case .number(let start) = words[0] else { return nil }
      if case .number(let end) = words[2], end >= start, words[1] == .dash || words[1] == .word("to") {
        return .ages(from: start, through: end)
      }
      let joins: [Word] = [.word("and"), .word("or"), .word("&")]
      let ends: [Word] = [.word("over"), .word("above"), .word("older"), .word("more")]
      if joins.contains(words[1]), ends.contains(words[2]) { return .ages(from: start, through: nil) }
    default: break
    }
    return nil
  }
}
