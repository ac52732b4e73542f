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

  /// Writes the values of a coded column for some rows.
  static func write(
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
}
