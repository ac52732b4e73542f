import Datasets
import Tables

/// Figures without intervals or without West Kent that bear on a claim and cannot test it.
struct ClaimContext {
  private let index: HealthIndex
  private let england: FingertipsEngland
  private let districts: [AreaRegistry.Entry]

  init(_ figures: CompareFigures, claims: [WestKentClaims.IndicatorClaim]) throws {
    let folder = figures.folder
    let measures = Set(claims.compactMap(\.healthIndexMeasure)).sorted()
    index = try checkingData { () throws(Problems) in try HealthIndex(folder, measures: measures) }
    england = try checkingData { () throws(Problems) in try FingertipsEngland(folder) }
    let registry = figures.registry
    districts = try checkingData { () throws(AreaError) in
      try registry.footprints(named: "west-kent").flatMap(\.parts).compactMap { registry.entry(named: $0.areaCode) }
    }
  }

  /// What the Health Index and Fingertips have, for the year before the claim was made.
  func sentences(_ claim: WestKentClaims.IndicatorClaim) -> [String] {
    let year = claim.yearSaid - 1
    var result: [String] = []
    if let measure = claim.healthIndexMeasure, let median = index.median(of: measure, in: year) {
      let values = districts.compactMap { district in
        index.value(of: measure, area: district.code, in: year).map { "\(district.name) \(fixed($0, decimals: 1))" }
      }
      result.append(
        "ONS Health Index \(year), no intervals: \(values.joined(separator: ", ")); median of \(median.districts) "
          + "districts \(fixed(median.value, decimals: 1)).")
    }
    if let number = claim.fingertipsIndicator {
      let found = england.values.last {
        // The ages of the whole indicator begin at one age and are open.
        $0.indicator == number && $0.sex == "Persons" && $0.year < year && $0.age.contains("+")
          && ($0.age.hasPrefix("19+") || $0.age.hasPrefix("65+"))
      }
      if let found {
        result.append(
          "England (Fingertips \(number), \(found.year)/\((found.year + 1) % 100), \(found.age)): "
            + "\(grouped(found.value, decimals: 1)) (\(grouped(found.lower, decimals: 1))-\(grouped(found.upper, decimals: 1)))."
        )
      }
    }
    return result
  }
}
