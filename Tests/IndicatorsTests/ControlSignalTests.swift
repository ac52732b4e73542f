import Indicators
import Probability
import Testing

@Suite("The rules of special causes")
struct ControlSignalTests {
  /// A c-chart whose centre is 100 and whose sigma is 10: the points, then as many as bring the mean to 100, far from
  /// each other so that they make no row.
  private func signals(
    _ points: [Double], _ rules: ControlChartRules = ControlChartRules(), polarity: Polarity = .none
  ) -> (signals: [ControlSignals], variations: [ControlVariation]) {
    let missing = 100 * Double(points.count) - points.reduce(0, +)
    // Pairs around 100, then around what balances the points, none beyond two sigma.
    var balanced = points
    var left = missing
    while abs(left) > 1e-9 {
      let step = max(-8, min(8, left))
      balanced += [100 + step + 9, 91]
      left -= step
    }
    let chart = ControlChart.counts(balanced, polarity: polarity, rules: rules)
    #expect(abs(chart.centres[0] - 100) < 1e-9 && abs(chart.upper[0] - 130) < 1e-9)
    return (Array(chart.signals.prefix(points.count)), Array(chart.variations.prefix(points.count)))
  }

  @Test("mark seven in a row on one side of the centre from the first one on, not six, not across the centre")
  func shift() {
    let seven: [Double] = [104, 109, 103, 108, 102, 107, 101, 95]
    #expect(signals(seven).signals.map { $0.contains(.shiftHigh) } == [Bool](repeating: true, count: 7) + [false])
    #expect(signals(Array(seven.dropFirst())).signals.allSatisfy { !$0.contains(.shiftHigh) })
    #expect(signals([104, 109, 103, 100, 102, 107, 101, 95]).signals.allSatisfy { !$0.contains(.shiftHigh) })
  }

  @Test("mark six moves in one direction, by direction and not by side; equal points end the row")
  func trend() {
    let rising: [Double] = [88, 91, 94, 97, 103, 106, 109]
    let found = signals(rising, polarity: .highIsGood)
    #expect(found.signals.allSatisfy { $0 == .trendUp } && found.variations.allSatisfy { $0 == .improvement })
    #expect(signals(rising, polarity: .lowIsGood).variations.allSatisfy { $0 == .concern })
    #expect(signals(rising.reversed()).variations.allSatisfy { $0 == .neutralLow })
    #expect(signals([88, 91, 94, 97, 97, 103, 106, 109]).signals.allSatisfy { $0.isEmpty })
    #expect(signals(Array(rising.dropFirst())).signals.allSatisfy { $0.isEmpty })
  }

  @Test("count two of three beyond two sigma on one side, beyond the limits or not by the reading")
  func twoOfThree() {
    let older = ControlChartRules(twoOfThree: .betweenTwoAndThreeSigma)
    let plain: [Double] = [125, 105, 124, 90]
    for rules in [ControlChartRules(), older] {
      #expect(signals(plain, rules).signals == [.twoOfThreeHigh, [], .twoOfThreeHigh, []])
      // On two sides of the centre, or with the third on the other side: nothing.
      #expect(signals([125, 75, 105, 90], rules).signals.allSatisfy { $0.isEmpty })
      #expect(signals([125, 124, 90, 95], rules).signals.allSatisfy { $0.isEmpty })
      // On two sigma is not beyond it.
      #expect(signals([120, 105, 124, 90], rules).signals.allSatisfy { $0.isEmpty })
    }
    // One beyond a limit and one between: a pair since November 2023 only.
    let outside: [Double] = [135, 105, 124, 90]
    #expect(signals(outside).signals == [[.aboveLimit, .twoOfThreeHigh], [], .twoOfThreeHigh, []])
    #expect(signals(outside, older).signals == [.aboveLimit, [], [], []])
    #expect(signals([75, 95, 76, 110]).signals == [.twoOfThreeLow, [], .twoOfThreeLow, []])
  }

  @Test("are weighed: outside, trend, two of three, shift")
  func weight() {
    let both: ControlSignals = [.shiftLow, .trendUp]
    #expect(both.variation(.highIsGood) == .improvement && both.names == ["trend_up", "shift_low"])
    #expect(ControlSignals([.belowLimit, .trendUp]).variation(.highIsGood) == .concern)
    #expect(ControlSignals([.twoOfThreeHigh, .shiftLow]).variation(.lowIsGood) == .concern)
    #expect(ControlSignals().variation(.lowIsGood) == .commonCause && ControlSignals().pointsUp == nil)
  }

  @Test("agree with their definitions, point by point, on random series with gaps")
  func definitions() {
    for seed in 0..<300 {
      var random = SplitMix(seed: UInt64(seed))
      let values = (0..<30).map { _ -> Double in
        random.next() % 9 == 0 ? .nan : Double(random.next() % 12) + Double(random.next() % 4)
      }
      let chart = ControlChart.individuals(values)
      #expect(chart.signals == bySearch(chart), "seed \(seed)")
    }
  }

  /// Every rule by looking for a window of points, as its sentence says it.
  private func bySearch(_ chart: ControlChart) -> [ControlSignals] {
    var found = [ControlSignals](repeating: [], count: chart.values.count)
    let seen = chart.values.indices.filter { chart.statuses[$0] == .ok }
    for point in seen {
      if chart.values[point] > chart.upper[point] { found[point].insert(.aboveLimit) }
      if chart.values[point] < chart.lower[point] { found[point].insert(.belowLimit) }
    }
    for first in seen.indices {
      if first + 7 <= seen.count {
        let seven = seen[first..<(first + 7)]
        let pairs = zip(seven, seven.dropFirst())
        if seven.allSatisfy({ chart.values[$0] > chart.centres[$0] }) { seven.forEach { found[$0].insert(.shiftHigh) } }
        if seven.allSatisfy({ chart.values[$0] < chart.centres[$0] }) { seven.forEach { found[$0].insert(.shiftLow) } }
        if pairs.allSatisfy({ chart.values[$0] < chart.values[$1] }) { seven.forEach { found[$0].insert(.trendUp) } }
        if pairs.allSatisfy({ chart.values[$0] > chart.values[$1] }) { seven.forEach { found[$0].insert(.trendDown) } }
      }
      guard first + 3 <= seen.count else { continue }
      let three = seen[first..<(first + 3)]
      let high = three.filter { chart.values[$0] > chart.upperTwoSigma[$0] }
      let low = three.filter { chart.values[$0] < chart.lowerTwoSigma[$0] }
      if high.count >= 2, three.allSatisfy({ chart.values[$0] > chart.centres[$0] }) {
        high.forEach { found[$0].insert(.twoOfThreeHigh) }
      }
      if low.count >= 2, three.allSatisfy({ chart.values[$0] < chart.centres[$0] }) {
        low.forEach { found[$0].insert(.twoOfThreeLow) }
      }
    }
    return found
  }

  @Test("mark three of three near a limit as well as two")
  func threeOfThree() {
    let found = signals([95, 122, 124, 121, 96]).signals
    #expect(found.map { $0.contains(.twoOfThreeHigh) } == [false, true, true, true, false])
  }
}
