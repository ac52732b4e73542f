import ArgumentParser
import Datasets
import Tables

/// `pophealth datasets show NAME`.
struct DatasetsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "What a package holds, where it comes from and what to know before using it.",
    discussion: """
      --format csv writes the figures themselves, --format json the package's description
      (datapackage.json), both byte by byte as they are shipped.
      """)

  @Argument(help: "The package.")
  var name: String

  @Option(help: ArgumentHelp("One file of a package that has several.", valueName: "name"))
  var resource: String?

  @OptionGroup var results: OutputOptions

  mutating func run() throws {
    let package = try Catalogue.found().named(name)
    let chosen = try chosenResources(of: package)
    switch results.format {
    case .table:
      let text = try checkingData { () throws(Problems) in try PackageText(package, chosen).text() }
      try results.write(text)
    case .json:
      let path = "\(package.folder)/datapackage.json"
      try results.write(try checkingData { () throws(Problem) in try FileBytes.read(path) })
    case .csv:
      guard let only = chosen.first, chosen.count == 1 else {
        throw CommandFailure.wrongCommand(
          "\(package.name) has several files; name one of them: "
            + package.resources.map { "--resource \($0.name)" }.joined(separator: ", "))
      }
      let path = package.path(of: only)
      try results.write(try checkingData { () throws(Problem) in try FileBytes.read(path) })
    }
  }

  private func chosenResources(of package: DataPackage) throws -> [DataPackage.Resource] {
    guard let resource else { return package.resources }
    if let found = package.resource(resource) { return [found] }
    let names = package.resources.map(\.name)
    let advice =
      NearestName.suggestion(for: resource, in: names) ?? "it has " + names.joined(separator: ", ")
    throw CommandFailure.wrongCommand("\(package.name) has no file \(quoted(resource)); \(advice)")
  }
}

/// A package's description for people.
struct PackageText {
  private let package: DataPackage
  private let resources: [DataPackage.Resource]

  init(_ package: DataPackage, _ resources: [DataPackage.Resource]) {
    self.package = package
    self.resources = resources
  }

  /// The whole text, in 80 columns.
  func text() throws(Problems) -> String {
    var text = paragraph(package.title) + "\n"
    if let description = package.description { text += paragraph(description) + "\n" }
    text += entry("name", package.name)
    if let version = package.version { text += entry("version", version) }
    if let vintage = package.vintage { text += entry("vintage", vintage) }
    if let series = package.series { text += entry("series", series.rawValue) }
    for licence in package.licences {
      text += entry("licence", [licence.name, licence.title].compactMap(\.self).joined(separator: ", "))
      if let path = licence.path { text += entry("", path) }
    }
    for source in package.sources {
      text += entry("source", source.title)
      if let path = source.path { text += entry("", path) }
    }
    text += entry("folder", package.folder)
    if !package.notes.isEmpty {
      text += "\nRead before use\n"
      for note in package.notes { text += paragraph(note, indent: 2, first: "- ") }
    }
    for resource in resources { text += "\n" + (try section(resource)) }
    return text
  }

  private func entry(_ key: String, _ value: String) -> String {
    let margin = 9
    return paragraph(
      value, indent: margin, first: key + String(repeating: " ", count: margin - key.count))
  }

  private func section(_ resource: DataPackage.Resource) throws(Problems) -> String {
    var text = resource.path
    if let rows = resource.rows { text += ": \(grouped(Double(rows))) rows" }
    if let bytes = resource.bytes { text += ", \(grouped(Double(bytes))) bytes" }
    text += "\n"
    if let description = resource.description { text += paragraph(description) }
    text += fields(resource.schema.fields) + "\n"
    return text + (try firstRows(resource))
  }

  /// The columns; a run of columns named by successive numbers is one line.
  private func fields(_ fields: [DataPackage.Field]) -> String {
    var lines: [(name: String, kind: String, about: String)] = []
    var index = 0
    while index < fields.count {
      let field = fields[index]
      var end = index + 1
      while end < fields.count, Self.continues(fields[end - 1], fields[end]) { end += 1 }
      if end - index < 3 { end = index + 1 }
      let kind = [field.type.rawValue, field.unit].compactMap(\.self).joined(separator: ", ")
      let name = end == index + 1 ? field.name : "\(field.name) … \(fields[end - 1].name)"
      let more = end == index + 1 ? "" : ", and so on (\(end - index) columns)"
      lines.append((name, kind, (field.description ?? "") + more))
      index = end
    }
    let nameWidth = lines.map(\.name.count).max() ?? 0
    let kindWidth = lines.map(\.kind.count).max() ?? 0
    return lines.map { line in
      let name = line.name + String(repeating: " ", count: nameWidth - line.name.count)
      let kind = line.kind + String(repeating: " ", count: kindWidth - line.kind.count)
      return paragraph(
        line.about, indent: nameWidth + kindWidth + 6, first: "  \(name)  \(kind)  ")
    }.joined()
  }

  private static func continues(_ field: DataPackage.Field, _ next: DataPackage.Field) -> Bool {
    guard let number = Int(field.name), let following = Int(next.name) else { return false }
    return following == number + 1 && field.type == next.type && field.unit == next.unit
  }

  /// The first five rows, with as many columns as 80 characters hold.
  private func firstRows(_ resource: DataPackage.Resource) throws(Problems) -> String {
    let table = try Table.read(csv: package.path(of: resource), others: .text)
    let rows = 0..<min(5, table.rowCount)
    var columns: [TextTable.Column] = []
    var cells = rows.map { _ in [String]() }
    var width = 0
    for field in resource.schema.fields {
      guard let text = table.text(field.name) else { continue }
      let values = rows.map { text[$0] }
      let wide = max(field.name.count, values.map(\.count).max() ?? 0)
      if !columns.isEmpty, width + 2 + wide > 80 { break }
      width += (columns.isEmpty ? 0 : 2) + wide
      columns.append(TextTable.Column(field.name, field.type == .string ? .left : .right))
      for row in rows { cells[row].append(values[row]) }
    }
    var preview = TextTable(columns: columns)
    for row in cells { preview.add(row) }
    let more = [
      table.rowCount > rows.count ? "\(grouped(Double(table.rowCount - rows.count))) more rows" : nil,
      resource.schema.fields.count > columns.count
        ? "\(resource.schema.fields.count - columns.count) more columns" : nil,
    ].compactMap(\.self)
    return preview.text() + (more.isEmpty ? "" : "… \(more.joined(separator: ", "))\n")
  }
}
