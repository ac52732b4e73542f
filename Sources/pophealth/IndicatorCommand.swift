import ArgumentParser

/// `pophealth indicator`: the figures that public health compares areas by.
struct IndicatorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "indicator",
    abstract: "Proportions, rates, standardised rates, inequality, trends, control charts and funnels with intervals.",
    discussion: """
      FILE is a CSV file with a header. Columns are named by options; case and
      separators do not matter (age_band finds "Age Band"), and a name that is
      not there is answered with the nearest.

      --by COLUMN[,COLUMN] makes groups, whose counts are summed, never
      averaged; results come in the order in which groups first appear. Without
      --by the whole file is one group. Rows may be single people with 0 and 1
      for the numerator and 1 for the denominator.

      Wide input: 'deaths_*' stands for all columns deaths_2019, deaths_2020, …;
      --across year says what the * is, and the file is read as if it had a
      column year with a row for each.

      Every result has a status. One that is not ok has no figure and does not
      stop the others; --strict makes it an error. An empty cell or NA is a
      missing number; nan and inf are numbers that are not finite.

      --disclosure keeps small counts back, rounds where the preset says so, and
      keeps back further ones so that totals among the results (found by their
      names or sums, or told with --parts) do not give them away.

      Columns: those of --by (and the age, quantile or period where a row is
      one), then
        value, lower_95, upper_95, lower_99_8, upper_99_8, numerator,
        denominator, method, status
      unless `pophealth help indicator KIND` says otherwise.

      Examples:
        pophealth indicator proportion --data practices.csv --by sub_icb \\
            --numerator hypertension --denominator list --multiplier 100
        pophealth indicator dsr --data deaths.csv --by area,sex --numerator deaths \\
            --denominator population --age-band age --standard esp2013 --format csv
        pophealth help indicator funnel

      Exit codes: 0 done, 1 the data are wrong, 2 the command is wrong.
      """,
    subcommands: [
      IndicatorProportion.self, IndicatorRate.self, IndicatorDirect.self, IndicatorIndirect.self,
      IndicatorIndirectRate.self,
      IndicatorMean.self, IndicatorLifeExpectancy.self, IndicatorInequality.self, IndicatorQuantile.self,
      IndicatorTrend.self, IndicatorControlChart.self, IndicatorFunnel.self,
    ])
}
