import TestSupport
import Testing

/// Random small inputs through the program and through ``ProjectOracle``.
@Suite struct ProjectOracleTests {
  /// One random problem.
  struct Draw: CustomTestStringConvertible, Sendable {
    let step: ProjectOracle.Step
    let mortality: ProjectInputs.Mortality
    let seed: UInt64
    let gross: Bool

    var testDescription: String {
      "\(step.rawValue), \(mortality.rawValue), seed \(seed)\(gross ? ", gross flows" : "")"
    }
  }

  static let draws: [Draw] = ProjectOracle.Step.allCases.flatMap { step in
    (step == .ons ? [.probabilities, .central] : [.survival, .central]).flatMap {
      (mortality: ProjectInputs.Mortality) in
      (1...2).map { Draw(step: step, mortality: mortality, seed: UInt64($0), gross: $0 == 2) }
    }
  }

  @Test("random inputs come out as the formulas say", arguments: draws)
  func random(_ draw: Draw) throws {
    var numbers = Numbers(
      state: draw.seed &* 0x9E37_79B9 &+ UInt64(draw.testDescription.utf8.reduce(0) { $0 + Int($1) }))
    let open = 10
    let areas = ["north", "mid, the", "süd"]
    let years = 2021..<2026
    let labels = (0..<open).map(String.init) + ["\(open)+"]
    var files: [String: [String]] = [
      "population.csv": ["area,year,sex,age,population"],
      draw.mortality.rawValue: ["area,year,sex,age,rate"],
      "fertility.csv": ["area,year,age,rate"],
      "sex-ratio.csv": ["year,ratio"],
      "migration.csv": ["area,year,sex,age," + (draw.gross ? "in,out" : "net")],
    ]
    var expected: [String: Double] = [:]
    let ratios = Dictionary(uniqueKeysWithValues: years.map { ($0, numbers.next(1, 1.1)) })
    for year in years { files["sex-ratio.csv"]?.append("\(year),\(ratios[year] ?? 0)") }
    for area in areas {
      var people: [String: [Int: Double]] = [:]
      for sex in ["female", "male"] {
        for x in 0...open {
          let count = numbers.next(0, 900)
          people[sex, default: [:]][x] = count
          files["population.csv"]?.append("\"\(area)\",2021,\(sex),\(labels[x]),\(count)")
        }
      }
      func keep(_ year: Int) {
        for sex in ["female", "male"] {
          for x in 0...open { expected["\(area)|\(year)|\(sex)|\(labels[x])"] = people[sex]?[x] }
        }
      }
      keep(2021)
      for year in years {
        var oracle = ProjectOracle(step: draw.step, open: open, sexRatio: ratios[year] ?? 0)
        for sex in ["female", "male"] {
          var rates: [Double] = []
          if draw.mortality == .probabilities {
            let q = numbers.next(0, 0.02)
            oracle.death[sex] = [-1: q]
            files[draw.mortality.rawValue]?.append("\"\(area)\",\(year),\(sex),birth,\(q)")
          }
          for x in 0...open {
            let rate = draw.mortality == .survival ? numbers.next(0.6, 1) : numbers.next(0.001, 0.3)
            rates.append(rate)
            files[draw.mortality.rawValue]?.append("\"\(area)\",\(year),\(sex),\(labels[x]),\(rate)")
          }
          switch draw.mortality {
          case .probabilities: for x in 0...open { oracle.death[sex]?[x] = rates[x] }
          case .survival:
            oracle.survival[sex] = Dictionary(uniqueKeysWithValues: rates.enumerated().map { ($0, $1) })
          case .central:
            let survival = ProjectOracle.survival(central: rates, sex: sex)
            oracle.survival[sex] = survival
            oracle.death[sex] = ProjectOracle.death(ofSurvival: survival, open: open)
          }
          for x in 0...open {
            // Some lose more than they have, so that clipping is drawn too.
            let arrivals = draw.gross ? numbers.next(0, 40) : 0
            let departures = draw.gross ? numbers.next(0, x == 6 ? 1500 : 40) : 0
            let net = draw.gross ? arrivals - departures : numbers.next(x == 6 ? -1500 : -40, 40)
            oracle.migration[sex, default: [:]][x] = net
            files["migration.csv"]?.append(
              "\"\(area)\",\(year),\(sex),\(labels[x])," + (draw.gross ? "\(arrivals),\(departures)" : "\(net)"))
          }
        }
        for x in 0...open {
          // Ages left out of the file are 0.
          let rate = (3..<9).contains(x) ? numbers.next(0, 0.4) : 0
          oracle.fertility[x] = rate
          if rate > 0 { files["fertility.csv"]?.append("\"\(area)\",\(year),\(labels[x]),\(rate)") }
        }
        people = oracle.advance(people)
        keep(year + 1)
      }
    }
    let folder = try TemporaryFolder()
    for (name, lines) in files { try folder.write("in/\(name)", lines.joined(separator: "\n")) }
    let run = try Program.run(
      ["project", "--inputs", "in", "--step", draw.step.rawValue, "--detail", "single", "--format", "csv"],
      in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 1 + expected.count)
    var worst = 0.0
    for line in run.lines.dropFirst() {
      let end = line.split(separator: ",").suffix(4).map(String.init)
      let area = line.hasPrefix("\"") ? "mid, the" : String(line.prefix { $0 != "," })
      let value = try #require(expected["\(area)|\(end[0])|\(end[1])|\(end[2])"])
      worst = max(worst, abs((Double(end[3]) ?? .nan) - value) / max(value, 1))
    }
    // Five steps of a dozen operations each; a loss of people among hundreds cancels two digits.
    #expect(worst < 1e-12, "\(worst)")
  }

  /// Reproducible uniform numbers: Marsaglia's xorshift64*.
  struct Numbers {
    var state: UInt64

    mutating func next(_ low: Double, _ high: Double) -> Double {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return low + (high - low) * Double((state &* 0x2545_F491_4F6C_DD1D) >> 11) * 0x1p-53
    }
  }
}
