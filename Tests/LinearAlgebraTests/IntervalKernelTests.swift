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

  /// Ordinary numbers from `least` up with some awkward ones among them.
  private func cells(_ count: Int, from least: Double, _ salt: Int) -> [Double] {
    let awkward: [Double] = [0, .nan, 1e300, -1, .infinity, 1e-300]
    return (0..<count).map { i in
      let mixed = (i + 1) * (salt + 7919) % 1009
      return mixed < 18 ? awkward[mixed / 3] : least + Double(mixed) / 8
    }
  }

  @Test("of standardised rates and slopes give the same bits on the newest and the oldest processor", arguments: 0...19)
  func tables(groups: Int) {
    let (columns, z) = (7, [1.96, 3.09])
    let (x, n, e) = (cells(7 * 19, from: 1, 1), cells(7 * 19, from: 900, 2), cells(7 * 19, from: 1, 3))
    let rows = (0..<Int32(7 * groups)).map { $0 * 37 % 133 }
    let weights: [Double] = [0.1, 0.2, 0.05, 0.3, 0.1, 0.05, 0.2]
    typealias Dobson =
      @convention(c) (
        UnsafePointer<Double>?, UnsafePointer<Double>?, UnsafePointer<Int32>?, UnsafePointer<Double>?, Int, Int, Int,
        Double, Double, UnsafePointer<Double>?, Int, UnsafeMutablePointer<Double>?, UnsafeMutablePointer<Double>?,
        UnsafeMutablePointer<Double>?, UnsafePointer<UnsafeMutablePointer<Double>?>?,
        UnsafePointer<UnsafeMutablePointer<Double>?>?
      ) -> Int
    func results(_ kernel: Dobson) -> [UInt64] {
      var all = [Double](repeating: -1, count: 7 * groups)
      let faulty = all.withUnsafeMutableBufferPointer { buffer in
        let at = (0..<7).map { column in buffer.baseAddress.map { $0 + column * groups } }
        // The first group apart, so that a start other than 0 is met too.
        return [0..<min(1, groups), min(1, groups)..<groups].reduce(0) {
          $0
            + kernel(
              x, n, rows, weights, columns, $1.lowerBound, $1.count, 10, 100, z, 2, at[0], at[1], at[2],
              [at[3], at[4]],
              [at[5], at[6]])
        }
      }
      return [UInt64(faulty)] + bits(all)
    }
    #expect(
      results { ph_dobson($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) }
        == results { ph_dobson_plain($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) })
    var (lines, same) = ([Double](repeating: -1, count: 6 * groups), [Double](repeating: -1, count: 6 * groups))
    ph_midpoint_lines(n, x, e, rows, groups, columns, &lines)
    ph_midpoint_lines_plain(n, x, e, rows, groups, columns, &same)
    #expect(bits(lines) == bits(same))
    for multiplier in [1.0, -100] {
      var (one, other) = ([Double](repeating: -1, count: 12 * groups), [Double](repeating: -1, count: 12 * groups))
      ph_fieller(lines, groups, multiplier, z, 2, &one)
      ph_fieller_plain(lines, groups, multiplier, z, 2, &other)
      #expect(bits(one) == bits(other))
    }
  }

  /// The bits of numbers, NaN as one.
  private func bits(_ numbers: [Double]) -> [UInt64] { numbers.map { $0.isNaN ? .max : $0.bitPattern } }
}
