import Indicators
import Probability
import Testing

/// Events, people and weights of areas by age band, from the test data of PHEindicatormethods 2.1.0 (test_multiarea,
/// test_DSR_1976, test_DSR_nonind). The twelfth band is called 55-69 there.
enum StandardisationData {
  static let ages = [
    "0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64",
    "65-69", "70-74", "75-79", "80-84", "85-89", "90+",
  ]
  static let people: [Double] = [
    636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207,
  ]
  static let big: [Double] = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
  static let small: [Double] = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]
  static let tiny: [Double] = [0, 0, .nan, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 2, 3]
  /// How many people of the big area had one, two, three and four events.
  static let peopleByFrequency: [[Double]] = [
    [75, 16, 11, 12, 8, 18, 26, 18, 18, 21, 21, 23, 23, 39, 25, 40, 46, 49, 56],
    [16, 3, 2, 3, 0, 3, 6, 3, 4, 4, 4, 4, 6, 8, 5, 9, 9, 10, 11],
    [4, 1, 1, 1, 0, 1, 2, 1, 1, 1, 1, 1, 2, 2, 1, 2, 2, 3, 3],
    [2, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1],
  ]
}

@Suite("Directly standardised rates")
struct DirectStandardisationTests {
  typealias Data = StandardisationData

  private func rate(
    _ events: [Double], ages: [String] = Data.ages, _ interval: StandardisedRateInterval = .dobson
  ) -> Statistic {
    directlyStandardisedRate(of: events, among: Data.people, ages: ages, standard: .european2013, interval: interval)
  }

