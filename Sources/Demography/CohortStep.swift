/// One step of one area from mid-year to mid-year: the arithmetic of ``StepConvention``, nothing else.
///
/// Rows run `[sex][age][lane]`: a lane is one of many futures that share ages and sexes, so the
/// innermost loop is the same whether there is one future or a thousand. Deaths are kept in cohort
/// form, by where people stood at the start: `[sex][origin][lane]`, origin 0 the newborns, origin
/// x + 1 age group x.
///
/// With h the share of migrants at the start, A = P + hM and D = qA:
/// P′(x+1) = A(x) − D(x) + (1−h)M(x+1), the open group gathering the last closed one and itself;
/// births B(x) = z f(x) W(x), W the mean of the women that the convention names, split by the sex
/// ratio; P′(0) = B_s(1 − q_birth) + (1−h)M(0). What is below zero after all this is set to zero and
/// counted as adjustment.
///
/// Every sum runs in the order of ages within a lane, so the bits do not depend on the lanes beside it.
/// Measured cost: see `Benchmarks`.
struct CohortStep {
  let convention: StepConvention
  let ages: Int
  let lanes: Int
  /// Step length z in years.
  let length: Double

  /// People at the end, `[sex][age][lane]`, 0 or more.
  private(set) var population: [Double]
  /// Deaths by origin, `[sex][origin][lane]`.
  private(set) var deaths: [Double]
  /// Births by the mother's age, `[age][lane]`.
  private(set) var births: [Double]
  /// Births by sex, `[sex][lane]`.
  private(set) var birthsBySex: [Double]
  /// People that clipping created, `[sex][age][lane]`.
  private(set) var adjustment: [Double]
  /// Whether anything was clipped.
  private(set) var clipped = false
  /// Whether every count of people is finite.
  private(set) var isFinite = true

  init(convention: StepConvention, ages: Int, lanes: Int = 1, length: Double = 1) {
    self.convention = convention
    self.ages = ages
    self.lanes = lanes
    self.length = length
    population = Array(repeating: 0, count: 2 * ages * lanes)
    deaths = Array(repeating: 0, count: 2 * (ages + 1) * lanes)
    births = Array(repeating: 0, count: ages * lanes)
    birthsBySex = Array(repeating: 0, count: 2 * lanes)
    adjustment = Array(repeating: 0, count: 2 * ages * lanes)
  }

  /// Takes the step; the results stand in the properties until the next one.
  ///
  /// - Parameters:
  ///   - start: people, `[sex][age][lane]`.
  ///   - death: probabilities by origin, `[sex][origin][lane]`.
  ///   - fertility: births per woman and year, `[age][lane]`.
  ///   - migration: net migrants, `[sex][age][lane]`.
  ///   - sexRatio: males per female at birth.
  /// - Complexity: O(ages × lanes).
  mutating func advance(
    start: Span<Double>, death: Span<Double>, fertility: Span<Double>, migration: Span<Double>,
    sexRatio: Double
  ) {
    let h = convention.shareAtStart
    let rows = StepRows(ages: ages, lanes: lanes)
    rows.age(start, death, migration, share: h, into: &population, deaths: &deaths)
    if convention != .unEnd { rows.addMigrants(migration, share: 1 - h, into: &population) }
    rows.addBirths(
      start, fertility, migration, share: convention == .unEven ? h : 0, length: length, sexRatio: sexRatio,
      end: population, births: &births, bySex: &birthsBySex)
    if convention == .unEnd { rows.addMigrants(migration, share: 1, into: &population) }
    rows.addNewborns(birthsBySex, death, migration, share: 1 - h, into: &population, deaths: &deaths)
    (clipped, isFinite) = StepRows.clip(&population, adjustment: &adjustment)
  }
}

/// The parts of a step over rows `[sex][age][lane]`. Arrays are taken as spans once a row, so that a cell costs
/// no check of uniqueness.
private struct StepRows {
  let ages: Int
  let lanes: Int

