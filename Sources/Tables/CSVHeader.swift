/// The names in a CSV file's first line.
struct CSVHeader {
  var names: [String] = []

  /// Where the first row starts, and in which line.
  var next = 0
  var nextLine = 1

  /// Names as they are compared: without regard to case, surrounding blanks, and which of blank, hyphen and
  /// underscore separates words. A separator never disappears: `p2_5` and `p25` differ.
  static func comparable(_ name: String) -> String {
    var result = ""
    for character in NumberComplaint.trimmed(name).lowercased() {
      let isSeparator = character == " " || character == "-" || character == "_" || character == "\u{A0}"
      if !isSeparator {
        result.append(character)
      } else if result.last != "_" {
        result.append("_")
      }
    }
    return result
  }

  /// Reads the header line from the file's beginning.
  init(_ bytes: ByteView, separator: UInt8 = UInt8(ascii: ","), file: String) throws(Problems) {
    var i = Self.afterByteOrderMark(bytes)
    if let foreign = Self.foreignFormat(bytes) { throw Problems(Problem(file: file, message: foreign)) }
    guard !Self.isBlank(bytes, from: i) else { throw Problems(Problem(file: file, message: "is empty")) }
    if bytes[i] == UInt8(ascii: "\n") || bytes[i] == UInt8(ascii: "\r") {
      throw Problems(Problem(file: file, line: 1, message: "is a blank line; expected the header"))
    }
    var problems = ProblemCollector()
    while true {
      let cell = CSVCell(in: bytes, at: i, separator: separator)
      let column = names.count + 1
      if let fault = cell.fault {
        problems.add(file: file, line: nextLine, column: column, "the header has \(fault.description)")
      } else if cell.hasNUL {
        problems.add(file: file, line: nextLine, column: column, "the header holds a NUL byte; expected text")
      } else if !cell.isText(in: bytes) {
        problems.add(
          file: file, line: nextLine, column: column, "the header holds bytes that are not valid UTF-8")
      }
      names.append(NumberComplaint.trimmed(String(decoding: cell.content(in: bytes), as: UTF8.self)))
      nextLine += cell.lineBreaks
      i = cell.next
      if i < bytes.count, bytes[i] == separator {
        i += 1
        continue
      }
      break
    }
    if i < bytes.count { i = CSVCell.afterLineBreak(bytes, i) }
    nextLine += 1
    next = i
    for (index, name) in names.enumerated() where !name.isEmpty {
      guard let earlier = names[..<index].firstIndex(of: name) else { continue }
      problems.add(
        file: file, line: 1, column: index + 1,
        "column \(quoted(name)) is there twice, first as column \(earlier + 1)")
    }
    try problems.throwIfAny()
  }

  /// Whether `bytes`, the beginning of a file, hold the whole header and more.
  static func isWhole(in bytes: ByteView) -> Bool {
    var i = afterByteOrderMark(bytes)
    if isBlank(bytes, from: i) { return false }
    while i < bytes.count {
      i = CSVCell(in: bytes, at: i).next
      if i == bytes.count { return false }
      if bytes[i] != UInt8(ascii: ",") { return CSVCell.afterLineBreak(bytes, i) < bytes.count }
      i += 1
    }
    return false
  }

  /// Which header each request takes, with a note for each that was not written exactly so.
  ///
  /// An exact name goes before a similar one and the request's name before its aliases, over all requests.
  func match(_ requests: [ColumnRequest], file: String) throws(Problems) -> (fields: [Int?], notes: [String]) {
    var problems = ProblemCollector()
    var fields = [Int?](repeating: nil, count: requests.count)
    var taken = Set<Int>()
    for (r, request) in requests.enumerated() {
      guard let field = names.firstIndex(of: request.name) else { continue }
      fields[r] = field
      taken.insert(field)
    }
    let comparables = names.map(Self.comparable)
    for wanted in [{ [$0.name] }, { $0.aliases }] as [(ColumnRequest) -> [String]] {
      for (r, request) in requests.enumerated() where fields[r] == nil {
        for name in wanted(request) {
          let sought = Self.comparable(name)
          let found = names.indices.filter { comparables[$0] == sought && !taken.contains($0) }
          guard let field = found.first else { continue }
          if found.count > 1 {
            problems.add(
              file: file, line: 1, column: found[1] + 1,
              "columns \(quoted(names[field])) and \(quoted(names[found[1]])) both read as "
                + quoted(request.name))
          }
          fields[r] = field
          taken.insert(field)
          break
        }
      }
    }
    var notes: [String] = []
    for (r, request) in requests.enumerated() {
      if let field = fields[r] {
        if names[field] != request.name {
          notes.append("read header \(quoted(names[field])) as \(quoted(request.name))")
        }
      } else if request.presence == .required {
        let free = names.indices.filter { !taken.contains($0) && !names[$0].isEmpty }.map { names[$0] }
        problems.add(
          file: file, line: 1,
          "has no column \(quoted(request.name))\(Self.advice(request.name, free, names))")
      }
    }
    try problems.throwIfAny()
    return (fields, notes)
  }

  private static func advice(_ name: String, _ free: [String], _ all: [String]) -> String {
    if let near = NearestName.nearest(to: name, in: free, limit: 1).first {
      return "; did you mean \(quoted(near))?"
    }
    let shown = all.prefix(12).map(quoted).joined(separator: ", ")
    return "; its columns are \(shown)\(all.count > 12 ? ", …" : "")"
  }

  /// The word for the separator with which the header would hold a required column that it lacks with commas.
  static func foreignSeparator(_ bytes: ByteView, lacking requests: [ColumnRequest], file: String)
    -> String?
  {
    let names = requests.filter { $0.presence == .required }.flatMap { [$0.name] + $0.aliases }.map(
      comparable)
    for (separator, word) in [(UInt8(ascii: ";"), "semicolons"), (UInt8(ascii: "\t"), "tabs")] {
      guard let header = try? CSVHeader(bytes, separator: separator, file: file), header.names.count > 1
      else {
        continue
      }
      if header.names.contains(where: { names.contains(comparable($0)) }) { return word }
    }
    return nil
  }

  private static func afterByteOrderMark(_ bytes: ByteView) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }

  private static func isBlank(_ bytes: ByteView, from start: Int) -> Bool {
    for i in start..<bytes.count {
      switch bytes[i] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"): continue
      default: return false
      }
    }
    return true
  }

  /// What the file is when its first bytes say that it is no CSV text.
  private static func foreignFormat(_ bytes: ByteView) -> String? {
    guard bytes.count >= 4 else { return nil }
    switch (bytes[0], bytes[1], bytes[2], bytes[3]) {
    case (0xFF, 0xFE, _, _), (0xFE, 0xFF, _, _): return "is encoded as UTF-16; expected UTF-8"
    case (0x1F, 0x8B, _, _): return "is compressed with gzip; expected plain CSV"
    case (0x50, 0x4B, 0x03, 0x04): return "is a zip archive or an Excel workbook; expected plain CSV"
    default: return nil
    }
  }
}

extension CSVCell.Fault {
  /// The fault as the end of a sentence such as "the header has …".
  var description: String {
    switch self {
    case .unterminatedQuote: "a quotation mark that is never closed"
    case .quoteInside: "a quotation mark inside an unquoted field; quote the whole field and double the mark"
    case .textBehindQuote: "text behind the closing quotation mark"
    }
  }
}
