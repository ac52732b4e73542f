/// The terms of a formula spelled out, in R's order: by how many variables they join, then as they stand.
///
/// The rules are those of R's `terms.formula`: Chambers and Hastie, Statistical Models in S, 1992, sections 2.2–2.4.
struct TermExpansion: Sendable, Hashable {
  /// The variables in order of first appearance, as the formula writes them.
  private(set) var names: [String] = []

  /// What each is.
  private(set) var variables: [FormulaVariable] = []

  /// Where each stands in the formula's text.
  private(set) var positions: [SourcePosition] = []

  /// Each term as the variables that it joins, ascending.
  private(set) var terms: [[Int]] = []

  /// Whether the model has an intercept.
  private(set) var hasIntercept = true

  /// The offsets of the formula.
  private(set) var offsets: [Formula.Expression] = []

  /// The most pairs of terms that an operator may join: far more than any model has, and still no strain.
  private static let mostPairs = 100_000

  private var numbers: [Formula.Expression: Int] = [:]
  private let otherColumns: [String]
  private var isRemoving = false

  /// Spells out a formula whose `.` stands for the given columns.
  init(_ formula: Formula, otherColumns: [String]) throws(FormulaComplaint) {
    self.otherColumns = otherColumns
    let all = try expand(formula.terms)
    for term in all {
      let offsetsHere = term.compactMap { variable -> Formula.Expression? in
        if case .offset(let value) = variables[variable] { value } else { nil }
      }
      guard let offset = offsetsHere.first else {
        terms.append(term)
        continue
      }
      guard term.count == 1 else {
        throw FormulaComplaint("an offset has no coefficient and joins no interaction", at: positions[term[0]])
      }
      offsets.append(offset)
    }
    for (variable, name) in names.enumerated() where name == formula.response.description {
      throw FormulaComplaint("the response stands among the terms as well", at: positions[variable])
    }
    let byOrder = Dictionary(grouping: terms, by: \.count)
    terms = byOrder.keys.sorted().flatMap { byOrder[$0, default: []] }
  }

  /// The name of a term as R writes it: `age:sex`.
  func name(of term: [Int]) -> String { term.map { names[$0] }.joined(separator: ":") }

  private mutating func expand(_ expression: Formula.Expression) throws(FormulaComplaint) -> [[Int]] {
    switch expression.kind {
    case .column, .call: return [[try variable(expression)]]
    case .otherColumns:
      var all: [[Int]] = []
      for name in otherColumns { all.append([try variable(Formula.Expression(.column(name)))]) }
      return all
    case .number(let value):
      guard value == 0 || value == 1 else {
        throw FormulaComplaint("the only numbers among terms are 0 and 1, for the intercept", at: expression.position)
      }
      hasIntercept = (value == 1) != isRemoving
      return []
    case .text, .logical:
      throw FormulaComplaint("a term is a column or a function of columns", at: expression.position)
    case .parenthesised(let inner): return try expand(inner)
    case .negated(let inner):
      _ = try removing(inner)
      return []
    case .sum(let summands): return try sum(summands)
    case .binary(let sign, let left, let right): return try joined(sign, left, right, at: expression.position)
    }
  }

  private mutating func variable(_ expression: Formula.Expression) throws(FormulaComplaint) -> Int {
    if let number = numbers[expression] { return number }
    let number = names.count
    variables.append(try FormulaVariable(expression))
    names.append(expression.description)
    positions.append(expression.position)
    numbers[expression] = number
    return number
  }

  private mutating func removing(_ expression: Formula.Expression) throws(FormulaComplaint) -> [[Int]] {
    isRemoving.toggle()
    defer { isRemoving.toggle() }
    return try expand(expression)
  }

  private mutating func sum(_ summands: [Formula.Expression.Summand]) throws(FormulaComplaint) -> [[Int]] {
    var sum: [[Int]] = []
    var present: Set<[Int]> = []
    for summand in summands {
      if summand.isSubtracted {
        let removed = Set(try removing(summand.value))
        if removed.isEmpty { continue }
        sum.removeAll { removed.contains($0) }
        present.subtract(removed)
      } else {
        for term in try expand(summand.value) where present.insert(term).inserted { sum.append(term) }
      }
    }
    return sum
  }

  private mutating func joined(
    _ sign: Formula.Expression.Operator, _ left: Formula.Expression, _ right: Formula.Expression,
    at position: SourcePosition
  ) throws(FormulaComplaint) -> [[Int]] {
    let first = try expand(left)
    if sign == .power {
      guard let exponent = right.literalNumber.flatMap({ Int(exactly: $0) }), exponent >= 1 else {
        throw FormulaComplaint("the power of terms is a whole number from 1", at: right.position)
      }
      var power = first
      for _ in 1..<exponent {
        let next = try products(of: first, power, at: position)
        if next == power { break }
        power = next
      }
      return power
    }
    let second = try expand(right)
    switch sign {
    case .interaction: return try products(of: first, second, at: position)
    case .crossing: return unique(first + second + (try products(of: first, second, at: position)))
    case .nesting:
      let outer = Self.union(first)
      return unique(first + second.map { Self.merged(outer, $0) })
    case .within:
      let outer = Self.union(second)
      return unique(first.map { Self.merged($0, outer) })
    case .power: return first
    }
  }

  private func products(
    of left: [[Int]], _ right: [[Int]], at position: SourcePosition
  ) throws(FormulaComplaint) -> [[Int]] {
    guard left.count * right.count <= Self.mostPairs else {
      throw FormulaComplaint("this makes more than \(Self.mostPairs) terms", at: position)
    }
    return unique(left.flatMap { term in right.map { Self.merged(term, $0) } })
  }

  private func unique(_ terms: [[Int]]) -> [[Int]] {
    var seen: Set<[Int]> = []
    return terms.filter { seen.insert($0).inserted }
  }

  /// The variables of all terms, ascending.
  private static func union(_ terms: [[Int]]) -> [Int] { terms.reduce([], merged) }

  private static func merged(_ a: [Int], _ b: [Int]) -> [Int] {
    if a.isEmpty { return b }
    var all: [Int] = []
    all.reserveCapacity(a.count + b.count)
    var i = 0
    var j = 0
    while i < a.count || j < b.count {
      if j == b.count || (i < a.count && a[i] <= b[j]) {
        if j < b.count, a[i] == b[j] { j += 1 }
        all.append(a[i])
        i += 1
      } else {
        all.append(b[j])
        j += 1
      }
    }
    return all
  }
}

extension Formula {
  /// Checks everything that can be checked without data.
  func check() throws(FormulaComplaint) {
    try checkResponse()
    _ = try TermExpansion(self, otherColumns: [])
  }

  private func checkResponse() throws(FormulaComplaint) {
    guard case .call("cbind", let arguments) = response.unwrapped.kind else {
      try response.checkArithmetic()
      guard !response.columns.isEmpty else {
        throw FormulaComplaint("the response names no column", at: response.position)
      }
      return
    }
    guard arguments.count == 2, arguments.allSatisfy({ $0.name == nil }) else {
      throw FormulaComplaint("cbind takes two arguments, successes and failures", at: response.position)
    }
    for argument in arguments {
      try argument.value.checkArithmetic()
      guard !argument.value.columns.isEmpty else {
        throw FormulaComplaint("a column is missing here", at: argument.value.position)
      }
    }
  }
}
