/// The drawn figures of some targets and steps, `[target][step][row][simulation]`: on rates alone, and with the chance of
/// single events.
final class EnsembleDraws: Sendable {
  private let rates: SharedRows<Double>
  private let process: SharedRows<Double>?
  private let targets: Int
  private let steps: Int
  private let stepSize: Int

  init(targets: Int, steps: Int, stepSize: Int, process: Bool) {
    (self.targets, self.steps, self.stepSize) = (targets, steps, stepSize)
    rates = SharedRows(roomFor: targets * steps * stepSize)
    self.process = process ? SharedRows(roomFor: targets * steps * stepSize) : nil
  }

  /// Draws whose first step is one of the run's.
  struct Place: Sendable {
    let draws: EnsembleDraws
    let firstStep: Int

    /// The rows of a target in a step of the run, of those with chance where they are asked for and held.
    func rows(_ target: Int, _ step: Int, process: Bool = false) -> UnsafeMutablePointer<Double> {
      let rows = process ? draws.process ?? draws.rates : draws.rates
      return rows.start + (target * draws.steps + step - firstStep) * draws.stepSize
    }
  }

  /// Puts the last step of every target into the place of the first.
  func keepLast() {
    for rows in [rates, process].compactMap(\.self) {
      for target in 0..<targets {
        let first = rows.start + target * steps * stepSize
        first.update(from: first + (steps - 1) * stepSize, count: stepSize)
      }
    }
  }
}
