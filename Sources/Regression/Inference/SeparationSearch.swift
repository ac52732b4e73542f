import LinearAlgebra

/// Looks for directions in which the likelihood of a fit rises for ever.
///
/// A direction d is one if moving along it changes the linear predictor only of rows whose response is 0 or 1 (of a
/// Poisson only 0), and each of these towards its response or not at all. When the iterations end, such rows are fitted
/// exactly but for rounding and the rows that hold the other coefficients in place are not. So: the directions that the
/// rows not fitted exactly leave undetermined are the null space of their X′X within that of all rows; in that space
/// the signs decide.
struct SeparationSearch {
  /// The model of the columns that are independent whatever the weights.
  let model: ModelRows
  /// Where those stand in the whole layout.
  let columns: [Int]
  let layout: DesignLayout
  let estimate: Estimate

  /// - Throws: what the source of the rows throws.
  init(model estimated: ModelRows, layout: DesignLayout, estimate: Estimate) throws(RegressionError) {
    self.layout = layout
    self.estimate = estimate
    let kept = estimate.kept
    // Weights that vanish with the separation can make a column look like a combination of others at the end.
    // Probabilities under the log link have no start from which to find the coefficients of such columns.
    guard kept.count < layout.columns.count, estimate.iterations >= Self.manyIterations,
      Self.canSeparate(estimated), !Self.isLogBinomial(estimated)
    else {
      (model, columns) = (estimated, kept)
      return
    }
    let whole = ModelRows(
      layout: layout, rows: estimated.rows, family: estimated.family, link: estimated.link,
      threads: estimated.threads)
    var gram = Matrix(rows: layout.columns.count, columns: layout.columns.count)
    try whole.forEachBlock(at: layout.columns.map { _ in 0 }) { block in
      gram += block.gram(weights: block.weights.map { $0 > 0 ? 1 : 0 })
    }
    columns = (try? Cholesky(of: gram, relativePivot: 1e-12))?.kept ?? kept
    model = ModelRows(
      layout: layout.keeping(columns: columns), rows: estimated.rows, family: estimated.family,
      link: estimated.link, threads: estimated.threads)
  }

  /// The columns that were called aliased and are not.
  var wronglyAliased: [String] { columns.filter { estimate.aliased[$0] }.map { layout.columns[$0].name } }

  /// Beyond this distance from its response a row counts as not fitted exactly. Where the iterations end, the rows of a
  /// separated cell together are some 1e-12 of the deviance away from it.
  private static let exact = 1e-6

  /// A standard error of the linear predictor that no coefficient with a finite estimate comes near.
  private static let suspicious = 10.0

  /// Fits with finite estimates take 4 to 10 iterations, separated ones some 25.
  private static let manyIterations = 15

  /// The separation of the fit, nil where all estimates are finite.
  ///
  /// - Complexity: O(columns³) where nothing is suspicious, else three passes over the rows.
  func separation() throws(RegressionError) -> Separation? {
    guard Self.canSeparate(model), isSuspicious else { return nil }
    let beta = try farCoefficients()
    guard let directions = try freeDirections(at: beta) else { return nil }
    // The exactly fitted rows in the coordinates of these directions, each times the sign of its way to the response.
    var points: [[Double]] = []
    // How far the coefficients have taken each of them already.
    var travelled: [Double] = []
    var rowCount = 0
    try model.forEachBlock(at: beta) { block in
      let projected = block.columns * directions
      let predicted = block.columns * beta
      for row in 0..<block.count where block.weights[row] > 0 {
        rowCount += 1
        guard isExact(block, row) else { continue }
        let sign = block.response[row] > 0 ? 1.0 : -1.0
        points.append((0..<directions.columns).map { sign * projected[row, $0] })
        travelled.append(max(0, sign * predicted[row]))
      }
    }
    guard let (way, moved) = widestWay(points, travelled) else { return nil }
    let direction = directions * way
    let sizes = zip(direction, try columnScales()).map { abs($0 * $1) }
    let largestSize = sizes.max() ?? 0
    let divergences = direction.indices.filter { sizes[$0] > 1e-6 * largestSize }.map {
      Separation.Divergence(term: model.layout.columns[$0].name, isUpward: direction[$0] > 0)
    }
    return Separation(divergences: divergences, rows: moved, isComplete: moved == rowCount)
  }

  /// Coefficients at which separated rows are fitted exactly: the estimate's, or own ones where a column lacks its.
  private func farCoefficients() throws(RegressionError) -> [Double] {
    if columns == estimate.kept { return columns.map { estimate.coefficients[$0] } }
    var likelihood = PenalisedLikelihood(model: model)
    likelihood.maximumIterations = estimate.iterations
    return try likelihood.maximise(from: columns.map { _ in 0 }).coefficients
  }

  private static func isLogBinomial(_ model: ModelRows) -> Bool {
    model.link == .log && (model.family == .binomial || model.family == .quasiBinomial)
  }

  private static func canSeparate(_ model: ModelRows) -> Bool {
    switch (model.family, model.link) {
    case (.binomial, .logit), (.binomial, .probit), (.binomial, .complementaryLogLog), (.quasiBinomial, .logit),
      (.quasiBinomial, .probit), (.quasiBinomial, .complementaryLogLog), (.poisson, .log), (.quasiPoisson, .log),
      (.negativeBinomial, .log), (.binomial, .log), (.quasiBinomial, .log):
      true
    default: false
    }
  }

