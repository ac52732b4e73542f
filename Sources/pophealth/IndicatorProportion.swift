import ArgumentParser

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

  func outcome() throws -> IndicatorOutcome { try counts.outcome(options, .proportion) }
}
