/// The weights of age bands in a standard population; only their proportions to each other matter.
///
/// Bands are joined to data by their names, never by their position.
public struct StandardPopulation: Sendable, Hashable {
  /// What the standard is called.
  public let name: String
  /// The bands, each once.
  public let bands: [AgeBandLabel]
  /// The weight of each band, at least 0 and finite, one of them above 0.
  public let weights: [Double]

  /// A standard population of one's own.
  ///
  /// A band may stand more than once with the same weight, as it does where every area's rows carry the weights.
  ///
  /// - Throws: ``StandardPopulationError`` for a band with two weights, a weight that is missing, negative or infinite, no
  ///   weight above 0, or columns of different lengths.
  /// - Complexity: O(the number of labels).
  public init(name: String, bands labels: [AgeBandLabel], weights: [Double]) throws(StandardPopulationError) {
    guard labels.count == weights.count else {
      throw .differentLengths(bands: labels.count, weights: weights.count)
    }
    var weightOfBand: [AgeBandLabel: Double] = [:]
    var bands: [AgeBandLabel] = []
    for (band, weight) in zip(labels, weights) {
      guard weight >= 0, weight.isFinite else { throw .improperWeight(band: band, weight: weight) }
      if let known = weightOfBand[band] {
        guard known == weight else { throw .twoWeights(band: band, first: known, second: weight) }
      } else {
        weightOfBand[band] = weight
        bands.append(band)
      }
    }
    let kept = bands.map { weightOfBand[$0] ?? .nan }
    let total = kept.reduce(0, +)
    guard total > 0 else { throw .noWeight }
    guard total.isFinite else { throw .improperWeight(band: bands[0], weight: total) }
    self.init(name: name, checkedBands: bands, weights: kept)
  }

  private init(name: String, checkedBands: [AgeBandLabel], weights: [Double]) {
    self.name = name
    bands = checkedBands
    self.weights = weights
  }

  /// Five-year bands from 0 up, the last one open.
  private init(name: String, fiveYears weights: [Double]) {
    let last = weights.count - 1
    let bands = weights.indices.map { AgeBandLabel(from: 5 * $0, through: $0 == last ? nil : 5 * $0 + 4) }
    self.init(name: name, checkedBands: bands, weights: weights)
  }

  /// The European Standard Population 2013 (Eurostat, Revision of the European Standard Population, 2013) in 19 bands: 0-4,
  /// 5-9, … 85-89, 90+; 100,000 in all.
  public static let european2013 = StandardPopulation(
    name: "European Standard Population 2013",
    fiveYears: [
      5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
    ])

  /// The European Standard Population 2013 in 20 bands: the first one is parted into under 1 (1,000) and 1-4 (4,000).
  public static let european2013WithInfants = StandardPopulation(
    name: "European Standard Population 2013 with under-1s",
    checkedBands: [AgeBandLabel(from: 0, through: 0), AgeBandLabel(from: 1, through: 4)]
      + european2013.bands.dropFirst(),
    weights: [1000, 4000] + european2013.weights.dropFirst())

  /// The WHO world standard population 2000–2025 (Ahmad et al., GPE Discussion Paper 31, 2001, table 4) in 21 bands: 0-4,
  /// 5-9, … 95-99, 100+; percentages as published, which add up to 100.035.
  public static let world2000 = StandardPopulation(
    name: "WHO World Standard Population 2000-2025",
    fiveYears: [
      8.86, 8.69, 8.60, 8.47, 8.22, 7.93, 7.61, 7.15, 6.59, 6.04, 5.37, 4.55, 3.72, 2.96, 2.21, 1.52, 0.91, 0.44, 0.15,
      0.04, 0.005,
    ])

  /// The same standard with one open band from `age` up, for data that end there: `world2000.open(from: 85)`.
  ///
  /// - Returns: nil unless a band starts at `age` and the bands from there on are named ages.
  /// - Complexity: O(the number of bands).
  public func open(from age: Int) -> StandardPopulation? {
    guard bands.contains(where: { $0.youngest == age }) else { return nil }
    let younger = bands.indices.filter { (bands[$0].youngest ?? age) < age }
    let older = bands.indices.filter { (bands[$0].youngest ?? -1) >= age }
    guard younger.count + older.count == bands.count, younger.allSatisfy({ !bands[$0].isOpen }) else { return nil }
    return StandardPopulation(
      name: name, checkedBands: younger.map { bands[$0] } + [AgeBandLabel(from: age)],
      weights: younger.map { weights[$0] } + [older.reduce(0) { $0 + weights[$1] }])
  }
}

/// Why weights make no standard population.
public enum StandardPopulationError: Error, Hashable, CustomStringConvertible {
  /// There are more of one than of the other.
  case differentLengths(bands: Int, weights: Int)
  /// A weight is missing, negative or infinite.
  case improperWeight(band: AgeBandLabel, weight: Double)
  /// A band stands twice with different weights.
  case twoWeights(band: AgeBandLabel, first: Double, second: Double)
  /// No band has a weight above 0.
  case noWeight

  /// What is wrong, with the numbers.
  public var description: String {
    switch self {
    case .differentLengths(let bands, let weights): "\(bands) age bands but \(weights) weights"
    case .improperWeight(let band, let weight): "age band \(band) has a weight of \(weight); expected 0 or more"
    case .twoWeights(let band, let first, let second): "age band \(band) has two weights, \(first) and \(second)"
    case .noWeight: "no age band has a weight above 0"
    }
  }
}
