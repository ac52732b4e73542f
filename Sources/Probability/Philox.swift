/// The counter-based random number generator Philox4x64-10 (Salmon, Moraes, Dror and Shaw, 2011, Parallel random
/// numbers: as easy as 1, 2, 3).
///
/// It is a function, not a state: a key of two words and a counter of four give four random words, and any counter can
/// be asked for at any time. So a draw that is named by what it is for (seed, area, simulation, year, component) has
/// the same bits in whatever order and on however many threads the draws are made.
///
/// Give the key what separates whole runs (the seed and the purpose), the counter what separates draws. Word 0 of the
/// counter is advanced by ``fill(_:from:)``, word 3 by the variates that reject (gamma, Poisson, binomial): leave both
/// at 0 when you make up counters, and words 1 and 2 are yours.
public struct Philox: Sendable, Hashable {
  /// The two words of the key.
  public let key: SIMD2<UInt64>

  /// A generator from its key.
  ///
  /// - Complexity: O(1).
  public init(key: SIMD2<UInt64>) {
    self.key = key
  }

  /// A generator from a seed and what it is used for; each purpose has its own independent numbers.
  ///
  /// - Complexity: O(1).
  public init(seed: UInt64, purpose: UInt64 = 0) {
    self.init(key: SIMD2(seed, purpose))
  }

  /// The four random words at a counter.
  ///
  /// - Complexity: O(1), 20 multiplications.
  public func words(at counter: SIMD4<UInt64>) -> SIMD4<UInt64> {
    let (a, b, c, d) = rounds(counter.x, counter.y, counter.z, counter.w)
    return SIMD4(a, b, c, d)
  }

  /// The four uniform numbers at a counter, each one of the 2⁵² odd multiples of 2⁻⁵³: never 0, never 1, symmetric
  /// about ½.
  ///
  /// - Complexity: O(1).
  public func uniforms(at counter: SIMD4<UInt64>) -> SIMD4<Double> {
    let (a, b, c, d) = rounds(counter.x, counter.y, counter.z, counter.w)
    return SIMD4(Self.uniform(a), Self.uniform(b), Self.uniform(c), Self.uniform(d))
  }

  /// An odd multiple of 2⁻⁵³ between 0 and 1 from the upper bits of a word.
  @inline(__always)
  static func uniform(_ word: UInt64) -> Double {
    Double(Int64(bitPattern: word >> 11 | 1)) * 0x1p-53
  }

  /// The ten rounds.
  @inline(__always)
  func rounds(
    _ counter0: UInt64, _ counter1: UInt64, _ counter2: UInt64, _ counter3: UInt64
  ) -> (UInt64, UInt64, UInt64, UInt64) {
    var (a, b, c, d) = (counter0, counter1, counter2, counter3)
    var (key0, key1) = (key.x, key.y)
    for _ in 0..<10 {
      // Multipliers and Weyl constants (golden ratio, √3 − 1) of the reference.
      let first = a.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let second = c.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      (a, b, c, d) = (second.high ^ b ^ key0, second.low, first.high ^ d ^ key1, first.low)
      key0 &+= 0x9E37_79B9_7F4A_7C15
      key1 &+= 0xBB67_AE85_84CA_A73B
    }
    return (a, b, c, d)
  }
}
