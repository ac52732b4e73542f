import Foundation
import LinearAlgebra
import Regression

/// Fits a case of the peers' data and prints one line of JSON as they do; the coefficients go to
/// `coef_CASE_pophealth.npy` beside the data.
///
/// usage: PEER_DATA=FOLDER regression-peers CASE [THREADS [REPEATS]]
///        PEER_DATA=FOLDER regression-peers stream FILE.csv
///
/// Only the fit is timed, standard errors included: one run to warm up, then REPEATS. `TOLERANCE` in the environment
/// takes the place of 1e-8.
@main
enum RegressionPeers {
  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    guard let folder = ProcessInfo.processInfo.environment["PEER_DATA"], let name = words.first else {
      let usage = "usage: PEER_DATA=FOLDER regression-peers a|b|c|d|e [THREADS [REPEATS]], or stream FILE.csv\n"
      FileHandle.standardError.write(Data(usage.utf8))
      exit(2)
    }
    if name == "stream", let file = words.dropFirst().first {
      try stream(file, folder: folder)
    } else {
      try fit(name, folder: folder, threads: number(words, 1) ?? 1, repeats: number(words, 2) ?? 3)
    }
  }

  private static var tolerance: Double {
    ProcessInfo.processInfo.environment["TOLERANCE"].flatMap(Double.init) ?? 1e-8
  }

  private static func number(_ words: ArraySlice<String>, _ place: Int) -> Int? {
    words.dropFirst(place).first.flatMap(Int.init)
  }

  private static func fit(_ name: String, folder: String, threads: Int, repeats: Int) throws {
    let problem = try PeerCase(name, folder: folder)
    let before = Measured.peakMegabytes()
    let options = FitOptions(tolerance: tolerance, threads: threads)
    func once() throws -> Fit {
      try Regression.fit(problem.layout, problem.rows, family: problem.family, options: options)
    }
    var fit = try once()
    var measured = Measured()
    for _ in 0..<repeats { fit = try measured.run(once) }
    try NumPyArray.write(fit.coefficients.map(\.estimate), to: "\(folder)/coef_\(name)_pophealth.npy")
    report(
      name, fit, threads: threads, measured, before: before,
      more: "\"rows\": \(problem.rows.count), \"runs\": [\(measured.wall.map(text).joined(separator: ", "))], ")
  }

  /// Fits case d from a CSV file that is read again at every pass.
  private static func stream(_ file: String, folder: String) throws {
    let source = try StreamedCase(file)
    var measured = Measured()
    let before = Measured.peakMegabytes()
    let fit = try measured.run {
      try Regression.fit(source.layout, source, family: .poisson, options: FitOptions(tolerance: tolerance, threads: 1))
    }
    try NumPyArray.write(fit.coefficients.map(\.estimate), to: "\(folder)/coef_d_pophealth_streamed.npy")
    report("d", fit, threads: 1, measured, before: before, more: "\"streamed\": true, ")
  }

  private static func report(
    _ name: String, _ fit: Fit, threads: Int, _ measured: Measured, before: Double, more: String
  ) {
    let least = (cpu: measured.processor.min() ?? .nan, wall: measured.wall.min() ?? .nan)
    print(
      "{\"case\": \"\(name)\", \"peer\": \"pophealth\", \"threads\": \"\(threads)\", \"cpu_min_s\": \(text(least.cpu)), "
        + "\"min_s\": \(text(least.wall)), \"iters\": \(fit.iterations), \"converged\": \(fit.converged), \(more)"
        + "\"deviance\": \(fit.deviance), \"peak_rss_mb\": \(text(Measured.peakMegabytes())), "
        + "\"rss_before_fit_mb\": \(text(before)), \"blas_core\": \"\(OpenBLAS.coreName)\"}")
  }

  private static func text(_ value: Double) -> String { String(format: "%.4f", value) }
}
