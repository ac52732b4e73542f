extension Assumptions {
  /// These assumptions under a scenario, its title added to the notes.
  ///
  /// Mortality changes as risk of death in every measure: of survival ratios it is q = 1 − S that the operation
  /// acts on, and 1 − q′ that is stored, at the ages that people have at the start of the step.
  ///
  /// - Throws: ``AssumptionError`` where the scenario makes a rate impossible: fertility below 0, a
  ///   probability or survival ratio outside 0 to 1, a gross flow below 0; nothing is held at a bound. Also
  ///   ``AssumptionError/unchangeable(_:)`` for a change of the sex ratio at birth.
  /// - Complexity: O(changes × cells).
  public func applying(_ scenario: Scenario) throws(AssumptionError) -> Assumptions {
    var result = self
    do throws(AssumptionError) {
      for change in scenario.changes { try result.apply(change) }
      try result.mortality.validate()
      try result.fertility.validate()
      try result.migration.validate()
    } catch {
      throw error.naming(areas)
    }
    result.notes.append("Scenario \(scenario.name): \(scenario.title)")
    return result
  }

  /// The number of rates or flows that a change acts on; 0 where its areas, ages or years match nothing.
  ///
  /// Of gross flows an arrival and its departure count as one, the net flow. The sex ratio at birth cannot be
  /// changed: 0.
  ///
  /// - Complexity: O(areas + ages + steps).
  public func cells(touchedBy change: Scenario.Change) -> Int {
    let sexes = change.component == .fertility ? 1 : Sex.allCases.count { change.sex == nil || change.sex == $0 }
    return rows(of: change).count * steps(of: change).count * sexes
  }

  private mutating func apply(_ change: Scenario.Change) throws(AssumptionError) {
    guard change.component != .sexRatio else { throw .unchangeable(change.component) }
    let rows = rows(of: change)
    for (area, year) in steps(of: change) {
      if change.component == .fertility {
        let start = fertility.offset(area: area, year: year)
        for row in rows { fertility.values[start + row] = change.applied(to: fertility.values[start + row]) }
        continue
      }
      for sex in Sex.allCases where change.sex == nil || change.sex == sex {
        if change.component == .mortality {
          let start = mortality.offset(area: area, year: year, sex: sex)
          for row in rows { mortality.apply(change, at: start + row) }
        } else {
          let start = migration.offset(area: area, year: year, sex: sex)
          for row in rows { migration.apply(change, at: start + row) }
        }
      }
    }
  }

  private func steps(of change: Scenario.Change) -> [(area: Int, year: Int)] {
    areas.indices.filter { change.areas?.contains(areas[$0].code) ?? true }.flatMap { area in
      years.filter { change.years?.contains($0) ?? true }.map { (area, $0) }
    }
  }

  /// The rows of one area, step and sex on which a change acts.
  private func rows(of change: Scenario.Change) -> [Int] {
    let n = ages.count
    switch change.component {
    case .sexRatio: return []
    case .fertility, .migration: return (0..<n).filter { matches(change, group: $0) }
    case .mortality:
      return (0..<mortality.rowCount).filter { row in
        let origins = mortality.origins(ofRow: row)
        return origins.newborns && change.ages?.contains(0) ?? true
          || origins.groups.contains { matches(change, group: $0) }
      }
    }
  }

  private func matches(_ change: Scenario.Change, group x: Int) -> Bool {
    guard let wanted = change.ages else { return true }
    let low = ages.lowerBounds[x]
    let high = ages.width(at: x).map { low + $0 - 1 } ?? Int.max
    return low <= wanted.upperBound && high >= wanted.lowerBound
  }
}

extension MortalityRates {
  /// Whose deaths a row tells: newborns of the step, and age groups at its start.
  fileprivate func origins(ofRow row: Int) -> (newborns: Bool, groups: Range<Int>) {
    switch measure {
    case .deathProbability: return (row == 0, row == 0 ? 0..<0 : (row - 1)..<row)
    // A central rate of the youngest group is met by newborns and by those who stand in it.
    case .centralDeathRate: return (false, row..<(row + 1))
    case .survivalRatio:
      // The last row carries both the last closed group and the open one.
      let end = row == ages.count - 1 ? row + 1 : row
      return (row == 0, max(0, row - 1)..<end)
    }
  }

  /// Changes the risk of death of one cell.
  fileprivate mutating func apply(_ change: Scenario.Change, at cell: Int) {
    if measure == .survivalRatio {
      values[cell] = 1 - change.applied(to: 1 - values[cell])
    } else {
      values[cell] = change.applied(to: values[cell])
    }
  }
}

extension Migration {
  /// Changes one cell. Of gross flows it is net migration that changes: a factor scales both flows, anything
  /// else that adds people adds arrivals, and what takes people adds departures.
  fileprivate mutating func apply(_ change: Scenario.Change, at cell: Int) {
    guard form == .flows else {
      values[cell] = change.applied(to: values[cell])
      return
    }
    if change.operation == .multiply {
      values[cell] *= change.value
      departures[cell] *= change.value
      return
    }
    let net = values[cell] - departures[cell]
    let more = change.applied(to: net) - net
    if more > 0 { values[cell] += more } else { departures[cell] -= more }
  }
}
