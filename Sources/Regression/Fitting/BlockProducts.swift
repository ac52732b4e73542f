internal import CKernels

/// The memory in which one thread works on its blocks, and the products of a block: linear predictor, X′r and X′WX.
struct BlockProducts {
  /// How many columns a design has when a block goes straight into the product, by way of panels: the sums that stay
  /// from block to block no longer fit in a second-level cache.
  static let wideColumns = 180

  /// Which products are wanted, and the way to them.
  struct Kind {
    enum Gram { case none, kernel, panel }

    let gram: Gram
    /// Whether every weight is 1.
    let unweighted: Bool

    /// How many rows a block has: twenty columns of 128 fit in a first-level cache; with panels more, so that the
    /// product is read and written less often.
    var blockLength: Int { gram == .panel ? 256 : 128 }

    init(columns: Int, gram: Bool, unweighted: Bool) {
      self.gram = gram ? (columns < BlockProducts.wideColumns ? .kernel : .panel) : .none
      self.unweighted = unweighted
    }
  }

  let eta: UnsafeMutablePointer<Double>
  let mean: UnsafeMutablePointer<Double>
  let weight: UnsafeMutablePointer<Double>
  let residual: UnsafeMutablePointer<Double>

  private let kind: Kind
  private let columns: BlockColumns
  private let memory: UnsafeMutablePointer<Double>
  private let ones: UnsafeMutablePointer<Double>
  private let buffers: UnsafeMutablePointer<Double>
  /// The packed block.
  private let pack: UnsafeMutablePointer<Double>
  private let sums: UnsafeMutablePointer<Double>
  private let pointers: UnsafeMutablePointer<UnsafePointer<Double>?>

  /// How many rows a block has.
  var blockLength: Int { kind.blockLength }

  private var count: Int { columns.sources.count }

  init(_ kind: Kind, columns: BlockColumns) {
    self.kind = kind
    self.columns = columns
    let block = kind.blockLength
    let p = columns.sources.count
    let packSize =
      switch kind.gram {
      case .none: 0
      case .kernel: ph_pack_size(p, block)
      case .panel: ph_weighted_gram_scratch(p, block)
      }
    let sumsSize = kind.gram == .kernel ? ph_gram_sums(p) : 0
    var size = 0
    func place(_ count: Int) -> Int {
      defer { size += (count + 7) & ~7 }
      return size
    }
    let places = [block, block, block, block, block, columns.written.count * block, sumsSize, packSize].map(place)
    let raw = UnsafeMutableRawPointer.allocate(byteCount: size * 8, alignment: 64)
    memory = raw.bindMemory(to: Double.self, capacity: size)
    // Panels are written before they are read.
    memory.initialize(repeating: 0, count: kind.gram == .panel ? places[7] : size)
    eta = memory + places[0]
    mean = memory + places[1]
    weight = memory + places[2]
    residual = memory + places[3]
    ones = memory + places[4]
    buffers = memory + places[5]
    sums = memory + places[6]
    pack = memory + places[7]
    for i in 0..<block { ones[i] = 1 }
    pointers = .allocate(capacity: max(1, p))
    pointers.initialize(repeating: nil, count: p)
  }

  func free() {
    memory.deallocate()
    pointers.deallocate()
  }

  /// Turns to a block of rows.
  func point(_ rows: RowPointers, from start: Int, count: Int) {
    for (j, source) in columns.sources.enumerated() {
      switch source {
      case .ones: pointers[j] = UnsafePointer(ones)
      case .numeric(let m): pointers[j] = rows.numerics[m] + start
      case .written(let b):
        let buffer = buffers + b * blockLength
        BlockColumns.write(columns.written[b], rows, from: start, count: count, to: buffer)
        pointers[j] = UnsafePointer(buffer)
      }
    }
  }

  /// η of the block; nil for no coefficients where η is not wanted.
  func predict(_ beta: [Double]?, offset: UnsafePointer<Double>?, count n: Int) {
    switch (kind.gram, beta) {
    case (.kernel, let beta?): ph_predict_and_pack(pointers, count, beta, offset, n, eta, pack)
    case (.kernel, nil): ph_predict_and_pack(pointers, count, nil, nil, n, nil, pack)
    case (_, let beta?): ph_linear_predictor(pointers, count, beta, offset, n, eta)
    case (_, nil): break
    }
  }

  /// Adds the block, whose weights and residuals are in place.
  func add(count n: Int, score: UnsafeMutablePointer<Double>, gram: UnsafeMutablePointer<Double>) {
    let p = count
    switch kind.gram {
    case .none:
      ph_score(pointers, p, residual, n, score)
    case .kernel:
      ph_gram_add(pointers, p, kind.unweighted ? nil : weight, residual, n, pack, sums)
    case .panel:
      ph_score_and_gram(pointers, p, kind.unweighted ? nil : weight, residual, n, score, gram, pack)
    }
  }

  /// Adds what the blocks have left in the sums of the kernel.
  func finish(score: UnsafeMutablePointer<Double>, gram: UnsafeMutablePointer<Double>) {
    if kind.gram == .kernel { ph_gram_total(sums, count, score, gram) }
  }
}
