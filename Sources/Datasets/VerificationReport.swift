internal import Tables

/// Gathers the outcome of one package's checks.
struct VerificationReport {
  /// The resource that is being looked at.
  var resource: String?
  private var checks: [Verification.Check] = []
  private var collector = ProblemCollector()

  init() {}

  /// A check without a problem.
  mutating func pass(_ kind: String, _ summary: String) { add(kind, summary, []) }

  /// A check that could not even be made.
  mutating func fail(_ kind: String, _ problem: Problem) { add(kind, problem.message, [problem]) }

  /// A check that could not even be made.
  mutating func fail(_ kind: String, _ problems: Problems) {
    collector.add(problems)
    append(kind, "\(problems.total) wrong", nil, nil, problems.total)
  }

  /// A check with what it found.
  mutating func add(
    _ kind: String, _ summary: String, _ problems: [Problem], worst: Double? = nil, tolerance: Double? = nil
  ) {
    for problem in problems { collector.add(problem) }
    append(kind, summary, worst, tolerance, problems.count)
  }

  private mutating func append(
    _ kind: String, _ summary: String, _ worst: Double?, _ tolerance: Double?, _ count: Int
  ) {
    checks.append(
      Verification.Check(
        resource: resource, kind: kind, summary: summary, worstDifference: worst, tolerance: tolerance,
        problemCount: count))
  }

  /// The finished report.
  func verification(of package: String) -> Verification {
    do throws(Problems) {
      try collector.throwIfAny()
      return Verification(package: package, checks: checks, problems: nil)
    } catch {
      return Verification(package: package, checks: checks, problems: error)
    }
  }
}
