/// Eight bytes of text at a time in one machine word, the first byte lowest.
///
/// Testing eight bytes at once costs no branch a byte, which the lengths of fields make hard to predict. The
/// word arithmetic is that of H. S. Warren, Hacker's Delight (2012), chapter 6.
struct ByteWord {
  let bits: UInt64

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The eight bytes from `index` on.
  ///
  /// - Precondition: `index + 8` is at most the count of bytes.
  @inline(__always)
  init(_ bytes: ByteView, at index: Int) {
    bits = bytes.word(at: index)
  }

  private init(bits: UInt64) { self.bits = bits }

  /// How many bytes lie before the first below `limit` (at most 0x80); 8 when there is none.
  @inline(__always)
  func countBefore(below limit: UInt8) -> Int {
    // A borrow runs upwards only, so that the lowest mark is right.
    ((bits &- Self.ones &* UInt64(limit)) & ~bits & Self.highs).trailingZeroBitCount >> 3
  }

  /// How many bytes lie before the first that is below `limit` (at most 0x80) or is not ASCII; 8 when there
  /// is none.
  @inline(__always)
  func countBefore(belowOrNotASCII limit: UInt8) -> Int {
    (((bits &- Self.ones &* UInt64(limit)) | bits) & Self.highs).trailingZeroBitCount >> 3
  }

  /// How many digits the word begins with.
  @inline(__always)
  var digitCount: Int {
    let values = bits ^ (Self.ones &* 0x30)
    return (((values &+ Self.ones &* 0x76) | values) & Self.highs).trailingZeroBitCount >> 3
  }

  /// The number that the first `count` bytes (1 to 8, all of them digits) spell.
  @inline(__always)
  func number(ofDigits count: Int) -> UInt64 {
    // Shifted to the word's end, so that zeros lead; then pairs, fours and eights of digits are joined
    // (D. Lemire's form of the parallel addition).
    var value = (bits ^ (Self.ones &* 0x30)) &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    value = ((value & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) >> 8
    value = ((value & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    return ((value & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
  }

  /// The first `count` bytes (0 to 7), then those of `other` in its own places.
  @inline(__always)
  func replacing(after count: Int, with other: ByteWord) -> ByteWord {
    let kept = (1 &<< UInt64(truncatingIfNeeded: 8 &* count)) &- 1 as UInt64
    return ByteWord(bits: bits & kept | other.bits & ~kept)
  }

  /// The first `count` bytes (0 to 8), the others 0.
  @inline(__always)
  func first(_ count: Int) -> UInt64 {
    count == 8 ? bits : bits & ((1 << UInt64(truncatingIfNeeded: 8 * count)) &- 1)
  }
}
