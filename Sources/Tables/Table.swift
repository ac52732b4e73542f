/// Columns of equal length with names: what a file holds once it is read, and what output is made of.
public struct Table: Sendable {
  /// The cells of one column.
  public enum Cells: Sendable, Hashable {
    /// Numbers; a missing cell is NaN.
    case numbers([Double])

    /// Text; a missing cell has the code −1.
    case text(TextColumn)

    /// How many rows there are.
    public var count: Int {
      switch self {
      case .numbers(let values): values.count
      case .text(let column): column.count
      }
    }
  }

  /// A named column.
  public struct Column: Sendable, Hashable {
    /// The column's name: the request's where one was made, else the header's.
    public let name: String

    /// Its cells.
    public let cells: Cells

    /// The field's number in the file's rows, counted from 1; nil in a table that was not read from a file.
    let number: Int?

    /// A column of numbers; NaN is a missing cell.
    public init(_ name: String, numbers: [Double]) {
      self.init(name, .numbers(numbers), number: nil)
    }

    /// A column of whole numbers.
    public init(_ name: String, integers: [Int]) {
      self.init(name, .numbers(integers.map(Double.init)), number: nil)
    }

    /// A column of text; an empty string is a missing cell.
    public init(_ name: String, text: [String]) {
      self.init(name, .text(TextColumn(text)), number: nil)
    }

    /// A column of coded text.
    public init(_ name: String, text: TextColumn) {
      self.init(name, .text(text), number: nil)
    }

    init(_ name: String, _ cells: Cells, number: Int?) {
      self.name = name
      self.cells = cells
      self.number = number
    }
  }

  /// The file the table was read from as the caller named it, or what the maker of the table called it.
  public let file: String

  /// The columns, in file order.
  public let columns: [Column]

  /// How many rows there are.
  public let rowCount: Int

  /// What the reader took to be meant though it was not written so, for the user to see.
  public let notes: [String]

  private let lines: LineNumbers?

  /// A table from columns in memory.
  ///
  /// - Precondition: The columns are equally long and no two have the same name.
  public init(_ columns: [Column], named file: String = "table") {
    let rowCount = columns.first?.cells.count ?? 0
    precondition(columns.allSatisfy { $0.cells.count == rowCount }, "columns of unequal length")
    precondition(Set(columns.map(\.name)).count == columns.count, "two columns of one name")
    self.init(file: file, columns: columns, rowCount: rowCount, notes: [], lines: nil)
  }

  init(file: String, columns: [Column], rowCount: Int, notes: [String], lines: LineNumbers?) {
    self.file = file
    self.columns = columns
    self.rowCount = rowCount
    self.notes = notes
    self.lines = lines
  }

  /// The columns' names, in file order.
  public var columnNames: [String] { columns.map(\.name) }

  /// The column of that exact name.
  ///
  /// - Complexity: O(columns).
  public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The numbers of a column, NaN where missing; nil when there is no such column or it holds text.
  ///
  /// - Complexity: O(columns); nothing is copied.
  public func numbers(_ name: String) -> [Double]? {
    guard case .numbers(let values)? = column(name)?.cells else { return nil }
    return values
  }

  /// The text of a column; nil when there is no such column or it holds numbers.
  ///
  /// - Complexity: O(columns); nothing is copied.
  public func text(_ name: String) -> TextColumn? {
    guard case .text(let column)? = column(name)?.cells else { return nil }
    return column
  }

  /// The line of the file in which a row starts, counted from 1 with the header; exact also after line breaks
  /// inside quotes. In a table that was not read from a file it is `row + 2`.
  ///
  /// - Complexity: O(log b) where b counts the line breaks inside quotes.
  public func line(ofRow row: Int) -> Int { lines?[row] ?? row + 2 }

  /// The field's number in the file's rows, counted from 1; nil when there is no such column.
  public func columnNumber(_ name: String) -> Int? {
    guard let index = columns.firstIndex(where: { $0.name == name }) else { return nil }
    return columns[index].number ?? index + 1
  }

  /// A problem with the cell of a row and a column; the column's number is left out when there is none of
  /// that name.
  public func problem(row: Int, column name: String, _ message: String) -> Problem {
    Problem(file: file, line: line(ofRow: row), column: columnNumber(name), message: message)
  }

  /// A problem with a whole row.
  public func problem(row: Int, _ message: String) -> Problem {
    Problem(file: file, line: line(ofRow: row), message: message)
  }

  /// A problem with the file as a whole.
  public func problem(_ message: String) -> Problem { Problem(file: file, message: message) }
}
