/// One field of a CSV file as RFC 4180 delimits it.
struct CSVCell {
  enum Fault { case unterminatedQuote, quoteInside, textBehindQuote }

  /// The content, without the quotes around it.
  var start: Int
  var end: Int

  /// Index of the comma or line break behind the field, or the file's end.
  var next: Int
  var isQuoted = false

  /// Whether the content holds doubled quotes.
  var hasEscapes = false

  /// How many lines end inside the field.
  var lineBreaks = 0
  var hasNUL = false
  var hasHighBytes = false
  var fault: Fault?

  /// Finds the field that starts at `start`.
  ///
  /// - Complexity: O(length).
  init(in bytes: ByteView, at start: Int, separator: UInt8 = UInt8(ascii: ",")) {
    self.start = start
    end = start
    next = start
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") {
      scanQuoted(bytes)
    } else {
      scanPlain(bytes, separator)
      end = next
    }
    if isQuoted, fault == nil, next < bytes.count, !Self.endsField(bytes[next], separator) {
      fault = .textBehindQuote
      scanPlain(bytes, separator)
    }
  }

  private mutating func scanPlain(_ bytes: ByteView, _ separator: UInt8) {
    while next < bytes.count {
      let byte = bytes[next]
      if Self.endsField(byte, separator) { break }
      if byte == UInt8(ascii: "\""), fault == nil { fault = .quoteInside }
      note(byte)
      next += 1
    }
  }

  private mutating func scanQuoted(_ bytes: ByteView) {
    isQuoted = true
    start += 1
    var i = start
    while i < bytes.count {
      let byte = bytes[i]
      if byte == UInt8(ascii: "\"") {
        if i + 1 < bytes.count, bytes[i + 1] == UInt8(ascii: "\"") {
          hasEscapes = true
          i += 2
          continue
        }
        end = i
        next = i + 1
        return
      }
      if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !Self.isLineFeed(bytes, i + 1)) {
        lineBreaks += 1
      }
      note(byte)
      i += 1
    }
    fault = .unterminatedQuote
    end = i
    next = i
  }

  private mutating func note(_ byte: UInt8) {
    if byte == 0 { hasNUL = true }
    if byte >= 0x80 { hasHighBytes = true }
  }

  /// The content with doubled quotes made single.
  ///
  /// - Complexity: O(length).
  func content(in bytes: ByteView) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(end - start)
    var i = start
    while i < end {
      content.append(bytes[i])
      i += hasEscapes && bytes[i] == UInt8(ascii: "\"") ? 2 : 1
    }
    return content
  }

  /// Whether the content can be text: UTF-8 without NUL.
  func isText(in bytes: ByteView) -> Bool {
    !hasNUL && (!hasHighBytes || TextDictionary.isValidText(bytes, start, end))
  }

  static func endsField(_ byte: UInt8, _ separator: UInt8) -> Bool {
    byte == separator || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  static func isLineFeed(_ bytes: ByteView, _ index: Int) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: "\n")
  }

  /// The index behind the line break at `index`: LF, CR LF or a lone CR.
  static func afterLineBreak(_ bytes: ByteView, _ index: Int) -> Int {
    bytes[index] == UInt8(ascii: "\r") && isLineFeed(bytes, index + 1) ? index + 2 : index + 1
  }
}
