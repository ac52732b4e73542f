import ArgumentParser

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

  func outcome() throws -> IndicatorOutcome { try counts.outcome(options, .rate) }
}
