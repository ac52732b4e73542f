/// Writes JSON (RFC 8259) piece by piece into bytes, indented by two spaces.
///
/// Objects and arrays are closures, so that they always close:
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///   json.member("area", "E07000110")
///   json.member("people", 180_000)
/// }
/// ```
public struct JSONWriter: Sendable {
  /// What is written so far; complete after the outermost value, with a line break at its end.
  public private(set) var bytes: [UInt8] = []

  private let isPretty: Bool
  private var depth = 0
  private var isFirst = true
  private var followsKey = false

  /// A writer; one that is not pretty writes no blank and no line break inside the value.
  public init(pretty: Bool = true) { isPretty = pretty }

  /// Writes an object whose members `body` writes.
  public mutating func object<Failure>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
    try nested(UInt8(ascii: "{"), UInt8(ascii: "}"), body)
  }

  /// Writes an array whose elements `body` writes.
  public mutating func array<Failure>(_ body: (inout JSONWriter) throws(Failure) -> Void) throws(Failure) {
    try nested(UInt8(ascii: "["), UInt8(ascii: "]"), body)
  }

  /// Writes a member's key; its value must follow.
  public mutating func key(_ name: String) {
    separate()
    appendString(name)
    bytes.append(UInt8(ascii: ":"))
    if isPretty { bytes.append(UInt8(ascii: " ")) }
    followsKey = true
  }

  /// Writes a string.
  public mutating func string(_ value: some StringProtocol) {
    separate()
    appendString(value)
    end()
  }

  /// Writes a number as the shortest digits that read back as the same; one that is not finite is `null`,
  /// because JSON has no word for it.
  public mutating func number(_ value: Double) {
    separate()
    if value.isFinite {
      NumberFormatting.append(value, to: &bytes)
    } else {
      bytes.append(contentsOf: "null".utf8)
    }
    end()
  }

  /// Writes a whole number.
  public mutating func integer(_ value: Int) {
    separate()
    NumberFormatting.append(value, to: &bytes)
    end()
  }

  /// Writes `true` or `false`.
  public mutating func boolean(_ value: Bool) {
    separate()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
    end()
  }

  /// Writes `null`.
  public mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
    end()
  }

  /// Writes a member that is a string, or `null`.
  public mutating func member(_ name: String, _ value: String?) {
    key(name)
    if let value { string(value) } else { null() }
  }

  /// Writes a member that is a number.
  public mutating func member(_ name: String, _ value: Double) {
    key(name)
    number(value)
  }

  /// Writes a member that is a whole number.
  public mutating func member(_ name: String, _ value: Int) {
    key(name)
    integer(value)
  }

  /// Writes a member that is true or false.
  public mutating func member(_ name: String, _ value: Bool) {
    key(name)
    boolean(value)
  }

  /// Writes the table as an array of one object a row, missing cells as `null`.
  ///
  /// - Complexity: O(cells + bytes).
  public mutating func rows(of table: Table) {
    array { json in
      for row in 0..<table.rowCount {
        json.object { json in
          for column in table.columns {
            json.key(column.name)
            switch column.cells {
            case .numbers(let values): json.number(values[row])
            case .text(let text):
              if text.isMissing(row) { json.null() } else { json.string(text[row]) }
            }
          }
        }
      }
    }
  }

  /// The bytes of a JSON file that holds the table as an array of one object a row.
  ///
  /// - Complexity: O(cells + bytes).
  public static func bytes(_ table: Table, pretty: Bool = true) -> [UInt8] {
    var json = JSONWriter(pretty: pretty)
    json.rows(of: table)
    return json.bytes
  }

  private mutating func nested<Failure>(
    _ opening: UInt8, _ closing: UInt8, _ body: (inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    separate()
    bytes.append(opening)
    depth += 1
    isFirst = true
    try body(&self)
    depth -= 1
    if !isFirst { breakLine() }
    isFirst = false
    bytes.append(closing)
    end()
  }

  /// What stands between the previous value and the next.
  private mutating func separate() {
    if followsKey {
      followsKey = false
      return
    }
    if depth == 0 { return }
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
    breakLine()
  }

  private mutating func end() {
    if depth == 0 { bytes.append(UInt8(ascii: "\n")) }
  }

  private mutating func breakLine() {
    guard isPretty else { return }
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<(2 * depth) { bytes.append(UInt8(ascii: " ")) }
  }

  private mutating func appendString(_ value: some StringProtocol) {
    bytes.append(UInt8(ascii: "\""))
    for byte in value.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
