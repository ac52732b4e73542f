import Foundation
import Measure

/// A piece of work at growing sizes.
struct Course: Sendable {
  /// What a table calls it, and a command line.
  let name: String
  /// What grows.
  let unit: String
  /// The sizes, over three decades.
  let sizes: [Int]
  /// The power of the size that theory expects of the time.
  let order: Double
  /// What theory expects of the memory beyond the input.
  let memory: Memory
  /// Makes the input of a size; returns one run of the work, which returns a figure of its result.
  let prepare: @Sendable (Int) throws -> () throws -> Double
  /// Whether that figure is right.
  let isRight: @Sendable (Int, Double) -> Bool

  enum Memory: String, Sendable {
    /// Grows with the size: what is returned does.
    case proportional
    /// Does not depend on the size: the work streams.
    case flat
  }
}

/// What a size took.
struct Point: Codable, Sendable {
  let size: Int
  /// The least processor seconds of a run.
  let seconds: Double
  /// The most memory of a run beyond what its input holds, MB.
  let megabytes: Double

  /// The least of two measurements.
  func least(_ other: Point) -> Point {
    Point(size: size, seconds: min(seconds, other.seconds), megabytes: min(megabytes, other.megabytes))
  }
}

/// The points of a course, and what they come to.
struct Outcome: Sendable {
  let course: Course
  let points: [Point]

  /// The power of the size by which time grows over the last decade: fixed costs weigh on smaller sizes.
  var power: Double { Self.slope(points.suffix(2).map { ($0.size, $0.seconds) }) }

  /// How much more memory the largest size takes than the one a decade below.
  var growth: Double {
    guard let last = points.last, let before = points.dropLast().last else { return .nan }
    return last.megabytes - before.megabytes
  }

  /// What is out of step with theory; nil where nothing is.
  ///
  /// Time may be a tenth of a power above theory; being below it only means that fixed costs still tell. Streamed work may
  /// take a tenth more memory at the largest size, and five megabytes: the windows of a stream, which a smaller input may not
  /// have filled.
  var complaint: String? {
    if power > course.order + 0.1 { return "time grows as size^\(power.shown), not size^\(course.order.shown)" }
    if course.memory == .flat, let last = points.last, growth > 0.1 * last.megabytes + 5 {
      return "memory grows by \(growth.shown) MB over the last decade"
    }
    return nil
  }

  private static func slope(_ points: [(size: Int, seconds: Double)]) -> Double {
    guard let last = points.last, let before = points.dropLast().last else { return .nan }
    return log2(last.seconds / before.seconds) / log2(Double(last.size) / Double(before.size))
  }
}
