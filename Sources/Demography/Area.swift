/// A place: the key by which tables name it, and the name that people read.
///
/// The key is an official code where there is one (`E07000110`), else the user's own label. What an
/// area *is* (a district, a footprint of small units) is decided by whoever makes it; here two areas
/// are the same when key and name are.
public struct Area: Sendable, Hashable {
  /// The key in tables: an official code or the user's own label.
  public let code: String
  /// The name that people read.
  public let name: String

  /// An area from its key and, where it differs, its name.
  public init(code: String, name: String? = nil) {
    self.code = code
    self.name = name ?? code
  }
}
