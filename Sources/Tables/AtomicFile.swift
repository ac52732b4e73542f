#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that appear whole or not at all.
public enum AtomicFile {
  /// Writes `bytes` to the file at `path`, in place of what it held.
  ///
  /// The bytes go to a temporary file in the same folder, which is then renamed; on any failure it is
  /// removed, and the old file stays as it was. A symbolic link is followed. A new file gets the permissions
  /// 0644 less the umask, an old one keeps its own. What is not a regular file (a pipe, a terminal,
  /// `/dev/stdout`, `/dev/fd/N`) is written to directly.
  ///
  /// - Throws: ``Problem`` for a directory in place of the file, a missing folder, no permission, a full
  ///   device.
  public static func write(_ bytes: [UInt8], to path: String) throws(Problem) {
    do throws(SystemCalls.Refusal) {
      if let descriptor = openDescriptor(path) { return try SystemCalls.write(bytes, to: descriptor) }
      let target = resolved(path)
      let old: SystemCalls.Status?
      do throws(SystemCalls.Refusal) {
        old = try SystemCalls.status(of: target)
      } catch {
        guard error.number == ENOENT else { throw error }
        old = nil
      }
      switch old?.type {
      case .directory?: throw SystemCalls.Refusal(number: EISDIR)
      case .other?: try writeDirectly(bytes, to: target)
      case .regular?, nil: try replace(target, by: bytes, permissions: old?.permissions)
      }
    } catch {
      let folder = folder(of: path)
      let message =
        switch error.number {
        case ENOENT: "cannot be written: there is no folder \(quoted(folder))"
        case EISDIR: "cannot be written: it is a directory; expected a file"
        default: "cannot be written: \(error.reason)"
        }
      throw Problem(file: path, message: message)
    }
  }

  private static func replace(
    _ target: String, by bytes: [UInt8], permissions: UInt32?
  ) throws(SystemCalls.Refusal) {
    let folder = folder(of: target)
    let name = target.split(separator: "/").last.map(String.init) ?? ""
    guard !name.isEmpty, !target.hasSuffix("/") else { throw SystemCalls.Refusal(number: EISDIR) }
    let (temporary, descriptor) = try newFile("\(folder)/.\(name.prefix(100)).\(SystemCalls.processNumber)")
    do throws(SystemCalls.Refusal) {
      do throws(SystemCalls.Refusal) {
        if let permissions { try SystemCalls.setPermissions(permissions, of: descriptor) }
        try SystemCalls.write(bytes, to: descriptor)
      } catch {
        try? SystemCalls.close(descriptor)
        throw error
      }
      try SystemCalls.close(descriptor)
      try SystemCalls.rename(temporary, to: target)
    } catch {
      SystemCalls.remove(temporary)
      throw error
    }
  }

  /// A temporary file that did not exist before: threads that write side by side take the next free number.
  private static func newFile(_ stem: String) throws(SystemCalls.Refusal) -> (String, Int32) {
    var number = 1
    while true {
      do throws(SystemCalls.Refusal) {
        let path = "\(stem)-\(number).tmp"
        return (path, try SystemCalls.open(path, O_WRONLY | O_CREAT | O_EXCL, permissions: 0o644))
      } catch {
        guard error.number == EEXIST, number < 1_000 else { throw error }
        number += 1
      }
    }
  }

  private static func writeDirectly(_ bytes: [UInt8], to path: String) throws(SystemCalls.Refusal) {
    let descriptor = try SystemCalls.open(path, O_WRONLY)
    do throws(SystemCalls.Refusal) {
      try SystemCalls.write(bytes, to: descriptor)
    } catch {
      try? SystemCalls.close(descriptor)
      throw error
    }
    try SystemCalls.close(descriptor)
  }

  /// The descriptor that a path such as `/dev/stdout` names. Where the shell sends it to a file, replacing
  /// that file would lose what was written to it before.
  private static func openDescriptor(_ path: String) -> Int32? {
    switch path {
    case "/dev/stdout": return 1
    case "/dev/stderr": return 2
    default: return path.hasPrefix("/dev/fd/") ? Int32(path.dropFirst("/dev/fd/".count)) : nil
    }
  }

  /// The path that symbolic links lead to, whether there is a file yet or not.
  private static func resolved(_ path: String) -> String {
    var path = path
    // As many links as the system itself would follow.
    for _ in 0..<40 {
      guard let target = SystemCalls.linkTarget(path) else { return path }
      path = target.hasPrefix("/") ? target : folder(of: path) + "/" + target
    }
    return path
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
