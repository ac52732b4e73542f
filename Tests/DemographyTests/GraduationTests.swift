import Demography
import Testing

@Suite("Graduation to single years")
struct GraduationTests {
  typealias Oracle = GraduationOracles
  static let ages = AgeScale.groups(of: 5, to: 100)

  static func sums(_ graduation: Graduation, row: Int, ages: AgeScale) -> [Double] {
    let start = row * graduation.ages.count
    return (0..<ages.count).map { g in
      let end = g + 1 < ages.count ? ages.lowerBounds[g + 1] : ages.openAge + 1
      return graduation.counts[(start + ages.lowerBounds[g])..<(start + end)].reduce(0, +)
    }
  }

  @Test("Sprague's multipliers as DemoTools applies them")
  func sprague() throws {
    let graduation = try Graduation(of: Oracle.groups, ages: Self.ages)
    #expect(graduation.ages == .singleYears(to: 100))
    #expect(graduation.adjustedGroups.isEmpty)
    for (ours, theirs) in zip(graduation.counts, Oracle.sprague) {
      // Fifteen digits are printed.
      #expect(abs(ours - theirs) < 1e-9)
    }
  }

  @Test("the monotone spline as DemoTools applies it")
  func monotone() throws {
    let graduation = try Graduation(of: Oracle.groups, ages: Self.ages, method: .monotone)
    for (ours, theirs) in zip(graduation.counts, Oracle.monotone) {
      // DemoTools differences cumulated counts of 688,915, which costs it six of its digits.
      #expect(abs(ours - theirs) < 2e-9)
    }
  }

  @Test("sums of the groups are kept", arguments: GraduationMethod.allCases)
  func groupSums(method: GraduationMethod) throws {
    let rough: [Double] = [
      900, 10, 0, 0, 5000, 1, 800, 0, 20, 3000, 2500, 1, 1, 1, 9000, 0, 0, 4, 3, 2, 1,
    ]
    let graduation = try Graduation(of: Oracle.groups + rough, ages: Self.ages, method: method)
    for (row, counts) in [Oracle.groups, rough].enumerated() {
      for (sum, count) in zip(Self.sums(graduation, row: row, ages: Self.ages), counts) {
        #expect(abs(sum - count) < 1e-9)
      }
    }
    #expect(graduation.counts.allSatisfy { $0 >= 0 })
    #expect(graduation.adjustedGroups.isEmpty == (method == .monotone))
  }

  @Test("a group that Sprague makes negative takes the spline and is reported, the others do not")
  func adjustedGroups() throws {
    var counts = Oracle.groups
    counts[9] = 100
    let graduation = try Graduation(of: Oracle.groups + counts, ages: Self.ages)
    let spline = try Graduation(of: counts, ages: Self.ages, method: .monotone)
    #expect(graduation.adjustedGroups.map(\.group) == [9])
    #expect(graduation.adjustedGroups.allSatisfy { $0.row == 1 && $0.lowest < 0 })
    let second = Array(graduation.counts[101...])
    #expect(second[45..<50] == spline.counts[45..<50])
    #expect(second[40..<45] != spline.counts[40..<45])
  }

  @Test("groups of any width take the spline", arguments: [[0, 10], [0, 1, 5], [0, 1, 5, 10, 30, 85]])
  func anyWidth(bounds: [Int]) throws {
    let ages = try AgeScale(lowerBounds: bounds)
    let counts = bounds.map { Double(1000 + 37 * $0 % 410) }
    let graduation = try Graduation(of: counts, ages: ages, method: .monotone)
    for (sum, count) in zip(Self.sums(graduation, row: 0, ages: ages), counts) {
      #expect(abs(sum - count) < 1e-9)
    }
    #expect(graduation.counts.allSatisfy { $0 >= 0 })
    #expect(throws: GraduationError.self) { try Graduation(of: counts, ages: ages) }
  }

  @Test("counts that grow evenly are found again by both methods")
  func linear() throws {
    // 2·age + 1 people at each age: a cumulated square, which both methods reproduce.
    let counts = (0..<21).map { g in g < 20 ? Double(50 * g + 25) : 7 }
    for method in GraduationMethod.allCases {
      let graduation = try Graduation(of: counts, ages: Self.ages, method: method)
      for age in 0..<100 { #expect(abs(graduation.counts[age] - Double(2 * age + 1)) < 1e-9) }
    }
  }

  @Test("bad input is met with the reason")
  func badInput() throws {
    #expect(throws: GraduationError.countMismatch(groups: 21, actual: 20)) {
      try Graduation(of: Array(Oracle.groups.dropLast()), ages: Self.ages)
    }
    #expect(throws: GraduationError.countMismatch(groups: 21, actual: 0)) {
      try Graduation(of: [], ages: Self.ages)
    }
    var counts = Oracle.groups
    counts[4] = -1
    #expect(throws: GraduationError.notACount(row: 0, age: 20)) {
      try Graduation(of: counts, ages: Self.ages)
    }
    counts[4] = .nan
    #expect(throws: GraduationError.notACount(row: 0, age: 20)) {
      try Graduation(of: counts, ages: Self.ages)
    }
    #expect(throws: GraduationError.notFiveYears) {
      try Graduation(of: [1, 1, 1, 1, 1, 1], ages: .groups(of: 10, to: 50))
    }
    #expect(throws: GraduationError.tooFewGroups(4, needed: 5)) {
      try Graduation(of: [1, 1, 1, 1, 1], ages: .groups(of: 5, to: 20))
    }
    #expect(throws: GraduationError.tooFewGroups(0, needed: 1)) {
      try Graduation(of: [1], ages: .singleYears(to: 0), method: .monotone)
    }
  }
}
