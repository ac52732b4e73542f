/// Everything that the simulations of a run share: checked, cut into rows as the kernels take them, and in an order that
/// does not depend on that of the areas given.
struct EnsembleModel: Sendable {
  /// An area asked for and what it is made of.
  struct Target: Sendable {
    /// Positions of its parts in ``EnsembleModel/order``, ascending, and their shares by origin (that of age 0 first);
    /// `nil` for the whole area.
    var parts: [(position: Int, shares: SharedRows<Double>?)]
    /// The first and last of these positions.
    var span: ClosedRange<Int>
    /// The people at the base, `[sex][segment]`.
    var base: [Double]
  }

  let base: Population
  let convention: StepConvention
  let starts: [Int]
  /// The areas that are simulated, by position in the base, in the order of their codes.
  let order: [Int]
  /// The keys of their draws.
  let keys: [UInt64]
  /// The positions of their processes of fertility and migration.
  let processes: [(fertility: Int, migration: Int)]
  let targets: [Target]
  /// The age groups that are summed together: no measure cuts one.
  let segments: [Range<Int>]
  let paths: FuturePaths

  let figures: EnsembleFigures

  var ages: Int { base.ages.count }
  var stepLength: Int { base.ages.uniformWidth ?? 1 }
  var factorCount: Int { paths.uncertainty.mortality?.factors.count ?? 0 }
  var loadingRowCount: Int { factorCount == 0 ? 1 : figures.loadings.count / factorCount }
  /// The rows of one target and step: people by sex and segment, births, deaths, adjustment.
  var rowCount: Int { 2 * segments.count + 3 }

  /// - Throws: ``EnsembleError`` for what does not fit together.
  init(
    _ method: CohortComponent, base: Population, assumptions: Assumptions, uncertainty: RateUncertainty,
    end: Int, footprints: [Footprint], bands: [AgeBand], seed: UInt64
  ) throws(EnsembleError) {
    let (starts, death): ([Int], [Double])
    do throws(ProjectionError) {
      (starts, death) = try method.steps(from: base, under: assumptions, to: end)
    } catch { throw .projection(error) }
    self.starts = starts
    let length = base.ages.uniformWidth ?? 1
    guard length == 1 || uncertainty == .none else { throw .stepLength(length) }
    self.base = base
    convention = method.convention
    paths = FuturePaths(uncertainty: uncertainty, years: starts, seed: seed)
    let segments = try Self.segments(of: bands, in: base.ages)
    self.segments = segments
    let resolved: [[(index: Int, shares: [Double])]]
    do throws(FootprintError) {
      try FootprintError.checkUnique(footprints)
      var all: [[(index: Int, shares: [Double])]] = []
      for footprint in footprints {
        all.append(try footprint.resolved(areas: base.areas, ages: base.ages))
      }
      resolved = all
    } catch { throw .footprint(error) }
    let order = Set(resolved.flatMap { $0.map(\.index) }).sorted { base.areas[$0].code < base.areas[$1].code }
    self.order = order
    keys = order.map { FuturePaths.key(of: base.areas[$0].code) }
    processes = try Self.processes(of: order.map { base.areas[$0] }, uncertainty)
    targets = resolved.map { Self.target($0, order: order, base: base, segments: segments) }

    figures = try EnsembleFigures(
      method.convention, base: base, starts: starts, death: death, assumptions: assumptions, uncertainty: uncertainty)
  }

  /// The age groups between the bounds of all bands.
  private static func segments(of bands: [AgeBand], in ages: AgeScale) throws(EnsembleError) -> [Range<Int>] {
    var bounds: Set<Int> = [0, ages.count]
    for band in bands {
      guard let indices = band.indices(in: ages) else { throw .cutBand(band) }
      bounds.formUnion([indices.lowerBound, indices.upperBound])
    }
    let sorted = bounds.sorted()
    return zip(sorted, sorted.dropFirst()).map { $0..<$1 }
  }

  private static func processes(
    of areas: [Area], _ uncertainty: RateUncertainty
  ) throws(EnsembleError) -> [(fertility: Int, migration: Int)] {
    func positions(_ process: ComponentProcess?) throws(EnsembleError) -> [Int] {
      guard let process else { return Array(repeating: 0, count: areas.count) }
      let held = Dictionary(process.areas.enumerated().map { ($1.code, $0) }, uniquingKeysWith: { a, _ in a })
      var result: [Int] = []
      for area in areas {
        guard let position = held[area.code] else {
          throw .noProcess(component: process.component, areaCode: area.code)
        }
        result.append(position)
      }
      return result
    }
    let (fertility, migration) = (try positions(uncertainty.fertility), try positions(uncertainty.migration))
    return zip(fertility, migration).map { ($0, $1) }
  }

  private static func target(
    _ parts: [(index: Int, shares: [Double])], order: [Int], base: Population, segments: [Range<Int>]
  ) -> Target {
    let placed = parts.compactMap { part in order.firstIndex(of: part.index).map { (position: $0, part: part) } }
      .sorted { $0.position < $1.position }
    var sums: [Double] = []
    for sex in Sex.allCases {
      for segment in segments {
        sums.append(
          placed.reduce(0) { sum, item in
            let start = base.offset(area: item.part.index, sex: sex)
            return segment.reduce(sum) { $0 + item.part.shares[$1] * base.counts[start + $1] }
          })
      }
    }
    let positions = placed.map(\.position)
    return Target(
      parts: placed.map { item in
        let isWhole = item.part.shares.allSatisfy { $0 == 1 }
        return (item.position, isWhole ? nil : SharedRows([item.part.shares[0]] + item.part.shares))
      }, span: (positions.first ?? 0)...(positions.last ?? 0), base: sums)
  }
}
