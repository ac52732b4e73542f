public import Tables

/// The data packages in a folder of them.
public struct Catalogue: Sendable {
  /// A folder whose description cannot be read.
  public struct Unreadable: Sendable, Hashable {
    /// The folder's name.
    public let name: String
    /// What is wrong.
    public let problem: Problem
  }

  /// The packages whose description can be read, by the name of their folder.
  public let packages: [DataPackage]
  /// The folders that hold a `datapackage.json` that cannot be read.
  public let unreadable: [Unreadable]

  /// Reads `datapackage.json` of each folder in `folder`; what has none is passed over.
  ///
  /// - Throws: `Problems` when the folder itself cannot be listed.
  /// - Complexity: O(bytes of the descriptions); no figures are read.
  public init(of folder: DatasetFolder) throws(Problems) {
    var packages: [DataPackage] = []
    var unreadable: [Unreadable] = []
    for name in try FolderListing.files(in: folder.path) where !name.hasPrefix(".") {
      let path = "\(folder.path)/\(name)"
      guard (try? FolderListing.files(in: path))?.contains("datapackage.json") == true else { continue }
      do throws(Problem) {
        packages.append(try DataPackage.read(folder: path))
      } catch {
        unreadable.append(Unreadable(name: name, problem: error))
      }
    }
    self.packages = packages
    self.unreadable = unreadable
  }

  /// The names of the packages and of the folders that cannot be read, sorted.
  public var names: [String] { (packages.map(\.name) + unreadable.map(\.name)).sorted() }

  /// The package of that name.
  ///
  /// - Complexity: O(packages).
  public subscript(name: String) -> DataPackage? { packages.first { $0.name == name } }
}
