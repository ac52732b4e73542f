/// The rules by which points of a control chart are taken for special causes.
///
/// The defaults are the four rules of NHS England's Making Data Count: a point outside the limits; a shift of seven
/// points in a row on one side of the centre, where a point on the centre ends the row; a trend of seven points in a
/// row, that is six moves in one direction, where two equal points end the row; two of three points in a row near or
/// beyond a limit. All points of a shift or a trend are marked, from its first one on.
public struct ControlChartRules: Sendable, Hashable {
  /// How many points in a row on one side of the centre are a shift.
  public var shiftLength: Int
  /// How many points in a row that rise or fall are a trend.
  public var trendLength: Int
  /// How two of three is read.
  public var twoOfThree: TwoOfThree

  /// The readings of "two of three points beyond two sigma".
  ///
  /// Common to both: the three points follow each other, lie on one side of the centre, and only those of them that
  /// count are marked; the third is not.
  public enum TwoOfThree: String, Sendable, Hashable, CaseIterable {
    /// A point counts where it lies beyond two sigma, beyond the limits included: Making Data Count since its change
    /// of November 2023.
    case beyondTwoSigma = "beyond_two_sigma"
    /// A point counts where it lies beyond two sigma, but not beyond a limit: Making Data Count before, and the R
    /// package NHSRplotthedots.
    case betweenTwoAndThreeSigma = "between_two_and_three_sigma"
  }

  /// Rules, the four of Making Data Count unless said otherwise.
  ///
  /// - Parameters:
  ///   - shiftLength: at least 2.
  ///   - trendLength: at least 2.
  ///   - twoOfThree: its reading.
  /// - Complexity: O(1).
  public init(shiftLength: Int = 7, trendLength: Int = 7, twoOfThree: TwoOfThree = .beyondTwoSigma) {
    precondition(shiftLength >= 2 && trendLength >= 2, "a row has at least two points")
    self.shiftLength = shiftLength
    self.trendLength = trendLength
    self.twoOfThree = twoOfThree
  }

  /// The signals of points that follow each other, none of them missing.
  func signals(_ points: [ControlPoint]) -> [ControlSignals] {
    var signals = points.map { point -> ControlSignals in
      point.value > point.upper ? .aboveLimit : point.value < point.lower ? .belowLimit : []
    }
    markRuns(of: shiftLength, in: points.map(\.side), high: .shiftHigh, low: .shiftLow, &signals)
    if points.count > 1 {
      let moves = (1..<points.count).map { sign(points[$0].value - points[$0 - 1].value) }
      markRuns(of: trendLength - 1, in: moves, high: .trendUp, low: .trendDown, extraPoints: 1, &signals)
    }
    markTwoOfThree(points, &signals)
    return signals
  }

  /// Marks rows of at least `length` equal signs other than 0. A row of moves covers one point more than it has moves.
  private func markRuns(
    of length: Int, in signs: [Int], high: ControlSignals, low: ControlSignals, extraPoints: Int = 0,
    _ signals: inout [ControlSignals]
  ) {
    var start = 0
    while start < signs.count {
      var end = start + 1
      while end < signs.count, signs[end] == signs[start] { end += 1 }
      if signs[start] != 0, end - start >= length {
        for point in start..<(end + extraPoints) { signals[point].insert(signs[start] > 0 ? high : low) }
      }
      start = end
    }
  }

  private func markTwoOfThree(_ points: [ControlPoint], _ signals: inout [ControlSignals]) {
    let counts = points.map { point in
      let outside = point.value > point.upper || point.value < point.lower
      let beyond = point.value > point.upperTwoSigma || point.value < point.lowerTwoSigma
      return beyond && (twoOfThree == .beyondTwoSigma || !outside)
    }
    for first in 0..<max(0, points.count - 2) {
      let three = first..<(first + 3)
      let side = points[first].side
      guard side != 0, three.allSatisfy({ points[$0].side == side }) else { continue }
      let counting = three.filter { counts[$0] }
      guard counting.count >= 2 else { continue }
      for point in counting { signals[point].insert(side > 0 ? .twoOfThreeHigh : .twoOfThreeLow) }
    }
  }
}

/// One plotted point with the lines that hold for it.
struct ControlPoint {
  let value: Double
  let centre: Double
  let lower: Double
  let upper: Double
  let lowerTwoSigma: Double
  let upperTwoSigma: Double

  /// 1 above the centre, −1 below, 0 on it.
  var side: Int { sign(value - centre) }
}

private func sign(_ x: Double) -> Int { x > 0 ? 1 : x < 0 ? -1 : 0 }
