internal import CKernels

/// The part of the linear predictor that the factors give: a constant a cell and a slope a cell for every numeric that
/// factors multiply.
struct CellPredictor: Sendable {
  /// Σ β a(cell) over the columns without a numeric.
  let constants: [Double]
  /// The same over the columns of each sloped numeric, with the numeric.
  let slopes: [(numeric: Int, values: [Double])]
  /// The coefficients of the plain columns.
  let plain: [Double]
  /// Whether the rows' offset belongs to it, as it does but for a mere combination of columns.
  let hasOffset: Bool

  /// Nil at the start, which needs no linear predictor.
  init?(_ plan: CellPlan, _ design: CellDesign, _ point: ScoringPoint) {
    let beta: [Double]
    switch point {
    case .start: return nil
    case .coefficients(let coefficients): (beta, hasOffset) = (coefficients, true)
    case .combination(let combination): (beta, hasOffset) = (combination, false)
    }
    var constants = [Double](repeating: 0, count: plan.cellCount)
    var slopes = plan.sloped.map { (numeric: $0, values: [Double](repeating: 0, count: plan.cellCount)) }
    for cell in 0..<plan.cellCount {
      for entry in Int(design.starts[cell])..<Int(design.starts[cell + 1]) {
        let column = plan.coded[Int(design.places[entry])]
        let term = beta[column.column] * design.values[entry]
        if let slope = column.slope { slopes[slope].values[cell] += term } else { constants[cell] += term }
      }
    }
    self.constants = constants
    self.slopes = slopes
    plain = plan.plain.map { beta[$0.column] }
  }

  /// The linear predictor of a block of rows.
  func linearPredictor(
    _ scratch: CellScratch, _ rows: RowPointers, from start: Int, count: Int, offset: UnsafePointer<Double>?
  ) {
    let eta = scratch.eta
    ph_cell_predictor(scratch.cells, constants, scratch.plainColumns, plain.count, plain, offset, count, eta)
    for slope in slopes {
      let x = rows.numerics[slope.numeric] + start
      slope.values.withUnsafeBufferPointer { values in
        for i in 0..<count { eta[i] += values[Int(scratch.cells[i])] * x[i] }
      }
    }
  }
}

/// The memory in which one thread works on the blocks of a design with factors.
struct CellScratch {
  let eta: UnsafeMutablePointer<Double>
  let mean: UnsafeMutablePointer<Double>
  let weight: UnsafeMutablePointer<Double>
  let score: UnsafeMutablePointer<Double>
  let gramScratch: UnsafeMutablePointer<Double>
  let cells: UnsafeMutablePointer<Int32>
  private let products: UnsafeMutablePointer<Double>
  private let memory: UnsafeMutablePointer<Double>
  private let pointers: UnsafeMutablePointer<UnsafePointer<Double>?>
  private let codes: UnsafeMutablePointer<UnsafePointer<Int32>?>
  private let steps: [Int32]
  private let plainCount: Int
  private let tableCount: Int

  var plainColumns: UnsafePointer<UnsafePointer<Double>?> { UnsafePointer(pointers) }
  var tableColumns: UnsafePointer<UnsafePointer<Double>?> { UnsafePointer(pointers + plainCount) }
  var slopeColumns: UnsafePointer<UnsafePointer<Double>?> { UnsafePointer(pointers + plainCount + tableCount) }

  init(_ plan: CellPlan, gramScratch count: Int) {
    let block = Segments.blockLength
    plainCount = plan.plain.count
    tableCount = plan.tableNumerics.count + plan.products.count
    let doubles = (4 + plan.products.count) * block + count
    let raw = UnsafeMutableRawPointer.allocate(byteCount: doubles * 8, alignment: 64)
    memory = raw.bindMemory(to: Double.self, capacity: doubles)
    memory.initialize(repeating: 0, count: doubles)
    eta = memory
    mean = eta + block
    weight = mean + block
    score = weight + block
    products = score + block
    gramScratch = products + plan.products.count * block
    cells = .allocate(capacity: block)
    cells.initialize(repeating: 0, count: block)
    steps = plan.factors.map(\.stride)
    codes = .allocate(capacity: max(1, steps.count))
    codes.initialize(repeating: nil, count: steps.count)
    let columns = plainCount + tableCount + plan.sloped.count
    pointers = .allocate(capacity: max(1, columns))
    pointers.initialize(repeating: nil, count: columns)
  }

  func free() {
    memory.deallocate()
    cells.deallocate()
    codes.deallocate()
    pointers.deallocate()
  }

  /// Finds the cells of a block's rows and points at its columns; forms the products of numerics.
  func locate(_ plan: CellPlan, _ rows: RowPointers, from start: Int, count: Int) {
    for (place, factor) in plan.factors.enumerated() { codes[place] = rows.codes[factor.factor] + start }
    ph_cells(codes, steps, plan.factors.count, count, cells)
    var next = 0
    for column in plan.plain {
      pointers[next] = rows.numerics[column.numeric] + start
      next += 1
    }
    for numeric in plan.tableNumerics {
      pointers[next] = rows.numerics[numeric] + start
      next += 1
    }
    for (place, pair) in plan.products.enumerated() {
      let product = products + place * Segments.blockLength
      let a = rows.numerics[pair.0] + start
      let b = rows.numerics[pair.1] + start
      for i in 0..<count { product[i] = a[i] * b[i] }
      pointers[next] = UnsafePointer(product)
      next += 1
    }
    for numeric in plan.sloped {
      pointers[next] = rows.numerics[numeric] + start
      next += 1
    }
  }
}
