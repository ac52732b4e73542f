import Tables

/// Text broken between words into lines of at most `width` characters, each indented and ended by a line break; a
/// longer word has a line of its own.
func paragraph(_ text: String, indent: Int = 0, first: String? = nil, width: Int = 80) -> String {
  let margin = String(repeating: " ", count: indent)
  return wrappedLines(text, first: first ?? margin, indent: margin, width: width).joined(separator: "\n") + "\n"
}
