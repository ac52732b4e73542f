internal import Tables

/// Differences against a tolerance, and the greatest of them.
private struct Differences {
  let tolerance: Double
  private(set) var worst = 0.0
  var problems: [Problem] = []

  init(tolerance: Double) { self.tolerance = tolerance }

  /// Takes in found − expected; true where it is too great.
  mutating func exceeds(_ found: Double, _ expected: Double) -> Bool {
    let difference = (found - expected).magnitude
    // Figures with decimals add up only to rounding: 1e-12 of the size is a hundred times that of the sum.
    let rounding = 1e-12 * max(found.magnitude, expected.magnitude)
    if difference > rounding { worst = max(worst, difference) }
    return !(difference <= tolerance + rounding)
  }
}

extension Table {
  /// `sum-of-parts`: the parts add up to the total in each combination of the other key columns.
  func verifySum(
    _ check: DataCheck.SumOfParts, key: [String], _ report: inout VerificationReport
  ) {
    let others = key.filter { $0 != check.column }
    let groups = RowGroups(of: self, by: others)
    let codes = RowGroups(of: self, by: [check.column])
    let names = codes.firstRows.map { cellText(check.column, row: $0) }
    let parts = check.parts.map(Set.init)
    let isTotal = names.map { $0 == check.total }
    let isPart = names.map { name in name != check.total && (parts?.contains(name) ?? true) }
    var totals = [Int](repeating: -1, count: groups.count)
    var counts = [Int](repeating: 0, count: groups.count)
    var partRows: [Int] = []
    for row in 0..<rowCount {
      if isTotal[codes.ids[row]] { totals[groups.ids[row]] = row }
      guard isPart[codes.ids[row]] else { continue }
      partRows.append(row)
      counts[groups.ids[row]] += 1
    }
    var differences = Differences(tolerance: check.tolerance)
    // Where every other value is a part, each group must have as many as the fullest one.
    let expected = parts?.count ?? counts.max() ?? 0
    for (id, first) in groups.firstRows.enumerated() {
      if totals[id] < 0 {
        differences.problems.append(
          problem(row: first, column: check.column, "\(named(others, first))no row of the total \(check.total)"))
      } else if counts[id] != expected {
        differences.problems.append(
          problem(
            row: totals[id], column: check.column,
            "\(named(others, first))\(counts[id]) parts of \(check.total); expected \(expected)"))
      }
    }
    for measure in check.measures {
      guard let numbers = numbers(measure) else {
        differences.problems.append(problem("\(measure) is no column of numbers"))
        continue
      }
      var sums = [Double](repeating: 0, count: groups.count)
      for row in partRows { sums[groups.ids[row]] += numbers[row] }
      for (id, total) in totals.enumerated() where total >= 0 && counts[id] == expected {
        guard !numbers[total].isNaN, differences.exceeds(sums[id], numbers[total]) else { continue }
        differences.problems.append(
          problem(
            row: total, column: measure,
            "\(named(others, total))parts of \(check.total) add up to \(plainNumber(sums[id])) in \(measure), "
              + "the total is \(plainNumber(numbers[total])); tolerance \(plainNumber(check.tolerance))"))
      }
    }
    report.add(
      "sum-of-parts", "\(expected) parts of \(check.total), \(check.measures.count) columns",
      differences.problems, worst: differences.worst, tolerance: check.tolerance)
  }

