import Datasets
import Demography
import Tables

/// The claims about the people of today, beside the mid-year estimates.
struct PresentClaims {
  /// One claim and the figure of the estimates.
  struct Line {
    let claim: WestKentClaims.Claim
    let year: Int
    let figure: Double
    let note: String
  }

  /// The mid-year of the estimates: that of the claims, which were stated in 2021.
  private static let year = 2021

  let lines: [Line]

  init(_ plan: ProjectPlan) throws {
    guard let folder = plan.folder else {
      lines = []
      return
    }
    let claims = try checkingData { () throws(Problems) in try WestKentClaims(folder) }
    let registry = try checkingData { () throws(Problems) in try AreaRegistry(folder) }
    let kent = try checkingCommand { () throws(AreaError) in try registry.footprints(named: "kent") }
    func people(_ footprints: [Footprint]) throws -> Population? {
      var seen = Set<String>()
      let codes = footprints.flatMap(\.parts).map(\.areaCode).filter { seen.insert($0).inserted }
      let history = try checkingData { () throws(Problems) in
        try Estimates.rebased(folder, areas: codes.map { registry.entry(named: $0)?.area ?? Area(code: $0) })
      }
      guard let population = history.population(in: Self.year) else { return nil }
      return try checkingData { () throws(FootprintError) in try population.combined(into: footprints) }
    }
    var lines: [Line] = []
    if let claim = claims.claim(about: "population"), let found = try people(plan.footprints) {
      lines.append(
        Line(
          claim: claim, year: Self.year, figure: found.total(area: 0), note: "mid-year estimate, rebased to Census 2021"
        ))
    }
    if let claim = claims.claim(about: "share-female"), let found = try people(kent) {
      lines.append(
        Line(
          claim: claim, year: Self.year, figure: found.total(area: 0, sex: .female) / found.total(area: 0),
          note: "mid-year estimate, rebased to Census 2021"))
    }
    self.lines = lines
  }
}
