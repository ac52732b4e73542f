extension [Double] {
  /// Puts the elements of these ranks where they stand in the sorted array, the smaller ones before them and the larger ones
  /// behind, by partitioning alone those pieces that hold a wanted rank (Hoare, 1961).
  ///
  /// The elements must be ordered: no NaN. O(*n* log ranks) on average.
  mutating func select(ranks: [Int]) {
    var pieces = [(0..<count, ranks[...])]
    while let (piece, wanted) = pieces.popLast() {
      guard let first = wanted.first, piece.count > 1 else { continue }
      let pivot = medianOfThree(piece)
      var (low, high) = (piece.lowerBound, piece.upperBound - 1)
      while low <= high {
        while self[low] < pivot { low += 1 }
        while self[high] > pivot { high -= 1 }
        if low <= high {
          swapAt(low, high)
          low += 1
          high -= 1
        }
      }
      // Between the two ends elements equal the pivot and stand where they belong.
      if first <= high { pieces.append((piece.lowerBound..<high + 1, wanted.prefix { $0 <= high })) }
      let above = wanted.drop { $0 < low }
      if !above.isEmpty { pieces.append((low..<piece.upperBound, above)) }
    }
  }

  private func medianOfThree(_ piece: Range<Int>) -> Double {
    let (a, b, c) = (
      self[piece.lowerBound], self[(piece.lowerBound + piece.upperBound) / 2], self[piece.upperBound - 1]
    )
    return Swift.max(Swift.min(a, b), Swift.min(Swift.max(a, b), c))
  }
}
