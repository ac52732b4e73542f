/// A model's response and terms in the language of Wilkinson and Rogers (1973) as R speaks it:
/// `deaths ~ age_band * sex + imd + offset(log(person_years))`.
///
/// Between terms `+` adds, `-` removes, `a:b` is the interaction, `a*b` = `a + b + a:b`, `a/b` = `a + a:b`, `a %in% b` the
/// interaction again, `(a + b)^2` everything up to that order, `.` all columns that do not stand in the response, `0` or
/// `-1` leaves out the intercept. Text columns are factors, numeric columns numbers. Functions of columns: `I()` for
/// arithmetic, `log exp sqrt log2 log10 log1p abs`, `factor ordered C` (codings), `poly ns bs` (bases), `offset`, and
/// `cbind(successes, failures)` in the response. Names that are not words stand in backticks.
///
/// ```swift
/// try Formula("deaths ~ factor(age) + age:sex + offset(log(person_years))")
///   == Formula(
///     response: "deaths",
///     terms: [.factor("age"), .interaction("age", "sex"), .offset(.log("person_years"))])
/// ```
public struct Formula: Sendable, Hashable {
  /// What is modelled: a column, a function of columns, or `cbind(successes, failures)`.
  public let response: Expression

  /// The terms, as one expression.
  public let terms: Expression

  private let source: FormulaSource

  /// Reads a formula.
  ///
  /// - Throws: ``FormulaError`` with the offending character: a missing response, term or parenthesis, an unknown function
  ///   (with the nearest known one), arguments that a function does not take, a number that is no intercept.
  /// - Complexity: O(length).
  public init(_ text: String) throws(FormulaError) {
    (response, terms) = try FormulaParser.parse(text)
    source = FormulaSource(text: text)
    do throws(FormulaComplaint) {
      try check()
    } catch {
      throw located(error)
    }
  }

  /// A formula from its parts; terms are joined by `+`, those to remove by `-`.
  ///
  /// What `init(_:)` checks is checked here when the design is made.
  ///
  /// - Precondition: There is a term.
  public init(response: Expression, terms: [Expression], removing: [Expression] = []) {
    precondition(!terms.isEmpty, "a formula without terms; a model of the intercept alone has the term 1")
    self.response = response
    self.terms = Expression.sum(of: terms, removing: removing)
    source = FormulaSource(text: nil)
  }

  /// The error of a complaint: with the formula as it was written, or as R would write it.
  func located(_ complaint: FormulaComplaint) -> FormulaError {
    if let text = source.text, let offset = complaint.position.offset {
      return FormulaError(complaint.message, at: offset, of: text)
    }
    return FormulaError(complaint.message, at: 0, of: description)
  }
}

/// The text that a formula was read from; it does not count when formulas are compared.
struct FormulaSource: Sendable, Hashable {
  let text: String?

  static func == (_: FormulaSource, _: FormulaSource) -> Bool { true }
  func hash(into _: inout Hasher) {}
}

extension Formula: CustomStringConvertible {
  /// The formula as R writes it; reading it gives the same formula again.
  ///
  /// - Complexity: O(size of the formula).
  public var description: String { "\(response) ~ \(terms)" }
}

extension Formula {
  /// The kinds of response.
  public enum ResponseKind: Sendable, Hashable {
    /// One number a row: a column or a function of columns.
    case number
    /// `cbind(successes, failures)`.
    case counts
  }

  /// What kind of response the formula has.
  public var responseKind: ResponseKind {
    if case .call("cbind", _) = response.unwrapped.kind { .counts } else { .number }
  }

  /// The successes and failures of a response of counts.
  var counts: (successes: Expression, failures: Expression)? {
    guard case .call("cbind", _) = response.unwrapped.kind, response.unwrapped.dataParts.count == 2 else { return nil }
    return (response.unwrapped.dataParts[0], response.unwrapped.dataParts[1])
  }

  /// Whether the formula has a `.`, which stands for all columns outside the response.
  public var usesAllColumns: Bool {
    var found = false
    terms.visitData { if $0.kind == .otherColumns { found = true } }
    return found
  }

  /// The columns that the formula names, response first, in order of first use: what a reader of a file needs to read
  /// (all of them where ``usesAllColumns``).
  ///
  /// - Complexity: O(size of the formula).
  public var columns: [String] {
    var seen: Set<String> = []
    return (response.columns + terms.columns).filter { seen.insert($0).inserted }
  }

  /// The named columns that must hold numbers because they stand in arithmetic, a basis or an offset; the others may be
  /// numbers or text.
  ///
  /// - Complexity: O(size of the formula).
  public var numericColumns: [String] {
    var names: [String] = []
    var coded: Set<String> = []
    for part in [response, terms] {
      part.visitData { expression in
        guard case .call(let function, _) = expression.kind else { return }
        let columns = expression.columns
        if FormulaFunction.codings.contains(function) {
          coded.formUnion(columns)
        } else {
          names += columns.filter { !names.contains($0) }
        }
      }
    }
    return names.filter { !coded.contains($0) }
  }
}
