import Indicators
import Probability
import Testing

struct AreaOfPartsTests {
  @Test("counts come back from a proportion and its Wilson interval")
  func proportions() throws {
    for level in [ConfidenceLevel.percent95, .percent99_8, try ConfidenceLevel(0.9)] {
      for (people, events) in [(793.0, 76.0), (12, 0), (12, 12), (5, 2), (4_000_000, 17), (250_000, 124_000), (1, 1)] {
        for multiplier in [1.0, 100] {
          let figure = proportion(of: people, having: events, per: multiplier, at: [level])
          let derived = DerivedCounts.ofProportion(figure.value, interval: figure.intervals[0], per: multiplier)
          #expect(derived.status == .ok && derived.relativeError == 0)
          // The width has lost as many digits as the limits lie above it.
          #expect(abs(derived.denominator / people - 1) < 1e-11)
          #expect(abs(derived.numerator - events) <= 1e-11 * events)
        }
      }
    }
  }

  @Test("counts come back from a rate and its Poisson interval")
  func rates() {
    for (events, people) in [(1.0, 900.0), (3, 5_000), (9, 1e6), (10, 1e6), (57, 40_000), (12_345, 5e7), (0, 700)] {
      let figure = crudeRate(of: events, among: people, at: [.percent95])
      let derived = DerivedCounts.ofRate(figure.value, interval: figure.intervals[0])
      #expect(derived.status == .ok)
      #expect(abs(derived.numerator - events) <= 1e-9 * events)
      #expect(abs(derived.denominator / people - 1) < 1e-9)
    }
  }

  @Test("what rounding of printed figures can do to derived counts lies within the error that is told")
  func printedFigures() {
    let generator = Philox(seed: 13)
    func printed(_ figure: Double, _ digit: Double) -> Double { (figure / digit).rounded() * digit }
    var wrong = 0
    var told: [Double] = []
    for i in 0..<2_000 {
      let u = generator.uniforms(at: SIMD4(0, UInt64(i), 0, 0))
      let people = 200 + (u.x * 20_000).rounded()
      let events = 1 + (u.y * 0.6 * people).rounded()
      let digit = u.z < 0.5 ? 0.1 : 0.01
      let share = proportion(of: people, having: events, per: 100, at: [.percent95])
      let rate = crudeRate(of: events, among: people, per: 1000, at: [.percent95])
      for (figure, derive) in [(share, DerivedCounts.ofProportion), (rate, DerivedCounts.ofRate)] {
        let limits = ConfidenceInterval(
          lower: printed(figure.intervals[0].lower, digit), upper: printed(figure.intervals[0].upper, digit),
          level: .percent95)
        let multiplier = figure == share ? 100.0 : 1000
        let derived = derive(printed(figure.value, digit), limits, multiplier, digit)
        guard derived.status == .ok, derived.relativeError.isFinite else { continue }
        told.append(derived.relativeError)
        let slack = derived.relativeError * (1 + 1e-6)
        if abs(derived.denominator / people - 1) > slack / (1 - min(slack, 0.99)) { wrong += 1 }
        if abs(derived.numerator / events - 1) > slack / (1 - min(slack, 0.99)) { wrong += 1 }
      }
    }
    #expect(wrong == 0)
    #expect(told.count > 3_000)
    // Not so wide that it says nothing.
    #expect(told.sorted()[told.count / 2] < 0.1)
  }

  @Test("figures and limits that belong to no counts are told")
  func refusals() {
    func status(_ p: Double, _ lower: Double, _ upper: Double) -> ResultStatus {
      DerivedCounts.ofProportion(p, interval: ConfidenceInterval(lower: lower, upper: upper, level: .percent95)).status
    }
    #expect(status(.nan, 0, 1) == .missingNumerator && status(0.5, .nan, 1) == .nonFinite)
    #expect(status(-0.1, -0.2, 0) == .negative && status(1.2, 1, 1.4) == .numeratorExceedsDenominator)
    #expect(status(0.5, 0.5, 0.5) == .intervalTooWide && status(0.5, 0.6, 0.7) == .intervalTooWide)
    #expect(status(0.5, 0, 1) == .intervalTooWide && status(0.9, 0.8, 1.1) == .numeratorExceedsDenominator)
    let rate = DerivedCounts.ofRate(5, interval: ConfidenceInterval(lower: 6, upper: 7, level: .percent95))
    #expect(rate.status == .intervalTooWide && rate.numerator.isNaN)
  }

  @Test("an area of parts has the figure of its summed counts, not the mean of theirs")
  func summedCounts() {
    let parts = [(76.0, 793.0), (240, 1_200), (3, 1_000)]
    let area = AreaOfParts(parts.map { PartCounts(numerator: $0.0, denominator: $0.1) })
    #expect(area.proportion(per: 100) == proportion(of: 2_993, having: 319, per: 100))
    #expect(area.crudeRate() == crudeRate(of: 319, among: 2_993))
    #expect(!area.isDerived && area.partCount == 3 && area.status == .ok)
    let figure = proportion(of: 793, having: 76, at: [.percent95])
    let derived = PartCounts(DerivedCounts.ofProportion(figure.value, interval: figure.intervals[0]))
    let mixed = AreaOfParts([derived, PartCounts(numerator: 240, denominator: 1_200)])
    #expect(mixed.isDerived && mixed.derivedCount == 1)
    #expect(abs(mixed.proportion().value - 316.0 / 1_993) < 1e-12)
  }

  @Test("a part that is missing bars the whole")
  func missingParts() {
    let whole = PartCounts(numerator: 5, denominator: 10)
    #expect(AreaOfParts([whole, PartCounts(numerator: .nan, denominator: 3)]).status == .missingNumerator)
    let barred = AreaOfParts([whole, PartCounts(numerator: 3, denominator: .nan)])
    #expect(barred.status == .missingDenominator && barred.numerator.isNaN)
    #expect(barred.proportion().status == .missingDenominator && barred.crudeRate().value.isNaN)
    #expect(AreaOfParts([whole, PartCounts(numerator: -1, denominator: 3)]).status == .negative)
    // Of several reasons the first in the order of precedence, wherever it stands.
    let negative = PartCounts(numerator: -1, denominator: 3)
    #expect(AreaOfParts([negative, PartCounts(numerator: .nan, denominator: 3)]).status == .missingNumerator)
    #expect(AreaOfParts([]).status == .missingDenominator)
    #expect(AreaOfParts([PartCounts(numerator: 0, denominator: 0)]).proportion().status == .zeroDenominator)
  }
}
