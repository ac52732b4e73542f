import CReference
import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The most memory that this process has held, in MB (10⁶ bytes).
package enum PeakMemory {
  /// Since the start, or on Linux since ``restart()``.
  package static var megabytes: Double {
    if let line = status.first(where: { $0.hasPrefix("VmHWM:") }), let kilobytes = number(line) {
      return kilobytes * 1024 / 1e6
    }
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return Double(usage.ru_maxrss) / 1e6
    #else
      getrusage(RUSAGE_SELF.rawValue, &usage)
      return Double(usage.ru_maxrss) * 1024 / 1e6
    #endif
  }

  /// Forgets the peak so far, where the system lets it (Linux), and returns what is held now.
  package static func restart() -> Double {
    // So that the work cannot hide in what was freed.
    ref_give_memory_back()
    #if !canImport(Darwin)
      try? Data("5".utf8).write(to: URL(fileURLWithPath: "/proc/self/clear_refs"))
    #endif
    return megabytes
  }

  private static var status: [Substring] {
    (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n") ?? []
  }

  private static func number(_ line: Substring) -> Double? {
    line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
  }
}
