internal import CKernels
internal import Parallel

/// Boils draws down to summaries and shares of events, a target and year at a time.
struct EnsembleStatistics: Sendable {
  let model: EnsembleModel
  let measures: [EnsembleMeasure]
  let events: [EnsembleEvent]
  let simulations: Int
  let stride: Int
  /// The mid-years.
  let years: [Int]
  let summaries: SharedRows<EnsembleSummary>
  let drawnYears: [Int]
  let kept: SharedRows<Double>
  private let counts: SharedRows<Int>
  private let eventsOfTarget: [[Int]]
  /// The rows of people that each measure adds up.
  private let rowsOfMeasure: [[Range<Int>]]
  private let ranks: [Int]
  /// How each quantile lies between two of the ranks.
  private let places: [(low: Int, high: Int, fraction: Double)]

  init(
    model: EnsembleModel, measures: [EnsembleMeasure], events: [EnsembleEvent], simulations: Int, stride: Int,
    codes: [String], drawnYears: [Int]
  ) {
    self.model = model
    self.measures = measures
    self.events = events
    self.simulations = simulations
    self.stride = stride
    let ends = model.starts.map { $0 + model.stepLength }
    years = [model.base.year] + ends
    summaries = SharedRows(repeating: .none, count: codes.count * years.count * measures.count)
    counts = SharedRows(repeating: 0, count: events.count)
    self.drawnYears = drawnYears
    kept = SharedRows(count: codes.count * drawnYears.count * measures.count * simulations)
    eventsOfTarget = codes.map { code in events.indices.filter { events[$0].areaCode == code } }
    let positions = EnsembleSummary.probabilities.map { Double(simulations - 1) * $0 }
    let needed = Set(positions.flatMap { [Int($0), min(Int($0) + 1, simulations - 1)] }).sorted()
    ranks = needed
    places = positions.map { position in
      let low = Int(position)
      return (
        needed.firstIndex(of: low) ?? 0, needed.firstIndex(of: min(low + 1, simulations - 1)) ?? 0,
        position - Double(low)
      )
    }
    rowsOfMeasure = measures.map { Self.rows(of: $0, model) }
    for target in codes.indices { summariseBase(target) }
  }

  /// The base year is known: every simulation starts there.
  private func summariseBase(_ target: Int) {
    for (m, measure) in measures.enumerated() {
      let people = measure.quantity == .people ? basePeople(target, rowsOfMeasure[m]) : .nan
      summaries.start[target * years.count * measures.count + m] = EnsembleSummary(certain: people)
      keep(target, years[0], m)?.update(repeating: people, count: simulations)
    }
    for e in eventsOfTarget[target] where events[e].year == years[0] {
      let people = basePeople(target, Self.rows(of: events[e].measure, model))
      counts.start[e] = people >= events[e].level ? simulations : 0
    }
  }

  /// Where the draws of a measure are kept, if they are.
  private func keep(_ target: Int, _ year: Int, _ measure: Int) -> UnsafeMutablePointer<Double>? {
    guard let y = drawnYears.firstIndex(of: year) else { return nil }
    return kept.start + ((target * drawnYears.count + y) * measures.count + measure) * simulations
  }

  private func basePeople(_ target: Int, _ rows: [Range<Int>]) -> Double {
    rows.reduce(0) { sum, rows in rows.reduce(sum) { $0 + model.targets[target].base[$1] } }
  }

  private static func rows(of measure: EnsembleMeasure, _ model: EnsembleModel) -> [Range<Int>] {
    let count = model.segments.count
    let groups = measure.ages.indices(in: model.base.ages) ?? 0..<0
    let first = model.segments.firstIndex { $0.lowerBound == groups.lowerBound } ?? 0
    let end = (model.segments.firstIndex { $0.upperBound == groups.upperBound } ?? -1) + 1
    return (measure.sex.map { [$0] } ?? Sex.allCases).map { $0.index * count + first..<$0.index * count + end }
  }

