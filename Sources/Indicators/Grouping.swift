/// Which group, such as an area, each row of some columns belongs to.
public struct Grouping: Sendable, Hashable {
  /// The group of each row, from 0 up to, but not with, ``count``.
  public let codes: [Int32]
  /// How many groups there are; some may have no row.
  public let count: Int
  /// What the groups are called; empty where they came as codes alone.
  public let names: [String]

  /// Groups by code.
  ///
  /// - Precondition: every code is from 0 up to, but not with, `count`.
  /// - Complexity: O(rows).
  public init(codes: [Int32], count: Int) {
    precondition(codes.allSatisfy { $0 >= 0 && Int($0) < count }, "a code for a group that is not there")
    self.codes = codes
    self.count = count
    names = []
  }

  /// Groups by code into names, as a dictionary-coded column has them; rows without a name (−1) come together in a last
  /// group that is called "".
  ///
  /// - Precondition: every code is from −1 up to, but not with, the number of names.
  /// - Complexity: O(rows).
  public init(codes: [Int32], names: [String]) {
    precondition(codes.allSatisfy { $0 >= -1 && Int($0) < names.count }, "a code for a name that is not there")
    let nameless = codes.contains(-1)
    let last = Int32(names.count)
    self.codes = nameless ? codes.map { $0 == -1 ? last : $0 } : codes
    self.names = nameless ? names + [""] : names
    count = self.names.count
  }

  /// Groups by label, numbered in the order of their first appearance.
  ///
  /// - Complexity: O(rows), one look-up each.
  public init(labels: some Sequence<String>) {
    var codeOfLabel: [String: Int32] = [:]
    var codes: [Int32] = []
    var names: [String] = []
    for label in labels {
      if let code = codeOfLabel[label] {
        codes.append(code)
      } else {
        let code = Int32(names.count)
        codeOfLabel[label] = code
        names.append(label)
        codes.append(code)
      }
    }
    self.codes = codes
    self.names = names
    count = names.count
  }

  /// Every row in one group.
  ///
  /// - Complexity: O(rows).
  public static func oneGroup(rows: Int) -> Grouping {
    Grouping(codes: [Int32](repeating: 0, count: rows), count: 1)
  }
}
