import LinearAlgebra

/// Puts X′WX and X′r together from the moments of the cells.
struct CellAssembly {
  private let plan: CellPlan
  private let design: CellDesign
  private let columnCount: Int
  /// The numeric of each coded column's slope, −1 for none, and where the table has the moments of each pair of those.
  private let slopes: [Int]
  private let pairs: [Int]
  /// Where the table has the moment of each coded column's slope with each plain column.
  private let plainMoments: [Int]

  init(_ plan: CellPlan, _ design: CellDesign, columnCount: Int) {
    self.plan = plan
    self.design = design
    self.columnCount = columnCount
    slopes = plan.coded.map { $0.slope.map { $0 + 1 } ?? 0 }
    let bases: [Int?] = [nil] + plan.sloped
    pairs = bases.flatMap { a in bases.map { b in plan.moment(a, b) } }
    plainMoments = bases.flatMap { a in plan.plain.map { plan.moment(a, $0.numeric) } }
  }

  /// X′WX, both triangles.
  ///
  /// - Complexity: O(cells × (columns that are not 0 in a cell)²).
  func gram(_ moments: [Double], plainGram: Int) -> Matrix {
    let p = columnCount
    let k = plan.plain.count
    let bases = plan.sloped.count + 1
    var gram = Matrix(rows: p, columns: p)
    let columns = plan.coded.map(\.column)
    for cell in 0..<plan.cellCount {
      let table = cell * plan.tableStride
      guard moments[table..<table + plan.tableStride].contains(where: { $0 != 0 }) else { continue }
      let entries = Int(design.starts[cell])..<Int(design.starts[cell + 1])
      for e in entries {
        let place = Int(design.places[e])
        let value = design.values[e]
        let column = columns[place]
        let slope = slopes[place]
        for f in entries.lowerBound...e {
          let other = Int(design.places[f])
          let moment = moments[table + pairs[slope * bases + slopes[other]]]
          let row = columns[other]
          // Entries of a cell stand in no particular order; the lower triangle takes them all.
          gram.values[min(row, column) * p + max(row, column)] += value * design.values[f] * moment
        }
        for m in 0..<k {
          let row = plan.plain[m].column
          let moment = moments[table + plainMoments[slope * k + m]]
          gram.values[min(row, column) * p + max(row, column)] += value * moment
        }
      }
    }
    for a in 0..<k {
      for b in a..<k {
        let (row, column) = (plan.plain[b].column, plan.plain[a].column)
        gram.values[min(row, column) * p + max(row, column)] += moments[plainGram + a * k + b]
      }
    }
    gram.mirrorLowerTriangle()
    return gram
  }

  /// X′r.
  func score(_ moments: [Double], plainScore: Int, slopes slopeTable: Int) -> [Double] {
    var score = [Double](repeating: 0, count: columnCount)
    for cell in 0..<plan.cellCount {
      for e in Int(design.starts[cell])..<Int(design.starts[cell + 1]) {
        let column = plan.coded[Int(design.places[e])]
        let sum =
          column.slope.map { moments[slopeTable + cell * plan.slopeStride + 2 + $0] }
          ?? moments[cell * plan.tableStride + 1]
        score[column.column] += design.values[e] * sum
      }
    }
    for (m, column) in plan.plain.enumerated() { score[column.column] += moments[plainScore + m] }
    return score
  }
}