  /// Summaries and events of one target and step, from the step's draws `[row][simulation]`, which those of the step
  /// before precede.
  func summarise(
    target: Int, step: Int, rates: UnsafeMutablePointer<Double>, process: UnsafeMutablePointer<Double>?
  ) {
    let first = SharedRows<Double>(roomFor: stride)
    let second = SharedRows<Double>(roomFor: process == nil ? 0 : stride)
    let scratch = SharedRows<Double>(roomFor: 2 * simulations)
    let place = (target * years.count + step + 1) * measures.count
    for (m, measure) in measures.enumerated() {
      let onRates = draws(of: measure, rowsOfMeasure[m], target, step, rates, into: first)
      let place = place + m
      guard let process else {
        summaries.start[place] = summary(onRates, scratch)
        keep(target, years[step + 1], m)?.update(from: onRates, count: simulations)
        continue
      }
      let drawn = draws(of: measure, rowsOfMeasure[m], target, step, process, into: second)
      keep(target, years[step + 1], m)?.update(from: drawn, count: simulations)
      var squares = 0.0
      for i in 0..<simulations { squares += (drawn[i] - onRates[i]) * (drawn[i] - onRates[i]) }
      let rateVariance = ph_select(onRates, simulations, nil, 0, nil, scratch.start).variance
      summaries.start[place] = summary(
        drawn, scratch, rateVariance: rateVariance, processVariance: squares / Double(simulations))
    }
    for e in eventsOfTarget[target] where events[e].year == years[step + 1] {
      let measure = events[e].measure
      let values = draws(of: measure, Self.rows(of: measure, model), target, step, process ?? rates, into: first)
      let level = events[e].level
      counts.start[e] = (0..<simulations).reduce(0) { $0 + (values[$1] >= level ? 1 : 0) }
    }
  }

  /// A measure in every simulation.
  private func draws(
    of measure: EnsembleMeasure, _ parts: [Range<Int>], _ target: Int, _ step: Int,
    _ rows: UnsafeMutablePointer<Double>, into sums: SharedRows<Double>
  ) -> UnsafePointer<Double> {
    let flows = rows + 2 * model.segments.count * stride
    switch measure.quantity {
    case .births: return UnsafePointer(flows)
    case .deaths: return UnsafePointer(flows + stride)
    case .adjustment: return UnsafePointer(flows + 2 * stride)
    case .people:
      if parts.count == 1, parts[0].count == 1 { return UnsafePointer(rows + parts[0].lowerBound * stride) }
      for (i, part) in parts.enumerated() {
        ph_sum_rows(
          rows + part.lowerBound * stride, stride, nil, part.count, stride, i == 0 ? 0 : 1, sums.start)
      }
    case .netMigration:
      let count = 2 * model.segments.count
      ph_sum_rows(rows, stride, nil, count, stride, 0, sums.start)
      let before = SharedRows<Double>(
        repeating: step == 0 ? model.targets[target].base.reduce(0, +) : 0, count: stride)
      if step > 0 { ph_sum_rows(rows - model.rowCount * stride, stride, nil, count, stride, 0, before.start) }
      for i in 0..<simulations {
        sums.start[i] -= before.start[i] + flows[i] - flows[stride + i] + flows[2 * stride + i]
      }
    }
    return UnsafePointer(sums.start)
  }

  private func summary(
    _ draws: UnsafePointer<Double>, _ scratch: SharedRows<Double>, rateVariance: Double? = nil,
    processVariance: Double = 0
  ) -> EnsembleSummary {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: ranks.count) { chosen in
      let moments = ranks.withUnsafeBufferPointer { ranks in
        ph_select(draws, simulations, ranks.baseAddress, ranks.count, chosen.baseAddress, scratch.start)
      }
      func quantile(_ q: Int) -> Double {
        let place = places[q]
        return chosen[place.low] + place.fraction * (chosen[place.high] - chosen[place.low])
      }
      return EnsembleSummary(
        mean: moments.mean, quantile2_5: quantile(0), quantile10: quantile(1), median: quantile(2),
        quantile90: quantile(3), quantile97_5: quantile(4), rateVariance: rateVariance ?? moments.variance,
        processVariance: processVariance)
    }
  }

  /// The shares of the events.
  func probabilities() -> [EventProbability] {
    events.indices.map { EventProbability(event: events[$0], count: counts.start[$0], simulations: simulations) }
  }

  /// The first target and year with people that are infinite or not a number.
  func firstNotFinite() -> (target: Int, year: Int)? {
    for target in model.targets.indices {
      for (y, year) in years.enumerated() {
        let place = (target * years.count + y) * measures.count
        for m in measures.indices where measures[m].quantity == .people || y > 0 {
          if !summaries.start[place + m].mean.isFinite { return (target, year) }
        }
      }
    }
    return nil
  }
}

extension EnsembleSummary {
  /// A place that is not filled yet.
  static let none = EnsembleSummary(certain: .nan)

  /// A figure that every simulation has.
  init(certain value: Double) {
    self.init(
      mean: value, quantile2_5: value, quantile10: value, median: value, quantile90: value, quantile97_5: value,
      rateVariance: value.isNaN ? value : 0, processVariance: value.isNaN ? value : 0)
  }
}
