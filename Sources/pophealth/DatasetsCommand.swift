import ArgumentParser
import Datasets
import Tables

/// `pophealth datasets`: the official figures that the program ships.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "The data packages behind the figures: list, show and verify them.",
    discussion: """
      The packages are looked for where POPHEALTH_DATASETS points, else in datasets beside the
      program, in share/pophealth/datasets of its prefix, and in a checkout.
      """,
    subcommands: [DatasetsList.self, DatasetsShow.self, DatasetsVerify.self, DatasetsFit.self],
    defaultSubcommand: DatasetsList.self)
}

extension Catalogue {
  /// The packages that the program finds.
  static func found() throws -> Catalogue {
    let folder = try checkingData { () throws(Problem) in try DatasetFolder.standard() }
    return try checkingData { () throws(Problems) in try Catalogue(of: folder) }
  }

  /// The package of that name; a wrong command when there is none.
  func named(_ name: String) throws -> DataPackage {
    if let package = self[name] { return package }
    try requireName(name)
    let problem = unreadable.first { $0.name == name }?.problem.description
    throw CommandFailure.wrongData(problem ?? "\(name): cannot be read")
  }

  /// Refuses a name that no package has.
  func requireName(_ name: String) throws {
    guard !names.contains(name) else { return }
    let advice =
      NearestName.suggestion(for: name, in: names)
      ?? "the packages are " + names.joined(separator: ", ")
    throw CommandFailure.wrongCommand("no data package \(quoted(name)); \(advice)")
  }
}

extension DataPackage {
  /// The short names of the licences.
  var licenceNames: String { licences.map(\.name).joined(separator: "; ") }

  /// Rows of all resources together.
  var rowCount: Int { resources.reduce(0) { $0 + ($1.rows ?? 0) } }

  /// Bytes of all resources together.
  var byteCount: Int { resources.reduce(0) { $0 + ($1.bytes ?? 0) } }
}

/// `pophealth datasets list`.
struct DatasetsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Name, title, vintage, rows and licence of each package.")

  @OptionGroup var results: OutputOptions

  mutating func run() throws {
    let catalogue = try Catalogue.found()
    let packages = catalogue.packages
    switch results.format {
    case .table: try results.write(Self.text(packages))
    case .csv: try results.write(CSVWriter.bytes(Self.table(packages)))
    case .json: try results.write(JSONWriter.bytes(Self.table(packages)))
    }
    for unreadable in catalogue.unreadable { StandardError.note(unreadable.problem.description) }
  }

  /// One row a package.
  static func table(_ packages: [DataPackage]) -> Table {
    Table([
      Table.Column("name", text: packages.map(\.name)),
      Table.Column("title", text: packages.map(\.title)),
      Table.Column("series", text: packages.map { $0.series?.rawValue ?? "" }),
      Table.Column("vintage", text: packages.map { $0.vintage ?? "" }),
      Table.Column("licence", text: packages.map(\.licenceNames)),
      Table.Column("rows", integers: packages.map(\.rowCount)),
      Table.Column("bytes", integers: packages.map(\.byteCount)),
    ])
  }

  /// A line of figures a package, and title and vintage below it, in 80 columns.
  static func text(_ packages: [DataPackage]) -> String {
    var table = TextTable(columns: [
      TextTable.Column("name"), TextTable.Column("rows", .right), TextTable.Column("series"),
      TextTable.Column("licence"),
    ])
    for package in packages {
      table.add([
        package.name, grouped(Double(package.rowCount)), package.series?.rawValue ?? "",
        package.licenceNames,
      ])
    }
    let lines = table.text().split(separator: "\n").map(String.init)
    var text = lines.prefix(2).map { $0 + "\n" }.joined()
    for (package, line) in zip(packages, lines.dropFirst(2)) {
      text += line + "\n" + paragraph(package.title, indent: 2)
      if let vintage = package.vintage { text += paragraph(vintage, indent: 2) }
    }
    return text
  }
}
