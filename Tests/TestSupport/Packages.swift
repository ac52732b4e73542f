import Foundation

/// The data packages of the checkout, and copies of some in which a test can plant faults.
public struct Packages: Sendable {
  /// The folder `datasets` of the checkout.
  public static let shipped = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("datasets").path

  /// The folder of the copies.
  public let folder: TemporaryFolder

  /// Copies packages; `areas` always, because it marks a folder of packages.
  public init(copying names: String...) throws {
    folder = try TemporaryFolder()
    for name in Set(names + ["areas"]) { try folder.copy("\(Self.shipped)/\(name)", as: name) }
  }

  /// Changes the lines of a file; line n is element n − 1.
  public func edit(_ name: String, _ change: (inout [String]) throws -> Void) throws {
    var lines = try folder.read(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try change(&lines)
    try folder.write(name, lines.joined(separator: "\n"))
  }
}
