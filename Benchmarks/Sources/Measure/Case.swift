import Benchmark

/// One thing that is measured and guarded.
package struct Case: Sendable {
  /// What is measured, without spaces or colons, which the names of threshold files cannot hold.
  let name: String
  /// What one unit of the work is: "row and pass", "cell".
  let unit: String
  /// How many units one run does.
  let units: Double
  /// The least nanoseconds a unit that a machine of this class could need, and why.
  let floor: Floor
  /// The loop that it is compared with.
  let reference: Reference
  /// How many percent the ratio may rise above the one that is committed.
  let slack: Double

  /// What a unit cannot be faster than.
  package struct Floor: Sendable {
    let nanoseconds: Double
    let reason: String

    /// So many nanoseconds, because of `reason`.
    package init(_ nanoseconds: Double, _ reason: String) {
      self.nanoseconds = nanoseconds
      self.reason = reason
    }
  }

  /// A case.
  ///
  /// - Parameter slack: 15%; wider where a kernel leans on what its reference does not, with the reason beside it.
  package init(
    _ name: String, unit: String, units: Double, floor: Floor, against reference: Reference, slack: Double = 15
  ) {
    (self.name, self.unit, self.units) = (name, unit, units)
    (self.floor, self.reference, self.slack) = (floor, reference, slack)
  }
}

/// The metric that the gate holds: thousandths of the reference's time.
package let ratioToReference = BenchmarkMetric.custom(
  "ratioToReference", polarity: .prefersSmaller, useScalingFactor: false)

private let grounds = Grounds()

/// Registers a case with the benchmark package.
///
/// - Parameters:
///   - prepare: makes what the kernel works on; not timed.
///   - kernel: one run; it returns a figure of its result.
///   - complaint: what is wrong with that figure; nil where it is right. A kernel whose answer is wrong has no time.
package func guarded<Input>(
  _ work: Case, prepare: @escaping @Sendable () throws -> Input, kernel: @escaping @Sendable (Input) throws -> Double,
  complaint: @escaping @Sendable (Double) -> String?
) {
  var configuration = Benchmark.defaultConfiguration
  configuration.metrics = [ratioToReference]
  (configuration.warmupIterations, configuration.maxIterations) = (0, 1)
  configuration.maxDuration = .seconds(60)
  configuration.thresholds = [ratioToReference: BenchmarkThresholds(relative: [.p90: work.slack])]
  Benchmark(work.name, configuration: configuration) { benchmark in
    let input = try prepare()
    if let complaint = complaint(try kernel(input)) { return benchmark.error(complaint) }
    let timing = try PairedTiming(against: work.reference, grounds: grounds) { try kernel(input) }
    benchmark.measurement(ratioToReference, Int((timing.ratio * 1000).rounded()))
    Record(work, timing).append()
  }
}
