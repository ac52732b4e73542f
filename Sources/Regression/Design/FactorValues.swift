import Tables

/// The values of a factor in a table before they are codes.
struct FactorValues {
  /// The cells: text, or numbers.
  enum Cells {
    case text(TextColumn)
    case numbers([Double])
  }

  /// The factor as the formula writes it.
  let name: String
  let specification: FactorSpecification
  let cells: Cells

  /// - Throws: A column that the table lacks, arithmetic on text.
  init(
    _ specification: FactorSpecification, named name: String, in table: Table, of formula: Formula
  ) throws(RegressionError) {
    self.name = name
    self.specification = specification
    if case .column(let column) = specification.source.kind,
      case .text(let text) = try table.column(column, usedBy: formula, at: specification.source.position).cells
    {
      cells = .text(text)
    } else {
      cells = .numbers(try specification.source.values(in: table, of: formula))
    }
  }

  /// The rows whose value is there but none of the levels that the formula lists; nil when there is none.
  ///
  /// - Complexity: O(rows).
  func outsideLevels() -> [Bool]? {
    guard let levels = specification.levels else { return nil }
    var isOutside: [Bool]
    switch cells {
    case .text(let text):
      let known = Set(levels)
      let isKnown = text.values.map { known.contains($0) }
      if !isKnown.contains(false) { return nil }
      isOutside = text.codes.map { $0 >= 0 && !isKnown[Int($0)] }
    case .numbers(let values):
      let known = Set(levels.compactMap { Double($0) })
      isOutside = values.map { !$0.isNaN && !known.contains($0) }
    }
    return isOutside.contains(true) ? isOutside : nil
  }

  /// The code of each complete row among the levels of the fit; −1 where the value is none of them.
  ///
  /// - Complexity: O(rows).
  func codes(_ factor: LearnedFactor, _ complete: CompleteRows) -> [Int32] {
    switch cells {
    case .text(let text):
      let codeOfLevel = Self.positions(factor.levels)
      let codes = text.values.map { codeOfLevel[$0] ?? -1 }
      // Where the file has the levels in their order its codes serve as they are.
      if codes.elementsEqual(0..<Int32(codes.count)) { return complete.gather(text.codes) }
      return complete.gather(text.codes).map { $0 < 0 ? -1 : codes[Int($0)] }
    case .numbers(let values):
      let lookup = NumberCodes(factor.numbers ?? [])
      return complete.gather(values).map { lookup[$0] }
    }
  }

  private static func positions(_ levels: [String]) -> [String: Int32] {
    var positions: [String: Int32] = [:]
    for (index, level) in levels.enumerated() { positions[level] = Int32(index) }
    return positions
  }
}

/// The code of a number among levels: through a table where the levels are small whole numbers.
struct NumberCodes {
  private var small: [Int32] = []
  private var others: [Double: Int32] = [:]

  /// The value of a small whole number. Rounding is a call into the C library on older processors, this is not.
  static func smallWhole(_ value: Double) -> Int? {
    guard value >= 0, value < 65_536 else { return nil }
    let whole = Int(value)
    return Double(whole) == value ? whole : nil
  }

  init(_ levels: [Double]) {
    for (code, level) in levels.enumerated() {
      if let small = Self.smallWhole(level) {
        while self.small.count <= small { self.small.append(-1) }
        self.small[small] = Int32(code)
      } else {
        others[level] = Int32(code)
      }
    }
  }

  /// The code of a level, −1 for any other number.
  subscript(value: Double) -> Int32 {
    if let index = Self.smallWhole(value) { return index < small.count ? small[index] : -1 }
    return others.isEmpty ? -1 : others[value] ?? -1
  }
}
