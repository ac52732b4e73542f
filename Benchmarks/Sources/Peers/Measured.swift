import Foundation

/// Seconds and memory of some runs of the same work.
struct Measured {
  /// Processor seconds of all threads, a run.
  private(set) var processor: [Double] = []
  /// Seconds on the clock, a run.
  private(set) var wall: [Double] = []
  /// MB that the process held when the first run began.
  let megabytesBefore: Double
  /// The most MB that it has held since then, up to the end of the last run.
  private(set) var megabytesPeak: Double

  /// Begins to watch the memory.
  init() {
    Self.forgetPeak()
    megabytesBefore = Self.megabytes("VmRSS")
    megabytesPeak = megabytesBefore
  }

  /// One run to warm up, whose memory counts, then `repeats` runs on the clock; the value of the last one.
  static func timing<Value>(repeats: Int, _ work: () throws -> Value) rethrows -> (Measured, Value) {
    var measured = Measured()
    // No value outlives its run, or the next one would be held beside it.
    _ = try work()
    for _ in 1..<max(1, repeats) { _ = try measured.run(work) }
    let value = try measured.run(work)
    return (measured, value)
  }

  /// Times one run.
  mutating func run<Value>(_ work: () throws -> Value) rethrows -> Value {
    let (before, start) = (Self.seconds(CLOCK_PROCESS_CPUTIME_ID), Self.seconds(CLOCK_MONOTONIC))
    let value = try work()
    processor.append(Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - before)
    wall.append(Self.seconds(CLOCK_MONOTONIC) - start)
    megabytesPeak = Self.megabytes("VmHWM")
    return value
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Lets the kernel count the most memory anew, so that reading the data does not hide what the work takes.
  private static func forgetPeak() {
    #if os(Linux)
      try? "5".write(toFile: "/proc/self/clear_refs", atomically: false, encoding: .utf8)
    #endif
  }

  /// A figure of `/proc/self/status` in MB; where there is no such file, the most memory that the process ever held.
  private static func megabytes(_ name: String) -> Double {
    #if os(Linux)
      let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") } ?? ""
      return (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? .nan) / 1024
    #else
      var usage = rusage()
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1_048_576
    #endif
  }
}
