/// A column of text, dictionary coded: each distinct value is kept once.
public struct TextColumn: Sendable, Hashable {
  /// For each row the index into ``values``, or −1 for a missing cell.
  public let codes: [Int32]

  /// The distinct values in the order of their first appearance.
  public let values: [String]

  /// Codes the given cells; an empty string is a missing cell, as in a file.
  ///
  /// - Complexity: O(n) hash look-ups.
  public init(_ cells: some Sequence<String>) {
    var codeOfValue: [String: Int32] = [:]
    var values: [String] = []
    var codes: [Int32] = []
    for cell in cells {
      if cell.isEmpty {
        codes.append(-1)
      } else if let code = codeOfValue[cell] {
        codes.append(code)
      } else {
        let code = Int32(values.count)
        codeOfValue[cell] = code
        values.append(cell)
        codes.append(code)
      }
    }
    self.codes = codes
    self.values = values
  }

  /// Codes anew what is coded already: values that no row has are left out, the others stand in the order of their first row.
  ///
  /// - Parameters:
  ///   - codes: for each row the index into `values`, or −1 for a missing cell.
  ///   - values: distinct, none of them empty.
  /// - Complexity: O(rows + values), without a hash look-up.
  public init(recoding codes: [Int32], of values: [String]) {
    var places = [Int32](repeating: -1, count: values.count)
    var kept: [String] = []
    self.codes = codes.map { code in
      guard code >= 0 else { return -1 }
      if places[Int(code)] < 0 {
        places[Int(code)] = Int32(kept.count)
        kept.append(values[Int(code)])
      }
      return places[Int(code)]
    }
    self.values = kept
  }

  init(codes: [Int32], values: [String]) {
    self.codes = codes
    self.values = values
  }

  /// How many rows the column has.
  public var count: Int { codes.count }

  /// The text of a row; the empty string where the cell is missing.
  ///
  /// - Precondition: `row` is one of the column's rows.
  /// - Complexity: O(1).
  @inlinable public subscript(row: Int) -> String {
    let code = Int(codes[row])
    return code < 0 ? "" : values[code]
  }

  /// Whether the cell of a row is missing.
  ///
  /// - Complexity: O(1).
  @inlinable public func isMissing(_ row: Int) -> Bool { codes[row] < 0 }

  /// The cells in row order.
  ///
  /// - Complexity: O(n).
  public var cells: [String] { codes.map { $0 < 0 ? "" : values[Int($0)] } }
}
