import Tables

/// The periods of a column and their order in time.
struct IndicatorPeriods {
  /// The periods as the file has them.
  let labels: IndicatorLabels
  /// Why the order is that of the file; nil where the periods tell it.
  let note: String?
  /// The place of each distinct period in time.
  fileprivate let ranks: [Int]

  /// Numbers are in their order, and so is everything that begins with a year of four digits (2019/20, 2023-04) or is
  /// a day such as 01/04/2023. Other periods are in the order of the file.
  init(_ labels: IndicatorLabels, column: String) {
    self.labels = labels
    let values = labels.values
    let numbers = values.compactMap { Double($0) }
    let days = values.compactMap(Self.day)
    let order: [Int]
    if numbers.count == values.count, numbers.allSatisfy(\.isFinite) {
      order = values.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
      note = nil
    } else if days.count == values.count {
      order = values.indices.sorted { (days[$0], $0) < (days[$1], $1) }
      note = nil
    } else if values.allSatisfy({ Self.year($0) != nil }) {
      order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
      note = nil
    } else {
      order = Array(values.indices)
      note = "the periods in \(quoted(column)) are taken in the order in which the file first has them"
    }
    var ranks = [Int](repeating: 0, count: values.count)
    for (rank, code) in order.enumerated() { ranks[code] = rank }
    self.ranks = ranks
  }

  /// Rows in the order of their periods.
  func sorted(_ rows: [Int]) -> [Int] {
    rows.sorted { (ranks[Int(labels.codes[$0])], $0) < (ranks[Int(labels.codes[$1])], $1) }
  }

  /// The period that more than one of the rows have, the first in time.
  func repeated(in sortedRows: [Int]) -> String? {
    zip(sortedRows, sortedRows.dropFirst()).first { labels.codes[$0] == labels.codes[$1] }.map { labels[$0.0] }
  }

  /// The year with which a period begins; nil without four digits.
  static func year(_ label: String) -> Int? {
    let digits = label.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return digits.count == 4 ? Int(label.prefix(4)) : nil
  }

  /// A day written 1/4/2023 or 01/04/2023 as a number that grows with time.
  private static func day(_ label: String) -> Int? {
    let parts = label.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let day = parts[0], let month = parts[1], let year = parts[2], (1...31).contains(day),
      (1...12).contains(month), (1000...9999).contains(year)
    else { return nil }
    return (year * 100 + month) * 100 + day
  }
}

extension IndicatorPeriods {
  /// The time of each row: the year or number that its period is or begins with, otherwise its place.
  ///
  /// - Parameter asYears: Whether only years and numbers will do.
  func times(asYears: Bool) throws -> [Double] {
    let values = labels.values
    let numbers = values.map { Double($0) ?? Self.year($0).map(Double.init) }
    let years = numbers.compactMap(\.self)
    // Two periods of one year, such as 2023-04 and 2023-05, are told apart by their places alone.
    let areYears = years.count == values.count && Set(years).count == values.count && years.allSatisfy(\.isFinite)
    if asYears, !areYears {
      let odd = zip(values, numbers).first { $1 == nil }?.0
      throw CommandFailure.wrongCommand(
        "--time years: "
          + (odd.map { "period \(quoted($0)) does not begin with a year" } ?? "several periods are in one year"))
    }
    let times = areYears ? years : ranks.map(Double.init)
    return labels.codes.map { times[Int($0)] }
  }
}
