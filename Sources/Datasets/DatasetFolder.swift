public import Tables

/// The folder of data packages that the figures come from.
///
/// It is looked for in this order, and the first place that holds `areas/datapackage.json` is taken:
/// 1. the folder that the environment variable `POPHEALTH_DATASETS` names (no other place is tried then);
/// 2. `datasets` beside the program;
/// 3. `share/pophealth/datasets` of the prefix that the program is installed under (`PREFIX/bin/pophealth`);
/// 4. `datasets` of a checkout, which is known by the `Package.swift` beside it: in a parent of the program's
///    folder, then in the working folder or a parent of it.
public struct DatasetFolder: Sendable, Hashable {
  /// The folder's path.
  public let path: String

  /// A folder that is known to hold the packages.
  public init(path: String) { self.path = path }

  /// The folder found in the documented order.
  ///
  /// - Throws: `Problem` that names the places tried where none holds the packages.
  public static func standard() throws(Problem) -> DatasetFolder {
    let variable = FileSystem.variable("POPHEALTH_DATASETS")
    let candidates = candidates(
      variable: variable, program: FileSystem.programPath(), workingFolder: FileSystem.realPath("."))
    if let found = candidates.first(where: \.holdsPackages) { return DatasetFolder(path: found.path) }
    throw Problem(
      file: variable ?? "datasets",
      message: "holds no data packages; expected areas/datapackage.json in one of: "
        + candidates.map(\.path).joined(separator: ", ")
        + " (set POPHEALTH_DATASETS to the folder that holds them)")
  }

  /// A place where the packages may be.
  struct Candidate: Hashable {
    /// The folder of the packages.
    let path: String
    /// The `Package.swift` that tells a checkout from any other folder of that name; nil where the place itself
    /// says enough.
    let checkoutMark: String?

    init(_ path: String) {
      self.path = path
      checkoutMark = nil
    }

    init(checkout folder: String) {
      path = folder + "/datasets"
      checkoutMark = folder + "/Package.swift"
    }

    /// Whether the packages are there.
    var holdsPackages: Bool {
      FileSystem.isReadable(path + "/areas/datapackage.json") && (checkoutMark.map(FileSystem.isReadable) ?? true)
    }
  }

  /// The places to look in, in order.
  static func candidates(variable: String?, program: String?, workingFolder: String?) -> [Candidate] {
    if let variable, !variable.isEmpty { return [Candidate(variable)] }
    var result: [Candidate] = []
    if let folder = program.flatMap(parent(of:)) {
      result.append(Candidate(folder + "/datasets"))
      if let prefix = parent(of: folder) { result.append(Candidate(prefix + "/share/pophealth/datasets")) }
      result += ancestors(of: folder).map(Candidate.init(checkout:))
    }
    if let workingFolder {
      result += ([workingFolder] + ancestors(of: workingFolder)).map(Candidate.init(checkout:))
    }
    var seen = Set<String>()
    return result.filter { seen.insert($0.path).inserted }
  }

  private static func parent(of path: String) -> String? {
    guard let slash = path.lastIndex(of: "/") else { return nil }
    return slash == path.startIndex ? (path.count > 1 ? "" : nil) : String(path[..<slash])
  }

  private static func ancestors(of path: String) -> [String] {
    var result: [String] = []
    var current = path
    while let next = parent(of: current), next != current, !current.isEmpty {
      result.append(next)
      current = next
    }
    return result
  }

  /// The path of a file of a package.
  public func file(_ package: String, _ name: String) -> String { "\(path)/\(package)/\(name)" }
}
