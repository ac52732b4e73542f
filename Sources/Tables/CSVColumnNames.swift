extension Table {
  /// The names in the header of a CSV file, as they are written but without blanks around them; empty for a column
  /// without a name.
  ///
  /// - Parameter path: The file. What a pipe gives is gone afterwards: read its bytes first and use
  ///   ``columnNames(ofCSVBytes:named:)``.
  /// - Throws: ``Problems`` as ``read(csv:columns:others:threads:)`` does for what is wrong with the header.
  /// - Complexity: O(bytes of the header).
  public static func columnNames(ofCSV path: String) throws(Problems) -> [String] {
    let input = try Problems.of { () throws(Problem) in try CSVInput(path: path, inParts: false) }
    return try columnNames(of: input, named: path)
  }

  /// The names in the header of CSV in memory; `name` stands for the file in problems.
  ///
  /// - Throws: ``Problems`` as ``columnNames(ofCSV:)`` does.
  /// - Complexity: O(bytes of the header).
  public static func columnNames(ofCSVBytes bytes: [UInt8], named name: String) throws(Problems) -> [String] {
    try columnNames(of: .memory(bytes), named: name)
  }

  private static func columnNames(of input: CSVInput, named name: String) throws(Problems) -> [String] {
    var size = min(1 << 16, input.count)
    var buffer: [UInt8] = []
    while true {
      let names = try Problems.of { () throws(Problem) in
        try input.withWindow(0..<size, buffer: &buffer) { bytes in
          size == input.count || CSVHeader.isWhole(in: bytes)
            ? Result { () throws(Problems) in try CSVHeader(bytes, file: name).names } : nil
        }
      }
      if let names { return try names.get() }
      size = min(4 * size, input.count)
    }
  }
}
