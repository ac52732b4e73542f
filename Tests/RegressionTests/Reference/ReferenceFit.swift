import Foundation
import Regression
import Tables

/// A fit of other software with its data, as `Fixtures/glm` holds it.
struct ReferenceFit: Decodable, Sendable {
  let source: String
  let formula: String
  let family: String
  let link: String
  let theta: Double?
  let weights: String?
  let trials: String?
  let separated: Bool?
  let columns: [String: ReferenceColumn]

  let terms: [String]
  let coefficients: [Double?]?
  let standardErrors: [Double?]?
  let statistics: [Double?]?
  let pValues: [Double?]?
  /// Of the coefficients that are not aliased.
  let covariance: [[Double]]?
  let deviance: Double?
  let nullDeviance: Double?
  let dfResidual: Int?
  let dfNull: Int?
  let aic: Double?
  let bic: Double?
  let logLikelihood: Double?
  let dispersion: Double?
  let pearsonChiSquared: Double?
  let thetaEstimate: Double?
  let thetaStandardError: Double?
  let residualStandardDeviation: Double?
  let rSquared: Double?
  let adjustedRSquared: Double?
  /// The statistic and its two degrees of freedom.
  let fStatistic: [Double]?
  let fitted: [Double]?
  let linearPredictor: [Double]?
  let leverage: [Double?]?
  let cooksDistance: [Double?]?
  let standardisedResiduals: [Double?]?
  let studentisedResiduals: [Double?]?
  let residuals: [String: [Double]]?
  let robust: [String: [Double?]]?
  let clustered: [String: [Double]]?
  let profileLimits: [[Double]]?
  let prediction: ReferencePrediction?
  let drop1: ReferenceDrops?
  let anova: ReferenceAnova?
  /// Rows with a missing value, counted from 1.
  let droppedRows: [Int]?

  /// The data in memory.
  var table: Table { Table(columns.sorted { $0.key < $1.key }.map { $1.column(named: $0) }, named: "reference") }
}

/// Predictions on the scales that the source gives, for new values of `speed` or for the first rows.
struct ReferencePrediction: Decodable, Sendable {
  let speed: [Double]?
  let confidence: [[Double]]?
  let prediction: [[Double]]?
  let link: [Double]?
  let linkSe: [Double]?
  let response: [Double]?
  let responseSe: [Double]?
}

/// R's `drop1`: each term left out in turn.
struct ReferenceDrops: Decodable, Sendable {
  let df: [Int]
  let deviance: [Double]
  let aic: [Double]
  let ratio: [Double]
  let pValues: [Double]
}

/// R's `anova`: terms added one after the other.
struct ReferenceAnova: Decodable, Sendable {
  let df: [Int]
  let deviance: [Double]
  let dfResidual: [Int]
  let residualDeviance: [Double]
  let pValues: [Double]
}

/// A data set of NIST with certified values, as `Fixtures/nist` holds it.
struct CertifiedFit: Decodable, Sendable {
  let source: String
  let formula: String
  let coefficients: [Double]
  let standardErrors: [Double]
  let residualStandardDeviation: Double
  let rSquared: Double
  let columns: [String: ReferenceColumn]

  var table: Table { Table(columns.sorted { $0.key < $1.key }.map { $1.column(named: $0) }, named: "certified") }
}

/// Ridge fits over several penalties, as `Fixtures/ridge` holds them.
struct ReferenceRidge: Decodable, Sendable {
  let source: String
  let formula: String
  let lambda: [Double]
  let coefficients: [[Double]]
  let gcv: [Double]
  let columns: [String: ReferenceColumn]

  var table: Table { Table(columns.sorted { $0.key < $1.key }.map { $1.column(named: $0) }, named: "reference") }
}

/// A column of a fixture: numbers with `null` for a missing one, or text.
enum ReferenceColumn: Decodable, Sendable {
  case numbers([Double])
  case text([String])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let numbers = try? container.decode([Double?].self) {
      self = .numbers(numbers.map { $0 ?? .nan })
    } else {
      self = .text(try container.decode([String].self))
    }
  }

  func column(named name: String) -> Table.Column {
    switch self {
    case .numbers(let values): Table.Column(name, numbers: values)
    case .text(let values): Table.Column(name, text: values)
    }
  }
}

/// Reading the fixtures.
enum References {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")

  /// The names of the fixtures in a folder, sorted.
  static func names(in kind: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(kind).path)
      .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  /// Reads a fixture.
  static func read<Value: Decodable>(_ kind: String, _ name: String, as type: Value.Type = Value.self) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let file = folder.appendingPathComponent(kind).appendingPathComponent(name + ".json")
    return try decoder.decode(type, from: try Data(contentsOf: file))
  }
}
