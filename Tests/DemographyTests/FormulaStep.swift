import Demography

/// One step of one area written straight from its published formulas, sex by sex and age by age: it shares
/// nothing with the code under test.
///
/// Sources: ONS and GAD national projections (`ons`); UN ccmppWPP (`un-even`, `un-end`).
struct FormulaStep {
  var population: [[Double]] = []
  var unclipped: [[Double]] = []
  var deaths: [[Double]] = []
  var births: [Double] = []
  var birthsBySex: [Double] = []

  /// - Parameters:
  ///   - people: by sex and age; `migrants` likewise.
  ///   - mortality: by sex: q(birth), q(0), … for `ons`; S(0), S(1), … for the others.
  init(
    _ convention: StepConvention, people: [[Double]], mortality: [[Double]], fertility: [Double],
    migrants: [[Double]], sexRatio: Double, length: Double
  ) {
    let w = fertility.count - 1
    var after = people
    for sex in 0...1 {
      let p = people[sex]
      let m = migrants[sex]
      let rate = mortality[sex]
      after[sex][0] = 0
      switch convention {
      case .ons:
        let died = (0...w).map { rate[1 + $0] * (p[$0] + m[$0] / 2) }
        for x in 0..<(w - 1) { after[sex][x + 1] = p[x] + m[x] / 2 - died[x] + m[x + 1] / 2 }
        after[sex][w] =
          (p[w - 1] + m[w - 1] / 2 - died[w - 1]) + (p[w] + m[w] / 2 - died[w]) + m[w] / 2
        deaths.append(died)
      case .unEven:
        let a = (0...w).map { p[$0] + m[$0] / 2 }
        for x in 1..<w { after[sex][x] = a[x - 1] * rate[x] + m[x] / 2 }
        after[sex][w] = (a[w - 1] + a[w]) * rate[w] + m[w] / 2
        deaths.append((0...w).map { a[$0] * (1 - rate[min($0 + 1, w)]) })
      case .unEnd:
        for x in 1..<w { after[sex][x] = p[x - 1] * rate[x] }
        after[sex][w] = (p[w - 1] + p[w]) * rate[w]
        deaths.append((0...w).map { p[$0] * (1 - rate[min($0 + 1, w)]) })
      }
    }
    for x in 0...w {
      let atStart = convention == .unEven ? people[0][x] + migrants[0][x] / 2 : people[0][x]
      births.append(length * fertility[x] * (atStart + after[0][x]) / 2)
    }
    let all = births.reduce(0, +)
    birthsBySex = [all / (1 + sexRatio), all - all / (1 + sexRatio)]
    for sex in 0...1 {
      if convention == .unEnd { for x in 1...w { after[sex][x] += migrants[sex][x] } }
      let survives = convention == .ons ? 1 - mortality[sex][0] : mortality[sex][0]
      let joining = convention == .unEnd ? migrants[sex][0] : migrants[sex][0] / 2
      after[sex][0] = birthsBySex[sex] * survives + joining
      deaths[sex].insert(birthsBySex[sex] * (1 - survives), at: 0)
    }
    unclipped = after
    population = after.map { $0.map { max(0, $0) } }
  }
}
