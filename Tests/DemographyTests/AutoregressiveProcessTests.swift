import Demography
import Foundation
import Probability
import Testing

@Suite struct AutoregressiveProcessTests {
  private static let series = [
    0.3, 0.1, -0.2, 0.4, 0.9, 1.1, 0.7, 0.2, -0.5, -0.3, 0.0, 0.6, 0.8, 1.5, 1.2, 0.9, 1.4, 1.1,
  ]

  @Test("the exact likelihood has its maximum where R's arima finds it")
  func likelihood() {
    let process = AutoregressiveProcess.stationary(through: Self.series)
    // mpmath at 30 digits; R 4.2.2, arima(order = c(1, 0, 0), method = "ML"), stops at 0.7101565, 0.5951978, 0.1593944.
    #expect(abs(process.coefficient - 0.710156186909617) < 1e-12)
    #expect(abs(process.constant / (1 - process.coefficient) - 0.595197733239221) < 1e-12)
    let variance = process.innovationStandardDeviation * process.innovationStandardDeviation
    #expect(abs(variance - 0.159394433470432) < 1e-12)
    var sum = 0.0
    let nearlyWalk = Self.series.map { value in
      sum += value
      return sum
    }
    let slow = AutoregressiveProcess.stationary(through: nearlyWalk)
    #expect(abs(slow.coefficient - 0.983610407952) < 1e-5)
    #expect(abs(slow.constant / (1 - slow.coefficient) - 5.055112799571) < 1e-3)
  }

  @Test("a walk that never stops is still given a coefficient below 1, a constant none")
  func extremes() {
    let straight = AutoregressiveProcess.stationary(through: (0..<40).map { Double($0) })
    #expect(straight.coefficient < 1 && straight.coefficient > 0.9)
    let constant = AutoregressiveProcess.stationary(through: [2, 2, 2, 2])
    #expect(constant.coefficient == 0 && constant.innovationStandardDeviation == 0 && constant.mean(atHorizon: 9) == 2)
    let alternating = AutoregressiveProcess.stationary(through: (0..<40).map { $0 % 2 == 0 ? 1 : -1 })
    #expect(alternating.coefficient > -1 && alternating.coefficient < -0.9)
  }

  @Test("the walk's variance is h²·se² + h·σ², a stationary one's ends at σ²/(1 − φ²)")
  func variances() {
    let walk = AutoregressiveProcess.randomWalk(through: Self.series)
    let changes = zip(Self.series.dropFirst(), Self.series).map { $0 - $1 }
    #expect(abs(walk.constant - (1.1 - 0.3) / 17) < 1e-15)
    let squares = changes.reduce(0) { $0 + ($1 - walk.constant) * ($1 - walk.constant) }
    #expect(abs(walk.innovationStandardDeviation - (squares / 16).squareRoot()) < 1e-15)
    let (se, sd) = (walk.constantStandardError, walk.innovationStandardDeviation)
    #expect(abs(walk.variance(atHorizon: 30) - (900 * se * se + 30 * sd * sd)) < 1e-12)
    #expect(walk.variance(atHorizon: 0) == 0 && walk.mean(atHorizon: 0) == 1.1)
    let stationary = AutoregressiveProcess(start: 3, constant: 1, coefficient: 0.5, innovationStandardDeviation: 2)
    #expect(abs(stationary.variance(atHorizon: 80) - 4 / 0.75) < 1e-12)
    #expect(abs(stationary.mean(atHorizon: 80) - 2) < 1e-12 && stationary.mean(atHorizon: 1) == 2.5)
  }

  @Test("drawn paths have the mean and the variance that are told, the drift drawn once a path")
  func paths() {
    let walk = AutoregressiveProcess(
      constantStandardError: 0.3, coefficient: 1, innovationStandardDeviation: 1)
    let generator = Philox(seed: 7)
    let draws = 20_000
    var sum = 0.0
    var squares = 0.0
    var row = Array(repeating: 0.0, count: 11)
    for draw in 0..<UInt64(draws) {
      generator.fillNormal(&row, from: SIMD4(0, draw, 0, 0))
      let path = walk.deviations(innovations: Array(row.prefix(10)), parameterDraw: row[10])
      sum += path[9]
      squares += path[9] * path[9]
    }
    // 100·0.09 + 10 = 19; the standard error of a variance of 20,000 draws is 1%, of the mean 0.03.
    #expect(abs(squares / Double(draws) / walk.variance(atHorizon: 10) - 1) < 0.04)
    #expect(abs(walk.variance(atHorizon: 10) - 19) < 1e-12)
    #expect(abs(sum / Double(draws)) < 0.13)
  }
}
