import Datasets
import Demography
import Foundation
import Tables

/// The figures of the checkout that the tests stand in.
enum Figures {
  static let folder = DatasetFolder(
    path: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("datasets").path)

  /// The twelve districts of Kent, then Medway.
  static let kentAndMedway = [
    "E07000105", "E07000106", "E07000107", "E07000108", "E07000109", "E07000110", "E07000111", "E07000112",
    "E07000113", "E07000114", "E07000115", "E07000116", "E06000035",
  ].map { Area(code: $0) }

  static let maidstone = Area(code: "E07000110", name: "Maidstone")
  static let canterbury = Area(code: "E07000106", name: "Canterbury")

  /// The footprint with the shares of Sevenoaks.
  static func westKent() throws -> Footprint {
    let registry = try AreaRegistry(folder)
    return try registry.footprints(named: "west-kent")[0]
  }

  /// Default assumptions of a few areas.
  static func local(
    _ areas: [Area], base: Int? = nil, to end: Int = 2043,
    options: LocalAssumptions.Options = LocalAssumptions.Options(), folder: DatasetFolder = folder
  ) throws -> LocalAssumptions {
    try LocalAssumptions(folder, areas: areas, base: base, to: end, options: options)
  }

  /// The projection of local assumptions.
  static func projected(_ local: LocalAssumptions) throws -> Projection {
    try CohortComponent(.ons).project(
      local.population, under: local.assumptions, to: local.assumptions.years.upperBound)
  }
}
