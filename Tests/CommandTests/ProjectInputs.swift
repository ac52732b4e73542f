import Foundation
import TestSupport
import Testing

/// A small valid folder for `--inputs`, to be spoilt one cell at a time: areas `A` and `B`, ages 0…10+, base
/// mid-2023, steps 2023 to 2025.
struct ProjectInputs: Sendable {
  enum Mortality: String, Sendable, CaseIterable {
    case central = "mortality-central-rates.csv"
    case probabilities = "mortality-probabilities.csv"
    case survival = "survival-ratios.csv"
  }

  static let ages = (0..<10).map(String.init) + ["10+"]
  static let steps = 2023...2025

  /// The lines of each file, header first.
  private(set) var files: [String: [String]]
  /// Files that are no lines of text.
  var raw: [String: [UInt8]] = [:]
  var folders: [String] = []

  init(_ mortality: Mortality = .probabilities) {
    var population = ["area,year,sex,age,population"]
    var rates = ["area,year,sex,age,rate"]
    var fertility = ["area,year,age,rate"]
    var migration = ["area,year,sex,age,net"]
    let areas = ["A", "B"]
    for (a, area) in areas.enumerated() {
      for sex in ["female", "male"] {
        for (x, age) in Self.ages.enumerated() {
          population.append("\(area),2023,\(sex),\(age),\(1000 + 100 * a + 10 * x)")
        }
      }
    }
    for step in Self.steps {
      for sex in ["female", "male"] {
        if mortality == .probabilities { rates.append("*,\(step),\(sex),birth,0.004") }
        for (x, age) in Self.ages.enumerated() {
          let q = 0.001 + 0.02 * Double(x)
          rates.append("*,\(step),\(sex),\(age),\(mortality == .survival ? 1 - q : q)")
        }
      }
      for age in 4..<9 { fertility.append("*,\(step),\(age),0.1") }
      for area in areas {
        for sex in ["female", "male"] {
          for age in Self.ages { migration.append("\(area),\(step),\(sex),\(age),5") }
        }
      }
    }
    files = [
      "population.csv": population, mortality.rawValue: rates, "fertility.csv": fertility,
      "sex-ratio.csv": ["year,ratio"] + Self.steps.map { "\($0),1.05" }, "migration.csv": migration,
    ]
  }

  /// A file's lines; setting none takes the file away.
  subscript(file: String) -> [String] {
    get { files[file] ?? [] }
    set { files[file] = newValue.isEmpty ? nil : newValue }
  }

  /// Replaces the one line `old`; the test is wrong where there is none.
  mutating func replace(_ old: String, by new: String, in file: String) {
    guard let row = self[file].firstIndex(of: old) else {
      Issue.record("\(file) has no line \(old)")
      return
    }
    self[file][row] = new
  }

  /// Gives the cell of the population a value.
  mutating func setCount(_ value: String, of age: String = "7") {
    replace("A,2023,female,\(age),10\(age)0", by: "A,2023,female,\(age),\(value)", in: "population.csv")
  }

  /// Drops the lines of a file that have a part.
  mutating func remove(_ part: String, from file: String) { self[file].removeAll { $0.contains(part) } }

  /// Writes the folder `in` and an empty folder `out` beside it.
  func write() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let manager = FileManager.default
    for name in ["in", "out"] + folders.map({ "in/" + $0 }) {
      try manager.createDirectory(atPath: folder.file(name), withIntermediateDirectories: true)
    }
    for (name, lines) in files { try folder.write("in/" + name, lines.joined(separator: "\n") + "\n") }
    for (name, bytes) in raw { try folder.write("in/" + name, bytes: bytes) }
    return folder
  }

  /// Runs `pophealth project --inputs in --format csv` in the folder.
  func project(_ arguments: String...) throws -> Program.Outcome {
    let folder = try write()
    return try Program.run(
      ["project", "--inputs", "in", "--format", "csv"] + arguments, in: folder.path)
  }
}

/// One thing that is wrong, and what the program says of it.
struct BadInput: CustomTestStringConvertible, Sendable {
  let name: String
  let mortality: ProjectInputs.Mortality
  let arguments: [String]
  /// The first line of standard error, or how it begins where it ends in an ellipsis.
  let message: String
  let spoil: @Sendable (inout ProjectInputs) -> Void

  init(
    _ name: String, _ mortality: ProjectInputs.Mortality = .probabilities, _ arguments: [String] = [],
    says message: String, _ spoil: @escaping @Sendable (inout ProjectInputs) -> Void = { _ in }
  ) {
    self.name = name
    self.mortality = mortality
    self.arguments = arguments
    self.message = message
    self.spoil = spoil
  }

  var testDescription: String { name }

  /// Runs the program and checks all that a refusal must be: the exit code, the message, nothing on standard
  /// output, no new file.
  func check(status: Int32 = 1) throws {
    var inputs = ProjectInputs(mortality)
    spoil(&inputs)
    let folder = try inputs.write()
    let run = try Program.run(
      ["project", "--inputs", "in", "--format", "csv", "--output", "out/new.csv"] + arguments, in: folder.path)
    let first = run.errors.split(separator: "\n").first.map(String.init) ?? ""
    #expect(run.status == status)
    if message.hasSuffix("…") {
      #expect(first.hasPrefix(message.dropLast()), "\(first)")
    } else {
      #expect(first == message)
    }
    #expect(run.bytes.isEmpty)
    #expect(!run.errors.contains("\u{1B}"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("out")).isEmpty)
  }
}