  /// A − D of every group into the next one; group 0 is left empty for the newborns.
  func age(
    _ start: Span<Double>, _ death: Span<Double>, _ migration: Span<Double>, share h: Double,
    into population: inout [Double], deaths: inout [Double]
  ) {
    let (lanes, cells) = (lanes, ages * lanes)
    var people = population.mutableSpan
    var dead = deaths.mutableSpan
    for sex in 0..<2 {
      let base = sex * cells
      let origin = sex * (cells + lanes) + lanes
      for i in 0..<lanes { people[base + i] = 0 }
      for cell in 0..<(cells - lanes) {
        let exposed = start[base + cell] + h * migration[base + cell]
        let lost = exposed * death[origin + cell]
        dead[origin + cell] = lost
        people[base + cell + lanes] = exposed - lost
      }
      for cell in (cells - lanes)..<cells {
        let exposed = start[base + cell] + h * migration[base + cell]
        let lost = exposed * death[origin + cell]
        dead[origin + cell] = lost
        people[base + cell] += exposed - lost
      }
    }
  }

  /// Migrants who join at the end, in every group but the newborns'.
  func addMigrants(_ migration: Span<Double>, share: Double, into population: inout [Double]) {
    let (lanes, cells) = (lanes, ages * lanes)
    var people = population.mutableSpan
    for sex in 0..<2 {
      for cell in (sex * cells + lanes)..<(sex * cells + cells) { people[cell] += share * migration[cell] }
    }
  }

  /// Births by the mother's age. Group 0 has no women that give birth (``FertilityRates`` refuses a rate there),
  /// so its end-of-step count, which is not known yet, is taken as zero.
  func addBirths(
    _ start: Span<Double>, _ fertility: Span<Double>, _ migration: Span<Double>, share h: Double,
    length: Double, sexRatio: Double, end: [Double], births: inout [Double], bySex: inout [Double]
  ) {
    let lanes = lanes
    let people = end.span
    var born = births.mutableSpan
    var all = bySex.mutableSpan
    for i in 0..<lanes { all[i] = 0 }
    for x in 0..<ages {
      for i in 0..<lanes {
        let cell = x * lanes + i
        let women = (start[cell] + h * migration[cell] + people[cell]) / 2
        born[cell] = length * fertility[cell] * women
        all[i] += born[cell]
      }
    }
    for i in 0..<lanes {
      let both = all[i]
      all[i] = both / (1 + sexRatio)
      all[lanes + i] = both * sexRatio / (1 + sexRatio)
    }
  }

  /// Newborns who survive the step, and the migrants of their age.
  func addNewborns(
    _ bySex: [Double], _ death: Span<Double>, _ migration: Span<Double>, share: Double,
    into population: inout [Double], deaths: inout [Double]
  ) {
    for sex in 0..<2 {
      let origin = sex * (ages + 1) * lanes
      let base = sex * ages * lanes
      for i in 0..<lanes {
        let born = bySex[sex * lanes + i]
        let lost = born * death[origin + i]
        deaths[origin + i] = lost
        population[base + i] += born - lost + share * migration[base + i]
      }
    }
  }

  /// Sets cells below zero to zero and keeps what that adds; whether there was any, and whether all are finite.
  static func clip(
    _ population: inout [Double], adjustment: inout [Double]
  ) -> (clipped: Bool, isFinite: Bool) {
    var people = population.mutableSpan
    var added = adjustment.mutableSpan
    var lowest = 0.0
    // A flag without a branch leaves the loop to vector instructions.
    var impossible: UInt64 = 0
    for cell in 0..<people.count {
      let count = people[cell]
      impossible |= count.magnitude < .infinity ? 0 : 1
      lowest = min(lowest, count)
      added[cell] = count < 0 ? -count : 0
      people[cell] = count < 0 ? 0 : count
    }
    return (lowest < 0, impossible == 0)
  }
}
