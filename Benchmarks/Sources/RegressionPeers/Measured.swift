#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Seconds of some runs of the same work.
struct Measured {
  /// Processor seconds of all threads.
  private(set) var processor: [Double] = []
  /// Seconds on the clock.
  private(set) var wall: [Double] = []

  /// Times one run.
  mutating func run<Value>(_ work: () throws -> Value) rethrows -> Value {
    let (before, start) = (Self.seconds(CLOCK_PROCESS_CPUTIME_ID), Self.seconds(CLOCK_MONOTONIC))
    let value = try work()
    processor.append(Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - before)
    wall.append(Self.seconds(CLOCK_MONOTONIC) - start)
    return value
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// The most memory that the process has held so far, in MB.
  static func peakMegabytes() -> Double {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1_048_576
    #else
      getrusage(RUSAGE_SELF.rawValue, &usage)
      return Double(usage.ru_maxrss) / 1024
    #endif
  }
}
