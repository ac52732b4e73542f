public import Tables

extension WestKentClaims {
  /// A claim of the partnership about an indicator of health: one of its two lists, or a figure.
  public struct IndicatorClaim: Sendable, Hashable {
    /// Which list it stands in.
    public enum List: String, Sendable, Hashable {
      /// Better than the national average.
      case better
      /// Worse than the national average.
      case worse
      /// A figure of West Kent.
      case figure
    }

    /// Its key.
    public let id: String
    /// Its place in the partnership's lists.
    public let order: Int
    /// Which list it stands in.
    public let list: List
    /// The claim in words.
    public let statement: String
    /// Whether the measure is claimed to be higher (true) or lower than that of ``besideAreas``; nil for none.
    public let isHigher: Bool?
    /// The slugs of the areas that it is compared with.
    public let besideAreas: [String]
    /// The figure that is claimed.
    public let value: Double?
    /// The digits behind the point of that figure.
    public let decimals: Int
    /// The indicator that tests it, where there is one.
    public let indicator: String?
    /// Indicators of other sources that bear on it.
    public let otherIndicators: [String]
    /// The measure of the Health Index that bears on it.
    public let healthIndexMeasure: String?
    /// The number of the indicator in Fingertips whose figure of England bears on it.
    public let fingertipsIndicator: Int?
    /// The year in which it was said.
    public let yearSaid: Int
    /// What the figures can and cannot say of the claim, or what would be needed.
    public let remark: String
    /// Where it was said.
    public let source: String
  }

  /// The claims about indicators, in the partnership's order.
  ///
  /// - Throws: `Problems` of the package `west-kent-claims`.
  /// - Complexity: O(rows log rows).
  public static func indicatorClaims(_ folder: DatasetFolder) throws(Problems) -> [IndicatorClaim] {
    let required = ["claim", "list", "statement", "remark", "source"]
    let optional = ["direction", "beside", "indicator", "also", "index"]
    let table = try Table.read(
      csv: folder.file("west-kent-claims", "indicators.csv"),
      columns: required.map { ColumnRequest($0, .text) }
        + optional.map { ColumnRequest($0, .text, allowsMissing: true) }
        + [
          ColumnRequest("order", .integer), ColumnRequest("value", .number, allowsMissing: true),
          ColumnRequest("decimals", .integer, allowsMissing: true),
          ColumnRequest("fingertips", .integer, allowsMissing: true), ColumnRequest("said", .integer),
        ], others: .skip)
    var columns: [String: [String]] = [:]
    for name in required + optional { columns[name] = table.text(name)?.cells ?? [] }
    func numbers(_ name: String) -> [Double] { table.numbers(name) ?? [] }
    let (order, value, decimals) = (numbers("order"), numbers("value"), numbers("decimals"))
    let (fingertips, said) = (numbers("fingertips"), numbers("said"))
    var problems = ProblemCollector()
    var claims: [IndicatorClaim] = []
    for row in 0..<table.rowCount {
      func cell(_ name: String) -> String { columns[name]?[row] ?? "" }
      func some(_ name: String) -> String? { cell(name).isEmpty ? nil : cell(name) }
      func list(_ name: String) -> [String] { cell(name).split(separator: "|").map(String.init) }
      guard let place = IndicatorClaim.List(rawValue: cell("list")) else {
        problems.add(
          table.problem(row: row, column: "list", "\(quoted(cell("list"))); expected better, worse or figure"))
        continue
      }
      claims.append(
        IndicatorClaim(
          id: cell("claim"), order: Int(order[row]), list: place, statement: cell("statement"),
          isHigher: some("direction").map { $0 == "higher" }, besideAreas: list("beside"),
          value: value[row].isNaN ? nil : value[row], decimals: decimals[row].isNaN ? 0 : Int(decimals[row]),
          indicator: some("indicator"), otherIndicators: list("also"), healthIndexMeasure: some("index"),
          fingertipsIndicator: fingertips[row].isNaN ? nil : Int(fingertips[row]), yearSaid: Int(said[row]),
          remark: cell("remark"), source: cell("source")))
    }
    try problems.throwIfAny()
    return claims.sorted { $0.order < $1.order }
  }
}
