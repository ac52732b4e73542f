public import Tables

/// The data packages in a folder of them.
public struct Catalogue: Sendable {
  /// A package that is missing, or a folder whose description cannot be read.
  public struct Unreadable: Sendable, Hashable {
    /// The folder's name.
    public let name: String
    /// What is wrong.
    public let problem: Problem
  }

  /// The file that names the packages which belong to a folder: CSV with the column `package`.
  public static let listName = "packages.csv"

  /// The packages whose description can be read, by the name of their folder.
  public let packages: [DataPackage]
  /// The folders that hold a `datapackage.json` that cannot be read, and the packages that ``listName`` names
  /// but that are not there.
  public let unreadable: [Unreadable]

  /// Reads `datapackage.json` of each folder in `folder`; what has none is passed over.
  ///
  /// Where the folder holds ``listName``, every package named there must be among them; a folder without it (of a
  /// user's own packages) is taken as it is.
  ///
  /// - Throws: `Problems` when the folder itself cannot be listed, or its list of packages cannot be read.
  /// - Complexity: O(bytes of the descriptions); no figures are read.
  public init(of folder: DatasetFolder) throws(Problems) {
    var packages: [DataPackage] = []
    var unreadable: [Unreadable] = []
    let names = try FileSystem.names(in: folder.path)
    for name in names where !name.hasPrefix(".") {
      let path = "\(folder.path)/\(name)"
      guard (try? FileSystem.names(in: path))?.contains("datapackage.json") == true else { continue }
      do throws(Problem) {
        packages.append(try DataPackage.read(folder: path))
      } catch {
        unreadable.append(Unreadable(name: name, problem: error))
      }
    }
    if names.contains(Self.listName) {
      let found = Set(packages.map { $0.folder.dropFirst(folder.path.count + 1) } + unreadable.map { $0.name[...] })
      unreadable += try Self.missing(from: found, list: "\(folder.path)/\(Self.listName)")
    }
    self.packages = packages
    self.unreadable = unreadable
  }

  /// The packages of a list that are not among those found.
  private static func missing(from found: Set<Substring>, list: String) throws(Problems) -> [Unreadable] {
    let table = try Table.read(csv: list, columns: [ColumnRequest("package", .text)], others: .skip)
    guard let names = table.text("package") else { return [] }
    return (0..<table.rowCount).filter { !found.contains(names[$0][...]) }.map { row in
      Unreadable(
        name: names[row],
        problem: table.problem(
          row: row, column: "package", "package \(quoted(names[row])) is not there; expected its datapackage.json"))
    }
  }

  /// The names of the packages and of the folders that cannot be read, sorted.
  public var names: [String] { (packages.map(\.name) + unreadable.map(\.name)).sorted() }

  /// The package of that name.
  ///
  /// - Complexity: O(packages).
  public subscript(name: String) -> DataPackage? { packages.first { $0.name == name } }
}
