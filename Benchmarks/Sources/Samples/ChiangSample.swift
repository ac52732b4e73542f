import Demography

/// Deaths and people of many areas by age band.
package struct ChiangSample: Sendable {
  package let areas: Int
  package let ages = AgeScale.abridged(to: 90)
  package let deaths: [Double]
  package let people: [Double]

  package init(areas: Int) {
    self.areas = areas
    let bands = ages.lowerBounds
    deaths = (0..<areas).flatMap { _ in bands.map { (Place.deathRate(age: Double($0) + 2) * 3_000).rounded() } }
    people = (0..<areas).flatMap { area in bands.map { _ in Double(3_000 + area % 500) } }
  }
}
