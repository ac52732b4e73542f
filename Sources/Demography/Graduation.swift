/// How counts of wider age groups are spread over single years.
public enum GraduationMethod: String, Sendable, Hashable, CaseIterable {
  /// Sprague's fifth-difference osculatory interpolation, for groups of five years. Smooth, and
  /// able to turn negative beside a steep fall.
  case sprague
  /// A cubic spline through the cumulated counts, its slopes limited so that it never falls
  /// (Hyman's filter): never negative, for groups of any width.
  case monotone
}

/// Counts by wider age groups as counts by single years; each group's sum is kept.
///
/// The open group is kept as it is and plays no part in the interpolation: its width is unknown.
/// Results are never negative. Where Sprague's multipliers give a negative count, the whole group
/// takes the monotone spline instead, and ``adjustedGroups`` says so.
public struct Graduation: Sendable, Hashable {
  /// A group that Sprague's multipliers would have made negative.
  public struct AdjustedGroup: Sendable, Hashable {
    /// The row of the input.
    public let row: Int
    /// The group of the input's scale.
    public let group: Int
    /// The lowest of the negative counts that were avoided.
    public let lowest: Double
  }

  /// Single years up to the open group of the input.
  public let ages: AgeScale
  /// Counts by `[row][age]`.
  public let counts: [Double]
  /// The groups that fell back to the monotone spline, in the order of rows and groups.
  public let adjustedGroups: [AdjustedGroup]

  /// Graduates one row of counts or many.
  ///
  /// - Parameters:
  ///   - counts: 0 or more, by `[row][group]`.
  ///   - ages: the groups, the last one open.
  ///   - method: ``GraduationMethod/sprague`` needs at least five closed groups of five years,
  ///     ``GraduationMethod/monotone`` one closed group.
  /// - Throws: ``GraduationError``.
  /// - Complexity: O(rows × ages).
  public init(
    of counts: [Double], ages: AgeScale, method: GraduationMethod = .sprague
  ) throws(GraduationError) {
    let groups = ages.count
    let closed = groups - 1
    guard !counts.isEmpty, counts.count.isMultiple(of: groups) else {
      throw .countMismatch(groups: groups, actual: counts.count)
    }
    for (i, value) in counts.enumerated() where !(value >= 0 && value < .infinity) {
      throw .notACount(row: i / groups, age: ages.lowerBounds[i % groups])
    }
    guard closed > 0 else { throw .tooFewGroups(closed, needed: 1) }
    if method == .sprague {
      guard closed >= 5 else { throw .tooFewGroups(closed, needed: 5) }
      guard ages.uniformWidth == 5 else { throw .notFiveYears }
    }
    let singleYears = AgeScale.singleYears(to: ages.openAge)
    let spline = MonotoneSpline(knots: ages.lowerBounds)
    var result: [Double] = []
    result.reserveCapacity(counts.count / groups * singleYears.count)
    var adjusted: [AdjustedGroup] = []
    for (row, start) in stride(from: 0, to: counts.count, by: groups).enumerated() {
      let values = counts[start..<(start + closed)]
      switch method {
      case .monotone:
        result += spline.singleYears(values)
      case .sprague:
        var single = Sprague.singleYears(values)
        let negative = (0..<closed).compactMap { group in
          single[(5 * group)..<(5 * group + 5)].min().flatMap { lowest in
            lowest < 0 ? AdjustedGroup(row: row, group: group, lowest: lowest) : nil
          }
        }
        if !negative.isEmpty {
          let safe = spline.singleYears(values)
          for item in negative {
            let years = (5 * item.group)..<(5 * item.group + 5)
            single.replaceSubrange(years, with: safe[years])
          }
          adjusted += negative
        }
        result += single
      }
      result.append(counts[start + closed])
    }
    self.ages = singleYears
    self.counts = result
    adjustedGroups = adjusted
  }
}

/// Why counts cannot be graduated.
public enum GraduationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The values are not whole rows of one value a group.
  case countMismatch(groups: Int, actual: Int)
  /// A value is negative, infinite or not a number.
  case notACount(row: Int, age: Int)
  /// Too few closed groups for the method.
  case tooFewGroups(Int, needed: Int)
  /// Sprague's multipliers are for groups of five years.
  case notFiveYears

  /// A sentence that says what is wrong and what was expected.
  public var description: String {
    switch self {
    case .countMismatch(let groups, let actual):
      "\(actual) counts; expected rows of \(groups), one count an age group"
    case .notACount(let row, let age):
      "count of row \(row) at age \(age) is not a number of 0 or more"
    case .tooFewGroups(let closed, let needed):
      "\(closed) closed age groups; expected at least \(needed)"
    case .notFiveYears:
      "Sprague's multipliers need groups of five years; use the monotone spline"
    }
  }
}
