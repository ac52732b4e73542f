public import Demography
public import Tables

/// Deaths and mid-year people of England and Wales, 1961 to 2014, by sex and single year of age: what forecasts of
/// mortality are fitted to.
public struct NationalDeaths: Sendable {
  /// The experience of women.
  public let female: MortalityExperience
  /// The experience of men.
  public let male: MortalityExperience

  /// Reads the package `deaths-population-england-wales`.
  ///
  /// - Parameters:
  ///   - folder: the data packages.
  ///   - years: the years wanted; `nil` for all that are held. A forecast from a base year takes those that had ended.
  ///   - openAge: the lowest age of the open group, 105 or less; at 100 no cell is without deaths.
  /// - Throws: `Problems` of the files, and one for years or an age that they do not hold.
  /// - Complexity: O(cells).
  public init(
    _ folder: DatasetFolder, years: ClosedRange<Int>? = nil, openAge: Int = 100
  ) throws(Problems) {
    let file = folder.file("deaths-population-england-wales", "deaths.csv")
    let people = folder.file("deaths-population-england-wales", "population.csv")
    let deaths = try WideTable(path: file)
    let population = try WideTable(path: people)
    let ages = try deaths.ageScale(file: file)
    guard try population.ageScale(file: people) == ages else {
      throw Problems(Problem(file: people, message: "has other ages than the deaths beside it"))
    }
    let exposures = try population.values(years: deaths.years, file: people)
    let wanted = years ?? deaths.years
    var bySex: [MortalityExperience] = []
    for sex in Sex.allCases {
      func rows(_ values: [Double]) -> [Double] {
        (0..<deaths.years.count).flatMap { year in
          let start = (year * 2 + sex.index) * ages.count
          return values[start..<(start + ages.count)]
        }
      }
      let all = try inFile(file) { () throws(MortalityModelError) in
        try MortalityExperience(
          ages: ages, years: deaths.years, deaths: rows(deaths.values), exposures: rows(exposures))
      }
      guard let gathered = all.gatheringOpenGroup(at: openAge) else {
        throw Problems(
          Problem(file: file, message: "has no age group that begins at \(openAge); expected 0 to \(ages.openAge)"))
      }
      guard let chosen = gathered.selecting(wanted) else {
        throw Problems(
          Problem(
            file: file,
            message: "has the years \(deaths.years.lowerBound) to \(deaths.years.upperBound); expected "
              + "\(wanted.lowerBound) to \(wanted.upperBound)"))
      }
      bySex.append(chosen)
    }
    (female, male) = (bySex[0], bySex[1])
  }
}
