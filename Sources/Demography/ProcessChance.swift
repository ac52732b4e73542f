internal import CKernels
internal import Probability

/// The chance of single deaths and births: how many of the people at risk an event meets.
///
/// Of E people exposed to a risk q, the whole ones die by a binomial draw and the rest of one by its expectation, so that
/// the mean is qE whatever E is; births are Poisson, and girls are a binomial draw of them. Net migrants are not drawn:
/// their chance belongs to the gross flows, which net figures do not show.
struct ProcessChance: Sendable {
  private let generator: Philox
  private static let births: UInt64 = 1
  private static let girls: UInt64 = 2
  private static let deaths: UInt64 = 16

  init(seed: UInt64) { generator = Philox(seed: seed, purpose: 2) }

  /// Does what `ph_age` does, each death by chance.
  func age(
    _ block: EnsembleBlock, _ figures: inout ph_ageing, sex: Int, key: UInt64, step: Int,
    _ deaths: UnsafeMutablePointer<Double>, _ births: UnsafeMutablePointer<Double>,
    _ deathCells: UnsafeMutablePointer<Double>?, _ birthCells: UnsafeMutablePointer<Double>?
  ) -> Int32 {
    let (n, lanes) = (block.ages, block.lanes)
    let risks = block.risks
    ph_risks(&figures, risks)
    let people = block.people + sex * n * lanes
    let isLate = figures.late != 0
    var below: Int32 = 0
    for i in 0..<lanes {
      let simulation = block.table.lanes.lowerBound + i
      var carried = 0.0
      var died = 0.0
      var born = 0.0
      for x in 0..<n {
        let start = people[x * lanes + i]
        let net = figures.rates != 0 ? figures.net[x] * start : figures.net[x]
        let joining = figures.spread[x] * figures.level[i] + net
        let exposed = isLate ? start : start + joining
        let lost = self.deaths(
          of: exposed, risk: risks[(x + 1) * lanes + i],
          at: counter(simulation, key, block.model.starts[step], Self.deaths + UInt64(sex * (n + 1) + x + 1)))
        if x == n - 1 { carried += exposed - lost }
        let after = isLate ? carried : carried + joining
        let end = carried + joining
        if let fertility = figures.fertility, fertility[x] != 0 {
          let children = fertility[x] * (((figures.mothers_move != 0 ? exposed : start) + after) * 0.5)
          born += children
          birthCells?[x * lanes + i] = children
        }
        if x > 0, end < 0 { below = 1 }
        people[x * lanes + i] = x > 0 ? end : joining
        died += lost
        deathCells?[(x + 1) * lanes + i] = lost
        carried = exposed - lost
      }
      deaths[i] = died
      if figures.fertility != nil { births[i] = born }
    }
    return below
  }

  /// Draws births and girls in place of their expectations.
  func drawBirths(
    lanes: Range<Int>, key: UInt64, year: Int, ratio: Double, _ births: UnsafeMutablePointer<Double>,
    _ bySex: UnsafeMutablePointer<Double>
  ) {
    for (i, simulation) in lanes.enumerated() {
      let drawn = generator.poisson(mean: max(0, births[i]), at: counter(simulation, key, year, Self.births))
      let girls = generator.binomial(
        trials: drawn, probability: 1 / (1 + ratio), at: counter(simulation, key, year, Self.girls))
      births[i] = drawn
      bySex[i] = girls
      bySex[lanes.count + i] = drawn - girls
    }
  }

  /// Does what `ph_newborns` does, each death by chance.
  func addNewborns(
    _ block: EnsembleBlock, _ figures: inout ph_ageing, sex: Int, key: UInt64, step: Int,
    _ born: UnsafeMutablePointer<Double>, _ deaths: UnsafeMutablePointer<Double>,
    _ deathCells: UnsafeMutablePointer<Double>?
  ) -> Int32 {
    let (n, lanes) = (block.ages, block.lanes)
    let risks = block.risks
    ph_risks(&figures, risks)
    var below: Int32 = 0
    for i in 0..<lanes {
      let lost = self.deaths(
        of: born[i], risk: risks[i],
        at: counter(
          block.table.lanes.lowerBound + i, key, block.model.starts[step], Self.deaths + UInt64(sex * (n + 1))))
      let cell = sex * n * lanes + i
      block.people[cell] += born[i] - lost
      deaths[i] += lost
      deathCells?[i] = lost
      if block.people[cell] < 0 { below = 1 }
    }
    return below
  }

  private func counter(_ simulation: Int, _ key: UInt64, _ year: Int, _ component: UInt64) -> SIMD4<UInt64> {
    FuturePaths.counter(simulation, area: key, year: year, component)
  }

  private func deaths(of exposed: Double, risk: Double, at counter: SIMD4<UInt64>) -> Double {
    let whole = exposed.rounded(.down)
    guard whole >= 1 else { return exposed * risk }
    return generator.binomial(trials: whole, probability: risk, at: counter) + (exposed - whole) * risk
  }
}
