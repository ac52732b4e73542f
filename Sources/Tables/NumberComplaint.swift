/// Why a cell is not the number that its column expects, with advice for the usual mistakes.
enum NumberComplaint {
  /// The end of a sentence that begins with the quoted value and its column.
  static func about(_ value: String) -> String {
    if isNotFinite(value) { return "is not a finite number" }
    let text = trimmed(value)
    if unsigned(text).hasPrefix("0x") { return "is not a number; write it in decimal digits" }
    if let mended = withoutSeparators(text) { return "is not a number; write \(mended) without separators" }
    if let mended = withPoint(text) { return "is not a number; write \(mended) with a decimal point" }
    if text.hasSuffix("%") || text.hasSuffix("‰") {
      return "is not a number; write it without the percent sign"
    }
    let currencies: Set<Character> = ["£", "$", "€", "¥"]
    if let first = text.first(where: { $0 != "-" && $0 != "+" }), let last = text.last,
      currencies.contains(first) || currencies.contains(last)
    {
      return "is not a number; write it without the currency sign"
    }
    if text.contains("−") { return "is not a number; write the minus sign as a hyphen" }
    return "is not a number"
  }

  /// Whether a cell says `nan` or `inf`, in any of the ways in which programs write them.
  static func isNotFinite(_ value: String) -> Bool {
    let bare = unsigned(trimmed(value))
    return ["nan", "inf", "infinity"].contains(bare) || bare.hasPrefix("nan(")
  }

  private static func unsigned(_ text: String) -> Substring {
    text.lowercased().drop { $0 == "+" || $0 == "-" }
  }

  /// Why a number is not one of a column of whole numbers; nil when it is.
  static func aboutInteger(_ value: Double) -> String? {
    if value.magnitude > 0x1p53 { return "is too large for a whole number" }
    return value == value.rounded(.towardZero) ? nil : "is not a whole number"
  }

  static func trimmed(_ value: String) -> String {
    var rest = value[...]
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return String(rest)
  }

  /// "1,234,567.8" → "1234567.8"; nil when the text is not a number in groups of three.
  private static func withoutSeparators(_ text: String) -> String? {
    for separator in [",", " ", "\u{A0}", "\u{202F}", "'", "’", "_"] as [Character]
    where text.contains(separator) {
      let sign = text.first == "-" || text.first == "+" ? String(text.prefix(1)) : ""
      let parts = text.dropFirst(sign.count).split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count <= 2, parts.dropFirst().allSatisfy(isDigits) else { continue }
      let groups = parts[0].split(separator: separator, omittingEmptySubsequences: false)
      guard groups.count > 1, groups.allSatisfy(isDigits), (1...3).contains(groups[0].count),
        groups.dropFirst().allSatisfy({ $0.count == 3 })
      else { continue }
      let fraction = parts.count == 2 ? "." + parts[1] : ""
      return (sign == "-" ? "-" : "") + groups.joined() + fraction
    }
    return nil
  }

  /// "12,5" → "12.5"; nil when the text is not a number with a decimal comma.
  private static func withPoint(_ text: String) -> String? {
    let sign = text.first == "-" ? "-" : ""
    let parts = text.dropFirst(sign.count).split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(isDigits) else { return nil }
    return sign + parts[0] + "." + parts[1]
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
