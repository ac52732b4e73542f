/// Text broken between words into lines of at most `width` characters, for a terminal or a report.
///
/// Words are what blanks separate; a word that is too long has a line of its own. There is one line at least.
///
/// - Parameters:
///   - text: The text; line breaks in it are characters as others are.
///   - first: What the first line begins with, such as the `- ` of a list.
///   - indent: What the other lines begin with.
///   - width: The most characters a line has.
/// - Complexity: O(characters).
public func wrappedLines(_ text: String, first: String = "", indent: String = "", width: Int = 80) -> [String] {
  var lines: [String] = []
  var line = first
  var isEmpty = true
  for word in text.split(separator: " ") {
    if !isEmpty, line.count + 1 + word.count > width {
      lines.append(line)
      line = indent
      isEmpty = true
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return lines + [line]
}
