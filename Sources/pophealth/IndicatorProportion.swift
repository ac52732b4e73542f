import ArgumentParser
import Indicators
import Probability
import Tables

/// `pophealth indicator proportion`: x of n with Wilson's limits.
struct IndicatorProportion: IndicatorKind {
  static let configuration = CommandConfiguration(
    commandName: "proportion",
    abstract: "Proportions with Wilson's limits.",
    discussion: """
      The counts of a group are summed; value = multiplier × numerator /
      denominator. More in the numerator than in the denominator is a status of
      the group.

      Examples:
        pophealth indicator proportion --data people.csv --by practice \\
            --numerator smokes --denominator asked --multiplier 100
        pophealth indicator proportion --data wide.csv --by area,year --across year \\
            --numerator 'smokers_*' --denominator 'adults_*' --format csv
      """)

  @OptionGroup(title: "Figures") var counts: IndicatorCountOptions
  @OptionGroup(title: "Input and statistics") var options: IndicatorOptions
  @OptionGroup(title: "Output") var results: OutputOptions

  func outcome() throws -> IndicatorOutcome {
    let multiplier = try options.multiplier(or: 1)
    return try counts.outcome(
      options, "Proportion per \(grouped(multiplier)).", multiplier: multiplier, isProportion: true
    ) {
      input, levels, threads in
      proportions(
        of: input.numbers("--denominator"), having: input.numbers("--numerator"), in: input.grouping, per: multiplier,
        at: levels, threads: threads)
    } of: { counts, people, levels in
      // Rounding may lift a count above the people.
      proportions(
        of: people, having: zip(counts, people).map { $0 > $1 && $0 - $1 < 5 ? $1 : $0 }, per: multiplier, at: levels)
    }
  }
}
