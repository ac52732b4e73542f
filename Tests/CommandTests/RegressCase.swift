import Foundation
import TestSupport
import Testing

/// Runs of `pophealth regress` and what they leave behind.
enum RegressCase {
  /// Dobson 1990, p. 93: counts of a trial; the fit is R's first example of `glm`.
  static let dobson = """
    counts,outcome,treatment
    18,a,x
    17,b,x
    15,c,x
    20,a,y
    10,b,y
    20,c,y
    25,a,z
    13,b,z
    12,c,z

    """

  /// Venables and Ripley 2002, p. 190: budworms killed by doses of a poison, 20 a dose.
  static let budworm = """
    ldose,sex,prop,w
    0,M,0.05,20
    1,M,0.2,20
    2,M,0.45,20
    3,M,0.65,20
    4,M,0.9,20
    5,M,1,20
    0,F,0,20
    1,F,0.1,20
    2,F,0.3,20
    3,F,0.5,20
    4,F,0.6,20
    5,F,0.8,20

    """

  /// Made-up counts: b = s − a, and two is constant.
  static let aliased = """
    y,a,b,e,s,two
    3,1,2,10,3,2
    7,2,1,20,3,2
    2,3,4,15,7,2
    8,4,3,12,7,2
    5,5,6,30,11,2
    9,6,5,25,11,2
    4,7,8,18,15,2
    6,8,7,22,15,2
    11,9,10,40,19,2
    13,10,9,35,19,2

    """

  /// Speeds and stopping distances of cars, R's `cars`.
  static let cars: String = {
    let speeds = [
      4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17,
      17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25,
    ]
    let distances = [
      2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26, 54, 32, 40, 32,
      40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85,
    ]
    return "speed,dist\n" + zip(speeds, distances).map { "\($0),\($1)\n" }.joined()
  }()

  /// Runs the command on `data.csv` of that text, in a folder with further files.
  static func run(
    _ formula: String, _ text: String, _ options: String..., files: [String: String] = [:]
  ) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", text)
    for (name, text) in files { try folder.write(name, text) }
    let before = folder.contents
    let outcome = try Program.run(["regress", formula, "--data", "data.csv"] + options, in: folder.path)
    #expect(folder.contents == before)
    return outcome
  }

  /// The rows of a CSV result by column name.
  static func table(_ outcome: Program.Outcome) -> [[String: String]] {
    let lines = outcome.output.split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  /// The object of a JSON result.
  static func object(_ outcome: Program.Outcome) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
  }

  /// Expects a command that is refused with that status, with a message that holds `message` and no cell of the data
  /// that is marked `secret`, and nothing written.
  static func expectRefusal(
    _ status: Int32, _ message: String, _ formula: String, _ text: String, _ options: String...,
    files: [String: String] = [:], location: SourceLocation = #_sourceLocation
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", text)
    for (name, text) in files { try folder.write(name, text) }
    let before = folder.contents
    let outcome = try Program.run(
      ["regress", formula, "--data", "data.csv", "--output", "out"] + options, in: folder.path)
    #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: location)
    #expect(outcome.errors.contains(message), "\(outcome.errors)", sourceLocation: location)
    #expect(!outcome.errors.contains("secret"), sourceLocation: location)
    #expect(outcome.output.isEmpty && folder.contents == before, sourceLocation: location)
  }
}
