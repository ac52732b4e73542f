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
    func refused(_ reason: String) -> Result<Int, AgeComplaint> {
      .failure(AgeComplaint("age \(quoted(text)); \(reason)", label: text))
    }
    guard let label = AgeLabel(text) else {
      return refused("expected completed years such as 7, or \(open) for the open group")
    }
    if let found = positions[label] { return .success(found) }
    if label.isOpen {
      return refused("the population's open group is \(open): rates must reach the same one")
    }
    if label.lowerBound >= ages.openAge {
      return refused("that lies in the population's open group \(open); expected \(open) itself")
    }
    return refused(
      ages.isSingleYear
        ? "the population has single years of age: expected one row a year, such as \(label.lowerBound)"
        : "the population has other age groups")
  }

  private var open: String { ages.label(at: ages.count - 1) }

  /// The scale that a set of labels makes, or why they make none.
  static func scale(of labels: [String]) -> Result<AgeScale, AgeComplaint> {
    var parsed: [(label: AgeLabel, text: String)] = []
    var seen = Set<AgeLabel>()
    for text in labels {
      guard let label = AgeLabel(text) else {
        return .failure(
          AgeComplaint("age \(quoted(text)); expected completed years such as 7, 5-9 or 90+", label: text))
      }
      // `7` and `07` are one age.
      if seen.insert(label).inserted { parsed.append((label, text)) }
    }
    parsed.sort {
      ($0.label.lowerBound, $0.label.upperBound ?? .max) < ($1.label.lowerBound, $1.label.upperBound ?? .max)
    }
    guard let first = parsed.first, let last = parsed.last else {
      return .failure(AgeComplaint("no ages", label: nil))
    }
    guard first.label.lowerBound == 0 else {
      return .failure(
        AgeComplaint("age \(quoted(first.text)) is the first one; expected ages from 0", label: first.text))
    }
    for (a, b) in zip(parsed, parsed.dropFirst()) {
      if let complaint = gap(between: a, and: b) {
        return .failure(AgeComplaint(complaint, label: b.text))
      }
    }
    guard last.label.isOpen else {
      return .failure(
        AgeComplaint(
          "age \(quoted(last.text)) is the last one; expected an open group, such as "
            + "\(last.label.lowerBound)+, at the end", label: last.text))
    }
    do { return .success(try AgeScale(lowerBounds: parsed.map(\.label.lowerBound))) } catch {
      return .failure(AgeComplaint(error.description, label: nil))
    }
  }

  private static func gap(
    between a: (label: AgeLabel, text: String), and b: (label: AgeLabel, text: String)
  ) -> String? {
    guard let upper = a.label.upperBound else {
      return "age \(quoted(b.text)) stands beside the open group \(a.text); expected one open group, the last"
    }
    let low = b.label.lowerBound
    if low > upper + 1 {
      let missing = low == upper + 2 ? "age \(upper + 1) is" : "ages \(upper + 1) to \(low - 1) are"
      return "age \(quoted(b.text)) follows \(quoted(a.text)): \(missing) missing"
    }
    return low <= upper
      ? "age \(quoted(b.text)) overlaps \(quoted(a.text)); expected age groups that follow each other" : nil
  }
}

/// Why a text is not an age of a scale.
struct AgeComplaint: Error {
  let message: String
  /// The label that the complaint is about, as it is written.
  let label: String?

  init(_ message: String, label: String?) {
    self.message = message
    self.label = label
  }
}
