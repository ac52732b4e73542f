extension ClusterCodes {
  /// Clusters from a code a row, for fits of arrays.
  ///
  /// - Precondition: Every code is in 0..<count.
  /// - Complexity: O(rows).
  public init(name: String, codes: [Int32], count: Int) {
    var sizes = [Int](repeating: 0, count: count)
    for code in codes {
      precondition(code >= 0 && code < count, "a cluster code out of range")
      sizes[Int(code)] += 1
    }
    self.name = name
    self.codes = codes
    self.sizes = sizes
  }

  /// The clusters of rows that agree in both.
  func crossed(with other: ClusterCodes) -> ClusterCodes {
    var codeOfPair: [Int: Int32] = [:]
    let codes = zip(codes, other.codes).map { first, second in
      let pair = Int(first) * other.count + Int(second)
      if let code = codeOfPair[pair] { return code }
      let code = Int32(codeOfPair.count)
      codeOfPair[pair] = code
      return code
    }
    return ClusterCodes(name: "\(name):\(other.name)", codes: codes, count: codeOfPair.count)
  }
}
