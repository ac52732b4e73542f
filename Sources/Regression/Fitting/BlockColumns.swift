/// Where the columns of a block come from: the file's own vectors, a run of ones, or a buffer that is written from
/// factor codes.
struct BlockColumns: Sendable {
  enum Source: Sendable {
    case ones
    case numeric(Int)
    case written(buffer: Int)
  }

  let sources: [Source]
  /// The columns that are written, in the order of their buffers.
  let written: [DesignColumn]

  init(_ layout: DesignLayout) {
    var written: [DesignColumn] = []
    sources = layout.columns.map { column in
      if column.codings.isEmpty { return column.numeric.map { .numeric($0) } ?? .ones }
      written.append(column)
      return .written(buffer: written.count - 1)
    }
    self.written = written
  }
}

/// The memory in which one thread works on its blocks.
struct BlockScratch {
  /// Doubles of the owner's own use.
  let doubles: UnsafeMutablePointer<Double>
  private let ones: UnsafeMutablePointer<Double>
  private let buffers: UnsafeMutablePointer<Double>
  private let pointers: UnsafeMutablePointer<UnsafePointer<Double>?>
  private let columns: BlockColumns

  init(doubles count: Int, columns: BlockColumns) {
    let block = Segments.blockLength
    self.columns = columns
    doubles = Self.aligned(count)
    ones = Self.aligned(block)
    for i in 0..<block { ones[i] = 1 }
    buffers = Self.aligned(columns.written.count * block)
    pointers = .allocate(capacity: max(1, columns.sources.count))
    pointers.initialize(repeating: nil, count: columns.sources.count)
  }

  func free() {
    doubles.deallocate()
    ones.deallocate()
    buffers.deallocate()
    pointers.deallocate()
  }

  /// The columns of a block, written where they need to be.
  func point(_ rows: RowPointers, from start: Int, count: Int) -> UnsafePointer<UnsafePointer<Double>?> {
    for (j, source) in columns.sources.enumerated() {
      switch source {
      case .ones: pointers[j] = UnsafePointer(ones)
      case .numeric(let m): pointers[j] = rows.numerics[m] + start
      case .written(let b):
        let buffer = buffers + b * Segments.blockLength
        Self.write(columns.written[b], rows, from: start, count: count, to: buffer)
        pointers[j] = UnsafePointer(buffer)
      }
    }
    return UnsafePointer(pointers)
  }

  private static func write(
    _ column: DesignColumn, _ rows: RowPointers, from start: Int, count: Int, to buffer: UnsafeMutablePointer<Double>
  ) {
    if let numeric = column.numeric {
      buffer.update(from: rows.numerics[numeric] + start, count: count)
    } else {
      buffer.update(repeating: 1, count: count)
    }
    for coding in column.codings {
      let codes = rows.codes[coding.factor] + start
      switch coding.values {
      case .indicator(let level):
        let level = Int32(level)
        for i in 0..<count { buffer[i] = codes[i] == level ? buffer[i] : 0 }
      case .levels(let values):
        for i in 0..<count { buffer[i] *= values[Int(codes[i])] }
      }
    }
  }

  private static func aligned(_ count: Int) -> UnsafeMutablePointer<Double> {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, count) * 8, alignment: 64)
    let doubles = memory.bindMemory(to: Double.self, capacity: max(1, count))
    doubles.initialize(repeating: 0, count: max(1, count))
    return doubles
  }
}
