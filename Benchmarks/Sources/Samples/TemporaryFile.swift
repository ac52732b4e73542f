import FoundationEssentials
import Tables

/// A file that goes when its last user does.
package final class TemporaryFile: Sendable {
  package let path: String

  package init(_ bytes: [UInt8]) throws {
    path = FileManager.default.temporaryDirectory.path + "/benchmark-\(UUID().uuidString).csv"
    try AtomicFile.write(bytes, to: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
