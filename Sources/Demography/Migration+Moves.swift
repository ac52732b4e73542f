extension Migration {
  /// The moves of one area in one step: net always, gross flows where they are known.
  struct Moves {
    var net: [Double]
    var arrivals: [Double]
    var departures: [Double]
  }

  /// The moves of the `step`-th (area, year) block, for the people who stand there.
  func resolved(step: Int, people: [Double]) -> Moves {
    let block = (step * 2 * ages.count)..<((step + 1) * 2 * ages.count)
    let first = Array(values[block])
    switch form {
    case .net: return Moves(net: first, arrivals: [], departures: [])
    case .netRates:
      return Moves(net: first.indices.map { first[$0] * people[$0] }, arrivals: [], departures: [])
    case .flows:
      let out = Array(departures[block])
      return Moves(net: first.indices.map { first[$0] - out[$0] }, arrivals: first, departures: out)
    }
  }
}
