extension Formula {
  /// A part of a formula: a column, a number, a function of columns, or terms joined by operators.
  ///
  /// What an operator means depends on where it stands, as in R: between terms `a * b` is both effects with their
  /// interaction, inside a function (`I(a * b)`, `log(a * b)`) it is arithmetic. A string literal is the column of that
  /// name, a number literal a number. Chambers and Hastie, Statistical Models in S, 1992, chapter 2.
  public struct Expression: Sendable, Hashable {
    /// What the expression is made of.
    public indirect enum Kind: Sendable, Hashable {
      /// The column of that name.
      case column(String)
      /// A number.
      case number(Double)
      /// A text in quotes.
      case text(String)
      /// `TRUE` or `FALSE`.
      case logical(Bool)
      /// `.`: all columns that do not stand in the response.
      case otherColumns
      /// A function of arguments.
      case call(String, [Argument])
      /// Added and subtracted expressions.
      case sum([Summand])
      /// `a * b`, `a / b`, `a : b`, `a %in% b`, `a ^ b`.
      case binary(Operator, Expression, Expression)
      /// `-a`.
      case negated(Expression)
      /// `(a)`.
      case parenthesised(Expression)
    }

    /// An operator of two expressions other than `+` and `-`.
    public enum Operator: String, Sendable, Hashable {
      /// Both and their interaction; in arithmetic the product.
      case crossing = "*"
      /// The first and the second within it; in arithmetic the quotient.
      case nesting = "/"
      /// The interaction.
      case interaction = ":"
      /// The first within the second.
      case within = "%in%"
      /// All interactions up to an order; in arithmetic the power.
      case power = "^"
    }

    /// An argument of a function, with its name where it has one.
    public struct Argument: Sendable, Hashable {
      /// The argument's name: `df` in `ns(x, df = 4)`.
      public let name: String?
      /// Its value.
      public let value: Expression

      /// An argument from its parts.
      public init(_ name: String? = nil, _ value: Expression) {
        self.name = name
        self.value = value
      }
    }

    /// One expression of a sum.
    public struct Summand: Sendable, Hashable {
      /// Whether it is subtracted; never so for the first of a sum.
      public let isSubtracted: Bool
      /// What is added or subtracted.
      public let value: Expression

      /// A summand from its parts.
      public init(_ value: Expression, isSubtracted: Bool = false) {
        self.value = value
        self.isSubtracted = isSubtracted
      }
    }

    /// What the expression is made of.
    public let kind: Kind

    let position: SourcePosition

    /// How many expressions stand inside one another, at most.
    let depth: Int

    /// An expression of that kind.
    public init(_ kind: Kind) { self.init(kind, at: nil) }

    init(_ kind: Kind, at offset: Int?) {
      self.kind = kind
      position = SourcePosition(offset: offset)
      depth = 1 + (kind.parts.map(\.depth).max() ?? 0)
    }
  }
}

extension Formula.Expression.Kind {
  /// The expressions directly inside.
  var parts: [Formula.Expression] {
    switch self {
    case .column, .number, .text, .logical, .otherColumns: []
    case .call(_, let arguments): arguments.map(\.value)
    case .sum(let summands): summands.map(\.value)
    case .binary(_, let left, let right): [left, right]
    case .negated(let inner), .parenthesised(let inner): [inner]
    }
  }
}

extension Formula.Expression {
  /// The columns named in the expression, in order of first use.
  ///
  /// - Complexity: O(size of the expression).
  public var columns: [String] {
    var names: [String] = []
    var seen: Set<String> = []
    visitData { part in
      if case .column(let name) = part.kind, seen.insert(name).inserted { names.append(name) }
    }
    return names
  }

  /// Calls `body` with the expression and everything inside it that stands for data, from left to right: not with the
  /// settings of a function, whose words (`C(x, sum)`, `raw = T`) are no columns.
  func visitData(_ body: (Formula.Expression) -> Void) {
    body(self)
    for part in dataParts { part.visitData(body) }
  }

  /// The expressions directly inside that stand for data.
  var dataParts: [Formula.Expression] {
    guard case .call(let name, let arguments) = kind else { return kind.parts }
    let data = arguments.filter { $0.name == nil || FormulaFunction.dataParameters.contains($0.name ?? "") }
    return name == "cbind" ? data.map(\.value) : data.first.map { [$0.value] } ?? []
  }

  /// The expression without parentheses around the whole of it.
  var unwrapped: Formula.Expression {
    if case .parenthesised(let inner) = kind { return inner.unwrapped }
    return self
  }
}

extension Formula.Expression: ExpressibleByStringLiteral, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  /// The column of that name.
  public init(stringLiteral name: String) { self.init(.column(name)) }

  /// A number.
  public init(floatLiteral value: Double) { self.init(.number(value)) }

  /// A number.
  public init(integerLiteral value: Int) { self.init(.number(Double(value))) }
}
