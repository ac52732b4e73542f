import CKernels
import Testing

@Suite("The kernels of intervals")
struct IntervalKernelTests {
  private typealias Kernel =
    @convention(c) (
      UnsafePointer<Double>?, UnsafePointer<Double>?, Int, Double, UnsafePointer<Double>?, Int,
      UnsafeMutablePointer<Double>?, UnsafePointer<UnsafeMutablePointer<Double>?>?,
      UnsafePointer<UnsafeMutablePointer<Double>?>?
    ) -> Int

  /// Values and limits of two levels as one row of bits, NaN as one, and what the kernel returned.
  private func bits(_ events: [Double], _ people: [Double], _ kernel: Kernel) -> ([UInt64], Bool) {
    let rows = events.count
    var all = [Double](repeating: -1, count: 5 * rows)
    let faulty = all.withUnsafeMutableBufferPointer { buffer in
      let at = (0..<5).map { column in buffer.baseAddress.map { $0 + column * rows } }
      return kernel(events, people, rows, 100, [1.96, 3.09], 2, at[0], [at[1], at[2]], [at[3], at[4]])
    }
    return (all.map { $0.isNaN ? .max : $0.bitPattern }, faulty > 0)
  }

  @Test("give the same bits on the newest and the oldest processor, for any number of rows", arguments: 0...19)
  func plain(rows: Int) {
    let awkward: [Double] = [0, 10, .nan, 3, 1e300, -1, .infinity, 5e3, 0.1]
    let events = (0..<rows).map { awkward[$0 % 9] }
    let people = (0..<rows).map { awkward[($0 * 5 + rows) % 9] + 2 }
    let wilson = bits(events, people) { ph_wilson($0, $1, $2, $3, $4, $5, $6, $7, $8) }
    #expect(wilson == bits(events, people) { ph_wilson_plain($0, $1, $2, $3, $4, $5, $6, $7, $8) })
    let byar = bits(events, people) { ph_byar($0, $1, $2, 10, $3, $4, $5, $6, $7, $8) }
    #expect(byar == bits(events, people) { ph_byar_plain($0, $1, $2, 10, $3, $4, $5, $6, $7, $8) })
  }

  @Test("tell whether a row has no figure of theirs, in whole vectors and in what is left")
  func faults() {
    for rows in [1, 7, 8, 9, 20] {
      let people = [Double](repeating: 30, count: rows)
      for row in 0..<rows {
        var events = [Double](repeating: 12, count: rows)
        #expect(!bits(events, people) { ph_wilson($0, $1, $2, $3, $4, $5, $6, $7, $8) }.1)
        #expect(!bits(events, people) { ph_byar($0, $1, $2, 10, $3, $4, $5, $6, $7, $8) }.1)
        events[row] = 31
        #expect(bits(events, people) { ph_wilson($0, $1, $2, $3, $4, $5, $6, $7, $8) }.1)
        events[row] = 9.999
        #expect(bits(events, people) { ph_byar($0, $1, $2, 10, $3, $4, $5, $6, $7, $8) }.1)
      }
    }
  }
}
