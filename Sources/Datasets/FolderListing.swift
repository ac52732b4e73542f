#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Tables

/// The names in a folder.
enum FolderListing {
  /// The names of everything in a folder, in alphabetical order.
  static func files(in path: String) throws(Problems) -> [String] {
    guard let folder = opendir(path) else {
      let reason =
        switch errno {
        case ENOENT: "no such folder"
        case ENOTDIR: "is a file; expected a folder that holds population.csv"
        case EACCES: "may not be read"
        default: String(cString: strerror(errno))
        }
      throw Problems(Problem(file: path, message: reason))
    }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names.sorted()
  }
}
