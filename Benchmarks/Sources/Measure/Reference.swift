import CReference

/// A fixed loop that a kernel's time is divided by, so that a slow minute of the machine slows both.
///
/// The loop must be of the kernel's own kind: what shares the dividers of a core with a neighbour is compared with what
/// divides, what takes whole vectors with vectors. None waits for memory: how fast that is depends on the whole host, and
/// no kernel here does nothing but wait for it.
package enum Reference: String, Sendable, CaseIterable {
  /// Fused multiplications of whole vectors in the first-level cache.
  case polynomials
  /// Square roots and divisions of whole vectors.
  case divisions
  /// Single multiplications, additions and divisions, each waiting for the one before.
  case chain
  /// As many single operations as a core can start.
  case singles
  /// Wide products of whole numbers.
  case integers
  /// One unforeseeable branch every few bytes, as a parser takes.
  case branches

  /// Runs the loop once, some milliseconds, and returns a figure that depends on every step of it.
  func run(_ grounds: Grounds) -> Double {
    switch self {
    case .polynomials: ref_polynomials(grounds.near, grounds.near.count, 4_000)
    case .divisions: ref_divisions(grounds.near, grounds.near.count, 400)
    case .chain: ref_chain(grounds.near, grounds.near.count, 400)
    case .singles: Self.singles(grounds.near)
    case .integers: ref_integers(1_000_000)
    case .branches: ref_fields(grounds.bytes, grounds.bytes.count)
    }
  }

  private static func singles(_ points: [Double]) -> Double {
    var sums = points
    return ref_singles(points, &sums, points.count, 800)
  }
}

/// What the reference loops run over: made once, the same in every run.
final class Grounds: Sendable {
  let near: [Double]
  let bytes: [UInt8]

  init() {
    near = (0..<2_048).map { Double($0) / 4_096 }
    var state: UInt64 = 7
    bytes = (0..<1_000_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let draw = state >> 33
      return draw % 7 == 0 ? 44 : draw % 41 == 0 ? 10 : 48 + UInt8(draw % 10)
    }
  }
}
