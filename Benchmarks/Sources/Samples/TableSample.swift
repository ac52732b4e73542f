import Tables

/// A table whose figures follow from the row number (a linear congruence), the same in every run.
package func sampleTable(rows: Int) -> Table {
  var state: UInt64 = 42
  func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }
  let words = ["Maidstone", "Sevenoaks", "Tonbridge and Malling", "Tunbridge Wells"]
  return Table([
    Table.Column("i", integers: Array(0..<rows)),
    Table.Column("n", integers: (0..<rows).map { _ in Int(next() * 100_000) }),
    Table.Column("a", numbers: (0..<rows).map { _ in next() }),
    Table.Column("b", numbers: (0..<rows).map { _ in (next() * 1_000_000).rounded() / 1_000 }),
    Table.Column("s", text: (0..<rows).map { _ in words[Int(next() * 4)] }),
    Table.Column("t", text: (0..<rows).map { _ in next() < 0.5 ? "female" : "male" }),
  ])
}
