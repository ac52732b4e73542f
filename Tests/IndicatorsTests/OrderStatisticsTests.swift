import Probability
import Testing

@testable import Indicators

struct OrderStatisticsTests {
  @Test("elements of wanted ranks stand where sorting puts them, ties and infinities among them")
  func select() {
    let generator = Philox(seed: 6)
    for (size, steps) in [(1, 3.0), (2, 2), (7, 4), (1_000, 5), (5_000, 1e9), (4_096, 0)] {
      var row = (0..<size).map { (generator.uniforms(at: SIMD4(0, UInt64($0), 0, 0)).x * steps).rounded() }
      if size > 500 { (row[3], row[size - 2]) = (.infinity, -.infinity) }
      let sorted = row.sorted()
      let ranks = Array(Set([0, size / 40, size / 3, size / 2, size - 1 - size / 40, size - 1])).sorted()
      row.select(ranks: ranks)
      #expect(ranks.allSatisfy { row[$0] == sorted[$0] })
      #expect(row.sorted() == sorted)
    }
  }
}
