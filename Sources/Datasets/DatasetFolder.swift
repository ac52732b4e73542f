#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
public import Tables

/// The folder of data packages that the figures come from.
///
/// It is looked for in this order, and the first place that holds `areas/datapackage.json` is taken:
/// 1. the folder that the environment variable `POPHEALTH_DATASETS` names (no other place is tried then);
/// 2. `datasets` beside the program;
/// 3. `share/pophealth/datasets` of the prefix that the program is installed under (`PREFIX/bin/pophealth`);
/// 4. `datasets` of a checkout: in a parent of the program's folder, then in the working folder or a
///    parent of it.
public struct DatasetFolder: Sendable, Hashable {
  /// The folder's path.
  public let path: String

  /// A folder that is known to hold the packages.
  public init(path: String) { self.path = path }

  /// The folder found in the documented order.
  ///
  /// - Throws: `Problem` that names the places tried where none holds the packages.
  public static func standard() throws(Problem) -> DatasetFolder {
    let variable = getenv("POPHEALTH_DATASETS").map { String(cString: $0) }
    let candidates = candidates(
      variable: variable, program: programPath(), workingFolder: workingFolder())
    for candidate in candidates where isReadable(candidate + "/areas/datapackage.json") {
      return DatasetFolder(path: candidate)
    }
    throw Problem(
      file: variable ?? "datasets",
      message: "holds no data packages; expected areas/datapackage.json in one of: "
        + candidates.joined(separator: ", ")
        + " (set POPHEALTH_DATASETS to the folder that holds them)")
  }

  /// The places to look in, in order.
  static func candidates(variable: String?, program: String?, workingFolder: String?) -> [String] {
    if let variable, !variable.isEmpty { return [variable] }
    var result: [String] = []
    if let folder = program.flatMap(parent(of:)) {
      result.append(folder + "/datasets")
      if let prefix = parent(of: folder) { result.append(prefix + "/share/pophealth/datasets") }
      result += ancestors(of: folder).map { $0 + "/datasets" }
    }
    if let workingFolder {
      result += ([workingFolder] + ancestors(of: workingFolder)).map { $0 + "/datasets" }
    }
    var seen = Set<String>()
    return result.filter { seen.insert($0).inserted }
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

  private static func programPath() -> String? {
    #if os(Linux)
      realPath("/proc/self/exe")
    #else
      CommandLine.arguments.first.flatMap(realPath)
    #endif
  }

  private static func workingFolder() -> String? { realPath(".") }

  private static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The path of a file of a package.
  public func file(_ package: String, _ name: String) -> String { "\(path)/\(package)/\(name)" }
}
