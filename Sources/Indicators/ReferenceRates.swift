/// The age-specific rates of a reference area, by which events are expected elsewhere.
public struct ReferenceRates: Sendable, Hashable {
  /// The bands, each once.
  public let bands: [AgeBandLabel]
  /// Events per head of each band.
  public let rates: [Double]
  /// All events of the reference over all its people.
  public let crudeRate: Double

  /// Rates from the counts of a reference.
  ///
  /// - Throws: ``ReferenceRatesError`` for a band that stands twice, a count that is missing, negative or infinite, a band
  ///   without people, no band at all, or columns of different lengths.
  /// - Complexity: O(the number of bands).
  public init(
    of events: [Double], among people: [Double], ages labels: [AgeBandLabel]
  ) throws(ReferenceRatesError) {
    guard events.count == people.count, events.count == labels.count, !events.isEmpty else {
      throw .differentLengths(events: events.count, people: people.count, bands: labels.count)
    }
    var seen: Set<AgeBandLabel> = []
    for (row, band) in labels.enumerated() {
      guard seen.insert(band).inserted else { throw .duplicateBand(band) }
      guard events[row] >= 0, events[row].isFinite else { throw .improperEvents(band: band, events: events[row]) }
      guard people[row] > 0, people[row].isFinite else { throw .improperPeople(band: band, people: people[row]) }
    }
    bands = labels
    rates = zip(events, people).map { $0 / $1 }
    crudeRate = compensatedSum(events) / compensatedSum(people)
  }
}

/// Why counts make no reference rates.
public enum ReferenceRatesError: Error, Hashable, CustomStringConvertible {
  /// The columns differ in length, or there is no row.
  case differentLengths(events: Int, people: Int, bands: Int)
  /// A band stands twice.
  case duplicateBand(AgeBandLabel)
  /// Events are missing, negative or infinite.
  case improperEvents(band: AgeBandLabel, events: Double)
  /// People are missing, none, negative or infinite.
  case improperPeople(band: AgeBandLabel, people: Double)

  /// What is wrong, with the numbers.
  public var description: String {
    switch self {
    case .differentLengths(let events, let people, let bands):
      "reference with \(events) counts of events, \(people) populations and \(bands) age bands; expected as many of each"
    case .duplicateBand(let band): "age band \(band) stands twice in the reference"
    case .improperEvents(let band, let events): "age band \(band) of the reference has \(events) events"
    case .improperPeople(let band, let people): "age band \(band) of the reference has \(people) people"
    }
  }
}
