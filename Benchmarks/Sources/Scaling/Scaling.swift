import Foundation
import Measure

/// Times the library over three decades of rows, columns, areas and simulations, and holds the growth against theory.
///
///     scaling                       every course: a Markdown table on standard output
///     scaling --svg FILE            and a chart
///     scaling --only NAME           one course
///     scaling measure NAME SIZE     one point, as a line of JSON (each point is a process of its own)
///
/// Exit code 1 where a course grows faster than it should.
@main
struct Scaling {
  static func main() {
    do {
      let words = Array(CommandLine.arguments.dropFirst())
      if words.first == "measure", words.count == 3, let size = Int(words[2]) {
        let line = try JSONEncoder().encode(measure(course(words[1]), size))
        return print(String(decoding: line, as: UTF8.self))
      }
      let options = try options(words)
      let outcomes = try courses.filter { options.only == nil || $0.name == options.only }.map(outcome)
      print(ScalingTable(outcomes).text)
      if let path = options.svg {
        try Data(ScalingChart(outcomes).svg.utf8).write(to: URL(fileURLWithPath: path))
      }
      let complaints = outcomes.compactMap { outcome in outcome.complaint.map { "\(outcome.course.name): \($0)" } }
      for complaint in complaints { say(complaint) }
      exit(complaints.isEmpty ? 0 : 1)
    } catch {
      say("scaling: \(error)")
      exit(2)
    }
  }

  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static func options(_ words: [String]) throws -> (svg: String?, only: String?) {
    var found: (svg: String?, only: String?) = (nil, nil)
    var rest = words[...]
    while let word = rest.popFirst() {
      switch (word, rest.popFirst()) {
      case ("--svg", let path?): found.svg = path
      case ("--only", let name?): found.only = try course(name).name
      default: throw Failure(description: "usage: scaling [--svg FILE] [--only NAME] | measure NAME SIZE")
      }
    }
    return found
  }

  private static func course(_ name: String) throws -> Course {
    guard let found = courses.first(where: { $0.name == name }) else {
      throw Failure(description: "no course \(name); there are \(courses.map(\.name).joined(separator: ", "))")
    }
    return found
  }

  /// The least time of several runs and the most memory of the first one.
  private static func measure(_ course: Course, _ size: Int) throws -> Point {
    let run = try course.prepare(size)
    let before = PeakMemory.restart()
    var figure = try run()
    let megabytes = max(0, PeakMemory.megabytes - before)
    var (least, spent, runs) = (Double.infinity, 0.0, 0)
    while runs < 3 || (spent < 1 && runs < 2_000) {
      let start = PairedTiming.processorSeconds()
      figure = try run()
      let seconds = PairedTiming.processorSeconds() - start
      (least, spent, runs) = (min(least, seconds), spent + seconds, runs + 1)
    }
    guard course.isRight(size, figure) else {
      throw Failure(description: "\(course.name) at \(size) is wrong: \(figure)")
    }
    return Point(size: size, seconds: least, megabytes: megabytes)
  }

  /// Every size, and again, three times at most, where noise may have stood in the way: the least of each counts.
  private static func outcome(_ course: Course) throws -> Outcome {
    say("\(course.name) …")
    var outcome = Outcome(course: course, points: try course.sizes.map { try point(course, $0) })
    for _ in 0..<3 where outcome.complaint != nil {
      let again = try course.sizes.map { try point(course, $0) }
      outcome = Outcome(course: course, points: zip(outcome.points, again).map { $0.least($1) })
    }
    return outcome
  }

  /// A size in a fresh process, so that it finds no memory that another one left.
  private static func point(_ course: Course, _ size: Int) throws -> Point {
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = ["measure", course.name, String(size)]
    process.standardOutput = pipe
    try process.run()
    let line = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: "\(course.name) at \(size) failed") }
    return try JSONDecoder().decode(Point.self, from: line)
  }

  private static func say(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }
}
