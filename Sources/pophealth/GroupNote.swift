/// A remark on one area and sex; the same remark on many becomes one line.
struct GroupNote {
  /// The area and sex; nil in a file of one group without a name.
  let name: String?
  let message: String

  /// One line a message, with the groups that it holds for: the first three and how many more.
  static func gathered(_ notes: [GroupNote]) -> [String] {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for note in notes {
      if names[note.message] == nil { order.append(note.message) }
      names[note.message, default: []] += [note.name].compactMap(\.self)
    }
    return order.map { message in
      guard let holding = names[message], !holding.isEmpty else { return message }
      let more = holding.count > 3 ? "; and \(holding.count - 3) more" : ""
      return "\(message) (\(holding.prefix(3).joined(separator: "; "))\(more))"
    }
  }
}
