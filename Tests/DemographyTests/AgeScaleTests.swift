import Demography
import Testing

@Suite struct AgeScaleTests {
  @Test("scales have the groups and labels that they are named for")
  func makes() throws {
    #expect(AgeScale.singleYears(to: 3).labels == ["0", "1", "2", "3+"])
    #expect(AgeScale.groups(of: 5, to: 15).labels == ["0-4", "5-9", "10-14", "15+"])
    #expect(AgeScale.abridged(to: 10).labels == ["0", "1-4", "5-9", "10+"])
    #expect(AgeScale.singleYears(to: 0).labels == ["0+"])
    #expect(try AgeScale(lowerBounds: [0, 1, 2, 3]) == .singleYears(to: 3))
    #expect(AgeScale.singleYears(to: 90).count == 91)
    #expect(AgeScale.singleYears(to: 90).openAge == 90)
  }

  @Test("ages that do not start at 0 or do not ascend are refused")
  func refusals() {
    #expect(throws: AgeScaleError.doesNotStartAtBirth(first: nil)) { try AgeScale(lowerBounds: []) }
    #expect(throws: AgeScaleError.doesNotStartAtBirth(first: 1)) { try AgeScale(lowerBounds: [1, 2]) }
    #expect(throws: AgeScaleError.notAscending(age: 5, after: 5)) { try AgeScale(lowerBounds: [0, 5, 5]) }
    #expect(throws: AgeScaleError.notAscending(age: 4, after: 5)) { try AgeScale(lowerBounds: [0, 5, 4]) }
  }

  @Test("widths, and whether there is one for all closed groups")
  func widths() throws {
    let abridged = AgeScale.abridged(to: 10)
    #expect((0..<4).map(abridged.width(at:)) == [1, 4, 5, nil])
    #expect(abridged.uniformWidth == nil)
    #expect(AgeScale.groups(of: 5, to: 85).uniformWidth == 5)
    #expect(AgeScale.singleYears(to: 90).uniformWidth == 1)
    #expect(AgeScale.singleYears(to: 1).uniformWidth == 1)
    #expect(AgeScale.singleYears(to: 0).uniformWidth == nil)
    // The last closed group is the one that differs.
    #expect(try AgeScale(lowerBounds: [0, 5, 10, 20]).uniformWidth == nil)
    #expect(AgeScale.singleYears(to: 5).isSingleYear)
    #expect(!AgeScale.groups(of: 5, to: 85).isSingleYear)
    #expect(!abridged.isSingleYear)
  }

  @Test("the group of an age, on every scale")
  func groupOfAge() throws {
    for scale in [
      AgeScale.singleYears(to: 90), .groups(of: 5, to: 85), .abridged(to: 85), .singleYears(to: 0),
      try AgeScale(lowerBounds: [0, 16, 65]),
    ] {
      for age in 0...130 {
        let expected = scale.lowerBounds.lastIndex { $0 <= age }
        #expect(scale.index(ofAge: age) == expected, "\(age)")
      }
      #expect(scale.index(ofAge: -1) == nil)
    }
  }

  @Test("bands are whole groups or nothing")
  func bands() {
    let single = AgeScale.singleYears(to: 90)
    let five = AgeScale.groups(of: 5, to: 85)
    #expect(single.indices(of: 65...84) == 65..<85)
    #expect(five.indices(of: 65...84) == 13..<17)
    #expect(five.indices(of: 65...83) == nil)
    #expect(five.indices(of: 66...84) == nil)
    #expect(single.indices(of: 85...) == 85..<91)
    #expect(five.indices(of: 85...) == 17..<18)
    #expect(five.indices(of: 86...) == nil)
    // A closed band inside the open group cannot be told.
    #expect(single.indices(of: 85...95) == nil)
    #expect(single.indices(of: 0...Int.max) == nil)
    #expect(AgeBand(65...84).indices(in: single) == 65..<85)
    #expect(AgeBand(85...).indices(in: single) == 85..<91)
    #expect(AgeBand(65...84).label == "65-84")
    #expect(AgeBand(85...).label == "85+")
  }

  @Test("the planning bands cover every age once")
  func planning() throws {
    let scale = AgeScale.singleYears(to: 90)
    let covered = try AgeBand.planning.flatMap { Array(try #require($0.indices(in: scale))) }
    #expect(covered == Array(0...90))
    #expect(AgeBand.planning.map(\.label) == ["0-14", "15-64", "65-84", "85+"])
  }
}
