import Tables

/// Which cluster each row belongs to.
public struct ClusterCodes: Sendable, Hashable {
  /// The column.
  public let name: String

  /// The cluster of each row, counted from 0 in order of first appearance.
  public internal(set) var codes: [Int32] = []

  /// How many rows each cluster has.
  public internal(set) var sizes: [Int] = []

  /// How many clusters there are.
  public var count: Int { sizes.count }

  private var codeOfText: [String: Int32] = [:]
  private var codeOfNumber: [Double: Int32] = [:]

  init(_ name: String) { self.name = name }

  /// Takes up the complete rows of a table.
  ///
  /// - Complexity: O(rows).
  mutating func add(_ table: Table, _ complete: CompleteRows) throws(RegressionError) {
    codes.reserveCapacity(codes.count + complete.count)
    switch try table.column(name, usedBy: nil, at: SourcePosition(offset: nil)).cells {
    case .text(let text):
      // Numbered as they come: a value that only dropped rows have is no cluster.
      var known = text.values.map { codeOfText[$0] ?? -1 }
      complete.forEach { row in
        let value = Int(text.codes[row])
        if known[value] < 0 {
          known[value] = Int32(sizes.count)
          codeOfText[text.values[value]] = known[value]
        }
        append(known[value])
      }
    case .numbers(let values):
      complete.forEach { row in
        let code = codeOfNumber[values[row]] ?? Int32(sizes.count)
        if Int(code) == sizes.count { codeOfNumber[values[row]] = code }
        append(code)
      }
    }
  }

  private mutating func append(_ code: Int32) {
    if Int(code) == sizes.count { sizes.append(0) }
    sizes[Int(code)] += 1
    codes.append(code)
  }
}
