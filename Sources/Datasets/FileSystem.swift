#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import Tables

/// What is asked of the file system and of the process: every call into the C library stands here.
enum FileSystem {
  /// The names of everything in a folder, in alphabetical order.
  static func names(in path: String) throws(Problems) -> [String] {
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

  /// Whether there is a file or folder that may be read.
  static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

  /// The bytes of a file; nil where there is none.
  static func size(ofFile path: String) -> Int? {
    var record = stat()
    return stat(path, &record) == 0 ? Int(record.st_size) : nil
  }

  /// The path without links and dots; nil where there is no such file.
  static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// The path of the running program.
  static func programPath() -> String? {
    #if os(Linux)
      realPath("/proc/self/exe")
    #else
      CommandLine.arguments.first.flatMap(realPath)
    #endif
  }

  /// The value of an environment variable.
  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
