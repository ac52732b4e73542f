@testable import Regression

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The families with the links that the tests try.
enum Models {
  static let all: [ResponseModel] = [
    ResponseModel(family: .gaussian, link: .identity), ResponseModel(family: .gaussian, link: .log),
    ResponseModel(family: .poisson, link: .log), ResponseModel(family: .poisson, link: .squareRoot),
    ResponseModel(family: .quasiPoisson, link: .log), ResponseModel(family: .binomial, link: .logit),
    ResponseModel(family: .binomial, link: .probit), ResponseModel(family: .binomial, link: .complementaryLogLog),
    ResponseModel(family: .quasiBinomial, link: .logit), ResponseModel(family: .gamma, link: .inverse),
    ResponseModel(family: .gamma, link: .log), ResponseModel(family: .inverseGaussian, link: .inverseSquared),
    ResponseModel(family: .negativeBinomial(theta: 1.5), link: .log),
  ]
}

/// A design with responses of a family, made of random numbers that are the same on every machine.
struct RandomDesign {
  /// What a design is made of.
  struct Shape: Sendable, CustomStringConvertible {
    var numerics: Int
    var levels: [Int]
    var interaction = false
    var slope = false
    var contrasts = false
    var weights = false
    var offset = false
    var intercept = true

    var description: String {
      "\(numerics) numerics, levels \(levels), interaction \(interaction), slope \(slope), contrasts \(contrasts), "
        + "weights \(weights), offset \(offset), intercept \(intercept)"
    }
  }

  static let shapes: [Shape] = [
    Shape(numerics: 0, levels: []), Shape(numerics: 3, levels: []),
    Shape(numerics: 5, levels: [], weights: true, offset: true, intercept: false),
    Shape(numerics: 0, levels: [4, 3]), Shape(numerics: 2, levels: [5, 2, 3], weights: true),
    Shape(numerics: 1, levels: [4, 3], interaction: true, offset: true),
    Shape(numerics: 3, levels: [6, 2], slope: true, weights: true, offset: true),
    Shape(numerics: 2, levels: [4, 5], interaction: true, slope: true, contrasts: true),
    Shape(numerics: 1, levels: [3], weights: true, intercept: false),
  ]

  let layout: DesignLayout
  let rows: DesignRows
  let coefficients: [Double]

  init(_ shape: Shape, model: ResponseModel, rows n: Int, seed: UInt64) {
    var random = SplitMix(state: seed)
    var columns: [DesignColumn] = []
    func add(_ numeric: Int?, _ codings: [FactorCoding]) {
      columns.append(
        DesignColumn(name: "x\(columns.count)", term: columns.count, numeric: numeric, codings: codings))
    }
    func codings(_ factor: Int, full: Bool = false) -> [FactorCoding] {
      let levels = shape.levels[factor]
      return ((full ? 0 : 1)..<levels).map { level in
        shape.contrasts
          ? FactorCoding(factor: factor, values: .levels((0..<levels).map { cos(Double(level * ($0 + 1))) }))
          : FactorCoding(factor: factor, values: .indicator(level: level))
      }
    }
    if shape.intercept { add(nil, []) }
    for m in 0..<shape.numerics { add(m, []) }
    for f in shape.levels.indices {
      for coding in codings(f, full: f == 0 && !shape.intercept) { add(nil, [coding]) }
    }
    if shape.interaction { for a in codings(0) { for b in codings(1) { add(nil, [a, b]) } } }
    if shape.slope { for m in 0..<2 { for a in codings(0) { add(m, [a]) } } }
    layout = DesignLayout(
      factors: shape.levels.enumerated().map { factor in
        DesignFactor(name: "f\(factor.offset)", levels: (0..<factor.element).map { "l\($0)" })
      }, numericCount: shape.numerics, columns: columns, terms: [], hasIntercept: shape.intercept)
    var numerics: [[Double]] = []
    for _ in 0..<shape.numerics { numerics.append(random.units(n).map { $0 - 0.3 }) }
    var codes: [[Int32]] = []
    for levels in shape.levels { codes.append(random.units(n).map { Int32($0 * Double(levels)) }) }
    var weights: [Double]?
    if shape.weights { weights = (0..<n).map { i -> Double in i % 17 == 3 ? 0 : Double(1 + i % 5) } }
    var offset: [Double]?
    if shape.offset { offset = random.units(n).map { 0.2 * $0 } }
    // Without intercept and factors the offset keeps the means inside.
    let isBare = !shape.intercept && shape.levels.isEmpty
    // Small effects about an intercept that keeps every mean inside what family and link allow.
    let centre = model.link == .inverse || model.link == .inverseSquared || model.link == .squareRoot ? 1.5 : -0.4
    if isBare { offset = offset?.map { $0 + centre } }
    var beta = random.units(columns.count).map { 0.1 * ($0 - 0.5) }
    if shape.intercept {
      beta[0] = centre
    } else if !isBare {
      for (j, column) in columns.enumerated() where column.numeric == nil { beta[j] += centre }
    }
    coefficients = beta
    let blank = DesignRows(
      count: n, numerics: numerics, codes: codes, response: [Double](repeating: 1, count: n), weights: weights,
      offset: offset)
    let eta = layout.linearPredictor(rows: blank, range: 0..<n, coefficients: beta)
    let response = (0..<n).map { i -> Double in
      let mean = model.link.mean(eta[i])
      switch model.family {
      case .gaussian: return mean + 0.3 * random.unit()
      case .gamma, .inverseGaussian: return mean * (0.5 + random.unit())
      case .binomial, .quasiBinomial:
        let trials = weights?[i] ?? 1
        let successes = (0..<Int(trials)).count { _ in random.unit() < mean }
        return trials > 0 ? Double(successes) / trials : 0
      default: return (mean * 3 * random.unit()).rounded(.down)
      }
    }
    rows = DesignRows(
      count: n, numerics: numerics, codes: codes, response: response, weights: weights, offset: offset)
  }
}

/// Steele, Lea and Flood, Fast splittable pseudorandom number generators, 2014.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Some numbers in [0, 1).
  mutating func units(_ count: Int) -> [Double] {
    var result: [Double] = []
    for _ in 0..<count { result.append(unit()) }
    return result
  }

  /// A number in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