  /// `identity`: each figure follows from the one before and the terms between.
  func verifyIdentity(_ check: DataCheck.Identity, _ report: inout VerificationReport) {
    guard let result = numbers(check.result), let order = numbers(check.order) else {
      report.fail("identity", problem("\(check.result) or \(check.order) is no column of numbers"))
      return
    }
    // A term that were left out because it is text would let the rest pass uncompared.
    let words = ([check.previous].compactMap(\.self) + check.terms.map(\.column)).filter { numbers($0) == nil }
    guard words.isEmpty else {
      report.fail("identity", problem("\(words.joined(separator: ", ")) is no column of numbers"))
      return
    }
    let previous = check.previous.flatMap { numbers($0) }
    let terms = check.terms.compactMap { term in numbers(term.column).map { ($0, term.factor) } }
    var differences = Differences(tolerance: check.tolerance)
    let groups = rowsByGroup(check.by)
    for rows in groups {
      let sorted = rows.sorted { (order[$0], $0) < (order[$1], $1) }
      for (position, row) in sorted.enumerated() {
        var expected = 0.0
        if let previous {
          guard position > 0 else { continue }
          let before = sorted[position - 1]
          guard order[row] == order[before] + 1 else {
            differences.problems.append(
              problem(
                row: row, column: check.order,
                "\(named(check.by, row))no row of the \(check.order) before \(plainNumber(order[row])), from which "
                  + "\(check.result) follows"))
            continue
          }
          expected = previous[before]
        }
        for (numbers, factor) in terms { expected += factor * numbers[row] }
        guard differences.exceeds(result[row], expected) else { continue }
        differences.problems.append(
          problem(
            row: row, column: check.result,
            "\(named(check.by, row))\(check.result) is \(plainNumber(result[row])); \(check.order) before and terms "
              + "make \(expected.isNaN ? "nothing, for one is missing" : plainNumber(expected))"))
      }
    }
    report.add(
      "identity", "\(check.result) in \(groups.count) groups", differences.problems,
      worst: differences.worst, tolerance: check.tolerance)
  }

  /// `matches`: rows of the same key in another table hold the same figures.
  func verifyMatch(_ check: DataCheck.Match, _ other: Table, _ report: inout VerificationReport) {
    let missing = (check.on + check.measures).filter { other.column($0) == nil }
    guard missing.isEmpty else {
      report.fail("matches", other.problem("has no column \(missing.joined(separator: ", "))"))
      return
    }
    // Both tables as one, so that equal keys have equal numbers.
    let keys = check.on.map { name -> RowGroups.Codes in
      var known: [String: Int] = [:]
      let values = [self, other].flatMap { table in
        let cells = RowGroups(of: table, by: [name])
        let codes = cells.firstRows.map { row in
          let text = table.cellText(name, row: row)
          let code = known[text] ?? known.count
          known[text] = code
          return code
        }
        return cells.ids.map { codes[$0] }
      }
      return RowGroups.Codes(values: values, limit: max(1, known.count))
    }
    let groups = RowGroups(keys, rowCount: rowCount + other.rowCount)
    var rowInOther = [Int](repeating: -1, count: groups.count)
    for row in 0..<other.rowCount { rowInOther[groups.ids[rowCount + row]] = row }
    let pairs = (0..<rowCount).compactMap { row in
      let match = rowInOther[groups.ids[row]]
      return match < 0 ? nil : (own: row, other: match)
    }
    var differences = Differences(tolerance: check.tolerance)
    if pairs.isEmpty { differences.problems.append(problem("no row has its like in \(other.file)")) }
    for measure in check.measures {
      let own = numbers(measure)
      let others = other.numbers(measure)
      if (own == nil) != (others == nil) {
        differences.problems.append(
          problem("\(measure) is a column of \(own == nil ? "text" : "numbers"); in \(other.file) it is not"))
        continue
      }
      for pair in pairs {
        if let own, let others {
          let (left, right) = (own[pair.own], others[pair.other])
          if left == right || left.isNaN && right.isNaN || !differences.exceeds(left, right) { continue }
        } else if cellText(measure, row: pair.own) == other.cellText(measure, row: pair.other) {
          continue
        }
        differences.problems.append(
          problem(
            row: pair.own, column: measure,
            "\(named(check.on, pair.own))\(measure) is \(shown(measure, pair.own)); "
              + "\(other.file):\(other.line(ofRow: pair.other)) has \(other.shown(measure, pair.other))"))
      }
    }
    report.add(
      "matches", "\(pairs.count) of \(rowCount) rows with \(check.package)", differences.problems,
      worst: differences.worst, tolerance: check.tolerance)
  }

  /// A cell in a message: a number as it is, text in quotation marks.
  private func shown(_ name: String, _ row: Int) -> String {
    let text = cellText(name, row: row)
    return numbers(name) == nil ? quoted(text) : text
  }
}
