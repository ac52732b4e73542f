internal import Demography
internal import Tables

/// The axes of a user's own population: what its rates must fill.
struct AgeGrid {
  let ages: AgeScale
  /// The position of each age label, normalised to `N`, `N-M`, `N+`.
  private let positions: [AgeLabel: Int]

  init(_ ages: AgeScale) {
    self.ages = ages
    var positions: [AgeLabel: Int] = [:]
    for (i, label) in ages.labels.enumerated() {
      if let key = AgeLabel(label) { positions[key] = i }
    }
    self.positions = positions
  }

  /// The position of a label, or why it is none.
  func position(of text: String) -> Result<Int, AgeComplaint> {
    guard let label = AgeLabel(text) else {
      return .failure(AgeComplaint("age \(quoted(text)); expected completed years such as 7, or \(open) for the open group"))
    }
    if let found = positions[label] { return .success(found) }
    if label.isOpen {
      return .failure(
        AgeComplaint("age \(quoted(text)); the population's open group is \(open): rates must reach the same one"))
    }
    if label.lowerBound >= ages.openAge {
      return .failure(
        AgeComplaint("age \(quoted(text)) lies in the population's open group \(open); expected \(open) itself"))
    }
    return .failure(
      AgeComplaint("age \(quoted(text)); the population has \(ages.isSingleYear ? "single years of age" : "other age groups")"))
  }

  private var open: String { ages.label(at: ages.count - 1) }

  /// The scale that a set of labels makes, or why they make none.
  static func scale(of labels: [String]) -> Result<AgeScale, AgeComplaint> {
    var parsed: [AgeLabel] = []
    for text in labels {
      guard let label = AgeLabel(text) else {
        return .failure(AgeComplaint("age \(quoted(text)); expected completed years such as 7, 5-9 or 90+"))
      }
      parsed.append(label)
    }
    parsed.sort { ($0.lowerBound, $0.upperBound ?? .max) < ($1.lowerBound, $1.upperBound ?? .max) }
    guard let first = parsed.first, let last = parsed.last else {
      return .failure(AgeComplaint("no ages"))
    }
    guard first.lowerBound == 0 else {
      return .failure(AgeComplaint("ages start at \(first.lowerBound); expected 0"))
    }
    guard last.isOpen else {
      return .failure(
        AgeComplaint("the last age \(last.lowerBound) is not open; expected a group such as \(last.lowerBound)+"))
    }
    for (a, b) in zip(parsed, parsed.dropFirst()) {
      guard let upper = a.upperBound else {
        return .failure(AgeComplaint("age \(b.lowerBound) stands beside the open group \(a.lowerBound)+"))
      }
      if b.lowerBound > upper + 1 {
        return .failure(
          AgeComplaint("ages \(upper + 1) to \(b.lowerBound - 1) are missing between \(a.lowerBound) and \(b.lowerBound)"))
      }
      if b.lowerBound <= upper {
        return .failure(AgeComplaint("age groups that begin at \(a.lowerBound) and \(b.lowerBound) overlap"))
      }
    }
    do { return .success(try AgeScale(lowerBounds: parsed.map(\.lowerBound))) } catch {
      return .failure(AgeComplaint(error.description))
    }
  }
}

/// Why a text is not an age of a scale.
struct AgeComplaint: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
