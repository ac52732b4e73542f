import LinearAlgebra
import Parallel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The rows of one chunk as the kernels see them: where each array starts.
///
/// The pointers are those of the arrays' own storage, which neither moves nor dies while `rows` is held; nobody writes
/// to it. Only `RowPointers.lend` makes them.
struct RowPointers: @unchecked Sendable {
  let count: Int
  let numerics: [UnsafePointer<Double>]
  let codes: [UnsafePointer<Int32>]
  let response: UnsafePointer<Double>
  let weights: UnsafePointer<Double>?
  let offset: UnsafePointer<Double>?

  /// Runs `body` with pointers to the arrays of some rows, which stay valid until it returns.
  static func lend<Result>(_ rows: DesignRows, _ body: (RowPointers) -> Result) -> Result {
    withExtendedLifetime(rows) {
      body(
        RowPointers(
          count: rows.count, numerics: rows.numerics.map(start), codes: rows.codes.map(start),
          response: start(rows.response), weights: rows.weights.map(start), offset: rows.offset.map(start)))
    }
  }

  private static func start<Element>(_ array: [Element]) -> UnsafePointer<Element> {
    array.withUnsafeBufferPointer { buffer in
      // An empty array may have no storage; nothing is then read.
      buffer.baseAddress ?? UnsafePointer(bitPattern: MemoryLayout<Element>.alignment).unsafelyUnwrapped
    }
  }
}

/// Doubles that segments of a pass write side by side: each segment its own slice.
struct Slab: @unchecked Sendable {
  let sliceLength: Int
  private let storage: UnsafeMutablePointer<Double>
  private let count: Int

  /// Zeros for some slices. The owner must call `release`.
  init(slices: Int, sliceLength: Int) {
    // A slice of its own cache lines, so that two threads never write to one line.
    self.sliceLength = (sliceLength + 15) & ~7
    count = slices * self.sliceLength
    // Zeros from the system, which gives a page only where something is written: a large product's upper triangle costs
    // nothing.
    guard let memory = calloc(max(1, count), MemoryLayout<Double>.stride) else {
      preconditionFailure("no memory for \(count) sums")
    }
    storage = memory.bindMemory(to: Double.self, capacity: max(1, count))
  }

  subscript(slice: Int) -> UnsafeMutablePointer<Double> { storage + slice * sliceLength }

  /// Adds all slices to `sum`, in order.
  ///
  /// - Precondition: `sum` is no longer than a slice.
  func add(to sum: inout [Double], threads: Int?) {
    precondition(sum.count <= sliceLength, "a longer sum than the slices")
    sum.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      let target = Target(start: start, length: buffer.count)
      let piece = 8192
      parallelFor(chunks: (target.length + piece - 1) / piece, threads: threads) { chunk in
        let range = chunk * piece..<min((chunk + 1) * piece, target.length)
        add(range, to: target.start, at: 0)
      }
    }
  }

  /// Adds the lower triangles that stand in all slices from `start` on, column by column, to that of a matrix.
  func add(triangleFrom start: Int, to matrix: inout Matrix, threads: Int?) {
    let size = matrix.rows
    guard size > 0 else { return }
    precondition(start + size * size <= sliceLength, "a larger matrix than the slices have")
    matrix.values.withUnsafeMutableBufferPointer { buffer in
      guard let values = buffer.baseAddress else { return }
      let target = Target(start: values, length: buffer.count)
      let columns = max(1, 8192 / size)
      parallelFor(chunks: (size + columns - 1) / columns, threads: threads) { chunk in
        for j in chunk * columns..<min((chunk + 1) * columns, size) {
          add(j * size + j..<(j + 1) * size, to: target.start, at: start)
        }
      }
    }
  }

  /// Adds what slices have in a range past `start`, in order.
  private func add(_ range: Range<Int>, to target: UnsafeMutablePointer<Double>, at start: Int) {
    for slice in stride(from: start, to: count, by: sliceLength) {
      for i in range { target[i] += storage[slice + i] }
    }
  }

  /// Where pieces of a sum are written side by side.
  private struct Target: @unchecked Sendable {
    let start: UnsafeMutablePointer<Double>
    let length: Int
  }

  func release() { free(storage) }
}

/// How a pass cuts the rows of a chunk: into segments, which run in parallel, and those into blocks, which stay in the
/// first-level cache. The cuts depend on the data and the design alone.
struct Segments: Sendable {
  /// How many rows a block has.
  static let blockLength = 256

  let count: Int
  private let rows: Int
  private let length: Int

  /// - Parameter sums: how many doubles a segment sums into; together the segments take 16 MB at most.
  init(rows: Int, sums: Int) {
    self.rows = rows
    let blocks = (rows + Self.blockLength - 1) / Self.blockLength
    let most = max(4, min(64, (1 << 21) / max(1, sums)))
    let perSegment = max(1, (blocks + most - 1) / most)
    length = perSegment * Self.blockLength
    count = (rows + length - 1) / length
  }

  /// The rows of a segment.
  subscript(segment: Int) -> Range<Int> { segment * length..<min((segment + 1) * length, rows) }
}
