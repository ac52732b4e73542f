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
    for sex in 0..<2 { age(start, death, migration, sex: sex, h: h) }
    if convention != .unEnd { join(migration, share: 1 - h, from: 1) }
    bear(start, fertility, migration, sexRatio: sexRatio)
    if convention == .unEnd { join(migration, share: 1, from: 1) }
    bringInNewborns(death, migration, share: 1 - h)
    clip()
  }

  /// A − D of every group into the next one; group 0 is left empty for the newborns.
  private mutating func age(
    _ start: Span<Double>, _ death: Span<Double>, _ migration: Span<Double>, sex: Int, h: Double
  ) {
    let base = sex * ages * lanes
    let origin = sex * (ages + 1) * lanes
    for i in 0..<lanes { population[base + i] = 0 }
    for x in 0..<ages {
      let from = base + x * lanes
      let at = origin + (x + 1) * lanes
      let to = base + min(x + 1, ages - 1) * lanes
      let gathers = x == ages - 1
      for i in 0..<lanes {
        let exposed = start[from + i] + h * migration[from + i]
        let dead = exposed * death[at + i]
        deaths[at + i] = dead
        population[to + i] = gathers ? population[to + i] + (exposed - dead) : exposed - dead
      }
    }
  }

  private mutating func join(_ migration: Span<Double>, share: Double, from firstAge: Int) {
    for sex in 0..<2 {
      let base = sex * ages * lanes
      for cell in (base + firstAge * lanes)..<(base + ages * lanes) {
        population[cell] += share * migration[cell]
      }
    }
  }

  /// Births by the mother's age. Group 0 has no women that give birth, so its end-of-step count,
  /// which is not known yet, is taken as zero.
  private mutating func bear(
    _ start: Span<Double>, _ fertility: Span<Double>, _ migration: Span<Double>, sexRatio: Double
  ) {
    for i in 0..<(2 * lanes) { birthsBySex[i] = 0 }
    let h = convention == .unEven ? convention.shareAtStart : 0
    for x in 0..<ages {
      for i in 0..<lanes {
        let cell = x * lanes + i
        let women = (start[cell] + h * migration[cell] + population[cell]) / 2
        let born = length * fertility[cell] * women
        births[cell] = born
        birthsBySex[i] += born
      }
    }
    for i in 0..<lanes {
      let all = birthsBySex[i]
      birthsBySex[i] = all / (1 + sexRatio)
      birthsBySex[lanes + i] = all * sexRatio / (1 + sexRatio)
    }
  }

  private mutating func bringInNewborns(_ death: Span<Double>, _ migration: Span<Double>, share: Double) {
    for sex in 0..<2 {
      let origin = sex * (ages + 1) * lanes
      let base = sex * ages * lanes
      for i in 0..<lanes {
        let dead = birthsBySex[sex * lanes + i] * death[origin + i]
        deaths[origin + i] = dead
        population[base + i] += birthsBySex[sex * lanes + i] - dead + share * migration[base + i]
      }
    }
  }

  private mutating func clip() {
    clipped = false
    for cell in population.indices {
      if population[cell] < 0 {
        adjustment[cell] = -population[cell]
        population[cell] = 0
        clipped = true
      } else {
        adjustment[cell] = 0
      }
    }
  }
}
