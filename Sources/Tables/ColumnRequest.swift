/// What the cells of a column must be.
public enum ColumnKind: Sendable, Hashable {
  /// Any text, kept to the byte.
  case text

  /// A finite decimal number.
  case number

  /// A whole number of at most 2⁵³ in size; `3.0` is one, `3.5` is not.
  case integer
}

/// Whether a column may be absent.
public enum ColumnPresence: Sendable, Hashable {
  /// Its absence is a problem.
  case required

  /// Its absence is allowed; the table then has no such column.
  case optional
}

/// A column that the caller expects of a file.
public struct ColumnRequest: Sendable, Hashable {
  /// The name under which the table holds the column.
  public var name: String

  /// What its cells must be.
  public var kind: ColumnKind

  /// Whether it may be absent.
  public var presence: ColumnPresence

  /// Whether a cell may be missing: an empty field, or `NA` in a column of numbers.
  public var allowsMissing: Bool

  /// Whether a cell of numbers may say `nan` or `inf`, as other programs write what they could not calculate. Both are
  /// read as infinity, because NaN stands for a missing cell; otherwise they are a problem.
  public var allowsNonFinite: Bool

  /// Other headers that mean the same column; the table's notes say when one was taken.
  public var aliases: [String]

  /// A request; by default the column must be there and have no missing cell.
  public init(
    _ name: String, _ kind: ColumnKind, presence: ColumnPresence = .required, allowsMissing: Bool = false,
    allowsNonFinite: Bool = false, aliases: [String] = []
  ) {
    self.name = name
    self.kind = kind
    self.presence = presence
    self.allowsMissing = allowsMissing
    self.allowsNonFinite = allowsNonFinite
    self.aliases = aliases
  }
}

/// What happens to the columns that no request names.
public enum OtherColumns: Sendable, Hashable {
  /// They are not read; their quoting and encoding are checked all the same.
  case skip

  /// They are read as text with missing cells allowed.
  case text

  /// They are read as numbers with missing cells allowed; anything else in them is a problem.
  case number

  /// Numbers where every cell that is not missing is one (and at least one is there), text otherwise.
  case infer
}
