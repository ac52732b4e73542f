/// What is wrong in a formula and where.
///
/// The description shows the formula with a caret under the character:
/// ```
/// a term is missing behind +
///   deaths ~ age ++ sex
///                 ^
/// ```
public struct FormulaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The formula as it was written.
  public let formula: String

  /// The offending character, counted from 0; the formula's length where something is missing at its end.
  public let position: Int

  /// What is wrong there.
  public let message: String

  init(_ message: String, at position: Int, of formula: String) {
    self.formula = formula
    self.position = position
    self.message = message
  }

  /// The message, and below it the formula with a caret; of a long formula the part around the caret.
  public var description: String {
    let longest = 100
    let characters = formula.map { character in
      character.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : character
    }
    let start = characters.count <= longest ? 0 : max(0, min(position - longest / 2, characters.count - longest))
    let end = min(characters.count, start + longest)
    let before = start > 0 ? "…" : ""
    let after = end < characters.count ? "…" : ""
    let indent = String(repeating: " ", count: before.count + max(0, position - start))
    return "\(message)\n  \(before)\(String(characters[start..<end]))\(after)\n  \(indent)^"
  }
}

/// Where something stands in the text of a formula. All positions are equal: two formulas that say the same are the same
/// however they are spaced.
struct SourcePosition: Sendable, Hashable {
  /// The character, counted from 0; nil in a formula that was not read from text.
  let offset: Int?

  static func == (_: SourcePosition, _: SourcePosition) -> Bool { true }
  func hash(into _: inout Hasher) {}
}

/// What is wrong with a part of a formula, before the text around it is known.
struct FormulaComplaint: Error {
  let message: String
  let position: SourcePosition

  init(_ message: String, at position: SourcePosition) {
    self.message = message
    self.position = position
  }
}
