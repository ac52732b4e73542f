/// The clusters that the rows of a fit belong to, for fits of arrays; a design brings its own.
public struct Clusters: Sendable, Hashable {
  /// What a covariance calls them: the column that names them.
  public let name: String
  /// The cluster of each row, counted from 0.
  public let codes: [Int32]
  /// How many rows each cluster has.
  let sizes: [Int]

  /// Clusters from a code a row.
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

  init(_ codes: ClusterCodes) {
    name = codes.name
    self.codes = codes.codes
    sizes = codes.sizes
  }

  var count: Int { sizes.count }

  /// The clusters of rows that agree in both.
  func crossed(with other: Clusters) -> Clusters {
    var codeOfPair: [Int: Int32] = [:]
    let codes = zip(codes, other.codes).map { first, second in
      let pair = Int(first) * other.count + Int(second)
      if let code = codeOfPair[pair] { return code }
      let code = Int32(codeOfPair.count)
      codeOfPair[pair] = code
      return code
    }
    return Clusters(name: "\(name):\(other.name)", codes: codes, count: codeOfPair.count)
  }
}