  /// Whether the fit looks as if it could be separated, from what the iterations left; no pass over the rows.
  ///
  /// A separated row moves by 1 an iteration, so that there are many, unless a fit to a sample went before. The
  /// standard errors tell as well: those of columns without numbers as they are, those of numbers times their root mean
  /// square by the working weights.
  private var isSuspicious: Bool {
    if !estimate.converged || estimate.iterations >= Self.manyIterations { return true }
    let kept = estimate.kept
    let covariance = estimate.unscaledCovariance.selecting(rows: kept, columns: kept)
    guard let information = try? Cholesky(of: covariance, relativePivot: 0).inverse() else { return true }
    let weight = model.layout.hasIntercept ? information[0, 0] : 1
    return model.layout.columns.enumerated().contains { index, column in
      let scale = column.numeric == nil ? 1 : (information[index, index] / weight).squareRoot()
      return covariance[index, index].squareRoot() * scale > Self.suspicious
    }
  }

  /// About how much a column changes the linear predictor: the largest value of its numeric vector in a sample.
  private func columnScales() throws(RegressionError) -> [Double] {
    var largest = [Double](repeating: 0, count: layout.numericCount)
    try model.rows.forEachChunk { chunk in
      for (index, values) in chunk.numerics.enumerated() {
        for row in stride(from: 0, to: values.count, by: max(1, values.count / 1000)) {
          largest[index] = max(largest[index], abs(values[row]))
        }
      }
    }
    return model.layout.columns.map { column in column.numeric.map { largest[$0] } ?? 1 }
  }

  private func isExact(_ block: FittedBlock, _ row: Int) -> Bool {
    let y = block.response[row]
    switch model.family {
    // Under the log link a probability of 1 is at a finite distance.
    case .binomial where !Self.isLogBinomial(model), .quasiBinomial where !Self.isLogBinomial(model):
      return (y == 0 || y == 1) && abs(y - block.mean[row]) < Self.exact
    default: return y == 0 && block.mean[row] < Self.exact
    }
  }

  /// The directions, one a column, that the rows not fitted exactly do not determine; nil where there are none.
  private func freeDirections(at beta: [Double]) throws(RegressionError) -> Matrix? {
    let size = beta.count
    var all = Matrix(rows: size, columns: size)
    var held = Matrix(rows: size, columns: size)
    try model.forEachBlock(at: beta) { block in
      all += block.gram(weights: block.weights.map { $0 > 0 ? 1 : 0 })
      held += block.gram(
        weights: (0..<block.count).map { block.weights[$0] > 0 && !isExact(block, $0) ? 1 : 0 })
    }
    let scales = all.diagonal.map { $0 > 0 ? 1 / $0.squareRoot() : 0 }
    let whole = all.scaledOnBothSides(by: scales)
    guard let spectrum = try? SymmetricEigen(of: whole) else { return nil }
    // Coordinates in which X′X of all rows is the identity: the share of the held rows is then between 0 and 1.
    var coordinates = spectrum.vectors
    for column in 0..<size {
      let root = max(spectrum.values[column], 1e-14).squareRoot()
      for row in 0..<size { coordinates[row, column] *= scales[row] / root }
    }
    let share = coordinates.transposedProduct(held * coordinates).symmetrised()
    guard let shares = try? SymmetricEigen(of: share) else { return nil }
    let free = shares.values.indices.filter { shares.values[$0] < 1e-9 }
    guard !free.isEmpty else { return nil }
    return coordinates * shares.vectors.selecting(rows: Array(0..<size), columns: free)
  }

  /// A direction in which no point moves backwards and as many as can be move forwards, with their number; nil where
  /// none moves. What one direction leaves in its place another may move, and a little of it does not turn back those
  /// that the first moves.
  ///
  /// - Parameter travelled: how far the fit has moved each point, which is most of the way in a first direction.
  private func widestWay(_ points: [[Double]], _ travelled: [Double]) -> (way: [Double], moved: Int)? {
    var whole: [Double]?
    var moved: [[Double]] = []
    var left = points
    while !left.isEmpty {
      let known = whole == nil ? commonWay(left, from: travelled) : nil
      guard let next = known ?? commonWay(left, from: left.map { _ in 1 }) else { break }
      if let way = whole {
        var share = 1.0
        for point in moved {
          let back = -point.dot(next)
          if back > 0 { share = min(share, point.dot(way) / (2 * back)) }
        }
        whole = zip(way, next).map { $0 + share * $1 }
      } else {
        whole = next
      }
      let distances = left.map { $0.dot(next) }
      let threshold = 1e-6 * (distances.max() ?? 0)
      moved += zip(left, distances).filter { $0.1 > threshold }.map(\.0)
      left = zip(left, distances).filter { $0.1 <= threshold }.map(\.0)
    }
    return whole.map { ($0, moved.count) }
  }

  /// A direction in which no point moves backwards and some move forwards: the iterative rectifier of Correia,
  /// Guimarães and Zylkin, least squares of the points' distances on the points with negative distances set to 0. Nil
  /// where there is none.
  private func commonWay(_ points: [[Double]], from start: [Double]) -> [Double]? {
    guard let dimensions = points.first?.count else { return nil }
    let matrix = Matrix(columns: points).transposed()
    guard let factor = try? Cholesky(of: matrix.crossProduct(), relativePivot: 1e-12) else { return nil }
    var target = start
    var way = [Double](repeating: 0, count: dimensions)
    for _ in 0..<1000 {
      way = factor.solve(matrix.transposedProduct(target))
      let distances = matrix * way
      let largest = distances.max() ?? 0
      guard largest > 1e-9 else { return nil }
      if distances.allSatisfy({ $0 > -1e-7 * largest }) { return way }
      target = distances.map { max($0, 0) }
    }
    return nil
  }
}

extension Matrix {
  /// The matrix with row i and column i multiplied by the i-th factor.
  fileprivate func scaledOnBothSides(by factors: [Double]) -> Matrix {
    var result = self
    for j in 0..<columns {
      for i in 0..<rows { result[i, j] *= factors[i] * factors[j] }
    }
    return result
  }
}
