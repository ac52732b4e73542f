internal import Demography
internal import Tables

/// National mortality of past steps from the period life tables of England and Wales (three years each).
enum HistoricalMortality {
  /// q(x+½) by step on ages 0…W−1, W+, one area, for every step from `first` that the tables cover.
  ///
  /// The table of years c−1 to c+1 stands for mid-c; the step from mid-t to mid-t+1 takes the mean of the
  /// tables of t and t+1.
  ///
  /// - Parameters:
  ///   - openAge: the lowest age of the open group.
  ///   - openPeople: people of single ages 0…99, 100+ by sex, `[sex][age]`, the weights of the open group
  ///     in every step.
  static func rates(
    _ folder: DatasetFolder, from first: Int, openAge: Int, openPeople: [Double]
  ) throws(Problems) -> MortalityRates {
    let file = folder.file("life-tables-england-wales", "life-tables.csv")
    let table = try Table.read(
      csv: file,
      columns: [
        ColumnRequest("first_year", .integer), ColumnRequest("sex", .text),
        ColumnRequest("age", .integer), ColumnRequest("m", .number), ColumnRequest("q", .number),
      ], others: .skip)
    guard let starts = table.numbers("first_year"), let sexes = table.text("sex"),
      let ages = table.numbers("age"), let m = table.numbers("m"), let q = table.numbers("q")
    else { throw Problems(table.problem("is not a table of life tables")) }
    let n = AgeScale.singleYears(to: 100).count
    let centres = first...max(first, Int(starts.max() ?? 0) + 1)
    var probabilities = Array(repeating: Double.nan, count: centres.count * 2 * n)
    var open = Array(repeating: Double.nan, count: centres.count * 2)
    var problems = ProblemCollector()
    for row in 0..<table.rowCount {
      guard let sex = Sex(rawValue: sexes[row]) else {
        problems.add(table.problem(row: row, column: "sex", "sex \(quoted(sexes[row])); expected female or male"))
        continue
      }
      guard (0..<Double(n)).contains(ages[row]) else {
        problems.add(
          table.problem(row: row, column: "age", "age \(shortest(ages[row])); expected 0 to \(n - 1)"))
        continue
      }
      let year = Int(starts[row]) + 1
      guard centres.contains(year) else { continue }
      let block = (year - first) * 2 + sex.index
      probabilities[block * n + Int(ages[row])] = q[row]
      if Int(ages[row]) == n - 1 { open[block] = m[row] }
    }
    try problems.throwIfAny()
    let steps = first..<centres.upperBound
    let values = try inFile(file) { () throws(LifeTableError) in
      try stepMeans(probabilities, open: open, steps: steps.count)
    }
    return try inFile(file) { () throws(AssumptionError) in
      try MortalityRates(
        measure: .deathProbability, ages: .singleYears(to: 100), years: steps, areaCount: 1,
        values: values
      ).gatheringOpenGroup(at: openAge, weightedBy: steps.flatMap { _ in openPeople })
    }
  }

  /// The means of neighbouring tables, `[step][sex][origin]`.
  private static func stepMeans(
    _ probabilities: [Double], open: [Double], steps: Int
  ) throws(LifeTableError) -> [Double] {
    let scale = AgeScale.singleYears(to: 100)
    var byTable: [[Double]] = []
    for block in open.indices {
      let step = try LifeTable(
        deathProbabilities: Array(probabilities[(block * scale.count)..<((block + 1) * scale.count)]),
        openDeathRate: open[block], ages: scale, sex: Sex.allCases[block % 2]
      ).stepProbabilities()
      byTable.append([step.birth] + step.byAge)
    }
    var means: [Double] = []
    for block in 0..<(steps * 2) {
      // Blocks run [table][sex]: the same sex of the next table is two further on.
      means += zip(byTable[block], byTable[block + 2]).map { ($0 + $1) / 2 }
    }
    return means
  }
}
