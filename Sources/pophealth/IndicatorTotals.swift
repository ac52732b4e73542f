/// Finds the label that stands for the total of a column of groups.
enum IndicatorTotals {
  private static let words: Set<String> = [
    "total", "all", "persons", "people", "both", "both sexes", "overall", "all ages", "all areas", "all persons", "sum",
  ]

  /// The label that is called a total or whose counts are the sums of all other labels' counts; nil without one.
  ///
  /// - Parameters:
  ///   - members: the label of each row.
  ///   - others: the labels of each row in the other columns.
  ///   - counts: the count of each row.
  static func total(of members: [String], others: [[String]], counts: [Double]) -> String? {
    let distinct = Set(members)
    guard distinct.count > 2 || distinct.contains(where: isTotal) else { return nil }
    if let named = distinct.sorted().first(where: isTotal) { return named }
    var sums: [[String]: (sum: Double, rows: Int)] = [:]
    for (other, count) in zip(others, counts) {
      sums[other, default: (0, 0)].sum += count
      sums[other, default: (0, 0)].rows += 1
    }
    var isSum: [String: Bool] = [:]
    for row in members.indices {
      guard let (sum, rows) = sums[others[row]], isSum[members[row]] != false else { continue }
      // The sum holds the total itself once and its parts once.
      isSum[members[row]] = rows > 2 && sum > 0 && counts[row] * 2 == sum
    }
    return isSum.filter(\.value).keys.sorted().first
  }

  private static func isTotal(_ label: String) -> Bool { words.contains(label.lowercased()) }
}
