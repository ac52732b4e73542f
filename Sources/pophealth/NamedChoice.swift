import Tables

/// The value that goes by a name, whatever its case and separators (`-`, `_`, `.` and blank).
///
/// - Parameters:
///   - others: names that are understood elsewhere, for the message.
///   - noun: what a value is, for the message.
/// - Throws: `CommandFailure` with the nearest name, or with all of them where none is near.
func namedChoice<Value>(
  _ name: String, of choices: [(name: String, value: Value)], others: [String] = [], option: String, noun: String
) throws -> Value {
  func comparable(_ name: String) -> String { name.lowercased().filter { !"-_. ".contains($0) } }
  let sought = comparable(name)
  if let found = choices.first(where: { comparable($0.name) == sought }) { return found.value }
  let names = choices.map(\.name) + others
  let advice =
    NearestName.suggestion(for: name, in: names, limit: 1)
    ?? "expected \(names.dropLast().joined(separator: ", ")) or \(names.last ?? "")"
  throw CommandFailure.wrongCommand("\(option): unknown \(noun) \(quoted(name)); \(advice)")
}
