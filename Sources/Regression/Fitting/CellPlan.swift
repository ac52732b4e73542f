/// How a design with factors is summed through cells: a row's factor codes give the cell it belongs to, and every column
/// is a numeric vector, or 1, times a value that depends on the cell alone.
///
/// X′WX is then made of the moments of the cells (Σw, Σwz, Σwzz′), a cell at a time, whatever the contrasts; only the
/// block of the plain numeric columns is summed over rows.
struct CellPlan: Sendable {
  /// How many cells a plan may have whatever their sums: a table of 64 bytes each stays within a second- or third-level
  /// cache.
  static let mostCells = 65_536

  /// How many sums the cells of a larger plan may have together: 16 MB. A row then waits for memory once, which still
  /// costs far less than the products of its columns.
  static let mostSums = 1 << 21

  /// The factors that the columns use, with the step of each in the cell's number.
  let factors: [(factor: Int, stride: Int32)]

  /// How many cells the factors make.
  let cellCount: Int

  /// The plain numeric columns: column and numeric.
  let plain: [(column: Int, numeric: Int)]

  /// The numerics that factors multiply.
  let sloped: [Int]

  /// The numerics that the table sums with the weights: the plain ones, then those of `sloped` that are not among them.
  let tableNumerics: [Int]

  /// The products of two numerics that the table sums with the weights; each has a sloped one among its two.
  let products: [(Int, Int)]

  /// The columns that hang on the cell: column, place of its numeric in `sloped` (nil: 1) and codings.
  let coded: [(column: Int, slope: Int?, codings: [FactorCoding])]

  /// How many sums a cell has: Σw, Σr, the table's numerics and the products, rounded up to whole cache lines.
  let tableStride: Int

  /// How many sums a cell has in the table of the scores of sloped numerics; 0 without any.
  let slopeStride: Int

  /// A plan, or nil where the design has no factor or too many cells.
  init?(_ layout: DesignLayout) {
    let used = Set(layout.columns.flatMap { $0.codings.map(\.factor) }).sorted()
    guard !used.isEmpty else { return nil }
    var cells = 1
    var factors: [(factor: Int, stride: Int32)] = []
    for factor in used {
      factors.append((factor, Int32(cells)))
      let (product, overflow) = cells.multipliedReportingOverflow(by: layout.factors[factor].levels.count)
      guard !overflow, product <= Self.mostSums / 8, product > 0 else { return nil }
      cells = product
    }
    self.factors = factors
    cellCount = cells

    var plain: [(column: Int, numeric: Int)] = []
    var coded: [(column: Int, slope: Int?, codings: [FactorCoding])] = []
    var sloped: [Int] = []
    for (j, column) in layout.columns.enumerated() {
      if let numeric = column.numeric, column.codings.isEmpty {
        plain.append((j, numeric))
      } else if let numeric = column.numeric {
        let place = sloped.firstIndex(of: numeric) ?? sloped.count
        if place == sloped.count { sloped.append(numeric) }
        coded.append((j, place, column.codings))
      } else {
        coded.append((j, nil, column.codings))
      }
    }
    var tableNumerics: [Int] = []
    for numeric in plain.map(\.numeric) + sloped where !tableNumerics.contains(numeric) {
      tableNumerics.append(numeric)
    }
    var products: [(Int, Int)] = []
    for (place, numeric) in sloped.enumerated() {
      for other in sloped[place...] { products.append((numeric, other)) }
      for other in tableNumerics where !sloped.contains(other) { products.append((numeric, other)) }
    }
    self.plain = plain
    self.coded = coded
    self.sloped = sloped
    self.tableNumerics = tableNumerics
    self.products = products
    tableStride = (2 + tableNumerics.count + products.count + 7) & ~7
    slopeStride = sloped.isEmpty ? 0 : (2 + sloped.count + 7) & ~7
    guard cells <= Self.mostCells || cells * (tableStride + slopeStride) <= Self.mostSums else { return nil }
  }

  /// Where the table has Σ w z z′ of two numerics, nil standing for 1.
  func moment(_ a: Int?, _ b: Int?) -> Int {
    guard let a else { return b.map { momentOfNumeric($0) } ?? 0 }
    guard let b else { return momentOfNumeric(a) }
    for (place, pair) in products.enumerated() where pair == (a, b) || pair == (b, a) {
      return 2 + tableNumerics.count + place
    }
    preconditionFailure("a product that the table does not sum")
  }

  private func momentOfNumeric(_ numeric: Int) -> Int {
    guard let place = tableNumerics.firstIndex(of: numeric) else {
      preconditionFailure("a numeric that the table does not sum")
    }
    return 2 + place
  }

  /// The level of a factor of the plan in a cell.
  func level(_ factor: (factor: Int, stride: Int32), cell: Int, levels: Int) -> Int {
    cell / Int(factor.stride) % levels
  }
}

/// The values of the coded columns in every cell, without the zeros.
struct CellDesign: Sendable {
  /// Where each cell's entries start.
  let starts: [Int32]
  /// The place of each entry's column in the plan's `coded`.
  let places: [Int32]
  /// The value of the column in the cell.
  let values: [Double]

  init(_ plan: CellPlan, _ layout: DesignLayout) {
    var starts: [Int32] = [0]
    var places: [Int32] = []
    var values: [Double] = []
    // The columns of each leading coding's level, so that a cell visits only those that can be other than 0.
    let always = plan.coded.indices.filter { Self.leadingIndicator(plan.coded[$0].codings) == nil }
    var byLevel: [[[Int]]] = layout.factors.map { [[Int]](repeating: [], count: $0.levels.count) }
    for (place, column) in plan.coded.enumerated() {
      if let (factor, level) = Self.leadingIndicator(column.codings) { byLevel[factor][level].append(place) }
    }
    for cell in 0..<plan.cellCount {
      var levels = [Int](repeating: 0, count: layout.factors.count)
      var candidates = always
      for factor in plan.factors {
        let level = plan.level(factor, cell: cell, levels: layout.factors[factor.factor].levels.count)
        levels[factor.factor] = level
        candidates += byLevel[factor.factor][level]
      }
      for place in candidates {
        let value = plan.coded[place].codings.reduce(1) { $0 * $1.value(ofLevel: levels[$1.factor]) }
        guard value != 0 else { continue }
        places.append(Int32(place))
        values.append(value)
      }
      starts.append(Int32(places.count))
    }
    self.starts = starts
    self.places = places
    self.values = values
  }

  private static func leadingIndicator(_ codings: [FactorCoding]) -> (factor: Int, level: Int)? {
    for coding in codings {
      if case .indicator(let level) = coding.values { return (coding.factor, level) }
    }
    return nil
  }
}
