/// Guessing where a row starts in the middle of a CSV file.
///
/// Only what lies before tells whether a byte stands inside quotes, so that this is a guess; whoever uses it
/// compares it with where the rows before end.
enum RowStart {
  /// How many rows behind a guess must look like rows.
  private static let rowsToTry = 4

  /// The first start of a row behind the first byte of `bytes`; nil when no line ends there.
  ///
  /// Two guesses are made: that the first byte stands outside quotes, and inside. The first behind which rows
  /// of `fields` fields follow is taken.
  static func guess(in bytes: ByteView, fields: Int) -> Int? {
    guard let outside = lineEnd(bytes, 0) else { return nil }
    if looksLikeRows(bytes, outside, fields) { return outside }
    if let inside = rowEnd(bytes, behindQuoteFrom: 0), looksLikeRows(bytes, inside, fields) { return inside }
    return outside
  }

  private static func lineEnd(_ bytes: ByteView, _ start: Int) -> Int? {
    var i = start
    while i < bytes.count, bytes[i] != UInt8(ascii: "\n"), bytes[i] != UInt8(ascii: "\r") { i += 1 }
    return i < bytes.count ? CSVCell.afterLineBreak(bytes, i) : nil
  }

  /// The end of the row in which the first quotation mark that can close a field stands.
  private static func rowEnd(_ bytes: ByteView, behindQuoteFrom start: Int) -> Int? {
    var i = start
    while i + 1 < bytes.count {
      if bytes[i] == UInt8(ascii: "\""), CSVCell.endsField(bytes[i + 1], UInt8(ascii: ",")) {
        i += 1
        while bytes[i] == UInt8(ascii: ",") {
          i = CSVCell(in: bytes, at: i + 1).next
          if i == bytes.count { return nil }
        }
        return CSVCell.afterLineBreak(bytes, i)
      }
      i += 1
    }
    return nil
  }

  private static func looksLikeRows(_ bytes: ByteView, _ start: Int, _ fields: Int) -> Bool {
    var i = start
    for _ in 0..<rowsToTry {
      if i == bytes.count { return true }
      var count = 0
      while true {
        let cell = CSVCell(in: bytes, at: i)
        i = cell.next
        // What the view cuts off says nothing.
        if i == bytes.count { return true }
        if cell.fault != nil { return false }
        count += 1
        if bytes[i] != UInt8(ascii: ",") { break }
        i += 1
      }
      if count != fields { return false }
      i = CSVCell.afterLineBreak(bytes, i)
    }
    return true
  }
}
