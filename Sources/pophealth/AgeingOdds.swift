import Datasets
import Demography
import Tables

/// What the partnership says of ageing, as events that simulations meet or miss: people of a band at mid-2035 against
/// those of mid-2018 and of the base.
struct AgeingOdds {
  /// One claim against the people of one year.
  struct Question {
    let claim: WestKentClaims.Claim
    let band: AgeBand
    let year: Int
    let referenceYear: Int
    /// The people of the band in that year.
    let reference: Double
  }

  /// The year from whose people a claim of 2021 may have been reckoned.
  private static let claimedFrom = 2018
  private static let bands = ["ratio-85-and-over": AgeBand(85...), "ratio-65-84": AgeBand(65...84)]

  let questions: [Question]
  /// The code under which the footprint is simulated.
  private let areaCode: String
  private(set) var answers: [(summary: EnsembleSummary, probability: EventProbability)] = []

  /// The questions of a plan for West Kent whose end they fall before.
  init(_ plan: ProjectPlan, folder: DatasetFolder) throws {
    areaCode = plan.footprints[0].area.code
    let claims = try checkingData { () throws(Problems) in try WestKentClaims(folder) }
    let history = try checkingData { () throws(Problems) in
      try Estimates.rebased(folder, areas: plan.population.areas)
    }
    let base = plan.population.year
    let references = try Set([min(Self.claimedFrom, base), base]).sorted().map { year -> (Int, Population) in
      guard let parts = year == base ? plan.population : history.population(in: year) else {
        throw CommandFailure.wrongData("no estimates of mid-\(year)")
      }
      return try (year, checkingData { () throws(FootprintError) in try parts.combined(into: plan.footprints) })
    }
    let all = claims.claims.flatMap { claim -> [Question] in
      guard let band = Self.bands[claim.measure], let year = claim.year, year > base, year <= plan.end else {
        return []
      }
      return references.map { referenceYear, people in
        Question(
          claim: claim, band: band, year: year, referenceYear: referenceYear,
          reference: people.total(area: 0, ages: band) ?? .nan)
      }
    }
    // The oldest first.
    questions = all.sorted { ($1.band.lowerBound, $0.referenceYear) < ($0.band.lowerBound, $1.referenceYear) }
  }

  /// What the simulations are asked.
  var events: [EnsembleEvent] {
    questions.map {
      EnsembleEvent(
        areaCode: areaCode, measure: .people($0.band), year: $0.year, atLeast: $0.claim.value * $0.reference)
    }
  }

  /// The measures whose intervals the answers take.
  var measures: [EnsembleMeasure] {
    Self.bands.values.map { .people($0) }.filter { m in questions.contains { $0.band == m.ages } }
  }

  /// Takes the answers from the simulations.
  mutating func answer(from ensemble: Ensemble) {
    answers = questions.indices.compactMap { i in
      ensemble.summary(of: .people(questions[i].band), in: questions[i].year).map { ($0, ensemble.events[i]) }
    }
  }

  /// Each question with its figures as ratios.
  var lines: [(question: Question, ratios: [Double], mean: Double, probability: EventProbability)] {
    zip(questions, answers).map { question, answer in
      (
        question, answer.summary.quantiles.map { $0 / question.reference }, answer.summary.mean / question.reference,
        answer.probability
      )
    }
  }

  /// A table for people, one line a question.
  func text() -> String {
    guard let claim = questions.first else { return "" }
    var table = TextTable(
      columns: [TextTable.Column("By \(claim.year), against")]
        + ["claimed", "median", "80%", "95%", "probability"].map { TextTable.Column($0, .right) })
    for line in lines {
      let q = line.ratios
      table.add([
        "\(line.question.band.label) of mid-\(line.question.referenceYear)",
        "x\(fixed(line.question.claim.value, decimals: 2))", "x\(fixed(q[2], decimals: 2))",
        "\(fixed(q[1], decimals: 2))-\(fixed(q[3], decimals: 2))",
        "\(fixed(q[0], decimals: 2))-\(fixed(q[4], decimals: 2))",
        Self.percent(line.probability),
      ])
    }
    return table.text(width: 80)
  }

  /// A share of simulations; where none or all meet the claim, what their number can tell. A share that would round to
  /// none or all has as many decimals as that.
  static func percent(_ probability: EventProbability) -> String {
    let most = 100 / Double(probability.simulations)
    let decimals = most < 0.01 ? 3 : most < 0.1 ? 2 : 1
    if probability.count == 0 { return "below \(fixed(most, decimals: decimals))%" }
    if probability.count == probability.simulations { return "above \(fixed(100 - most, decimals: decimals))%" }
    let share = probability.probability * 100
    return "\(fixed(share, decimals: share < 0.05 || share > 99.95 ? decimals : 1))%"
  }

  /// The lines as JSON.
  func write(to json: inout JSONWriter) {
    json.array { json in
      for line in lines {
        json.object { json in
          json.member("claim", line.question.claim.id)
          json.member("year", line.question.year)
          json.member("reference_year", line.question.referenceYear)
          json.member("claimed", line.question.claim.value)
          json.member("mean", line.mean)
          for (name, value) in zip(ProjectSimulation.quantileNames, line.ratios) { json.member(name, value) }
          json.member("probability", line.probability.probability)
          json.member("standard_error", line.probability.standardError)
        }
      }
    }
  }
}
