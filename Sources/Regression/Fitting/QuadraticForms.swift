import LinearAlgebra

/// x′Vx of rows of a design: times the working weight the leverage, times φ the variance of the linear predictor.
///
/// Where factors make few enough cells, a row's columns are values of its cell times 1 or a numeric: x = Σ a(cell) u with
/// u among 1, the numerics z that stand alone and those that factors multiply. The form is then u′Q(cell)u + 2 u′C(cell)z
/// + z′V z, with Q and C added up from V once a cell.
struct QuadraticForms: Sendable {
  private enum Way: Sendable {
    case cells(CellForms)
    /// V.
    case columns(Matrix)
  }

  private let layout: DesignLayout
  private let way: Way

  /// The most doubles that the matrices of all cells may take: 32 MB.
  private static let mostDoubles = 1 << 22

  /// - Parameter covariance: V, symmetric; NaN counts as 0, as aliased columns have it.
  /// - Complexity: O(cells × (columns that are not 0 in a cell) × (those and the numerics)).
  init(_ layout: DesignLayout, covariance: Matrix) {
    self.layout = layout
    var known = covariance
    known.values = known.values.map { $0.isNaN ? 0 : $0 }
    if let plan = CellPlan(layout), plan.cellCount * CellForms.length(plan) <= Self.mostDoubles {
      way = .cells(CellForms(plan, CellDesign(plan, layout), known))
    } else {
      way = .columns(known)
    }
  }

  /// The forms of some rows.
  ///
  /// - Complexity: O(rows × numerics²) by cells, O(rows × columns²) otherwise.
  func callAsFunction(rows: DesignRows, range: Range<Int>) -> [Double] {
    switch way {
    case .cells(let forms): return forms(rows, range)
    case .columns(let known): return layout.quadraticForms(rows: rows, range: range, covariance: known)
    }
  }
}

/// The matrices Q and C of every cell.
private struct CellForms: Sendable {
  private let plan: CellPlan
  /// A cell's Q (the lower triangle row by row, what lies off the diagonal doubled), then 2C row by row.
  private let matrices: [Double]
  private let stride: Int
  /// z′Vz of the plain columns: the lower triangle row by row, what lies off the diagonal doubled.
  private let plain: [Double]

  /// How many doubles a cell takes.
  static func length(_ plan: CellPlan) -> Int {
    let bases = 1 + plan.sloped.count
    return bases * (bases + 1) / 2 + bases * plan.plain.count
  }

  init(_ plan: CellPlan, _ design: CellDesign, _ v: Matrix) {
    self.plan = plan
    let stride = Self.length(plan)
    let bases = 1 + plan.sloped.count
    let k = plan.plain.count
    let cross = bases * (bases + 1) / 2
    var matrices = [Double](repeating: 0, count: plan.cellCount * stride)
    for cell in 0..<plan.cellCount {
      let start = cell * stride
      let entries = Int(design.starts[cell])..<Int(design.starts[cell + 1])
      for e in entries {
        let column = plan.coded[Int(design.places[e])]
        let base = column.slope.map { $0 + 1 } ?? 0
        let value = design.values[e]
        for f in entries {
          let other = plan.coded[Int(design.places[f])]
          let otherBase = other.slope.map { $0 + 1 } ?? 0
          // Both orders of a pair off the diagonal add to its one place.
          let (row, below) = (max(base, otherBase), min(base, otherBase))
          matrices[start + row * (row + 1) / 2 + below] += value * design.values[f] * v[column.column, other.column]
        }
        for (m, numeric) in plan.plain.enumerated() {
          matrices[start + cross + base * k + m] += 2 * value * v[column.column, numeric.column]
        }
      }
    }
    self.matrices = matrices
    self.stride = stride
    plain = plan.plain.indices.flatMap { a in
      (0...a).map { b in (a == b ? 1 : 2) * v[plan.plain[a].column, plan.plain[b].column] }
    }
  }

  func callAsFunction(_ rows: DesignRows, _ range: Range<Int>) -> [Double] {
    var cells = [Int](repeating: 0, count: range.count)
    for factor in plan.factors {
      let codes = rows.codes[factor.factor]
      for i in 0..<range.count { cells[i] += Int(codes[range.lowerBound + i]) * Int(factor.stride) * stride }
    }
    let first = range.lowerBound
    var forms = [Double](repeating: 0, count: range.count)
    var place = 0
    let bases: [[Double]?] = [nil] + plan.sloped.map { rows.numerics[$0] }
    for (row, u) in bases.enumerated() {
      for v in bases[...row] {
        for i in 0..<range.count {
          forms[i] += matrices[cells[i] + place] * (u?[first + i] ?? 1) * (v?[first + i] ?? 1)
        }
        place += 1
      }
    }
    let numerics = plan.plain.map { rows.numerics[$0.numeric] }
    for u in bases {
      for z in numerics {
        for i in 0..<range.count { forms[i] += matrices[cells[i] + place] * (u?[first + i] ?? 1) * z[first + i] }
        place += 1
      }
    }
    place = 0
    for (row, y) in numerics.enumerated() {
      for z in numerics[...row] {
        let value = plain[place]
        for i in 0..<range.count { forms[i] += value * y[first + i] * z[first + i] }
        place += 1
      }
    }
    return forms
  }
}
