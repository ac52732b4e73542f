/// Test data that R package PHEindicatormethods 2.1.0 ships for `phe_life_expectancy`; expected figures are printed to
/// four decimals.
enum LifeTableOracle {
  static let starts = [0, 1] + Array(stride(from: 5, through: 90, by: 5))
  static let population = [
    7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601, 50209, 56416, 46411, 39820, 37978,
    37039, 33288, 23306, 11936, 11936,
  ]
  static let deaths = [
    17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937,
  ]
  static let expectancy = [
    80.1696, 79.3625, 75.4419, 70.473, 65.5291, 60.6751, 55.7884, 50.9275, 46.0674, 41.2451, 36.4932,
    31.8334, 27.2603, 22.9719, 18.7686, 14.9586, 11.5168, 8.6188, 6.1639, 6.1621,
  ]

  /// `0`, `1-4`, …, `90+`.
  static var labels: [String] {
    zip(starts, starts.dropFirst()).map { $1 == $0 + 1 ? "\($0)" : "\($0)-\($1 - 1)" } + ["90+"]
  }

  /// The rows `age,deaths,population`.
  static func rows(ages: [String] = starts.map(String.init)) -> [String] {
    zip(ages, zip(deaths, population)).map { "\($0),\($1.0),\($1.1)" }
  }

  /// The file as most people would write it.
  static var file: String { text(rows()) }

  /// A file of the given rows.
  static func text(_ rows: [String], header: String = "age,deaths,population") -> String {
    ([header] + rows).map { $0 + "\n" }.joined()
  }
}
