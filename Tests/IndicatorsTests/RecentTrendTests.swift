import Indicators
import Probability
import TestSupport
import Testing

struct RecentTrendTests {
  struct Points {
    var periods: [Double] = []
    var numerators: [Double] = []
    var denominators: [Double] = []
    var values: [Double] = []
    var lower: [Double] = []
    var upper: [Double] = []

    func trend(_ kind: String, time: TrendTime = .index) -> RecentTrend {
      recentTrend(
        of: kind == "proportion"
          ? .proportions(numerators: numerators, denominators: denominators)
          : .figures(values: values, lower: lower, upper: upper), periods: periods, time: time)
    }
  }

  static func points() throws -> [Int: Points] {
    try Fixture("trend-points.csv").rows.reduce(into: [:]) { sets, row in
      let numbers = row.map { Double($0) ?? .nan }
      let set = Int(numbers[0])
      sets[set, default: Points()].periods.append(numbers[1])
      sets[set, default: Points()].numerators.append(numbers[2])
      sets[set, default: Points()].denominators.append(numbers[3])
      sets[set, default: Points()].values.append(numbers[4])
      sets[set, default: Points()].lower.append(numbers[5])
      sets[set, default: Points()].upper.append(numbers[6])
    }
  }

  /// The service's word for a trend.
  static func word(_ trend: RecentTrend, _ polarity: Polarity) -> String {
    let direction: String =
      switch trend.direction {
      case .increasing: "Increasing"
      case .decreasing: "Decreasing"
      case .noSignificantChange: "NoChange"
      case .cannotBeCalculated: "CannotBeCalculated"
      }
    return switch trend.judgement(polarity) {
    case .gettingBetter: direction + "AndGettingBetter"
    case .gettingWorse: direction + "AndGettingWorse"
    case .none: direction
    }
  }

