/// The step from mid-year to mid-year by itself, for measuring it: one area, the rates of the first year, nothing kept.
@_spi(Measurement)
public struct AgeingStep {
  private let step: CohortStep
  private let people: [Double]
  private let death: [Double]
  private let fertility: [Double]
  private let migration: [Double]
  private let sexRatio: Double

  /// The step of the first area.
  ///
  /// - Throws: ``ProjectionError`` where population and assumptions do not fit together.
  /// - Complexity: O(ages).
  public init(
    _ base: Population, under assumptions: Assumptions, convention: StepConvention = .ons
  ) throws(ProjectionError) {
    let n = base.ages.count
    let length = Double(base.ages.uniformWidth ?? 1)
    let steps = try CohortComponent(convention).steps(from: base, under: assumptions, to: base.year + Int(length))
    step = CohortStep(convention: convention, ages: n, length: length)
    people = Array(base.counts.prefix(2 * n))
    death = Array(steps.death.prefix(2 * (n + 1)))
    fertility = Array(assumptions.fertility.values.prefix(n))
    migration = assumptions.migration.resolved(step: 0, people: people).net
    sexRatio = assumptions.fertility.sexRatios[0]
  }

  /// Takes the step from the same people again and again.
  ///
  /// - Returns: the people after it.
  /// - Complexity: O(times × ages).
  public func repeated(_ times: Int) -> Double {
    var step = step
    for _ in 0..<times {
      step.advance(
        start: people.span, death: death.span, fertility: fertility.span, migration: migration.span, sexRatio: sexRatio)
    }
    return step.population.reduce(0, +)
  }
}
