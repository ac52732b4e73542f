import Tables

/// Gathers the levels of a factor over the chunks of the data.
struct FactorLearner: Sendable {
  let name: String
  let specification: FactorSpecification
  private var texts: Set<String> = []
  private var numbers: Set<Double> = []
  private var smallNumbers: [Bool] = []
  private var kind: Bool?

  /// Whether the source holds text.
  var isText: Bool { kind ?? false }

  init(_ specification: FactorSpecification, named name: String) {
    self.name = name
    self.specification = specification
  }

  /// Takes up the values in the complete rows.
  ///
  /// - Throws: Text where an earlier chunk has numbers, or the other way round.
  /// - Complexity: O(rows).
  mutating func add(_ values: FactorValues, _ complete: CompleteRows) throws(RegressionError) {
    if complete.count == 0 { return }
    let isText = if case .text = values.cells { true } else { false }
    guard kind == nil || kind == isText else {
      throw .data(["\(name) holds text in some chunks of the data and numbers in others"])
    }
    kind = isText
    switch values.cells {
    case .text(let text):
      var isUsed = [Bool](repeating: false, count: text.values.count)
      complete.forEach { isUsed[Int(text.codes[$0])] = true }
      for (value, isUsed) in zip(text.values, isUsed) where isUsed { texts.insert(value) }
    case .numbers(let values):
      if smallNumbers.isEmpty { smallNumbers = [Bool](repeating: false, count: 65_536) }
      var last = Double.nan
      complete.forEach { row in
        let value = values[row]
        if value == last { return }
        last = value
        if let small = NumberCodes.smallWhole(value) {
          smallNumbers[small] = true
        } else {
          numbers.insert(value)
        }
      }
    }
  }

  /// The factor with the levels that occur, and the listed levels that do not.
  ///
  /// - Throws: Fewer than two levels, a reference that does not occur.
  func learned() throws(RegressionError) -> (factor: LearnedFactor, unused: [String]) {
    var (levels, unused) = occurring()
    guard levels.count > 1 else {
      let found = levels.isEmpty ? "no level" : "one level, \(quoted(levels[0].label)),"
      throw .data(["\(name) has \(found) in the rows that are used; a factor needs two"])
    }
    if let reference = specification.reference {
      guard let index = levels.firstIndex(where: { $0.label == reference }) else {
        let advice =
          NearestName.suggestion(for: reference, in: levels.map(\.label))
          ?? "its first is \(quoted(levels[0].label))"
        throw .data(["\(name) has no level \(quoted(reference)); \(advice)"])
      }
      levels.insert(levels.remove(at: index), at: 0)
    }
    let factor = LearnedFactor(
      source: specification.source, levels: levels.map(\.label), numbers: isText ? nil : levels.map(\.number),
      contrast: specification.contrast ?? (specification.isOrdered ? .polynomial : .treatment))
    return (factor, unused)
  }

  private func occurring() -> (levels: [(label: String, number: Double)], unused: [String]) {
    let found: [(label: String, number: Double)]
    if isText {
      // R's order in the C locale: by the code points of the characters.
      found = texts.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }.map { ($0, .nan) }
    } else {
      let small = smallNumbers.indices.filter { smallNumbers[$0] }.map(Double.init)
      found = (numbers + small).sorted().map { (numberAsR($0), $0) }
    }
    guard let listed = specification.levels else { return (found, []) }
    let present = Dictionary(found.map { ($0.label, $0.number) }) { first, _ in first }
    return (
      listed.compactMap { label in present[label].map { (label, $0) } }, listed.filter { present[$0] == nil }
    )
  }
}
