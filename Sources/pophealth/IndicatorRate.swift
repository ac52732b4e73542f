import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator rate`: crude rates with Poisson limits.
struct IndicatorRate: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "rate",
    abstract: "Crude rates with Byar's or exact limits.",
    discussion: """
      The counts of a group are summed; value = multiplier × numerator /
      denominator. Limits are exact below ten events, Byar's from ten on. A rate
      may have more events than people.

      Example:
        pophealth indicator rate --data deaths.csv --by area,year --numerator deaths \\
            --denominator person_years --format csv
      """)

  @OptionGroup(title: "Figures") var counts: IndicatorCountOptions
  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome {
    let multiplier = try options.multiplier(or: 100_000)
    return try counts.outcome(
      options, "Crude rate per \(grouped(multiplier)).", multiplier: multiplier, isProportion: false
    ) {
      input, levels, threads in
      crudeRates(
        of: input.numbers("--numerator"), among: input.numbers("--denominator"), in: input.grouping, per: multiplier,
        at: levels, threads: threads)
    } of: { counts, people, levels in
      crudeRates(of: counts, among: people, per: multiplier, at: levels)
    }
  }
}
