import Tables

extension Peers {
  /// Reads a CSV file whole and tells sums of its columns: numbers added up, the rows of the first sex, the areas.
  static func readTable(_ file: String, threads: Int, repeats: Int) throws {
    let (measured, table) = try Measured.timing(repeats: repeats) {
      try Table.read(csv: file, others: .infer, threads: threads)
    }
    var more = ["rows": Double(table.rowCount)]
    for name in ["id", "deaths", "rate", "person_years"] {
      more[name] = table.numbers(name)?.reduce(0, +) ?? .nan
    }
    guard let sexes = table.text("sex"), let areas = table.text("area") else { complain("no columns sex and area") }
    let female = sexes.values.firstIndex(of: "female").map(Int32.init) ?? -1
    more["female"] = Double(sexes.codes.count { $0 == female })
    more["areas"] = Double(Set(areas.codes).count)
    try Outcome(part: "tables", name: "read", threads: threads, measured: measured, more: more).report()
  }
}
