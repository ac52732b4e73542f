/// Finding the names that a mistyped one may have meant.
public enum NearestName {
  /// The candidates nearest to `name`, best first; empty when none is near.
  ///
  /// Case is ignored. Names that begin with the other come first, then names that contain it, then those
  /// within a third of the name's length (at least 1) in Damerau–Levenshtein distance: insertions, deletions,
  /// substitutions and swaps of neighbours (F. J. Damerau, 1964; the "optimal string alignment" form). Equals
  /// keep their order.
  ///
  /// - Complexity: O(candidates × length²).
  public static func nearest(to name: String, in candidates: some Sequence<String>, limit: Int = 3)
    -> [String]
  {
    let sought = Array(name.lowercased())
    guard !sought.isEmpty else { return [] }
    var ranked: [(rank: Int, distance: Int, name: String)] = []
    for candidate in candidates {
      let other = Array(candidate.lowercased())
      guard !other.isEmpty else { continue }
      let distance = distance(sought, other)
      let shorter = min(sought.count, other.count)
      let rank: Int
      if distance <= max(1, max(sought.count, other.count) / 3), distance < shorter || distance == 0 {
        rank = distance <= 1 ? 0 : 2
      } else if shorter >= 3, other.starts(with: sought) || sought.starts(with: other) {
        rank = 1
      } else if shorter >= 4, contains(other, sought) || contains(sought, other) {
        rank = 3
      } else {
        continue
      }
      ranked.append((rank, distance, candidate))
    }
    let order = ranked.indices.sorted {
      (ranked[$0].rank, ranked[$0].distance, $0) < (ranked[$1].rank, ranked[$1].distance, $1)
    }
    return order.prefix(max(0, limit)).map { ranked[$0].name }
  }

  /// `did you mean "a", "b" or "c"?`, or nil when nothing is near.
  ///
  /// - Complexity: O(candidates × length²).
  public static func suggestion(for name: String, in candidates: some Sequence<String>, limit: Int = 3)
    -> String?
  {
    let names = nearest(to: name, in: candidates, limit: limit).map { quoted($0) }
    guard let last = names.last else { return nil }
    let list = names.count == 1 ? last : names.dropLast().joined(separator: ", ") + " or " + last
    return "did you mean \(list)?"
  }

  private static func contains(_ text: [Character], _ part: [Character]) -> Bool {
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }

  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [Int](repeating: i, count: b.count + 1)
      for j in 1...b.count {
        var best = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          best = min(best, beforeLast[j - 2] + 1)
        }
        row[j] = best
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
