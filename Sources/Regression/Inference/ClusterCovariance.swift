import LinearAlgebra

extension FitCore {
  /// V = A⁻¹ (Σ_g u_g u_g′) A⁻¹ with the score u_g of each cluster; over two columns V₁ + V₂ − V₁₂.
  ///
  /// Cameron and Miller, A practitioner's guide to cluster-robust inference, 2015; Cameron, Gelbach and Miller, Robust
  /// inference with multiway clustering, 2011. The factor G/(G − 1) is that of each of the three parts.
  func clusterCovariance(
    _ columns: [String], _ adjustment: ClusterAdjustment
  ) throws(RegressionError) -> (matrix: Matrix, warnings: [FitWarning]) {
    guard (1...2).contains(columns.count) else {
      throw .model("clusters are named by one or two columns, not \(columns.count)")
    }
    var chosen: [Clusters] = []
    for name in columns {
      guard let found = clusters.first(where: { $0.name == name }) else {
        throw .model("the fit has no clusters named \"\(name)\"; name the column when fitting")
      }
      chosen.append(found)
    }
    var warnings: [FitWarning] = []
    for clusters in chosen {
      let sizes = clusters.sizes
      let present = sizes.count { $0 > 0 }
      if present < 2 {
        throw .model("\(clusters.name) holds one cluster only; a cluster covariance needs at least two")
      }
      let single = sizes.count { $0 == 1 }
      if single > 0 { warnings.append(.singletonClusters(column: clusters.name, count: single, of: present)) }
      if present < 30 { warnings.append(.fewClusters(column: clusters.name, count: present)) }
    }
    var meat = try clusterMeat(chosen[0], adjustment)
    if chosen.count == 2 {
      meat += try clusterMeat(chosen[1], adjustment)
      meat += try clusterMeat(chosen[0].crossed(with: chosen[1]), adjustment).scaled(by: -1)
    }
    var covariance = (bread * meat * bread).symmetrised()
    if adjustment == .full {
      let observations = estimate.observationCount
      covariance = covariance.scaled(by: (observations - 1) / (observations - Double(kept.count)))
    }
    if chosen.count == 2, let repaired = try covariance.withoutNegativeEigenvalues() {
      warnings.append(.covarianceRepaired(relativeEigenvalue: repaired.smallest))
      covariance = repaired.matrix
    }
    return (covariance, warnings)
  }

  /// Σ_g u_g u_g′, times G/(G − 1) unless nothing is adjusted.
  private func clusterMeat(
    _ clusters: Clusters, _ adjustment: ClusterAdjustment
  ) throws(RegressionError) -> Matrix {
    // Row g holds u_g.
    var sums = Matrix(rows: clusters.count, columns: kept.count)
    try model.forEachBlock(at: coefficients) { block in
      let scores = block.scores()
      for column in 0..<kept.count {
        let (from, to) = (column * block.count, column * clusters.count)
        for row in 0..<block.count {
          sums.values[to + Int(clusters.codes[block.first + row])] += scores[row] * block.columns.values[from + row]
        }
      }
    }
    let meat = sums.crossProduct()
    guard adjustment != .none else { return meat }
    let present = Double(clusters.sizes.count { $0 > 0 })
    return meat.scaled(by: present / (present - 1))
  }
}

extension Matrix {
  /// The nearest positive semi-definite matrix in the Frobenius norm, with the most negative eigenvalue over the largest
  /// one; nil where no eigenvalue is negative beyond rounding.
  fileprivate func withoutNegativeEigenvalues() throws(RegressionError) -> (matrix: Matrix, smallest: Double)? {
    guard let eigen = try? SymmetricEigen(of: self), let largest = eigen.values.max(),
      let smallest = eigen.values.min()
    else { throw .model("the eigenvalues of the two-way cluster covariance could not be found") }
    // Rounding in a sum of three matrices of size k leaves some 1e-14 of the largest eigenvalue.
    guard smallest < -1e-12 * largest else { return nil }
    var scaled = eigen.vectors
    for column in 0..<columns {
      let factor = max(0, eigen.values[column])
      for row in 0..<rows { scaled[row, column] *= factor }
    }
    return ((scaled * eigen.vectors.transposed()).symmetrised(), smallest / largest)
  }
}
