#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The operating system's calls that this module needs, with pointers kept inside this file. Each answers
/// with the error number where the system refuses.
enum SystemCalls {
  struct Refusal: Error {
    let number: Int32

    static var latest: Refusal { Refusal(number: errno) }

    /// The reason as a sentence's end: "no such file", "permission denied" …
    var reason: String {
      switch number {
      case ENOENT: "no such file"
      case EACCES, EPERM: "permission denied"
      case EISDIR: "is a directory"
      case ENOTDIR: "a part of the path is not a folder"
      case ENOSPC: "no space left on the device"
      case EROFS: "the file system is read-only"
      default: String(cString: strerror(number))
      }
    }
  }

  enum FileType { case regular, directory, other }

  struct Status {
    let type: FileType
    let size: Int
    let permissions: UInt32

    /// When the content was last changed, in nanoseconds since 1970.
    let changed: Int
  }

  /// The kind, size and permission bits of what a path leads to, links followed.
  static func status(of path: String) throws(Refusal) -> Status {
    var record = stat()
    guard stat(path, &record) == 0 else { throw .latest }
    return status(record)
  }

  /// The kind, size and permission bits of an open file.
  static func status(of descriptor: Int32) throws(Refusal) -> Status {
    var record = stat()
    guard fstat(descriptor, &record) == 0 else { throw .latest }
    return status(record)
  }

  private static func status(_ record: stat) -> Status {
    let type: FileType =
      switch record.st_mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      default: .other
      }
    #if canImport(Darwin)
      let changed = record.st_mtimespec
    #else
      let changed = record.st_mtim
    #endif
    return Status(
      type: type, size: Int(record.st_size), permissions: UInt32(record.st_mode & 0o777),
      changed: Int(changed.tv_sec) * 1_000_000_000 + Int(changed.tv_nsec))
  }

  static func open(_ path: String, _ flags: Int32, permissions: UInt32 = 0) throws(Refusal) -> Int32 {
    #if canImport(Glibc)
      let descriptor = Glibc.open(path, flags | O_CLOEXEC, mode_t(permissions))
    #elseif canImport(Musl)
      let descriptor = Musl.open(path, flags | O_CLOEXEC, mode_t(permissions))
    #else
      let descriptor = Darwin.open(path, flags | O_CLOEXEC, mode_t(permissions))
    #endif
    guard descriptor >= 0 else { throw .latest }
    return descriptor
  }

  static func close(_ descriptor: Int32) throws(Refusal) {
    #if canImport(Glibc)
      let result = Glibc.close(descriptor)
    #elseif canImport(Musl)
      let result = Musl.close(descriptor)
    #else
      let result = Darwin.close(descriptor)
    #endif
    guard result == 0 else { throw .latest }
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Refusal) {
    let failure: Refusal? = bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        #elseif canImport(Musl)
          let count = Musl.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        #else
          let count = Darwin.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        #endif
        if count < 0 {
          if errno == EINTR { continue }
          return .latest
        }
        rest = rest.dropFirst(count)
      }
      return nil
    }
    if let failure { throw failure }
  }

  /// Everything that can be read from a pipe, terminal or other file that cannot be mapped.
  static func readToEnd(_ descriptor: Int32) throws(Refusal) -> [UInt8] {
    var all: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &block, block.count)
      if count < 0 {
        if errno == EINTR { continue }
        throw .latest
      }
      if count == 0 { return all }
      all.append(contentsOf: block[..<count])
    }
  }

  /// Reads up to `count` bytes from `offset` on to the beginning of `buffer`, which has room for them.
  ///
  /// - Returns: How many there were: fewer only where the file ends.
  static func readPart(
    of descriptor: Int32, from offset: Int, count: Int, into buffer: inout [UInt8]
  ) throws(Refusal) -> Int {
    precondition(count <= buffer.count, "a buffer that is too small")
    var done = 0
    while done < count {
      let step = buffer.withUnsafeMutableBytes { bytes in
        pread(descriptor, bytes.baseAddress.map { $0 + done }, count - done, off_t(offset + done))
      }
      if step < 0 {
        if errno == EINTR { continue }
        throw .latest
      }
      if step == 0 { break }
      done += step
    }
    return done
  }

  /// Maps a file of `size` bytes for reading; the caller unmaps it.
  static func map(_ descriptor: Int32, size: Int) throws(Refusal) -> UnsafeRawBufferPointer {
    let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address, address != MAP_FAILED else { throw .latest }
    // Advice only: where it is not taken the file is merely read more slowly.
    _ = madvise(address, size, MADV_SEQUENTIAL)
    return UnsafeRawBufferPointer(start: address, count: size)
  }

  /// Asks for large pages for the room of an array that will be filled: every page that is touched first costs
  /// a fault, and large ones are 512 times fewer. Advice only: where it is not taken nothing else changes.
  static func adviseLargePages<Element>(for array: inout [Element]) {
    #if os(Linux)
      let pageSize = 4096
      let size = array.capacity * MemoryLayout<Element>.stride
      if size < 1 << 22 { return }
      array.withUnsafeMutableBytes { bytes in
        guard let start = bytes.baseAddress else { return }
        let first = start.alignedUp(toMultipleOf: pageSize)
        _ = madvise(first, (size - (first - start)) / pageSize * pageSize, MADV_HUGEPAGE)
      }
    #endif
  }

  static func unmap(_ mapping: UnsafeRawBufferPointer) {
    munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count)
  }

  static func rename(_ from: String, to: String) throws(Refusal) {
    #if canImport(Glibc)
      let result = Glibc.rename(from, to)
    #elseif canImport(Musl)
      let result = Musl.rename(from, to)
    #else
      let result = Darwin.rename(from, to)
    #endif
    guard result == 0 else { throw .latest }
  }

  /// Removes a file; that it is already gone is no concern of the only caller, which tidies up after a
  /// failure.
  static func remove(_ path: String) { unlink(path) }

  /// Sets the permission bits of an open file.
  static func setPermissions(_ permissions: UInt32, of descriptor: Int32) throws(Refusal) {
    guard fchmod(descriptor, mode_t(permissions)) == 0 else { throw .latest }
  }

  /// Where a symbolic link points, or nil when the path is no link.
  static func linkTarget(_ path: String) -> String? {
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let count = target.withUnsafeMutableBytes { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        characters.baseAddress.map { readlink(path, $0, characters.count) } ?? -1
      }
    }
    guard count >= 0 else { return nil }
    return String(decoding: target[..<count], as: UTF8.self)
  }

  /// A number that no other running process has.
  static var processNumber: Int32 { getpid() }
}
