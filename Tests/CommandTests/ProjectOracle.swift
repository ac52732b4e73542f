import Foundation

/// The three steps written once more, from their formulas and for clarity alone: one area, one sex or age at a
/// time, in dictionaries. It shares no line with the program.
struct ProjectOracle {
  enum Step: String, CaseIterable { case ons, unEven = "un-even", unEnd = "un-end" }

  let step: Step
  /// W, the open age.
  let open: Int
  /// q(x+½) by sex and age, −1 for newborns; for `ons`.
  var death: [String: [Int: Double]] = [:]
  /// S by sex and the age that is reached, 0 from birth; for the UN steps.
  var survival: [String: [Int: Double]] = [:]
  var fertility: [Int: Double] = [:]
  var migration: [String: [Int: Double]] = [:]
  var sexRatio = 1.05

  /// People a year later, by sex and age.
  func advance(_ people: [String: [Int: Double]]) -> [String: [Int: Double]] {
    step == .ons ? ons(people) : un(people)
  }

  /// D(x) = q·(P(x) + M(x)/2); P′(x+1) = P(x) + M(x)/2 − D(x) + M(x+1)/2; births Σ f·(P + P′)/2.
  private func ons(_ people: [String: [Int: Double]]) -> [String: [Int: Double]] {
    var after: [String: [Int: Double]] = [:]
    for sex in ["female", "male"] {
      var next: [Int: Double] = [:]
      for x in 0...open {
        let exposed = people[sex]![x]! + migration[sex]![x]! / 2
        let left = exposed - death[sex]![x]! * exposed
        next[min(x + 1, open), default: 0] += left
      }
      for x in 1...open { next[x]! += migration[sex]![x]! / 2 }
      after[sex] = next
    }
    var births = 0.0
    for x in 0...open { births += fertility[x]! * (people["female"]![x]! + (after["female"]![x] ?? 0)) / 2 }
    let born = ["female": births / (1 + sexRatio), "male": births * sexRatio / (1 + sexRatio)]
    for sex in ["female", "male"] {
      after[sex]![0] = born[sex]! * (1 - death[sex]![-1]!) + migration[sex]![0]! / 2
    }
    return clipped(after)
  }

  /// A = P + M/2 (or P); P′(x) = A(x−1)·S(x) + M/2 (or M, added when births are counted); P′(W) gathers.
  private func un(_ people: [String: [Int: Double]]) -> [String: [Int: Double]] {
    let early = step == .unEven ? 0.5 : 0
    var start = people
    var after: [String: [Int: Double]] = [:]
    for sex in ["female", "male"] {
      for x in 0...open { start[sex]![x]! += early * migration[sex]![x]! }
      var next: [Int: Double] = [:]
      for x in 1..<open { next[x] = start[sex]![x - 1]! * survival[sex]![x]! }
      next[open] = (start[sex]![open - 1]! + start[sex]![open]!) * survival[sex]![open]!
      if step == .unEven { for x in 1...open { next[x]! += migration[sex]![x]! / 2 } }
      after[sex] = next
    }
    var births = 0.0
    for x in 0...open { births += fertility[x]! * (start["female"]![x]! + (after["female"]![x] ?? 0)) / 2 }
    let born = ["female": births / (1 + sexRatio), "male": births * sexRatio / (1 + sexRatio)]
    for sex in ["female", "male"] {
      if step == .unEnd { for x in 1...open { after[sex]![x]! += migration[sex]![x]! } }
      after[sex]![0] = born[sex]! * survival[sex]![0]! + (1 - early) * migration[sex]![0]!
    }
    return clipped(after)
  }

  private func clipped(_ people: [String: [Int: Double]]) -> [String: [Int: Double]] {
    people.mapValues { $0.mapValues { max(0, $0) } }
  }

  /// Survival ratios of central death rates by single year: q = m/(1 + (1 − a)m), 1 − exp(−m) where that is
  /// above 1; L = l′ + a·d; a = ½ but for infants (Coale and Demeny).
  static func survival(central m: [Double], sex: String) -> [Int: Double] {
    let open = m.count - 1
    var a = Array(repeating: 0.5, count: m.count)
    a[0] =
      sex == "female" ? (m[0] < 0.107 ? 0.053 + 2.8 * m[0] : 0.35) : (m[0] < 0.107 ? 0.045 + 2.684 * m[0] : 0.33)
    var l = [1.0]
    var years: [Double] = []
    for x in 0..<open {
      var q = m[x] / (1 + (1 - a[x]) * m[x])
      if q > 1 {
        q = 1 - exp(-m[x])
        a[x] = 1 + 1 / m[x] - 1 / q
      }
      let next = l[x] * (1 - q)
      years.append(next + a[x] * (l[x] - next))
      l.append(next)
    }
    years.append(l[open] / m[open])
    var ratio = [0: years[0] / l[0]]
    for x in 1..<open { ratio[x] = years[x] / years[x - 1] }
    ratio[open] = years[open] / (years[open - 1] + years[open])
    return ratio
  }

  /// The same as q(x+½): newborns 1 − S(0), age x 1 − S(x+1), the last two ages alike.
  static func death(ofSurvival s: [Int: Double], open: Int) -> [Int: Double] {
    var q = [-1: 1 - s[0]!]
    for x in 0..<open { q[x] = 1 - s[x + 1]! }
    q[open] = 1 - s[open]!
    return q
  }
}
