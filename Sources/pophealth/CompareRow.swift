import Datasets
import Indicators
import Probability
import Tables

/// One indicator of an area beside that of another.
struct CompareRow {
  let indicator: Indicator
  let polarity: Polarity
  let figure: IndicatorFigure
  let benchmark: IndicatorFigure
  let geography: String
  let standing: CompareStanding
  /// The target that the user set; nil without one.
  var target: CompareTarget? = nil
  /// The recent trend of the area's own figures; nil where nobody asked for it.
  let trend: RecentTrend?
  /// The p-value after Benjamini and Hochberg over all rows of the comparison.
  var adjusted = Double.nan

  /// Where the figure lies beside the target.
  var targetClass: ComparisonClass? {
    target.map { figure.statistic.compared(to: $0.target, polarity: polarity).outcome }
  }

  /// The figure with its unit: `13.74%`, `23.65 per 100,000`, `81.72 years`.
  static func withUnit(_ value: Double, _ indicator: Indicator) -> String {
    let text = number(value, indicator)
    return indicator.unit == "%" ? text + "%" : text + " " + indicator.unit
  }

  /// The figure with two decimals; three where it is below one, so that rare diseases can be told apart.
  static func number(_ value: Double, _ indicator: Indicator) -> String {
    guard value.isFinite else { return "" }
    return value.magnitude < 1 ? fixed(value, decimals: 3) : fixed(value, decimals: 2)
  }

  /// The limits as a span: `13.65-13.84`.
  static func span(_ statistic: Statistic, _ indicator: Indicator, at level: ConfidenceLevel = .percent95) -> String {
    guard let limits = statistic.interval(at: level) else { return "" }
    let decimals = statistic.value.magnitude < 1 ? 3 : 2
    return fixed(limits.lower, decimals: decimals) + "-" + fixed(limits.upper, decimals: decimals)
  }

  /// A trend in a word: `up`, `down`, `same`, or `-` where it cannot be told.
  static func word(_ trend: RecentTrend?) -> String {
    switch trend?.direction {
    case .increasing?: "up"
    case .decreasing?: "down"
    case .noSignificantChange?: "same"
    case .cannotBeCalculated?, nil: "-"
    }
  }

  /// How the limits were made, as files name it.
  var method: String { indicator.kind == .lifeExpectancy ? "Chiang II" : figure.statistic.method.rawValue }

  /// What stands behind the figure: `counts`, `derived`, `modelled`, `published` or `deaths`.
  var basis: String {
    switch indicator.basis {
    case .counts: "counts"
    case .modelled: "modelled"
    case .deaths: "deaths"
    case .interval: figure.isDerived ? "derived" : "published"
    }
  }
}

extension IndicatorSeries {
  /// The trend of the last five periods up to one, of figures made in the same way as that period's.
  ///
  /// Periods that overlap (three years together) are taken as Fingertips takes them, one a year.
  func trend(upTo figure: IndicatorFigure) -> RecentTrend {
    let points = figures.filter {
      $0.composition == figure.composition && $0.isDerived == figure.isDerived && $0.period <= figure.period
    }
    let years = points.map { Double($0.firstYear) }
    let statistics = points.map(\.statistic)
    let trendFigures: TrendFigures
    if indicator.kind == .proportion, !figure.statistic.numerator.isNaN {
      trendFigures = .proportions(
        numerators: statistics.map(\.numerator), denominators: statistics.map(\.denominator))
    } else {
      let limits = statistics.map { $0.interval(at: .percent95) }
      trendFigures = .figures(
        values: statistics.map(\.value), lower: limits.map { $0?.lower ?? .nan },
        upper: limits.map { $0?.upper ?? .nan }, level: .percent95)
    }
    return recentTrend(of: trendFigures, periods: years)
  }
}
