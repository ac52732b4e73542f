/// Writing tables as CSV (RFC 4180, UTF-8, LF, a header line).
public enum CSVWriter {
  /// The bytes of a CSV file that holds the table.
  ///
  /// Fields are quoted only where they must be. Numbers are the shortest digits that read back as the same
  /// number, whole ones without `.0`; a missing cell is an empty field; infinite numbers are `inf` and
  /// `-inf`, which ``Table/read(csv:columns:others:threads:)`` does not accept. A missing cell in a table of one
  /// column is `""`, because a blank line is no row.
  ///
  /// - Complexity: O(cells + bytes).
  public static func bytes(_ table: Table) -> [UInt8] {
    var bytes: [UInt8] = []
    let columns = table.columns
    bytes.reserveCapacity(64 + table.rowCount * columns.count * 8)
    for (index, column) in columns.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      appendField(column.name, to: &bytes)
      if columns.count == 1, column.name.isEmpty { bytes.append(contentsOf: "\"\"".utf8) }
    }
    bytes.append(UInt8(ascii: "\n"))
    let sources = columns.map { Source($0.cells) }
    for row in 0..<table.rowCount {
      let first = bytes.count
      for index in sources.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        sources[index].append(row, to: &bytes)
      }
      if bytes.count == first { bytes.append(contentsOf: "\"\"".utf8) }
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  /// A column with its distinct texts already quoted.
  private struct Source {
    var numbers: [Double] = []
    var codes: [Int32] = []
    var fields: [UInt8] = []
    var ends: [Int] = []
    let isText: Bool

    init(_ cells: Table.Cells) {
      switch cells {
      case .numbers(let values):
        numbers = values
        isText = false
      case .text(let column):
        codes = column.codes
        isText = true
        for value in column.values {
          CSVWriter.appendField(value, to: &fields)
          ends.append(fields.count)
        }
      }
    }

    @inline(__always)
    func append(_ row: Int, to bytes: inout [UInt8]) {
      if isText {
        let code = Int(codes[row])
        if code >= 0 { bytes.append(contentsOf: fields[(code == 0 ? 0 : ends[code - 1])..<ends[code]]) }
      } else if !numbers[row].isNaN {
        NumberFormatting.append(numbers[row], to: &bytes)
      }
    }
  }

  private static func appendField(_ field: String, to bytes: inout [UInt8]) {
    let text = field.utf8
    let mustQuote = text.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
        || byte == UInt8(ascii: "\r")
    }
    guard mustQuote else {
      bytes.append(contentsOf: text)
      return
    }
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      if byte == UInt8(ascii: "\"") { bytes.append(byte) }
      bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
