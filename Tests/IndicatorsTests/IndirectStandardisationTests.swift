import Indicators
import Probability
import Testing

@Suite("Indirectly standardised ratios and rates")
struct IndirectStandardisationTests {
  typealias Data = StandardisationData

  // PHEindicatormethods 2.1.0, test_ISR_refdata.
  static let referenceEvents: [Double] = [
    10303, 2824, 0, 3615, 3641, 3490, 3789, 3213, 3031, 2771, 3089, 3490, 3595, 4745, 5514, 7125, 5694, 6210, 5757,
  ]
  static let referencePeople: [Double] = [
    50520, 57173, 60213, 54659, 44345, 50128, 62163, 67423, 62899, 55463, 60479, 49974, 44140, 40888, 37239, 30819,
    18136, 15325, 13918,
  ]

  private func reference() throws -> ReferenceRates {
    try ReferenceRates(
      of: Self.referenceEvents, among: Self.referencePeople, ages: Data.ages.map { AgeBandLabel($0) })
  }

  private func figures(
    _ events: [[Double]], ages: [String] = Data.ages, _ measure: IndirectMeasure, per multiplier: Double? = nil,
    people: [Double] = Data.people
  ) throws -> StandardisedFigures {
    let areas = events.indices.flatMap { [Int32](repeating: Int32($0), count: events[$0].count) }
    return indirectlyStandardisedFigures(
      of: events.flatMap { $0 }, among: events.flatMap { _ in people },
      ages: Grouping(labels: events.flatMap { _ in ages }), in: Grouping(codes: areas, count: events.count),
      reference: try reference(), measure: measure, per: multiplier, missingEvents: .none)
  }

  // PHEindicatormethods 2.1.0, test_ISR_results; a missing count is none there.
  @Test("agree with the official tables to 1e-13")
  func official() throws {
    let rates = try figures([Data.big, Data.small, Data.tiny], .rate).figures
    let ratios = try figures([Data.big, Data.small, Data.tiny], .ratio, per: 100).figures
    let expectedRates: [[Double]] = [
      [10011.137622091057, 9365.91600297888, 10689.097582910616, 9008.7578618655007, 11089.02718538338],
      [1017.8922051511577, 819.52100250646299, 1249.7592601383201, 719.51329035282447, 1392.9381508991678],
      [100.6706576523123, 46.033035133078933, 191.10426659054028, 27.431908625542341, 253.43696352192359],
    ]
    let expectedRatios: [[Double]] = [
      [107.07232939020275, 100.17147712553987, 114.32332872498949, 96.351556196144372, 118.60070415876287],
      [10.886683770400502, 8.7650401018294044, 13.366576328418912, 7.6954255283921107, 14.897920510466744],
      [1.0767049882813684, 0.49233808250957761, 2.043921455549973, 0.2933930655068262, 2.7105896514690211],
    ]
    for area in 0..<3 {
      #expect(rates[area].isClose(to: expectedRates[area], within: 1e-13))
      #expect(ratios[area].isClose(to: expectedRatios[area], within: 1e-13))
      #expect(relativeDifference(rates[area].denominator, 835.88356123117433) < 1e-14)
    }
    #expect(rates.methods == [.byar, .byar, .exact] && ratios.numerators == [895, 91, 9])
    #expect(relativeDifference(try reference().crudeRate, 0.093498830922110192) < 1e-14)
  }

  @Test("expect nothing in a band without people, as the official method does")
  func bandWithoutPeople() throws {
    var people = Data.people
    people[1] = 0
    let ratio = try figures([Data.big], .ratio, per: 100, people: people).figures[0]
    // The same source, Area1.
    #expect(ratio.isClose(to: [110.72323749430866, 103.58708281676485, 118.22147841228508], within: 1e-13))
    #expect(relativeDifference(ratio.denominator, 808.32174009182529) < 1e-14)
  }

  @Test("of no expected events are a status, not infinite")
  func expectedZero() throws {
    #expect(indirectlyStandardisedRatio(of: 3, expecting: 0).status == .expectedZero)
    #expect(indirectlyStandardisedRatio(of: 0, expecting: 0).isSound)
    let nobody = [Double](repeating: 0, count: 19)
    #expect(try figures([Data.big], .rate, people: nobody).figures.statuses == [.expectedZero])
  }

  @Test("from observed and expected are those from bands")
  func fromTotals() throws {
    let banded = try figures([Data.small], .ratio).figures[0]
    #expect(indirectlyStandardisedRatio(of: 91, expecting: banded.denominator).bits == banded.bits)
  }

  @Test("bar groups whose bands do not fit the reference and tell which they are")
  func bands() throws {
    var ages = Data.ages
    ages[18] = "85 plus"
    let result = try figures([Data.big], ages: ages, .rate)
    #expect(result.figures.statuses == [.bandsIncomplete])
    #expect(
      result.bandProblems.map(\.description) == ["age band 85+ is not in the standard", "age band 90+ is missing"])
  }

  @Test("need a proper reference")
  func references() {
    let ages = [AgeBandLabel("0-4"), AgeBandLabel("00-04")]
    #expect(throws: ReferenceRatesError.duplicateBand(ages[0])) {
      try ReferenceRates(of: [1, 2], among: [3, 4], ages: ages)
    }
    #expect(throws: ReferenceRatesError.improperPeople(band: ages[0], people: 0)) {
      try ReferenceRates(of: [1], among: [0], ages: [ages[0]])
    }
    #expect(throws: ReferenceRatesError.improperEvents(band: ages[0], events: -1)) {
      try ReferenceRates(of: [-1], among: [3], ages: [ages[0]])
    }
  }
}
