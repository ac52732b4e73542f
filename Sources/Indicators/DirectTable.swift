import Probability

/// The cells of a direct standardisation, found by group, band and event frequency.
struct DirectTable: Sendable {
  let join: AgeBandJoin
  let events: [Double]
  let people: [Double]
  /// w / Σ w of each band.
  let weights: [Double]
  /// f of each row; nil where it is 1.
  let frequencies: [Double]?

  /// The sums over the cells of one group.
  private struct Sums {
    /// The worst status of a cell.
    var status = ResultStatus.ok
    /// O = Σ f x.
    var events = 0.0
    /// The population, each band once.
    var people = 0.0
    /// D = Σ c x with c = f w/n / Σ w.
    var rate = 0.0
    /// v = Σ c² x.
    var variance = 0.0
    /// Over the cells: how many there are, Σ c, Σ c² and the largest c.
    var cells = 0.0
    var scale = 0.0
    var squaredScale = 0.0
    var largestScale = 0.0

    mutating func note(_ new: ResultStatus) { if new.rank < status.rank { status = new } }
  }

  /// The figures of all groups.
  func figures(
    per multiplier: Double, interval: StandardisedRateInterval, at levels: [ConfidenceLevel], threads: Int?
  ) -> StatisticColumns {
    let groups = join.statuses.count
    guard interval == .dobson, frequencies == nil, !events.isEmpty else {
      return figuresOneByOne(groups, levels: levels, threads: threads) { group in
        figure(ofGroup: group, per: multiplier, interval: interval, at: levels)
      }
    }
    return StatisticColumns(rows: groups, levels: levels, threads: threads) { totals, figures, block in
      let isOdd = figures.fillDobson(block, self, totals, levels, per: multiplier)
      figures.pass(block, .dobson)
      guard isOdd || !join.problems.isEmpty else { return }
      for group in block where figures.values[group].isNaN || join.statuses[group] != .ok {
        let figure = figure(ofGroup: group, per: multiplier, interval: interval, at: levels)
        figures.put(group, figure)
        totals.events[group] = figure.numerator
        totals.people[group] = figure.denominator
      }
    }
  }

  /// The figure of one group, step by step.
  func figure(
    ofGroup group: Int, per multiplier: Double, interval: StandardisedRateInterval, at levels: [ConfidenceLevel]
  ) -> Statistic {
    guard join.statuses[group] == .ok else {
      return .barred(join.statuses[group], numerator: .nan, denominator: .nan)
    }
    var sums = sums(ofGroup: group)
    if sums.status == .ok, sums.events < ConfidenceInterval.fewestEventsForByar { sums.status = .countBelow10 }
    guard sums.status == .ok else {
      return .barred(sums.status, numerator: sums.events, denominator: sums.people)
    }
    let intervals = levels.map { level in
      switch interval {
      case .dobson: dobson(sums, level).mapped { $0 * multiplier }
      case .fayFeuer:
        gamma(sums, level, sums.largestScale, sums.largestScale * sums.largestScale).mapped { $0 * multiplier }
      case .tiwari:
        gamma(sums, level, sums.scale / sums.cells, sums.squaredScale / sums.cells).mapped { $0 * multiplier }
      }
    }
    return .finite(
      sums.rate * multiplier, intervals, numerator: sums.events, denominator: sums.people, method: interval.method)
  }

  private func sums(ofGroup group: Int) -> Sums {
    var sums = Sums()
    for band in 0..<join.bandCount {
      var bandPeople = 0.0
      for index in join.range(group: group, band: band) {
        let row = Int(join.rows[index])
        let f = frequencies?[row] ?? 1
        let (x, n) = (events[row], people[row])
        if !(x >= 0 && x < .infinity && n > 0 && n < .infinity && f >= 0 && f < .infinity) {
          sums.note(.ofCell(events: x, people: n, limitedByPeople: false))
          sums.note(.ofCount(f))
        }
        let c = f * weights[band] / n
        bandPeople = n
        sums.events += f * x
        sums.rate += c * x
        sums.variance += c * (c * x)
        sums.cells += f > 0 ? 1 : 0
        sums.scale += c
        sums.squaredScale += c * c
        sums.largestScale = max(sums.largestScale, c)
      }
      sums.people += bandPeople
    }
    return sums
  }

  private func dobson(_ sums: Sums, _ level: ConfidenceLevel) -> ConfidenceInterval {
    let scale = (sums.variance / sums.events).squareRoot()
    return ConfidenceInterval.poisson(count: sums.events, at: level)
      .mapped { sums.rate + scale * ($0 - sums.events) }
  }

  /// Gamma limits with the weight c that one more event would have, and its square.
  private func gamma(_ sums: Sums, _ level: ConfidenceLevel, _ c: Double, _ squared: Double) -> ConfidenceInterval {
    let (rate, variance) = (sums.rate, sums.variance)
    // Events in bands of no weight alone: the rate and its variance are 0.
    let lower = rate == 0 ? 0 : Gamma(shape: rate * (rate / variance), scale: variance / rate).quantile(level.tail)
    let (above, spread) = (rate + c, variance + squared)
    let upper = Gamma(shape: above * (above / spread), scale: spread / above).upperQuantile(level.tail)
    return ConfidenceInterval(lower: lower, upper: upper, level: level)
  }
}
