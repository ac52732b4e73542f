#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The least time of a kernel and of its reference, run in turns.
///
/// Other work on the machine can only add time, so the least of many runs is what the code itself takes; running both in
/// turns lets a slow spell meet both.
package struct PairedTiming: Sendable {
  /// The kernel's least processor seconds.
  package let kernel: Double
  /// The reference's least processor seconds.
  package let reference: Double
  /// How many times what the reference takes.
  package var ratio: Double { kernel / reference }

  /// The processor seconds that a timing takes, and the fewest and most turns.
  private static let (span, turns) = (0.8, 12...400)

  /// Runs `kernel` and the reference in turns.
  ///
  /// - Parameter kernel: one run of what is measured. It returns a figure of its result, so that no run can be left out.
  init(against reference: Reference, grounds: Grounds, kernel: () throws -> Double) rethrows {
    var least = (kernel: Double.infinity, reference: Double.infinity)
    var sink = try kernel() + reference.run(grounds)
    let begin = Self.processorSeconds()
    for turn in 1...Self.turns.upperBound {
      let start = Self.processorSeconds()
      if turn > Self.turns.lowerBound, start - begin > Self.span { break }
      sink += try kernel()
      let middle = Self.processorSeconds()
      sink += reference.run(grounds)
      let end = Self.processorSeconds()
      least = (min(least.kernel, middle - start), min(least.reference, end - middle))
    }
    precondition(!sink.isNaN, "a kernel returned no figure")
    (self.kernel, self.reference) = least
  }

  /// Seconds that all threads of this process have had a processor: another program's turn does not count.
  package static func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
