public import Demography
public import Tables

/// A user's own changes of assumptions, each with the line that it stands on.
///
/// Columns as in ``ScenarioLibrary``, without `scenario` and `title`, and with an optional `area`.
public struct Overrides: Sendable {
  /// One change.
  public struct Line: Sendable, Hashable {
    /// The line of the file, counted from 1 with the header.
    public let number: Int
    /// What changes.
    public let change: Scenario.Change
  }

  /// The age that an empty `age_to` stands for: beyond every age group.
  public static let oldestAge = 200

  /// The file as the user named it.
  public let file: String
  /// The changes, in file order.
  public let lines: [Line]
  /// The number of past years from which residual migration is taken, where a row sets it.
  public let migrationWindow: Int?

  /// Reads a file of changes.
  ///
  /// Every column must be known: a change whose ages or years were not read would act on all of them.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - area: the code of the projected area that a name in the column `area` stands for; `nil` for none.
  /// - Throws: `Problems` with file, line, column and value of everything that is wrong.
  public init(file: String, area: @escaping (String) -> String? = { $0 }) throws(Problems) {
    let rows = try ChangeRows(file: file, named: false, area: area)
    self.file = file
    lines = rows.changes.indices.compactMap { row in
      rows.changes[row].map { Line(number: rows.lines[row], change: $0) }
    }
    migrationWindow = rows.windows.compactMap(\.self).last
  }

  /// The changes as a scenario.
  public var scenario: Scenario {
    Scenario(
      name: file, title: "\(lines.count) change\(lines.count == 1 ? "" : "s") of the user's own",
      changes: lines.map(\.change), migrationWindow: migrationWindow)
  }
}
