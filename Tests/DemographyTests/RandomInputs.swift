import Demography

/// Random numbers of a seed, the same on every machine.
///
/// Source: Steele, Lea and Flood (2014), SplitMix64.
struct SeededNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in `range`.
  mutating func next(in range: ClosedRange<Double>) -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    z ^= z >> 31
    return range.lowerBound + Double(z >> 11) * 0x1p-53 * (range.upperBound - range.lowerBound)
  }

  /// `count` numbers in `range`.
  mutating func row(_ count: Int, in range: ClosedRange<Double>) -> [Double] {
    (0..<count).map { _ in next(in: range) }
  }
}

/// Possible inputs of a projection that no two cells share, from a seed.
struct RandomInputs {
  /// What migration is given as.
  enum Moves { case none, net, flows, netRates }

  let base: Population
  let assumptions: Assumptions
  let end: Int

  static let singleYears = AgeScale.singleYears(to: 10)
  static let fiveYears = AgeScale.groups(of: 5, to: 50)

  /// - Parameter loss: how many more people leave than come, as a share of those there; 1 empties cells.
  init(
    seed: UInt64, _ convention: StepConvention, ages: AgeScale, areas count: Int, steps: Int = 4,
    moves: Moves = .net, loss: Double = 0, order: [Int]? = nil
  ) throws {
    var numbers = SeededNumbers(seed: seed)
    let n = ages.count
    let length = ages.uniformWidth ?? 1
    let years = 2000..<(2000 + steps * length)
    let areas = (0..<count).map { Area(code: "A\($0)") }
    let measure = convention.mortalityMeasure
    let rows = measure == .deathProbability ? n + 1 : n
    let mortal = measure == .deathProbability ? 0.001...0.3 : 0.6...0.999
    // Each area's figures are drawn together, so that an area has the same ones in whatever order they stand.
    var people: [[Double]] = []
    var mortality: [[Double]] = []
    var fertility: [[Double]] = []
    var first: [[Double]] = []
    var second: [[Double]] = []
    for _ in areas {
      people.append(numbers.row(2 * n, in: 0...1000))
      mortality.append(numbers.row(years.count * 2 * rows, in: mortal))
      fertility.append([])
      for _ in years { fertility[fertility.count - 1] += [0] + numbers.row(n - 1, in: 0...0.2) }
      switch moves {
      case .netRates: first.append(numbers.row(years.count * 2 * n, in: (-0.3 - loss)...(0.3 - loss)))
      default: first.append(numbers.row(years.count * 2 * n, in: (-300 - 900 * loss)...(300 - 300 * loss)))
      }
      second.append(numbers.row(years.count * 2 * n, in: 0...(300 + 900 * loss)))
    }
    let order = order ?? Array(areas.indices)
    func all(_ blocks: [[Double]]) -> [Double] { order.flatMap { blocks[$0] } }
    let migration =
      switch moves {
      case .none: Migration.none(ages: ages, years: years, areaCount: order.count)
      case .net: try Migration.net(ages: ages, years: years, areaCount: order.count, values: all(first))
      case .netRates:
        try Migration.netRates(ages: ages, years: years, areaCount: order.count, values: all(first))
      case .flows:
        try Migration.flows(
          ages: ages, years: years, areaCount: order.count, arrivals: all(first).map { abs($0) },
          departures: all(second))
      }
    base = try Population(areas: order.map { areas[$0] }, ages: ages, year: 2000, counts: all(people))
    assumptions = try Assumptions(
      areas: order.map { areas[$0] },
      mortality: MortalityRates(
        measure: measure, ages: ages, years: years, areaCount: order.count, values: all(mortality)),
      fertility: FertilityRates(
        ages: ages, years: years, areaCount: order.count, values: all(fertility),
        sexRatios: years.map { 1 + 0.01 * Double($0 - 1999) }),
      migration: migration)
    end = years.upperBound
  }

  /// Every convention on every scale.
  static let cases: [(StepConvention, AgeScale)] = StepConvention.allCases.flatMap {
    [($0, singleYears), ($0, fiveYears)]
  }

  /// The projection of these inputs.
  func projected(_ convention: StepConvention) throws -> Projection {
    try CohortComponent(convention).project(base, under: assumptions, to: end)
  }
}
