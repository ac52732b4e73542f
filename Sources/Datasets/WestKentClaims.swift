public import Tables

/// The figures that the West Kent partnership has stated, quoted with their source: claims, never data.
public struct WestKentClaims: Sendable {
  /// One quoted figure.
  public struct Claim: Sendable, Hashable {
    /// Its key.
    public let id: String
    /// The partnership's words.
    public let statement: String
    /// What is claimed about, such as `ratio-85-and-over`.
    public let measure: String
    /// The figure.
    public let value: Double
    /// The year that it is claimed for, if any.
    public let year: Int?
    /// Where it was stated.
    public let source: String
  }

  /// All claims, in file order.
  public let claims: [Claim]

  /// Reads the package `west-kent-claims`.
  ///
  /// - Throws: `Problems` of its file.
  public init(_ folder: DatasetFolder) throws(Problems) {
    let table = try Table.read(
      csv: folder.file("west-kent-claims", "claims.csv"),
      columns: ["id", "statement", "measure", "source"].map { ColumnRequest($0, .text) }
        + [ColumnRequest("value", .number), ColumnRequest("year", .integer, allowsMissing: true)],
      others: .skip)
    let value = table.numbers("value") ?? []
    let year = table.numbers("year") ?? []
    func cells(_ name: String) -> [String] { table.text(name)?.cells ?? [] }
    let (ids, statements, measures, sources) =
      (cells("id"), cells("statement"), cells("measure"), cells("source"))
    claims = value.indices.map { row in
      Claim(
        id: ids[row], statement: statements[row], measure: measures[row], value: value[row],
        year: year[row].isNaN ? nil : Int(year[row]), source: sources[row])
    }
  }

  /// The claim about a measure.
  public func claim(about measure: String) -> Claim? { claims.first { $0.measure == measure } }
}
