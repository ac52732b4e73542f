/// Makes a layout of terms and learnt variables, with R's coding rules, order and names of columns.
///
/// A factor of a term is coded by contrasts where an earlier term holds the rest of the term, else by an indicator a
/// level; without an intercept the first factor is coded by indicators. Chambers and Hastie 1992, section 2.4.1.
struct LayoutBuilder {
  private let names: [String]
  private let variables: [LearnedVariable]
  private var factors: [DesignFactor] = []
  private(set) var factorVariables: [Int] = []
  private var columns: [DesignColumn] = []
  /// Each numeric vector as the variables' columns whose product it is.
  private(set) var products: [[NumericPart]] = []
  private var numberOfProduct: [[NumericPart]: Int] = [:]

  /// A column of a numeric variable or of a basis.
  struct NumericPart: Sendable, Hashable {
    let variable: Int
    let column: Int
  }

  /// What one variable brings to a column of a term.
  private struct Part {
    let name: String
    let numeric: NumericPart?
    let coding: FactorCoding?
  }

  /// The most columns that a design may have: X′WX of so many takes 800 MB, its factorisation minutes. A column of names
  /// or numbers of persons among the terms has more levels.
  static let mostColumns = 10_000

  init(names: [String], variables: [LearnedVariable]) {
    self.names = names
    self.variables = variables
  }

  /// The layout of the terms.
  ///
  /// - Throws: More columns than any design has.
  mutating func layout(terms: [[Int]], hasIntercept: Bool) throws(RegressionError) -> DesignLayout {
    if hasIntercept { columns.append(DesignColumn(name: "(Intercept)", term: 0, numeric: nil, codings: [])) }
    // Without an intercept the first factor takes its place.
    var standIn: (term: Int, variable: Int)?
    if !hasIntercept {
      for (index, term) in terms.enumerated() where standIn == nil {
        if let variable = term.first(where: { isFactor($0) }) { standIn = (index, variable) }
      }
    }
    // Every earlier term answers for all its parts; only parts with one variable less than a term are asked for.
    var margins: Set<[Int]> = [[]]
    for (index, term) in terms.enumerated() {
      var choices: [[Part]] = []
      var count = 1
      for variable in term {
        var rest = term
        rest.removeAll { $0 == variable }
        let isContrast = margins.contains(rest) && !(standIn.map { $0 == (index, variable) } ?? false)
        let parts = parts(of: variable, isContrast: isContrast)
        choices.append(parts)
        count = count.multipliedReportingOverflow(by: parts.count).partialValue
        guard count + columns.count <= Self.mostColumns else {
          throw .model(
            "the design has more than \(Self.mostColumns) columns, which is the most that can be estimated: see "
              + "\(termName(term)), which alone makes \(count)")
        }
      }
      for number in 0..<count { addColumn(number, choices, term: index + 1) }
      addMargins(of: term, to: &margins)
    }
    return DesignLayout(
      factors: factors, numericCount: products.count, columns: columns, terms: terms.map(termName),
      hasIntercept: hasIntercept)
  }

  private func termName(_ term: [Int]) -> String { term.map { names[$0] }.joined(separator: ":") }

  private func isFactor(_ variable: Int) -> Bool {
    if case .factor = variables[variable] { true } else { false }
  }

  private func addMargins(of term: [Int], to margins: inout Set<[Int]>) {
    // A term of very many variables has no use for all its parts: it was refused by its number of columns unless all
    // are numeric, and those have no contrasts.
    guard term.count <= 16 else {
      margins.insert(term)
      return
    }
    for subset in 0..<(1 << term.count) {
      margins.insert(term.indices.filter { subset >> $0 & 1 == 1 }.map { term[$0] })
    }
  }

  private mutating func parts(of variable: Int, isContrast: Bool) -> [Part] {
    let name = names[variable]
    switch variables[variable] {
    case .outside: return []
    case .number: return [Part(name: name, numeric: NumericPart(variable: variable, column: 0), coding: nil)]
    case .basis(let basis, _):
      return (0..<basis.columnCount).map { column in
        Part(
          name: basis.columnCount == 1 ? name : "\(name)\(column + 1)",
          numeric: NumericPart(variable: variable, column: column), coding: nil)
      }
    case .factor(let factor):
      let index = number(ofFactor: variable, name, factor)
      let codings =
        isContrast ? factor.contrast.columns(levels: factor.levels) : Contrast.indicators(levels: factor.levels)
      return codings.map { coding in
        Part(
          name: name + coding.suffix, numeric: nil, coding: FactorCoding(factor: index, values: coding.values))
      }
    }
  }

  private mutating func number(ofFactor variable: Int, _ name: String, _ factor: LearnedFactor) -> Int {
    if let index = factorVariables.firstIndex(of: variable) { return index }
    factorVariables.append(variable)
    factors.append(DesignFactor(name: name, levels: factor.levels))
    return factors.count - 1
  }

  /// The column of that number within a term; the first variable's parts run fastest.
  private mutating func addColumn(_ number: Int, _ choices: [[Part]], term: Int) {
    var rest = number
    var parts: [Part] = []
    for choice in choices {
      parts.append(choice[rest % choice.count])
      rest /= choice.count
    }
    let product = parts.compactMap(\.numeric)
    columns.append(
      DesignColumn(
        name: parts.map(\.name).joined(separator: ":"), term: term,
        numeric: product.isEmpty ? nil : self.number(ofProduct: product), codings: parts.compactMap(\.coding)))
  }

  private mutating func number(ofProduct product: [NumericPart]) -> Int {
    if let number = numberOfProduct[product] { return number }
    let number = products.count
    numberOfProduct[product] = number
    products.append(product)
    return number
  }
}
