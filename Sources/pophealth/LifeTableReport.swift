#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Demography
import Probability
import Tables

/// Life tables as `pophealth lifetable` writes them.
struct LifeTableReport {
  let tables: [LifeTableRows]
  let method: LifeTableCommand.Method
  let confidence: Double
  let input: String
  let hasArea: Bool
  let hasSex: Bool
  let notes: [String]

  private var hasLimits: Bool { method == .chiangII }

  /// Every column that applies, at full precision.
  var table: Table {
    var columns: [Table.Column] = []
    func repeated(_ value: (LifeTableRows) -> String?) -> [String] {
      tables.flatMap { table in Array(repeating: value(table) ?? "", count: table.ages.count) }
    }
    if hasArea { columns.append(Table.Column("area", text: repeated { $0.area })) }
    if hasSex { columns.append(Table.Column("sex", text: repeated { $0.sex })) }
    columns.append(Table.Column("age", text: tables.flatMap(\.ages.labels)))
    for (index, name) in LifeTableRows.columnNames.enumerated() {
      columns.append(Table.Column(name, numbers: tables.flatMap { $0.columns[index] }))
    }
    columns.append(Table.Column("e", numbers: tables.flatMap(\.expectancy)))
    if hasLimits {
      columns.append(Table.Column("e_lower", numbers: tables.flatMap(\.lower)))
      columns.append(Table.Column("e_upper", numbers: tables.flatMap(\.upper)))
    }
    columns.append(Table.Column("status", text: tables.flatMap { $0.status.map(\.rawValue) }))
    return Table(columns, named: "life table")
  }

  /// The table with where it came from.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.provenance { json in
        json.member("method", method.rawValue)
        json.key("confidence")
        if hasLimits { json.number(confidence) } else { json.null() }
        json.member("radix", 100_000)
        json.member("input", input)
        json.member("input_sha256", digest)
      }
      json.key("rows")
      json.rows(of: table)
      json.key("notes")
      json.array { json in for note in notes { json.string(note) } }
    }
    return json.bytes
  }

  /// The input's SHA-256; nil for a pipe, whose bytes are gone once they are read.
  private var digest: String? {
    var record = stat()
    guard stat(input, &record) == 0, record.st_mode & S_IFMT == S_IFREG else { return nil }
    return try? SHA256.hex(ofFile: input)
  }

  /// Tables for people, one an area and sex.
  var text: String {
    tables.map { table in
      let name = [table.area, table.sex].compactMap(\.self).joined(separator: ", ")
      let heading = name.isEmpty ? "" : name + "\n"
      return heading + (hasLimits ? limits(of: table) + "\n" : "") + columns(of: table)
        + status(of: table)
    }.joined(separator: "\n")
  }

  private func limits(of table: LifeTableRows) -> String {
    let percent = shortest((confidence * 1000).rounded() / 10)
    var text = TextTable(columns: [
      TextTable.Column("age"), TextTable.Column("life expectancy", .right),
      TextTable.Column("\(percent)% lower", .right), TextTable.Column("upper", .right),
      TextTable.Column("status"),
    ])
    for (x, label) in table.ages.labels.enumerated() {
      text.add([
        label, fixed(table.expectancy[x], decimals: 2), fixed(table.lower[x], decimals: 2),
        fixed(table.upper[x], decimals: 2), table.status[x].rawValue,
      ])
    }
    return text.text()
  }

  private func columns(of table: LifeTableRows) -> String {
    let names = LifeTableRows.columnNames + (hasLimits ? [] : ["e"])
    var text = TextTable(columns: [TextTable.Column("age")] + names.map { TextTable.Column($0, .right) })
    for (x, label) in table.ages.labels.enumerated() {
      let c = table.columns.map { $0[x] }
      let people = c[3...].map { grouped($0) }
      text.add(
        [label, fixed(c[0], decimals: 6), fixed(c[1], decimals: 6), fixed(c[2], decimals: 2)] + people
          + (hasLimits ? [] : [fixed(table.expectancy[x], decimals: 2)]))
    }
    return text.text()
  }

  /// The status of a table without limits, whose columns leave no room for it.
  private func status(of table: LifeTableRows) -> String {
    guard !hasLimits, let first = table.status.first else { return "" }
    return "status: \(first.rawValue)\n"
  }
}
