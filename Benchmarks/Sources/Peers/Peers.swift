import Foundation

/// Does with this package what the programs of `Benchmarks/Peers` do with other software, on the same files, and prints a
/// line of JSON as they do. Answers go to `answers_…_pophealth.npy` beside the data.
@main
enum Peers {
  static let usage = """
    usage: PEER_DATA=FOLDER peers PART CASE [THREADS [REPEATS]]
      regression a|b|c|d|e     a fit; TOLERANCE in the environment takes the place of 1e-8
      stream FILE.csv          the fit of case d from a file that is read again at every pass, on one thread
      tables FILE.csv          the file read whole
      indicators CASE          \(IndicatorCase.allCases.map(\.rawValue).joined(separator: " "))
      elementary exp|log       an array of numbers, on one thread
      ensemble l|certain       a thousand simulations, or one without any shock
      quantiles year           five quantiles of every cell of a year's draws, on one thread
    Only the work is timed, with the data in memory: one run to warm up, then REPEATS (3).
    """

  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    guard words.count >= 2, let folder = ProcessInfo.processInfo.environment["PEER_DATA"],
      let threads = number(words, 2, 1), let repeats = number(words, 3, 3)
    else { complain() }
    // Threads that the BLAS library starts when it is loaded spin a while before they sleep; that is not our time.
    Thread.sleep(forTimeInterval: 0.2)
    switch words[0] {
    case "regression" where ["a", "b", "c", "d", "e"].contains(words[1]):
      try fit(words[1], folder: folder, threads: threads, repeats: repeats)
    case "stream": try stream(words[1], folder: folder)
    case "tables": try readTable(words[1], threads: threads, repeats: repeats)
    case "indicators":
      guard let indicator = IndicatorCase(rawValue: words[1]) else { complain() }
      try indicator.measure(folder: folder, threads: threads, repeats: repeats)
    case "elementary":
      guard let function = ElementaryFunction(rawValue: words[1]) else { complain() }
      try function.measure(folder: folder, repeats: repeats)
    case "ensemble" where ["l", "certain"].contains(words[1]):
      try EnsembleCase(folder: folder).measure(
        folder: folder, isCertain: words[1] == "certain", threads: threads, repeats: repeats)
    case "quantiles" where words[1] == "year":
      try selectQuantiles(folder: folder, repeats: repeats)
    default: complain()
    }
  }

  /// A whole number above 0 at a place, or what stands for it where there is no such word; nil where it is no number.
  private static func number(_ words: [String], _ place: Int, _ otherwise: Int) -> Int? {
    guard place < words.count else { return otherwise }
    return Int(words[place]).flatMap { $0 > 0 ? $0 : nil }
  }

  /// Tells what is wrong, or how the program is used, and stops.
  static func complain(_ message: String = usage) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(2)
  }
}
