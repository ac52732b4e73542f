extension DataCheck: Decodable {
  private enum CodingKeys: String, CodingKey { case kind, by, column, values }

  /// Decodes one of `checks` by its `kind`.
  public init(from decoder: any Decoder) throws {
    let check = try decoder.container(keyedBy: CodingKeys.self)
    switch try check.decode(String.self, forKey: .kind) {
    case "complete":
      self = .complete(
        by: try check.decode([String].self, forKey: .by),
        column: try check.decode(String.self, forKey: .column),
        values: try check.decode([String].self, forKey: .values))
    case "no-gap":
      self = .noGap(
        by: try check.decode([String].self, forKey: .by),
        column: try check.decode(String.self, forKey: .column))
    case "sum-of-parts": self = .sumOfParts(try SumOfParts(from: decoder))
    case "identity": self = .identity(try Identity(from: decoder))
    case "matches": self = .matches(try Match(from: decoder))
    case let kind:
      throw DecodingError.dataCorruptedError(
        forKey: .kind, in: check,
        debugDescription: "unknown kind of check \(quoted(kind)); expected complete, no-gap, sum-of-parts, "
          + "identity or matches")
    }
  }
}

extension DataCheck.SumOfParts: Decodable {
  private enum CodingKeys: String, CodingKey { case column, total, parts, measures, tolerance, reason }

  /// Decodes a check of the kind `sum-of-parts`, whose parts are an array or `"*"`.
  public init(from decoder: any Decoder) throws {
    let check = try decoder.container(keyedBy: CodingKeys.self)
    column = try check.decode(String.self, forKey: .column)
    total = try check.decode(String.self, forKey: .total)
    let isEveryOther = (try? check.decode(String.self, forKey: .parts)) == "*"
    parts = isEveryOther ? nil : try check.decode([String].self, forKey: .parts)
    measures = try check.decode([String].self, forKey: .measures)
    tolerance = try check.decodeIfPresent(Double.self, forKey: .tolerance) ?? 0
    reason = try check.decodeIfPresent(String.self, forKey: .reason)
  }
}

extension DataCheck.Identity: Decodable {
  private enum CodingKeys: String, CodingKey { case expression, tolerance, reason }
  private enum ExpressionKeys: String, CodingKey { case result, terms, previous, by, order }

  /// Decodes a check of the kind `identity`.
  public init(from decoder: any Decoder) throws {
    let check = try decoder.container(keyedBy: CodingKeys.self)
    let expression = try check.nestedContainer(keyedBy: ExpressionKeys.self, forKey: .expression)
    result = try expression.decode(String.self, forKey: .result)
    terms = try expression.decode([String: Double].self, forKey: .terms)
      .map { DataCheck.Term(column: $0.key, factor: $0.value) }
      .sorted { $0.column < $1.column }
    previous = try expression.decodeIfPresent(String.self, forKey: .previous)
    by = try expression.decodeIfPresent([String].self, forKey: .by) ?? []
    order = try expression.decode(String.self, forKey: .order)
    tolerance = try check.decodeIfPresent(Double.self, forKey: .tolerance) ?? 0
    reason = try check.decodeIfPresent(String.self, forKey: .reason)
  }
}

extension DataCheck.Match: Decodable {
  private enum CodingKeys: String, CodingKey { case package, resource, on, measures, tolerance, reason }

  /// Decodes a check of the kind `matches`.
  public init(from decoder: any Decoder) throws {
    let check = try decoder.container(keyedBy: CodingKeys.self)
    package = try check.decode(String.self, forKey: .package)
    resource = try check.decode(String.self, forKey: .resource)
    on = try check.decode([String].self, forKey: .on)
    measures = try check.decode([String].self, forKey: .measures)
    tolerance = try check.decodeIfPresent(Double.self, forKey: .tolerance) ?? 0
    reason = try check.decodeIfPresent(String.self, forKey: .reason)
  }
}
