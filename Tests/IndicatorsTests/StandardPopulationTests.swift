import Indicators
import Testing

@Suite("Standard populations")
struct StandardPopulationTests {
  @Test("add up to what was published")
  func sums() {
    #expect(StandardPopulation.european2013.weights.reduce(0, +) == 100_000)
    #expect(StandardPopulation.european2013WithInfants.weights.reduce(0, +) == 100_000)
    #expect(abs(StandardPopulation.world2000.weights.reduce(0, +) - 100.035) < 1e-12)
  }

  @Test("have their bands by name")
  func bands() {
    let european = StandardPopulation.european2013.bands.map(\.description)
    #expect(european.count == 19 && european.first == "0-4" && european.last == "90+")
    let infants = StandardPopulation.european2013WithInfants.bands.map(\.description)
    #expect(infants.count == 20 && Array(infants.prefix(3)) == ["0", "1-4", "5-9"])
    #expect(StandardPopulation.world2000.bands.map(\.description).suffix(2) == ["95-99", "100+"])
    // 60-64 has 6000 of 100,000 and 0.0372 of the world.
    #expect(StandardPopulation.european2013.weights[12] == 6000 && StandardPopulation.world2000.weights[12] == 3.72)
  }

  @Test("close with an open band at an age where a band starts, and nowhere else")
  func open() {
    let closed = StandardPopulation.european2013.open(from: 85)
    #expect(closed?.bands.last == AgeBandLabel("85+") && closed?.weights.last == 2500 && closed?.bands.count == 18)
    #expect(closed?.weights.reduce(0, +) == 100_000)
    #expect(StandardPopulation.european2013.open(from: 87) == nil)
    #expect(StandardPopulation.european2013.open(from: 95) == nil)
    #expect(StandardPopulation.european2013.open(from: 90) == .european2013)
  }

  @Test("of one's own take a band again with the same weight and no other")
  func own() throws {
    let bands = ["young", "old", "Young"].map { AgeBandLabel($0) }
    let standard = try StandardPopulation(name: "own", bands: bands, weights: [3, 1, 3])
    #expect(standard.bands == [bands[0], bands[1]] && standard.weights == [3, 1])
    #expect(throws: StandardPopulationError.twoWeights(band: bands[0], first: 3, second: 2)) {
      try StandardPopulation(name: "own", bands: bands, weights: [3, 1, 2])
    }
    #expect(throws: StandardPopulationError.improperWeight(band: bands[1], weight: -1)) {
      try StandardPopulation(name: "own", bands: bands, weights: [3, -1, 3])
    }
    #expect(throws: StandardPopulationError.noWeight) {
      try StandardPopulation(name: "own", bands: bands, weights: [0, 0, 0])
    }
    #expect(throws: StandardPopulationError.noWeight) { try StandardPopulation(name: "own", bands: [], weights: []) }
    #expect(throws: StandardPopulationError.differentLengths(bands: 3, weights: 1)) {
      try StandardPopulation(name: "own", bands: bands, weights: [1])
    }
  }

  @Test("weigh by proportion: ten times the weights give the same rate")
  func proportional() throws {
    let european = StandardPopulation.european2013
    let tenfold = try StandardPopulation(name: "", bands: european.bands, weights: european.weights.map { $0 * 10 })
    let rates = [european, tenfold].map {
      directlyStandardisedRate(
        of: StandardisationData.big, among: StandardisationData.people, ages: StandardisationData.ages, standard: $0)
    }
    // Ten is no power of two: a rounding each.
    #expect(rates[0].isClose(to: [rates[1].value, rates[1].intervals[0].lower], within: 1e-15 * 8))
  }
}
