import Foundation
import Regression

extension Peers {
  private static var tolerance: Double {
    ProcessInfo.processInfo.environment["TOLERANCE"].flatMap(Double.init) ?? 1e-8
  }

  /// Fits a case, standard errors included.
  static func fit(_ name: String, folder: String, threads: Int, repeats: Int) throws {
    let problem = try RegressionCase(name, folder: folder)
    let options = FitOptions(tolerance: tolerance, threads: threads)
    let (measured, fit) = try Measured.timing(repeats: repeats) {
      try Regression.fit(problem.layout, problem.rows, family: problem.family, options: options)
    }
    try NumPyArray.write(
      fit.coefficients.map(\.estimate), to: "\(folder)/answers_regression_\(name)_pophealth.npy")
    try Outcome(
      part: "regression", name: name, threads: threads, measured: measured,
      more: ["rows": Double(problem.rows.count), "passes": Double(fit.iterations), "deviance": fit.deviance]
    ).report()
  }

  /// Fits case d from a CSV file that is read again at every pass, once.
  static func stream(_ file: String, folder: String) throws {
    let source = try StreamedCase(file)
    var measured = Measured()
    let fit = try measured.run {
      try Regression.fit(source.layout, source, family: .poisson, options: FitOptions(tolerance: tolerance, threads: 1))
    }
    try NumPyArray.write(
      fit.coefficients.map(\.estimate), to: "\(folder)/answers_stream_d_pophealth.npy")
    try Outcome(
      part: "stream", name: "d", threads: 1, measured: measured,
      more: ["passes": Double(fit.iterations), "deviance": fit.deviance]
    ).report()
  }
}