  // PHEindicatormethods 2.1.0, test_DSR_results.
  @Test("agree with the official tables to 1e-13")
  func official() {
    #expect(
      rate(Data.big).isClose(
        to: [10430.247991469423, 9717.709067985681, 11178.94091547925, 9323.2878802199029, 11620.595999522058],
        within: 1e-13))
    #expect(
      rate(Data.small).isClose(
        to: [1103.212025300104, 877.455767536709, 1367.0882227251795, 763.64203579398793, 1530.0328948244762],
        within: 1e-13))
    #expect(rate(Data.big).numerator == 895 && rate(Data.big).denominator == 8970 && rate(Data.big).method == .dobson)
  }

  // The same source; the 99.8% limits stand ten times too high there, against its own rate of 8592.
  @Test("agree with the official table on a standard of one's own, the European one of 1976")
  func own() throws {
    let ages = Array(Data.ages.dropLast(2)) + ["85+"]
    let standard = try StandardPopulation(
      name: "European Standard Population 1976", bands: ages.map { AgeBandLabel($0) },
      weights: [8, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 6, 5, 4, 3, 2, 1, 1].map { $0 * 1000 })
    let figure = directlyStandardisedRate(
      of: Array(Data.big.dropLast()), among: Array(Data.people.dropLast()), ages: ages, standard: standard)
    #expect(
      figure.isClose(
        to: [8592.0975850223658, 7991.160931442103, 9225.2538803183179, 7659.2821065689554, 9599.2117985716977],
        within: 1e-13))
    #expect(figure.denominator == 8763)
  }

  // mpmath at 40 digits from the formulas; the lower limits of the two are the same.
  @Test(
    "have the gamma limits of Fay and Feuer and of Tiwari",
    arguments: [
      (Data.big, StandardisedRateInterval.fayFeuer, 9718.4259611385274, 11188.105351221816, 11631.529109803221),
      (Data.big, .tiwari, 9718.4259611385274, 11179.147561908589, 11622.159219360997),
      (Data.small, .fayFeuer, 878.10634909063551, 1377.1300293620177, 1542.4509106018617),
      (Data.small, .tiwari, 878.10634909063551, 1366.7188845347425, 1530.6302119101733),
    ])
  func gamma(
    events: [Double], interval: StandardisedRateInterval, lower: Double, upper: Double, upperOf998: Double
  ) throws {
    let figure = rate(events, interval)
    let (first, second) = (figure.intervals[0], figure.intervals[1])
    // Quantiles of the gamma distribution err by some 1e-14.
    #expect(relativeDifference(first.lower, lower) < 1e-13 && relativeDifference(first.upper, upper) < 1e-13)
    #expect(relativeDifference(second.upper, upperOf998) < 1e-13 && second.lower < first.lower)
    #expect(figure.value == rate(events).value && figure.method == interval.method)
  }

  // PHEindicatormethods 2.1.0, test_DSR_results, printed to eight decimals.
  @Test("of events that are not independent have the variance Σ f² Var_f, in whatever order the rows come")
  func dependentEvents() {
    let events = Data.peopleByFrequency.flatMap { $0 }
    let frequencies = [1.0, 2, 3, 4].flatMap { [Double](repeating: $0, count: 19) }
    func figures(_ order: [Int]) -> StandardisedFigures {
      directlyStandardisedRates(
        of: order.map { events[$0] }, among: order.map { Data.people[$0 % 19] },
        ages: Grouping(labels: order.map { Data.ages[$0 % 19] }), in: .oneGroup(rows: order.count),
        standard: .european2013, frequencies: order.map { frequencies[$0] })
    }
    let figure = figures(Array(0..<76)).figures[0]
    #expect(figure.numerator == 895 && figure.denominator == 8970)
    #expect(
      figure.isClose(
        to: [10430.24799147, 9532.94977862, 11373.07483298, 9036.25631357, 11929.24980749], within: 1e-12))
    let shuffled = (0..<76).map { $0 * 31 % 76 }
    #expect(figures(shuffled).figures[0].bits == figure.bits)
    // A group need not have rows for frequencies that did not occur.
    let rows = (0..<76).filter { events[$0] > 0 }
    #expect(figures(rows).figures[0].bits == figure.bits)
  }

  @Test("of events that are not independent are barred where the rows of a band differ in population")
  func populationsDiffer() {
    let figures = directlyStandardisedRates(
      of: Data.big + Data.small, among: Data.people + [1] + Data.people.dropFirst(),
      ages: Grouping(labels: Data.ages + Data.ages), in: .oneGroup(rows: 38), standard: .european2013,
      frequencies: [Double](repeating: 1, count: 19) + [Double](repeating: 2, count: 19))
    #expect(figures.figures.statuses == [.bandsDuplicate])
    #expect(figures.bandProblems.map(\.kind) == [.populationsDiffer])
    #expect(figures.bandProblems.map(\.band) == [AgeBandLabel("0-4")])
  }

  @Test("are joined by name: reversed rows and other spellings give the same bits")
  func joined() {
    let spelled = Data.ages.map { $0.replacing("-", with: "–") + " years" }
    let turned = directlyStandardisedRate(
      of: Data.big.reversed(), among: Data.people.reversed(), ages: spelled.reversed(), standard: .european2013)
    #expect(turned.bits == rate(Data.big).bits)
  }

  @Test("are not calculated below ten events, and a missing count bars unless it is said to stand for none")
  func few() {
    let ten: [Double] = [0, 0, 1] + Data.tiny.dropFirst(3)
    #expect(rate(ten).status == .ok && rate(ten).numerator == 10)
    let nine: [Double] = [0, 0, 0] + Data.tiny.dropFirst(3)
    #expect(rate(nine).status == .countBelow10 && rate(nine).numerator == 9 && rate(nine).isSound)
    #expect(rate(Data.tiny).status == .missingNumerator)
    let asNone = directlyStandardisedRates(
      of: Data.tiny, among: Data.people, ages: Grouping(labels: Data.ages), in: .oneGroup(rows: 19),
      standard: .european2013, missingEvents: .none)
    #expect(asNone.figures[0].bits == rate(nine).bits)
  }

  @Test("bar a group for its own bands alone and tell which they are")
  func bands() {
    // Group 0 is sound, 1 lacks a band, 2 has one twice, 3 one that the standard has not, 4 one without people.
    var rows = (0..<5).flatMap { group in (0..<19).map { (group, Data.ages[$0], Data.big[$0], Data.people[$0]) } }
    rows[19 + 3].1 = "Under 1"
    rows.append((2, "00 to 04", 1, 1))
    rows.append((3, "All ages", 895, 8970))
    rows[4 * 19].3 = 0
    let figures = directlyStandardisedRates(
      of: rows.map(\.2), among: rows.map(\.3), ages: Grouping(labels: rows.map(\.1)),
      in: Grouping(codes: rows.map { Int32($0.0) }, count: 5), standard: .european2013)
    #expect(
      figures.figures.statuses == [.ok, .bandsIncomplete, .bandsDuplicate, .bandsIncomplete, .zeroDenominator])
    #expect(
      figures.bandProblems.map(\.description) == [
        "age band 0 is not in the standard", "age band 15-19 is missing", "age band 0-4 stands more than once",
        "age band all ages is not in the standard",
      ])
    #expect(figures.bandProblems.map(\.group) == [1, 1, 2, 3])
    #expect((0..<5).allSatisfy { figures.figures[$0].isSound })
  }

  @Test("do not depend on the order of areas and rows nor on the number of threads")
  func order() {
    let areas = 700
    let rows = (0..<areas * 19).map { row in (area: row / 19, band: row % 19, events: Double(row * 37 % 23)) }
    let shuffled = rows.indices.map { rows[$0 * 1009 % rows.count] }
    func figures(_ rows: [(area: Int, band: Int, events: Double)], threads: Int) -> StatisticColumns {
      directlyStandardisedRates(
        of: rows.map(\.events), among: rows.map { Data.people[$0.band] },
        ages: Grouping(codes: rows.map { Int32($0.band) }, names: Data.ages),
        in: Grouping(codes: rows.map { Int32($0.area) }, count: areas), standard: .european2013, threads: threads
      ).figures
    }
    let (one, other) = (figures(rows, threads: 1), figures(shuffled, threads: 3))
    #expect((0..<areas).allSatisfy { one[$0].bits == other[$0].bits })
  }

  @Test("of repeated events take no heed of a frequency of 0 and refuse one that is none")
  func oddFrequencies() {
    func figure(_ frequency: Double, _ interval: StandardisedRateInterval = .tiwari) -> Statistic {
      directlyStandardisedRates(
        of: Data.big + Data.big, among: Data.people + Data.people, ages: Grouping(labels: Data.ages + Data.ages),
        in: .oneGroup(rows: 38), standard: .european2013, interval: interval,
        frequencies: [Double](repeating: 1, count: 19) + [Double](repeating: frequency, count: 19)
      ).figures[0]
    }
    #expect(figure(0).intervals == rate(Data.big, .tiwari).intervals)
    #expect(figure(-1).status == .negative && figure(.infinity).status == .nonFinite)
    #expect(figure(.nan).status == .missingNumerator)
  }

  @Test("have a gamma limit of 0 where all events are in bands of no weight")
  func weightless() throws {
    let standard = try StandardPopulation(
      name: "of the old", bands: ["0-64", "65+"].map { AgeBandLabel($0) }, weights: [0, 1])
    for interval in [StandardisedRateInterval.fayFeuer, .tiwari] {
      let figure = directlyStandardisedRate(
        of: [30, 0], among: [1000, 500], ages: ["0-64", "65+"], standard: standard, interval: interval)
      #expect(figure.status == .ok && figure.value == 0)
      #expect(figure.intervals.allSatisfy { $0.lower == 0 && $0.upper > 0 })
    }
  }

  @Test("have the bits of the calculation step by step, around groups whose bands do not fit")
  func stepByStep() {
    // The cell of every row, group by group: group 17 lacks a band, 33 has no row, 5 has a band twice.
    let cells: [Int] = (0..<60 * 19).filter { $0 != 17 * 19 + 11 && $0 / 19 != 33 } + [5 * 19 + 3]
    let events: [Double] = cells.map { Double($0 * 37 % 23) }
    func figures(_ frequencies: [Double]?, threads: Int) -> StandardisedFigures {
      directlyStandardisedRates(
        of: events, among: cells.map { Data.people[$0 % 19] },
        ages: Grouping(codes: cells.map { Int32($0 % 19) }, names: Data.ages),
        in: Grouping(codes: cells.map { Int32($0 / 19) }, count: 60), standard: .european2013,
        frequencies: frequencies, threads: threads)
    }
    let (quick, slow) = (figures(nil, threads: 3), figures(cells.map { _ in 1 }, threads: 1))
    #expect((0..<60).allSatisfy { quick.figures[$0].bits == slow.figures[$0].bits })
    #expect(quick.bandProblems == slow.bandProblems && quick.bandProblems.count == 21)
    #expect(quick.figures.count(of: .ok) == 57 && quick.figures.statuses[33] == .bandsIncomplete)
  }

  @Test(
    "are barred for their bands even where every row that is there is proper", arguments: ["missing", "twice", "other"])
  func properRowsOfImproperBands(fault: String) {
    var cells = Array(0..<3 * 19)
    if fault == "missing" { cells.remove(at: 25) } else { cells.append(fault == "twice" ? 25 : 3 * 19) }
    let rates = directlyStandardisedRates(
      of: cells.map { _ in 20 }, among: cells.map { Data.people[$0 % 19] },
      ages: Grouping(codes: cells.map { $0 == 3 * 19 ? 19 : Int32($0 % 19) }, names: Data.ages + ["95+"]),
      in: Grouping(codes: cells.map { $0 == 3 * 19 ? 1 : Int32($0 / 19) }, count: 3), standard: .european2013)
    #expect(rates.figures.statuses == [.ok, fault == "twice" ? .bandsDuplicate : .bandsIncomplete, .ok])
    #expect(rates.figures[1].value.isNaN && rates.bandProblems.count == 1)
  }

  @Test("of no rows at all are barred")
  func nothing() {
    let none = directlyStandardisedRates(
      of: [], among: [], ages: Grouping(codes: [], names: Data.ages), in: Grouping(codes: [], count: 2),
      standard: .european2013)
    #expect(none.figures.statuses == [.bandsIncomplete, .bandsIncomplete] && none.bandProblems.count == 38)
  }
}
