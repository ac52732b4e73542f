import Tables

/// What is asked of the reader for a command's columns.
struct IndicatorRequest {
  /// The columns to read.
  private(set) var columns: [ColumnRequest] = []
  /// The columns of them that no option names.
  private(set) var carried: [String] = []
  /// What cannot be carried through.
  private(set) var notes: [String] = []

  /// Finds each column among those of the file.
  ///
  /// The reader itself finds names that differ in case or in which of blank, hyphen and underscore separates words; here
  /// those are added that differ in whether there is a separator at all: `ageband` and `Age band`.
  init(_ roles: IndicatorColumns, _ layout: IndicatorLayout, names: [String], carriesOthers: Bool) throws {
    var uses: [String: (column: String, isNumber: Bool, option: String)] = [:]
    func add(_ name: String, isNumber: Bool, allowsMissing: Bool, option: String) throws {
      let column = Self.column(name, in: names)
      if let use = uses[column ?? name] {
        guard use.isNumber == isNumber, use.column == name else {
          throw CommandFailure.wrongCommand(
            "\(option) \(quoted(name)) is the column of \(use.option) \(quoted(use.column)) too")
        }
        return
      }
      uses[column ?? name] = (name, isNumber, option)
      columns.append(
        ColumnRequest(
          name, isNumber ? .number : .text, allowsMissing: allowsMissing, allowsNonFinite: isNumber,
          aliases: column.map { [$0] } ?? []))
    }
    for (role, found) in zip(roles.numbers, layout.columns) {
      for name in found { try add(name, isNumber: true, allowsMissing: true, option: role.option) }
    }
    for role in roles.labels where role.text != layout.across {
      try add(role.text, isNumber: false, allowsMissing: false, option: role.option)
    }
    guard carriesOthers else { return }
    for name in names where uses[name] == nil {
      guard !name.isEmpty else {
        notes.append("a column without a name is left out of the result")
        continue
      }
      carried.append(name)
      columns.append(ColumnRequest(name, .text, allowsMissing: true))
    }
  }

  /// The file's column that a name means: the same, or the only one that is so without case and separators.
  private static func column(_ name: String, in names: [String]) -> String? {
    if names.contains(name) { return name }
    let sought = comparable(name, keepingSeparators: true)
    if let near = names.first(where: { comparable($0, keepingSeparators: true) == sought }) { return near }
    let bare = comparable(name, keepingSeparators: false)
    let found = names.filter { comparable($0, keepingSeparators: false) == bare }
    return found.count == 1 ? found[0] : nil
  }

  private static func comparable(_ name: String, keepingSeparators: Bool) -> String {
    var result = ""
    for character in name.lowercased() {
      let isSeparator = " -_\u{A0}".contains(character)
      if !isSeparator {
        result.append(character)
      } else if keepingSeparators, result.last != "_" {
        result.append("_")
      }
    }
    return result
  }
}
