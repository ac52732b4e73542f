import CKernels
import CReference
import Foundation
import LinearAlgebra

/// What a machine is and what it can do: kept beside every set of times.
package struct Machine: Codable, Sendable {
  /// The processor's name, as its maker and its host spell it.
  package let processor: String
  /// How many processors are online.
  package let processors: Int
  /// The widest instructions: `x86-64-v4` has AVX-512, `x86-64-v3` AVX2.
  package let instructions: String
  /// The processor whose kernels the BLAS library uses.
  package let blasCore: String
  /// Gigabytes a second that one thread reads from memory.
  package let memoryGigabytesPerSecond: Double
  /// Thousand million multiplications and additions a second of a matrix product on one thread.
  package let productGigaflopsPerSecond: Double

  /// Measures this machine: the best of twenty runs each.
  package init() {
    processor = Self.processorName()
    processors = ProcessInfo.processInfo.activeProcessorCount
    instructions =
      switch ph_processor_level() {
      case 4...: "x86-64-v4"
      case 3: "x86-64-v3"
      default: "baseline"
      }
    blasCore = OpenBLAS.coreName
    // 64 MB, which no cache holds.
    let numbers = (0..<8_388_608).map { Double($0 & 1023) }
    let read = Self.least { ref_memory(numbers, numbers.count) }
    memoryGigabytesPerSecond = 8 * Double(numbers.count) / read / 1e9
    let size = 512
    let a = Matrix(rows: size, columns: size, values: (0..<size * size).map { Double($0 % 7) })
    let multiplied = Self.least { (a * a)[1, 1] }
    productGigaflopsPerSecond = 2 * Double(size * size * size) / multiplied / 1e9
  }

  /// Why times of the two cannot be set side by side; none where they can.
  ///
  /// The speeds may differ threefold: on one and the same virtual machine, neighbours of the host left between 8 and 24 GB/s
  /// of its memory in one day.
  package func differences(from other: Machine) -> [String] {
    var found: [String] = []
    func compare(_ what: String, _ mine: String, _ theirs: String) {
      if mine != theirs { found.append("\(what) is \(mine) here and \(theirs) there") }
    }
    compare("the processor", processor, other.processor)
    compare("the instruction set", instructions, other.instructions)
    compare("the BLAS core", blasCore, other.blasCore)
    func compare(_ what: String, _ mine: Double, _ theirs: Double, _ unit: String) {
      if mine > 3 * theirs || theirs > 3 * mine {
        found.append("\(what) is \(mine.shown) \(unit) here and \(theirs.shown) there")
      }
    }
    compare("the speed of memory", memoryGigabytesPerSecond, other.memoryGigabytesPerSecond, "GB/s")
    compare("the speed of a matrix product", productGigaflopsPerSecond, other.productGigaflopsPerSecond, "GF/s")
    return found
  }

  private static func least(_ work: () -> Double) -> Double {
    var (best, sink) = (Double.infinity, work())
    for _ in 0..<20 {
      let start = PairedTiming.processorSeconds()
      sink += work()
      best = min(best, PairedTiming.processorSeconds() - start)
    }
    precondition(!sink.isNaN, "the calibration returned no figure")
    return best
  }

  private static func processorName() -> String {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n") ?? []
    let name = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return name.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}

extension Double {
  /// Three digits that matter.
  package var shown: String { String(format: "%.3g", self) }
}
