import CKernels

extension Peers {
  /// The 2.5%, 10%, 50%, 90% and 97.5% quantiles (type 7) of every cell's draws, the kernel of the ensembles alone.
  ///
  /// The file holds a year of case L: 300 areas × 2 sexes × 91 ages, 1,000 draws each.
  static func selectQuantiles(folder: String, repeats: Int) throws {
    let draws = try NumPyArray("\(folder)/quantiles_year.npy").doubles()[0]
    let count = 1_000
    let positions = [0.025, 0.1, 0.5, 0.9, 0.975].map { Double(count - 1) * $0 }
    let ranks = Set(positions.flatMap { [Int($0), Int($0) + 1] }).sorted()
    let places = positions.map { (ranks.firstIndex(of: Int($0)) ?? 0, $0 - $0.rounded(.down)) }
    var chosen = [Double](repeating: 0, count: ranks.count)
    var scratch = [Double](repeating: 0, count: 2 * count)
    var answers = [Double](repeating: 0, count: draws.count / count * places.count)
    let (measured, _) = Measured.timing(repeats: repeats) {
      draws.withUnsafeBufferPointer { draws in
        for cell in 0..<(draws.count / count) {
          guard let first = draws.baseAddress else { return }
          _ = ph_select(first + cell * count, count, ranks, ranks.count, &chosen, &scratch)
          for (q, place) in places.enumerated() {
            let (low, high) = (chosen[place.0], chosen[place.0 + 1])
            answers[cell * places.count + q] = low + place.1 * (high - low)
          }
        }
      }
    }
    try NumPyArray.write(answers, to: "\(folder)/answers_quantiles_year_pophealth.npy")
    try Outcome(
      part: "quantiles", name: "year", threads: 1, measured: measured, more: ["units": Double(draws.count)]
    ).report()
  }
}
