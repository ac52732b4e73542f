/// Terms from Swift: the same expressions that the text of a formula gives.
extension Formula.Expression {
  /// A column, also one whose name is no word.
  public static func column(_ name: String) -> Self { Self(.column(name)) }

  /// `1`: the intercept. Removing it is `removing: [.intercept]`.
  public static var intercept: Self { 1 }

  /// `.`: every column outside the response.
  public static var otherColumns: Self { Self(.otherColumns) }

  /// `a:b`: the interaction.
  public static func interaction(_ first: Self, _ second: Self, _ others: Self...) -> Self {
    joined([first, second] + others, .interaction)
  }

  /// `a*b`: the effects and their interactions.
  public static func crossed(_ first: Self, _ second: Self, _ others: Self...) -> Self {
    joined([first, second] + others, .crossing)
  }

  /// `a/b`: the first effect, and the second within its levels.
  public static func nested(_ inner: Self, in outer: Self) -> Self { joined([outer, inner], .nesting) }

  /// `(a + b)^order`: all effects and their interactions up to an order.
  public static func interactions(of terms: [Self], upTo order: Int) -> Self {
    let sum = Self.sum(of: terms, removing: [])
    return Self(.binary(.power, sum.within(.power, side: .left), Self(.number(Double(order)))))
  }

  /// `offset(x)`: added to the linear predictor as it is.
  public static func offset(_ value: Self) -> Self { call("offset", [Argument(nil, value)]) }

  /// `factor(x, levels = …, ref = …)`: a column of codes, numbers too; the reference is the first level unless another
  /// is named.
  public static func factor(_ value: Self, levels: [String]? = nil, reference: String? = nil) -> Self {
    var arguments = [Argument(nil, value)]
    if let levels { arguments.append(Argument("levels", vector(levels.map { Self(.text($0)) }))) }
    if let reference { arguments.append(Argument("ref", Self(.text(reference)))) }
    return call("factor", arguments)
  }

  /// `ordered(x, levels = …)`: a factor whose levels have an order, coded by orthogonal polynomials.
  public static func ordered(_ value: Self, levels: [String]? = nil) -> Self {
    let named = levels.map { [Argument("levels", vector($0.map { Self(.text($0)) }))] } ?? []
    return call("ordered", [Argument(nil, value)] + named)
  }

  /// `C(x, sum)`: a factor with that coding.
  public static func coded(_ value: Self, _ contrast: Contrast) -> Self {
    call("C", [Argument(nil, value), Argument(nil, .column(contrast.rawValue))])
  }

  /// `log(x)`: the natural logarithm.
  public static func log(_ value: Self) -> Self { call("log", [Argument(nil, value)]) }

  /// `exp(x)`.
  public static func exp(_ value: Self) -> Self { call("exp", [Argument(nil, value)]) }

  /// `sqrt(x)`.
  public static func squareRoot(_ value: Self) -> Self { call("sqrt", [Argument(nil, value)]) }

  /// `I(x^k)`: a power of a column.
  public static func power(_ value: Self, _ exponent: Double) -> Self {
    let size = Self(.number(exponent.magnitude))
    let power = Self(
      .binary(.power, value.within(.power, side: .left), exponent < 0 ? Self(.negated(size)) : size))
    return call("I", [Argument(nil, power)])
  }

  /// `poly(x, degree)`: polynomials of the column, orthogonal over the data unless `raw`.
  public static func polynomial(_ value: Self, degree: Int, raw: Bool = false) -> Self {
    let named = raw ? [Argument("raw", Self(.logical(true)))] : []
    return call("poly", [Argument(nil, value), Argument(nil, Self(.number(Double(degree))))] + named)
  }

  /// `ns(x, df = …)`: a natural cubic spline.
  public static func naturalSpline(_ value: Self, degreesOfFreedom: Int) -> Self {
    call("ns", [Argument(nil, value), Argument("df", Self(.number(Double(degreesOfFreedom))))])
  }

  /// `ns(x, knots = …)`: a natural cubic spline with knots at the given values.
  public static func naturalSpline(_ value: Self, knots: [Double]) -> Self {
    call("ns", [Argument(nil, value), Argument("knots", vector(knots.map(signed)))])
  }

  /// `bs(x, df = …, degree = …)`: a B-spline; cubic unless said otherwise.
  public static func bSpline(_ value: Self, degreesOfFreedom: Int, degree: Int = 3) -> Self {
    let named = degree == 3 ? [] : [Argument("degree", Self(.number(Double(degree))))]
    return call("bs", [Argument(nil, value), Argument("df", Self(.number(Double(degreesOfFreedom))))] + named)
  }

  /// `bs(x, knots = …, degree = …)`: a B-spline with knots at the given values; cubic unless said otherwise.
  public static func bSpline(_ value: Self, knots: [Double], degree: Int = 3) -> Self {
    let named = degree == 3 ? [] : [Argument("degree", Self(.number(Double(degree))))]
    return call("bs", [Argument(nil, value), Argument("knots", vector(knots.map(signed)))] + named)
  }

  /// `cbind(successes, failures)`: the response of a binomial model of counts.
  public static func counts(successes: Self, failures: Self) -> Self {
    call("cbind", [Argument(nil, successes), Argument(nil, failures)])
  }

  private static func call(_ name: String, _ arguments: [Argument]) -> Self { Self(.call(name, arguments)) }

  private static func vector(_ values: [Self]) -> Self {
    values.count == 1 ? values[0] : call("c", values.map { Argument(nil, $0) })
  }

  private static func signed(_ value: Double) -> Self {
    let size = Self(.number(value.magnitude))
    return value < 0 ? Self(.negated(size)) : size
  }

  /// Terms joined by `+`, then those to remove by `-`.
  static func sum(of terms: [Self], removing: [Self]) -> Self {
    if terms.count == 1, removing.isEmpty { return terms[0] }
    var summands = terms.map { Summand($0.within(.sum, side: .right)) }
    summands += removing.map { Summand($0.within(.sum, side: .right), isSubtracted: true) }
    for index in summands.indices.dropFirst() {
      // Two signs in a row are refused in text.
      guard case .negated = summands[index].value.kind else { continue }
      summands[index] = Summand(
        Self(.parenthesised(summands[index].value)), isSubtracted: summands[index].isSubtracted)
    }
    return Self(.sum(summands))
  }

  private static func joined(_ parts: [Self], _ sign: Operator) -> Self {
    let strength = Strength(sign)
    return parts.dropFirst().reduce(parts[0].within(strength, side: .left)) {
      Self(.binary(sign, $0, $1.within(strength, side: .right)))
    }
  }

  /// How strongly the outermost operation binds.
  enum Strength: Int {
    case sum, product, within, interaction, sign, power, primary

    init(_ sign: Operator) {
      switch sign {
      case .crossing, .nesting: self = .product
      case .within: self = .within
      case .interaction: self = .interaction
      case .power: self = .power
      }
    }
  }

  enum Side { case left, right }

  /// The expression as an operand: in parentheses where it binds too weakly to stand there bare.
  func within(_ outer: Strength, side: Side) -> Self {
    let own: Strength =
      switch kind {
      case .sum: .sum
      case .binary(let sign, _, _): Strength(sign)
      case .negated: .sign
      default: .primary
      }
    // A power groups from the right, everything else from the left.
    let bare =
      side == (outer == .power ? .right : .left) ? own.rawValue >= outer.rawValue : own.rawValue > outer.rawValue
    return bare ? self : Self(.parenthesised(self))
  }
}
