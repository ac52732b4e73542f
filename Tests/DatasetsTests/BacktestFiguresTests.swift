import Datasets
import Demography
import Testing

/// Forecasts of the 296 districts of England from past years, held to the figures of the guide.
@Suite struct BacktestFiguresTests {
  /// Median errors of total, 0–14, 15–64, 65–84 and 85+, then of the age structure, at the end of a window.
  struct Frozen: Sendable, CustomTestStringConvertible {
    let base: Int
    let forecast: String
    let medians: [Double]
    var testDescription: String { "\(base) \(forecast)" }
  }

  private static let figures = Result { try BacktestFigures(Figures.folder) }

  @Test("the score of 2011 and 2013, taken once with rules that were frozen before")
  func scored() throws {
    let windows = try hold([
      Frozen(base: 2011, forecast: "pooled", medians: [2.70, 4.63, 2.87, 2.23, 8.64, 2.61]),
      Frozen(base: 2011, forecast: "constant", medians: [5.75, 5.03, 3.79, 17.00, 15.71, 6.55]),
      Frozen(base: 2011, forecast: "linear-5", medians: [3.02, 5.69, 4.11, 5.05, 8.29, 12.46]),
      Frozen(base: 2011, forecast: "linear-10", medians: [2.58, 6.40, 4.03, 8.97, 5.34, 10.58]),
      Frozen(base: 2013, forecast: "pooled", medians: [3.23, 5.52, 3.70, 2.81, 6.67, 2.71]),
      Frozen(base: 2013, forecast: "constant", medians: [6.23, 5.04, 4.44, 13.98, 15.70, 6.60]),
      Frozen(base: 2013, forecast: "linear-5", medians: [3.17, 6.12, 4.52, 7.01, 5.88, 12.46]),
      Frozen(base: 2013, forecast: "linear-10", medians: [2.93, 6.28, 3.49, 4.02, 7.72, 10.80]),
    ])
    // Mean errors of total, 0–14, 15–64, 65–84 and 85+ in London, then elsewhere.
    let means = [
      [[6.59, 16.85, 4.34, 4.46, 7.46], [0.12, 0.47, -0.69, 1.32, 8.69]],
      [[6.53, 20.51, 3.97, 4.36, 6.06], [-1.18, -1.36, -2.30, 1.80, 6.82]],
    ]
    for (window, expected) in zip(windows, means) {
      for (inLondon, row) in zip([true, false], expected) {
        let places = window.areas.indices.filter { window.areas[$0].code.hasPrefix("E09") == inLondon }
        #expect(places.count == (inLondon ? 33 : 263))
        for (group, printed) in row.enumerated() {
          let errors = places.map { area -> Double in
            let cell = area * Backtest.groups.count + group
            return 100 * (window.entries[0].figures[cell] / window.outcome.figures[cell] - 1)
          }
          #expect(abs(errors.reduce(0, +) / Double(places.count) - printed) <= 0.00501)
        }
      }
    }
  }

  @Test("the figures by which the rules were chosen, from 2006")
  func chosen() throws {
    try hold([
      Frozen(base: 2006, forecast: "pooled", medians: [2.11, 3.14, 2.43, 1.87, 3.15, 2.11]),
      Frozen(base: 2006, forecast: "constant", medians: [6.90, 5.90, 4.22, 18.53, 22.71, 6.52]),
      Frozen(base: 2006, forecast: "linear-5", medians: [3.08, 8.99, 5.51, 14.81, 9.10, 13.00]),
    ])
  }

  /// Holds the forecasts of all districts to two decimals, as the guide prints them, and gives the windows by base.
  @discardableResult
  private func hold(_ frozen: [Frozen]) throws -> [BacktestWindow] {
    let figures = try Self.figures.get()
    var windows: [BacktestWindow] = []
    for base in Set(frozen.map(\.base)).sorted() {
      let window = try figures.window(
        base: base, to: base + 10, scoring: figures.estimates.areas)
      windows.append(window)
      for expected in frozen where expected.base == base {
        let entry = try #require(window.entries.first { $0.forecast == expected.forecast })
        let final = try #require(entry.final)
        let found = final.scores.map(\.medianAbsoluteError) + [final.ageStructureError]
        for (value, printed) in zip(found, expected.medians) {
          // Rounding to the digits that are printed.
          #expect(abs(value - printed) <= 0.00501, "\(expected.testDescription): \(found)")
        }
      }
    }
    return windows
  }
}