  @Test("trends, χ² and slopes are those of the official package and of the Fingertips services, but for two")
  func official() throws {
    // PHEindicatormethods 2.1.0 (test data of its trend function) and the unit tests of Fingertips
    // (dhsc-govuk/FingertipsNext, ukhsa-collaboration/fingertips-open).
    let points = try Self.points()
    let cases = try Fixture("trend-expected.csv").rows
    #expect(cases.count == 23)
    for row in cases {
      let trend = try #require(points[Int(row[0])!]).trend(row[2])
      let polarity = Polarity(rawValue: row[3])!
      var chiSquared = trend.chiSquared
      switch row[1] {
      case "GpRegisteredPopulationOver65":
        // The service sees no limits and falls through to no change; the test of counts needs none.
        #expect(row[4] == "NoChange" && trend.direction == .increasing)
        #expect(abs(chiSquared - 3167.798792448191) < 1e-6)
        continue
      case "GetTrendData_Set1":
        // The service takes 1.96 for z, which gives 46.7653; z itself 46.7636.
        chiSquared *= 1.96 / ConfidenceLevel.percent95.criticalValue
        chiSquared *= 1.96 / ConfidenceLevel.percent95.criticalValue
        #expect(trend.direction == .increasing)
      default: break
      }
      if row[4].contains(" ") {
        #expect(trend.direction.rawValue == row[4])
      } else if !row[4].isEmpty {
        #expect(Self.word(trend, polarity) == row[4], "\(row[1])")
      }
      if let expected = Double(row[6]), let digits = Int(row[7]) {
        let half = digits == 4 ? 0.5e-4 : 0.5e-2
        #expect(abs(chiSquared - expected) <= half * (1 + 1e-9), "\(row[1])")
      }
      if let expected = Double(row[8]) { #expect(abs(trend.slope - expected) <= 0.5e-4) }
    }
  }

  @Test("what stands in the way is named")
  func obstacles() throws {
    let points = try Self.points()
    func obstacle(_ set: Int, _ kind: String) -> TrendObstacle? { points[set]?.trend(kind).obstacle }
    #expect(obstacle(5, "figure") == .missingValue)
    #expect(obstacle(6, "figure") == .missingInterval)
    #expect(obstacle(7, "figure") == .notEnoughPoints)
    #expect(obstacle(10, "proportion") == .missingValue)
    #expect(obstacle(13, "proportion") == .repeatedPeriod)
    #expect(obstacle(18, "figure") == .intervalWithoutWidth)
    #expect(obstacle(23, "proportion") == .countEqualsDenominator)
    func of(_ counts: [Double], _ people: [Double], _ periods: [Double] = [1, 2, 3, 4, 5]) -> RecentTrend {
      recentTrend(of: .proportions(numerators: counts, denominators: people), periods: periods)
    }
    let people = [10.0, 10, 10, 10, 10]
    #expect(of([1, 2, 3, 4, 11], people).obstacle == .countAboveDenominator)
    #expect(of([1, 2, 3, 4, -1], people).status == .negative)
    #expect(of([1, 2, 3, 4, .infinity], people).status == .nonFinite)
    #expect(of([1, 2, 3, 4, 0], [10, 10, 10, 10, 0]).status == .zeroDenominator)
    #expect(of([1, 2, 3, 4, 5], people, [1, 2, .nan, 4, 5]).obstacle == .missingPeriod)
    #expect(of([1, 2, 3, 4, 5], people, [1, 2, 3, 4, 4]).status == .bandsDuplicate)
    for obstacle in [of([1, 2, 3, 4, 11], people), of([1, 2, 3, 4, .nan], people)] {
      #expect(obstacle.direction == .cannotBeCalculated && obstacle.chiSquared.isNaN && obstacle.slope.isNaN)
      #expect(obstacle.label(.lowIsGood) == "Cannot be calculated")
    }
  }

  @Test("a gap between years is told, and weighs by the years only where asked to")
  func gap() throws {
    // "Other ethnic group" of the package misses 2015.
    let series = try #require(try Self.points()[12])
    let (index, years) = (series.trend("proportion"), series.trend("proportion", time: .years))
    #expect(index.hasGap && years.hasGap)
    #expect(abs(index.chiSquared - 47.3463) < 0.5e-4)
    #expect(abs(years.chiSquared - 44.7368) < 0.5e-4)
    #expect(abs(years.slope - 0.3562244543609247) < 1e-12)
    let whole = try #require(try Self.points()[8])
    #expect(!whole.trend("proportion").hasGap)
    #expect(abs(whole.trend("proportion", time: .years).chiSquared / whole.trend("proportion").chiSquared - 1) < 1e-13)
  }

  @Test("counts of 0 have χ² as usual and the direction of the linear numerator")
  func zeroCounts() {
    let people = [1000.0, 1000, 1000, 1000, 1000]
    func of(_ counts: [Double]) -> RecentTrend {
      recentTrend(of: .proportions(numerators: counts, denominators: people), periods: [1, 2, 3, 4, 5])
    }
    let up = of([0, 10, 20, 30, 40])
    #expect(up.direction == .increasing && up.slope.isNaN)
    // D(DΣct − CΣnt)²/(C(D − C)(DΣnt² − (Σnt)²)) = 5000·(5000·400 − 100·15000)²/(100·4900·(5000·55000 − 15000²))
    #expect(abs(up.chiSquared - 5000 * 500_000 * 500_000 / (100 * 4900 * 5e7)) < 1e-11)
    #expect(of([40, 30, 20, 10, 0]).direction == .decreasing)
    let burst = of([0, 0, 0, 0, 50])
    #expect(burst.chiSquared > RecentTrend.criticalChiSquared && burst.direction == .noSignificantChange)
    let none = of([0, 0, 0, 0, 0])
    #expect(none.chiSquared == 0 && none.direction == .noSignificantChange && none.status == .ok)
  }

  @Test("one point alone makes no trend, and labels follow the polarity")
  func onePoint() {
    func of(_ values: [Double]) -> RecentTrend {
      recentTrend(
        of: .figures(values: values, lower: values.map { $0 - 1 }, upper: values.map { $0 + 1 }),
        periods: [2020, 2021, 2022, 2023, 2024])
    }
    let jump = of([10, 10, 10, 10, 30])
    #expect(jump.chiSquared > 100 && jump.direction == .noSignificantChange)
    let rise = of([10, 12, 14, 16, 18])
    #expect(rise.label(.lowIsGood) == "Increasing and getting worse")
    #expect(rise.label(.highIsGood) == "Increasing and getting better")
    #expect(rise.label(.none) == "Increasing")
    #expect(of([18, 16, 14, 12, 10]).label(.lowIsGood) == "Decreasing and getting better")
    #expect(of([10, 10, 10, 10, 10]).label(.lowIsGood) == "No significant change")
    // slope 2, its variance se²/10 with se = 1/z.
    let z = ConfidenceLevel.percent95.criticalValue
    #expect(abs(rise.slope - 2) < 1e-14 && abs(rise.chiSquared - 40 * z * z) < 1e-10)
    #expect(abs(ChiSquared(degreesOfFreedom: 1).quantile(0.998) - RecentTrend.criticalChiSquared) < 1e-12)
  }

  @Test("limits count by their own level, and limits in the wrong order make no trend")
  func levelOfLimits() {
    let values = [10.0, 12, 13, 17, 18]
    func of(_ level: ConfidenceLevel, _ sign: Double = 1) -> RecentTrend {
      let half = sign * 1.5 * level.criticalValue
      return recentTrend(
        of: .figures(
          values: values, lower: values.map { $0 - half }, upper: values.map { $0 + half }, level: level),
        periods: [1, 2, 3, 4, 5])
    }
    // A slope of 2.1, its variance 1.5²/10; roundings of the limits.
    for level in ConfidenceLevel.official { #expect(abs(of(level).chiSquared - 19.6) < 1e-12) }
    let turned = of(.percent95, -1)
    #expect(turned.obstacle == .intervalWithoutWidth && turned.direction == .cannotBeCalculated)
  }

  @Test("a rise that stands on its last point alone is no trend of proportions either")
  func onePointOfProportions() {
    func of(_ counts: [Double]) -> RecentTrend {
      recentTrend(
        of: .proportions(numerators: counts, denominators: [Double](repeating: 1000, count: 5)),
        periods: [1, 2, 3, 4, 5])
    }
    let jump = of([100, 101, 100, 99, 250])
    #expect(jump.chiSquared > RecentTrend.criticalChiSquared && jump.slope > 0)
    #expect(jump.direction == .noSignificantChange && of([100, 101, 110, 112, 250]).direction == .increasing)
    #expect(of([250, 99, 100, 101, 100]).direction == .noSignificantChange)
  }

  @Test("only the last five periods count, in whatever order the rows stand and on any number of threads")
  func columns() {
    let generator = Philox(seed: 21)
    var rows: [(area: Int, period: Double, count: Double, people: Double)] = []
    for area in 0..<3000 {
      for year in 0..<(4 + area % 4) {
        let u = generator.uniforms(at: SIMD4(0, UInt64(area), UInt64(year), 0))
        let people = 500 + (500 * u.x).rounded()
        let count = u.w < 0.01 ? .nan : u.w < 0.05 ? 0 : (people * (0.3 + 0.03 * Double(year) + 0.1 * u.y)).rounded()
        rows.append((area, 2018 + Double(year), count, people))
      }
    }
    func columns(_ rows: [(area: Int, period: Double, count: Double, people: Double)], threads: Int) -> TrendColumns {
      recentTrends(
        of: .proportions(numerators: rows.map(\.count), denominators: rows.map(\.people)),
        in: Grouping(codes: rows.map { Int32($0.area) }, count: 3001), periods: rows.map(\.period), threads: threads)
    }
    let straight = columns(rows, threads: 1)
    let turned = columns(rows.reversed(), threads: 4)
    #expect(straight.obstacles == turned.obstacles && straight.directions == turned.directions)
    #expect(straight.obstacles[3000] == .notEnoughPoints)
    #expect(Set(straight.directions).count == 4)
    var different = 0
    for area in stride(from: 0, to: 3000, by: 7) {
      let own = rows.filter { $0.area == area }.suffix(5)
      let alone = recentTrend(
        of: .proportions(numerators: own.map(\.count), denominators: own.map(\.people)), periods: own.map(\.period))
      let same =
        alone.chiSquared.bitPattern == straight.chiSquared[area].bitPattern
        && alone.chiSquared.bitPattern == turned.chiSquared[area].bitPattern
        && alone.direction == straight[area].direction && alone.obstacle == straight[area].obstacle
      if !same { different += 1 }
      if straight[area].status == .ok ? !straight[area].chiSquared.isFinite : !straight[area].chiSquared.isNaN {
        different += 1
      }
    }
    #expect(different == 0)
  }

  @Test("time turned round turns a trend round, and units change nothing but the slope")
  func symmetries() throws {
    for set in [1, 2, 4, 17, 20, 21] {
      let points = try #require(try Self.points()[set])
      let trend = points.trend("figure")
      var turned = points
      turned.periods = points.periods.map { -$0 }
      // More than five points turned round are another five.
      if points.periods.count == 5 {
        let back = turned.trend("figure")
        #expect(abs(back.chiSquared - trend.chiSquared) < 1e-10 * trend.chiSquared && back.slope * trend.slope < 0)
        let opposite: [TrendDirection: TrendDirection] = [
          .increasing: .decreasing, .decreasing: .increasing, .noSignificantChange: .noSignificantChange,
        ]
        #expect(back.direction == opposite[trend.direction])
      }
      var scaled = points
      scaled.values = points.values.map { $0 * 1000 }
      scaled.lower = points.lower.map { $0 * 1000 }
      scaled.upper = points.upper.map { $0 * 1000 }
      let other = scaled.trend("figure")
      #expect(abs(other.chiSquared - trend.chiSquared) < 1e-9 * trend.chiSquared)
      #expect(abs(other.slope - 1000 * trend.slope) < 1e-9 * abs(other.slope) && other.direction == trend.direction)
    }
  }

  @Test("any numbers give either an obstacle or a finite χ²")
  func fuzz() {
    let generator = Philox(seed: 17)
    let odd = [0, -1, 1, 0.5, .nan, .infinity, -.infinity, 1e-300, 1e300, 1e-5]
    let rows = 20_000
    func column(_ purpose: UInt64, _ rate: Double) -> [Double] {
      (0..<rows).map { row in
        let u = generator.uniforms(at: SIMD4(0, UInt64(row), purpose, 0))
        return u.x < rate ? odd[Int(u.y * 10)] : 1000 * u.z
      }
    }
    let areas = Grouping(codes: (0..<rows).map { Int32($0 / 6) }, count: rows / 6 + 1)
    let periods = (0..<rows).map { row in
      generator.uniforms(at: SIMD4(0, UInt64(row), 9, 0)).x < 0.002 ? odd[row % 10] : Double(row % 6)
    }
    let people = column(1, 0.02)
    let counts = zip(people, column(2, 0.02)).map { $1 * min($0, 1000) / 1001 }
    let centre = column(3, 0.02)
    let lower = zip(centre, column(4, 0.02)).map { $0 - $1 }
    let upper = zip(centre, column(5, 0.02)).map { $0 + $1 }
    for figures in [
      TrendFigures.proportions(numerators: counts, denominators: people),
      .figures(values: centre, lower: lower, upper: upper),
    ] {
      for time in TrendTime.allCases {
        let trends = recentTrends(of: figures, in: areas, periods: periods, time: time)
        var wrong = 0
        for area in 0..<trends.count {
          let trend = trends[area]
          if trend.obstacle == nil {
            if !(trend.chiSquared >= 0 && trend.chiSquared.isFinite) || trend.status != .ok { wrong += 1 }
            if trend.direction == .cannotBeCalculated || trend.slope.isInfinite { wrong += 1 }
          } else if !trend.chiSquared.isNaN || trend.direction != .cannotBeCalculated || trend.status == .ok {
            wrong += 1
          }
        }
        #expect(wrong == 0)
        #expect(trends.obstacles.count { $0 == nil } > 500 && Set(trends.obstacles).count > 5)
      }
    }
  }
}
