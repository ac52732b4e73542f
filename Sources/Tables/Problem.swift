/// One thing that is wrong in a file, said so that its author can find and mend it.
///
/// The description is `FILE:LINE:COLUMN: message` or, for what has no line, `FILE: message`, so that editors,
/// terminals and scripts find the place in one form.
public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file's name as the user gave it.
  public var file: String

  /// The line, counted from 1, in which the cell or row starts.
  public var line: Int?

  /// The field's number in its row, counted from 1 (not a count of characters); nil for what concerns a whole line.
  public var column: Int?

  /// What was found and what was expected.
  public var message: String

  /// Makes a problem; a column without a line is not shown.
  public init(file: String, line: Int? = nil, column: Int? = nil, message: String) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
  }

  /// The same, so many lines further down.
  func moved(by lines: Int) -> Problem {
    var moved = self
    moved.line = line.map { $0 + lines }
    return moved
  }

  /// `FILE:LINE:COLUMN: message`, or `FILE: message` where there is no line; a whole line begins at its first field.
  public var description: String {
    guard let line else { return "\(file): \(message)" }
    return "\(file):\(line):\(column ?? 1): \(message)"
  }
}

/// An offending value as a message shows it: in double quotes, control characters, quotation marks and
/// backslashes escaped, cut after 40 characters with `…`.
///
/// - Complexity: O(1): what lies behind the cut is not looked at.
public func quoted(_ value: some StringProtocol) -> String {
  let longest = 40
  var shown = "\""
  var count = 0
  for character in value {
    if count == longest {
      shown += "…"
      break
    }
    count += 1
    // A single character can hold any number of combining marks; a message needs only a few.
    for scalar in character.unicodeScalars.prefix(8) { shown += escaped(scalar) }
  }
  return shown + "\""
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\"", "\\": return "\\\(scalar)"
  case "\n": return "\\n"
  case "\r": return "\\r"
  case "\t": return "\\t"
  default:
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: return String(scalar)
    }
  }
}
