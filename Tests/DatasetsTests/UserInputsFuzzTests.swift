import Datasets
import Tables
import TestSupport
import Testing

/// Folders of inputs with things deleted, doubled and spoilt: always a result or a message that names a file.
@Suite struct UserInputsFuzzTests {
  /// Reproducible uniform numbers: Marsaglia's xorshift64*.
  private struct Numbers {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return Int(truncatingIfNeeded: (state &* 0x2545_F491_4F6C_DD1D) >> 33) % max(1, limit)
    }
  }

  /// A valid folder, small so that a change hits something: codes of Kent at ages 0…3+, one or two steps.
  private static func valid(mortality: String) -> [String: String] {
    var files = [
      "population.csv": "area,year,sex,age,population\n", mortality: "area,year,sex,age,rate\n",
      "fertility.csv": "area,year,age,rate\n", "sex-ratio.csv": "year,ratio\n2018,1.05\n2019,1.05\n",
      "migration.csv": "area,year,sex,age,net\n",
    ]
    for area in ["E07000110", "Süd"] {
      for sex in ["female", "male"] {
        for age in ["0", "1", "2", "3+"] {
          files["population.csv"]! += "\(area),2018,\(sex),\(age),100.5\n"
          for year in 2018...2019 { files["migration.csv"]! += "\(area),\(year),\(sex),\(age),-1\n" }
        }
      }
    }
    for year in 2018...2019 {
      for sex in ["female", "male"] {
        for age in ["birth", "0", "1", "2", "3+"] where age != "birth" || mortality.contains("prob") {
          files[mortality]! += "*,\(year),\(sex),\(age),0.25\n"
        }
      }
      files["fertility.csv"]! += "*,\(year),1,0.5\n*,\(year),2,0.25\n"
    }
    return files
  }

  /// Text that people and programs put where it does not belong.
  private static let junk = [
    "", ",", "\"", "\"\"", "\n", "\r", "\r\n", "\u{FEFF}", "-", "+", "*", "1e308", "-1e308", "1e-320", "nan", "inf",
    "9999999999999999999", "20180", "-2018", "0+", "3-1", "0-4", "200+", "birth", "area", "é", " ", "\t", ";", "'",
    "1,234", "0x1p3", "99999999999999999999999999999999999999", "female", "E07000004", "\0",
  ]

  private static func mutated(_ text: String, _ numbers: inout Numbers) -> [UInt8] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
    switch numbers.below(9) {
    case 0: lines.remove(at: numbers.below(lines.count))
    case 1:
      let line = lines[numbers.below(lines.count)]
      lines.insert(line, at: numbers.below(lines.count))
    case 2, 3, 4:
      let row = numbers.below(lines.count)
      var cells = lines[row].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(Array.init)
      cells[numbers.below(cells.count)] = Array(junk[numbers.below(junk.count)].utf8)
      lines[row] = Array(cells.joined(separator: [UInt8(ascii: ",")]))
    case 5: lines.swapAt(numbers.below(lines.count), numbers.below(lines.count))
    case 6: lines = Array(lines.prefix(numbers.below(lines.count)))
    case 7:
      var bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
      if !bytes.isEmpty { bytes[numbers.below(bytes.count)] = UInt8(truncatingIfNeeded: numbers.below(256)) }
      return bytes
    default:
      var bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
      let start = numbers.below(bytes.count)
      bytes.removeSubrange(start..<min(bytes.count, start + numbers.below(40)))
      return bytes
    }
    return Array(lines.joined(separator: [UInt8(ascii: "\n")]))
  }

  @Test("300 spoilt folders give a result or problems that begin with a file", arguments: 0..<3)
  func mutations(_ part: Int) throws {
    let names = ["mortality-probabilities.csv", "mortality-central-rates.csv", "survival-ratios.csv"]
    let packages = DatasetFolder(path: Packages.shipped)
    var refused = 0
    for seed in 0..<100 {
      var numbers = Numbers(state: UInt64(part * 1000 + seed + 1) &* 0x9E37_79B9_7F4A_7C15)
      let mortality = names[part]
      var files = Self.valid(mortality: mortality).mapValues { Array($0.utf8) }
      for _ in 0...numbers.below(3) {
        let name = files.keys.sorted()[numbers.below(files.count)]
        files[name] = Self.mutated(String(decoding: files[name] ?? [], as: UTF8.self), &numbers)
      }
      let folder = try TemporaryFolder()
      for (name, bytes) in files { try folder.write(name, bytes: bytes) }
      do throws(Problems) {
        try Self.read(folder.path, packages)
      } catch {
        refused += 1
        #expect(!error.kept.isEmpty)
        for problem in error.kept {
          #expect(problem.description.hasPrefix(folder.path), "seed \(seed): \(problem)")
          #expect(!problem.message.isEmpty)
        }
      }
    }
    // Most changes hurt, and some do not: neither all nor nothing is refused.
    #expect((20..<100).contains(refused), "\(refused)")
  }

  @Test(
    "the folder that is spoilt is valid before",
    arguments: [
      "mortality-probabilities.csv", "mortality-central-rates.csv", "survival-ratios.csv",
    ])
  func unspoilt(_ mortality: String) throws {
    let folder = try TemporaryFolder()
    for (name, text) in Self.valid(mortality: mortality) { try folder.write(name, text) }
    try Self.read(folder.path, DatasetFolder(path: Packages.shipped))
  }

  /// All that a run asks of a folder.
  private static func read(_ path: String, _ packages: DatasetFolder) throws(Problems) {
    let inputs = try UserInputs(folder: path, packages: packages)
    let population = try inputs.population(of: inputs.areas, year: inputs.years.last ?? 0)
    guard let last = try inputs.lastRate(of: inputs.areas), last.year >= population.year else { return }
    let (assumptions, _) = try inputs.assumptions(
      of: inputs.areas, ages: population.ages, years: population.year..<(last.year + 1))
    #expect(assumptions.years.upperBound == last.year + 1)
  }
}
