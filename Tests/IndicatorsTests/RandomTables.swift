/// Steele, Lea and Flood's (2014) SplitMix64: the same numbers on every machine and in every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Invented counts of nested areas, ages and sexes, with every margin.
enum RandomTable {
  /// Rows of all combinations: areas within regions within a country, two sexes and both, `ages` and all ages.
  static func nested(
    seed: UInt64, regions: Int, areas: Int, ages: Int, sexes: Int = 2, mean: Double
  ) -> (table: [Double], dimensions: [[String]], parents: [[String: String]]) {
    var random = SplitMix(seed: seed)
    var areaNames: [String] = []
    var parents: [String: String] = [:]
    var leaves: [String: [String]] = ["E": []]
    for region in 0..<regions {
      parents["R\(region)"] = "E"
      leaves["R\(region)"] = []
      areaNames.append("R\(region)")
      for area in 0..<areas {
        let name = "A\(region)-\(area)"
        parents[name] = "R\(region)"
        leaves[name] = [name]
        leaves["R\(region)"]?.append(name)
        leaves["E"]?.append(name)
        areaNames.append(name)
      }
    }
    areaNames.append("E")
    func members(_ count: Int, _ letter: String) -> (
      names: [String], parents: [String: String], leaves: [String: [String]]
    ) {
      let single = (0..<count).map { "\(letter)\($0)" }
      guard count > 1 else { return (single, [:], [single[0]: single]) }
      var leaves = Dictionary(uniqueKeysWithValues: single.map { ($0, [$0]) })
      leaves["T"] = single
      return (single + ["T"], Dictionary(uniqueKeysWithValues: single.map { ($0, "T") }), leaves)
    }
    let (ageNames, ageParents, ageLeaves) = members(ages, "a")
    let (sexNames, sexParents, sexLeaves) = members(sexes, "s")
    var cells: [String: Double] = [:]
    for area in areaNames.filter({ leaves[$0] == [$0] }) {
      for age in ageNames where age != "T" {
        for sex in sexNames where sex != "T" {
          // Geometric, so that zeros, small and large counts stand side by side.
          var count = 0.0
          while Double(random.next() % 1_000_000) / 1e6 < mean / (1 + mean), count < 1e4 { count += 1 }
          cells["\(area)|\(age)|\(sex)"] = count
        }
      }
    }
    var (counts, keys): ([Double], [[String]]) = ([], [[], [], []])
    for area in areaNames {
      for age in ageNames {
        for sex in sexNames {
          var count = 0.0
          for a in leaves[area] ?? [] {
            for b in ageLeaves[age] ?? [] { for c in sexLeaves[sex] ?? [] { count += cells["\(a)|\(b)|\(c)"] ?? 0 } }
          }
          counts.append(count)
          keys[0].append(area)
          keys[1].append(age)
          keys[2].append(sex)
        }
      }
    }
    return (counts, keys, [parents, ageParents, sexParents])
  }
}
