import Tables

/// The columns that a command names.
///
/// A role such as the numerator has one column, several that commas separate, or a pattern with one `*`: the last two are
/// wide input, which is read as if every column had rows of its own.
struct IndicatorColumns {
  /// One option that names columns.
  struct Role {
    /// The option: `--numerator`.
    let option: String
    /// What stands behind it.
    let text: String
  }

  /// Roles whose cells are numbers.
  private(set) var numbers: [Role] = []
  /// Roles whose cells are text that must not be missing: groups, age bands, periods.
  private(set) var labels: [Role] = []
  /// What the values of a `*` are called.
  let across: String?

  /// No columns yet.
  init() { across = nil }

  /// Those of `--by`.
  init(_ options: IndicatorOptions) throws {
    across = options.across
    for name in try options.byColumns() { labels.append(Role(option: "--by", text: name)) }
  }

  /// Adds a column of numbers, several, or a pattern.
  mutating func addNumbers(_ text: String, option: String) {
    numbers.append(Role(option: option, text: text))
  }

  /// Adds a column of labels.
  mutating func addLabel(_ name: String, option: String) {
    guard !labels.contains(where: { $0.text == name }) else { return }
    labels.append(Role(option: option, text: name))
  }
}

/// Which columns of a file the roles of a command have, role by role.
struct IndicatorLayout {
  /// The columns of each role of numbers: one, or as many as ``variants``.
  let columns: [[String]]
  /// What tells the columns of a wide file apart: what the `*` stands for, or their names; one empty one in long input.
  let variants: [String]
  /// What the variants are called; nil in long input.
  let across: String?

  /// Finds the columns.
  ///
  /// - Parameter names: Those of the file.
  init(_ columns: IndicatorColumns, names: [String]) throws {
    var found: [[String]] = []
    var variants: [String]?
    var isPattern = false
    for role in columns.numbers {
      // A name that the file has may hold commas and stars itself.
      let wanted =
        names.contains(role.text) ? [role.text] : try IndicatorOptions.list(role.text, option: role.option)
      if wanted.count == 1, !wanted[0].contains("*") || names.contains(wanted[0]) {
        found.append(wanted)
      } else if wanted.count == 1 {
        let matches = try Self.matches(of: wanted[0], role.option, in: names)
        if let known = variants, isPattern {
          found.append(try known.map { try Self.partner($0, matches, role) })
        } else {
          guard variants == nil else {
            throw CommandFailure.wrongCommand(
              "\(role.option) \(quoted(wanted[0])): a * and lists of columns do not go together")
          }
          variants = matches.map(\.variant)
          isPattern = true
          found.append(matches.map(\.column))
        }
      } else {
        if let starred = wanted.first(where: { $0.contains("*") }) {
          throw CommandFailure.wrongCommand(
            "\(role.option): \(quoted(starred)) in a list; expected plain names or one *")
        }
        guard !isPattern, variants.map({ $0.count == wanted.count }) ?? true else {
          throw CommandFailure.wrongCommand(
            isPattern
              ? "\(role.option): a * and lists of columns do not go together"
              : "\(role.option) names \(wanted.count) columns; expected one, or as many as the other options name")
        }
        if variants == nil { variants = wanted }
        found.append(wanted)
      }
    }
    if variants != nil, columns.across == nil {
      throw CommandFailure.wrongCommand(
        "several columns in one place: say with --across NAME what tells them apart, such as --across year")
    }
    if let across = columns.across {
      guard variants != nil else {
        throw CommandFailure.wrongCommand(
          "--across \(across): no option names several columns; expected a * in a column's name, or a list")
      }
      if names.contains(across) {
        throw CommandFailure.wrongCommand("--across \(across): the file has a column of that name already")
      }
    }
    self.columns = found
    self.variants = variants ?? [""]
    across = columns.across
  }

  /// The columns that a pattern fits, in file order, with what the `*` stands for.
  private static func matches(
    of pattern: String, _ option: String, in names: [String]
  ) throws -> [(column: String, variant: String)] {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false).map { $0.lowercased() }
    guard parts.count == 2 else {
      throw CommandFailure.wrongCommand("\(option) \(quoted(pattern)): expected one *")
    }
    let found: [(column: String, variant: String)] = names.compactMap { name in
      let low = name.lowercased()
      guard low.count == name.count, low.count > parts[0].count + parts[1].count, low.hasPrefix(parts[0]),
        low.hasSuffix(parts[1])
      else { return nil }
      return (name, String(name.dropFirst(parts[0].count).dropLast(parts[1].count)))
    }
    guard !found.isEmpty else {
      throw CommandFailure.wrongCommand(
        "\(option): no column fits \(quoted(pattern)); the file's columns are "
          + names.prefix(12).map { quoted($0) }.joined(separator: ", ") + (names.count > 12 ? ", …" : ""))
    }
    return found
  }

  /// The column of a role that goes with a variant of the first one.
  private static func partner(
    _ variant: String, _ matches: [(column: String, variant: String)], _ role: IndicatorColumns.Role
  ) throws -> String {
    guard let match = matches.first(where: { $0.variant == variant }) else {
      throw CommandFailure.wrongCommand(
        "\(role.option) \(quoted(role.text)): no column goes with \(quoted(variant)) of the other columns")
    }
    return match.column
  }
}
