import CKernels
import Testing

@Suite("The kernels of totals by group")
struct TotalsKernelTests {
  private static let groups: [Int32] = (0..<300).map { $0 * 7 % 5 }

  /// Events and people of each group from the kernel that adds whole numbers, and how many rows it added.
  private func counts(_ x: [Double], _ n: [Double], limited: Bool = true, plain: Bool = false) -> ([Double], Int) {
    var totals = [Double](repeating: 0, count: 10)
    let kernel = plain ? ph_add_counts_plain : ph_add_counts
    let added = kernel(x, n, Self.groups, x.count, limited ? 1 : 0, &totals)
    return (totals, added)
  }

  /// Totals with their errors from the other one, NaN as one, and whether a row is improper.
  private func totals(_ x: [Double], _ n: [Double], limited: Bool = true, plain: Bool = false) -> ([UInt64], Bool) {
    var totals = [Double](repeating: 0, count: 20)
    let kernel = plain ? ph_add_totals_plain : ph_add_totals
    let improper = kernel(x, n, Self.groups, x.count, limited ? 1 : 0, &totals) != 0
    return (totals.map { $0.isNaN ? .max : $0.bitPattern }, improper)
  }

  @Test(
    "add every row to its group, for any number of rows, and the same on the oldest processor",
    arguments: [0, 1, 7, 8, 9, 16, 23, 40, 128, 137, 300])
  func sums(rows: Int) {
    let x = (0..<rows).map { Double($0 * 31 % 97) }
    let n = x.map { $0 + 100 }
    var expected = [Double](repeating: 0, count: 10)
    for row in 0..<rows {
      expected[2 * Int(Self.groups[row])] += x[row]
      expected[2 * Int(Self.groups[row]) + 1] += n[row]
    }
    #expect(counts(x, n) == (expected, rows) && counts(x, n, plain: true) == (expected, rows))
    let parts = x.map { $0 / 7 }
    #expect(totals(parts, n) == totals(parts, n, plain: true))
    let (bits, improper) = totals(x, n)
    #expect(
      !improper
        && bits.enumerated().allSatisfy { i, each in
          Double(bitPattern: each) == (i % 4 < 2 ? expected[i / 4 * 2 + i % 4] : 0)
        })
  }

  @Test("keep what each addition rounds away")
  func errors() {
    // All in group 0.
    let x = [1e16, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    let (bits, _) = totals(x, x)
    #expect(bits.prefix(4).map { Double(bitPattern: $0) } == [1e16, 1e16, 2, 2])
  }

  @Test("tell a row that may not go into a total, and one that is no whole number", arguments: [1, 8, 13, 16])
  func faults(rows: Int) {
    let n = [Double](repeating: 9, count: rows)
    for row in 0..<rows {
      for (fault, isImproper) in [
        (Double.nan, true), (-1, true), (.infinity, true), (10, true), (0.5, false), (0x1p-1074, false),
      ] {
        var x = [Double](repeating: 4, count: rows)
        x[row] = fault
        for plain in [false, true] {
          #expect(counts(x, n, plain: plain).1 == row / 8 * 8)
          #expect(totals(x, n, plain: plain).1 == isImproper)
          #expect(totals(n, x, limited: false, plain: plain).1 == (isImproper && fault != 10))
          #expect(counts(n, x, limited: false, plain: plain).1 == (fault == 10 ? rows : row / 8 * 8))
        }
      }
    }
  }
}
