/// Maximises a linear function of variables that lie between bounds and satisfy Σ aᵢⱼ xⱼ = 0, starting from x = 0.
///
/// The primal simplex method on a dictionary: every basic variable is a sum of the others, x_B = T x_N. Since x = 0
/// satisfies everything there is no first phase; variables outside the basis may stand anywhere between their bounds.
/// Entering by the largest gain, by the smallest index after many steps without gain (Bland, 1977), so it ends.
struct BoundedSimplex {
  private(set) var x: [Double]
  private var lower: [Double]
  private var upper: [Double]
  private var basic: [Int] = []
  private var nonbasic: [Int]
  /// Where each variable stands: its column, or −1 − its row.
  private var place: [Int]
  /// Row i has the coefficients of basic variable i.
  private var table: [[Double]] = []

  private static let smallestPivot = 1e-9
  private static let smallestGain = 1e-7

  /// Equations as sums of (variable, coefficient); bounds with lower ≤ 0 ≤ upper.
  init(equations: [[(variable: Int, coefficient: Double)]], lower: [Double], upper: [Double]) {
    x = [Double](repeating: 0, count: lower.count)
    self.lower = lower
    self.upper = upper
    nonbasic = Array(lower.indices)
    place = nonbasic
    var uses = [Int](repeating: 0, count: lower.count)
    for equation in equations { for term in equation { uses[term.variable] += 1 } }
    // Each equation gives up one of its variables to the basis: the one that the fewest equations share. Its column
    // then stands for the equation's own value, which is 0, and takes no further part.
    for equation in equations {
      var row = [Double](repeating: 0, count: nonbasic.count)
      for term in equation {
        let place = place[term.variable]
        if place < 0 {
          add(table[-1 - place], times: term.coefficient, to: &row)
        } else {
          row[place] += term.coefficient
        }
      }
      let usable = row.indices.filter { nonbasic[$0] >= 0 && abs(row[$0]) > 1e-6 }
      guard let column = usable.min(by: { uses[nonbasic[$0]] < uses[nonbasic[$1]] }) else { continue }
      table.append(row)
      basic.append(-1)
      var none = [Double](repeating: 0, count: nonbasic.count)
      pivot(row: table.count - 1, column: column, gains: &none)
      for index in table.indices { table[index][column] = 0 }
    }
  }

  private func add(_ source: [Double], times factor: Double, to target: inout [Double]) {
    for index in target.indices { target[index] += source[index] * factor }
  }

  /// Goes to a point where Σ cⱼxⱼ is largest; whether it got there within the steps that any such table needs.
  mutating func maximise(_ objective: [(variable: Int, gain: Double)]) -> Bool {
    var gains = [Double](repeating: 0, count: nonbasic.count)
    for term in objective {
      let place = place[term.variable]
      if place < 0 {
        add(table[-1 - place], times: term.gain, to: &gains)
      } else {
        gains[place] += term.gain
      }
    }
    var idle = 0
    for _ in 0..<(50 * (basic.count + 40)) {
      guard let column = entering(gains, bySmallestIndex: idle > 60) else { return true }
      let direction: Double = gains[column] > 0 ? 1 : -1
      let step = move(column, direction, &gains)
      guard step.isFinite else { return false }
      idle = step > 1e-9 ? 0 : idle + 1
    }
    return false
  }

  private func entering(_ gains: [Double], bySmallestIndex: Bool) -> Int? {
    var best: Int?
    var most = 0.0
    for column in nonbasic.indices where nonbasic[column] >= 0 {
      let (variable, gain) = (nonbasic[column], gains[column])
      guard abs(gain) > Self.smallestGain else { continue }
      guard gain > 0 ? x[variable] < upper[variable] : x[variable] > lower[variable] else { continue }
      if bySmallestIndex {
        if best.map({ variable < nonbasic[$0] }) ?? true { best = column }
      } else if abs(gain) > most {
        (best, most) = (column, abs(gain))
      }
    }
    return best
  }

  /// Moves one variable as far as the bounds let it, and out of it the variable that stops it. Returns how far.
  private mutating func move(_ column: Int, _ direction: Double, _ gains: inout [Double]) -> Double {
    let variable = nonbasic[column]
    var step = direction > 0 ? upper[variable] - x[variable] : x[variable] - lower[variable]
    var leaving: Int?
    var slope = 0.0
    for row in table.indices {
      let rise = table[row][column] * direction
      guard abs(rise) > Self.smallestPivot else { continue }
      let other = basic[row]
      let room = max(0, ((rise > 0 ? upper[other] : lower[other]) - x[other]) / rise)
      // Of rows that stop it together the largest pivot is the safest.
      if room < step - 1e-11 || (room <= step && leaving != nil && abs(rise) > abs(slope)) {
        (step, leaving, slope) = (room, row, rise)
      }
    }
    guard step.isFinite else { return step }
    for row in table.indices where table[row][column] != 0 {
      x[basic[row]] += table[row][column] * direction * step
    }
    guard let leaving else {
      x[variable] = direction > 0 ? upper[variable] : lower[variable]
      return step
    }
    x[variable] += direction * step
    let left = basic[leaving]
    x[left] = slope > 0 ? upper[left] : lower[left]
    pivot(row: leaving, column: column, gains: &gains)
    return step
  }

  /// Exchanges a basic with a nonbasic variable.
  private mutating func pivot(row: Int, column: Int, gains: inout [Double]) {
    let inverse = 1 / table[row][column]
    for index in nonbasic.indices { table[row][index] *= -inverse }
    table[row][column] = inverse
    let filled = nonbasic.indices.filter { table[row][$0] != 0 && $0 != column }
    let source = table[row]
    func eliminate(_ target: inout [Double]) {
      let factor = target[column]
      guard factor != 0 else { return }
      target[column] = factor * inverse
      for index in filled {
        let sum = target[index] + factor * source[index]
        // Entries are small whole numbers and fractions; what is left of a difference of equals is none.
        target[index] = abs(sum) < 1e-11 ? 0 : sum
      }
    }
    for other in table.indices where other != row { eliminate(&table[other]) }
    eliminate(&gains)
    swap(&basic[row], &nonbasic[column])
    place[basic[row]] = -1 - row
    if nonbasic[column] >= 0 { place[nonbasic[column]] = column }
  }
}
