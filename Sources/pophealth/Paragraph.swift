/// Text broken between words into lines of at most `width` characters, each indented and ended by a line break; a
/// longer word has a line of its own.
func paragraph(_ text: String, indent: Int = 0, first: String? = nil, width: Int = 80) -> String {
  let margin = String(repeating: " ", count: indent)
  var result = ""
  var line = first ?? margin
  var isEmpty = true
  for word in text.split(separator: " ") {
    if !isEmpty, line.count + 1 + word.count > width {
      result += line + "\n"
      line = margin
      isEmpty = true
    }
    line += (isEmpty ? "" : " ") + word
    isEmpty = false
  }
  return result + line + "\n"
}
