/// Reading decimal numbers from bytes, correctly rounded.
///
/// Grammar: `[+-] digits [. digits] [(e|E) [+-] digits]` with at least one digit before or after the point.
/// Up to 19 significant digits the value is found in machine arithmetic: by one exact multiplication or
/// division where both operands are exact (W. D. Clinger, How to read floating point numbers accurately,
/// 1990), else by one full-width integer operation; the rest goes to the standard library.
enum NumberParsing {
  /// The powers of ten that a Double holds exactly.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]

  private static let wholePowersOfTen: [UInt64] = [
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
  ]

  private static let powersOfFive: [UInt64] = [
    1, 5, 25, 125, 625, 3_125, 15_625, 78_125,
    390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625, 1_220_703_125,
    6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625,
    19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625,
    11_920_928_955_078_125, 59_604_644_775_390_625, 298_023_223_876_953_125,
    1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
  ]

  /// Reads a number of at most eight digits, of which one to seven stand before the point, as nearly all figures
  /// are written: one conversion and few branches. `start + 16` is at most the count of bytes.
  ///
  /// - Returns: As ``number(in:from:to:)``, but `next` is `start` also for every other number.
  @inline(__always)
  static func shortNumber(in bytes: ByteView, from start: Int) -> (value: Double, next: Int) {
    // The sign is kept as a bit: a branch on it would be mispredicted half the time.
    let minus: UInt64 = bytes[start] == UInt8(ascii: "-") ? 1 : 0
    let i = start &+ Int(truncatingIfNeeded: minus)
    let word = ByteWord(bytes, at: i)
    let whole = word.digitCount
    if whole == 0 || whole == 8 { return (0, start) }
    var size: Double
    var next = i &+ whole
    if bytes[next] == UInt8(ascii: ".") {
      // The bytes behind the point close up to those before it.
      let joined = word.replacing(after: whole, with: ByteWord(bytes, at: i &+ 1))
      let digits = joined.digitCount
      next = i &+ digits &+ 1
      if digits == 8, bytes[next] &- UInt8(ascii: "0") <= 9 { return (0, start) }
      size = Double(joined.number(ofDigits: digits)) / powersOfTen[digits &- whole]
    } else {
      size = Double(word.number(ofDigits: whole))
    }
    return (Double(bitPattern: size.bitPattern | minus << 63), next)
  }

  /// Reads the longest number at `start`.
  ///
  /// - Returns: The value and the index of the first byte behind it; `next` is `start` when no number begins
  ///   there. A number too large for a Double is infinite.
  /// - Complexity: O(digits).
  @inline(never)
  static func number(in bytes: ByteView, from start: Int, to end: Int) -> (value: Double, next: Int) {
    var i = start
    // The sign is kept as a bit: a branch on it would be mispredicted half the time.
    let minus: UInt64 = i < end && bytes[i] == UInt8(ascii: "-") ? 1 : 0
    i &+= Int(truncatingIfNeeded: minus)
    let first = i
    var mantissa: UInt64 = 0
    readDigits(in: bytes, &i, end, &mantissa)
    var digits = i &- first
    var exponent = 0
    if i < end, bytes[i] == UInt8(ascii: ".") {
      i &+= 1
      let fraction = i
      readDigits(in: bytes, &i, end, &mantissa)
      exponent = fraction &- i
      digits &-= exponent
    }
    // Everything unusual (no digit, many digits, an exponent, a plus sign) is read again at leisure.
    if digits == 0 || digits > 19 || (i < end && bytes[i] | 0x20 == UInt8(ascii: "e")) {
      return unusualNumber(in: bytes, from: start, to: end)
    }
    let size: Double
    if mantissa <= 1 << 53, exponent >= -22 {
      size = exponent == 0 ? Double(mantissa) : Double(mantissa) / powersOfTen[-exponent]
    } else {
      size = wideProduct(mantissa, exponent)
    }
    return (Double(bitPattern: size.bitPattern | minus << 63), i)
  }

  /// Takes up the digits at `i`; the mantissa is of no use once it has more than 19.
  @inline(__always)
  private static func readDigits(in bytes: ByteView, _ i: inout Int, _ end: Int, _ mantissa: inout UInt64) {
    while i &+ 8 <= end {
      let word = ByteWord(bytes, at: i)
      let count = word.digitCount
      if count == 0 { return }
      mantissa = mantissa &* wholePowersOfTen[count] &+ word.number(ofDigits: count)
      i &+= count
      if count < 8 { return }
    }
    while i < end {
      let digit = bytes[i] &- UInt8(ascii: "0")
      if digit > 9 { return }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      i &+= 1
    }
  }

  @inline(never)
  private static func unusualNumber(in bytes: ByteView, from start: Int, to end: Int) -> (Double, Int) {
    var i = start
    let isNegative = i < end && bytes[i] == UInt8(ascii: "-")
    if isNegative || (i < end && bytes[i] == UInt8(ascii: "+")) { i += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var significant = 0
    var exponent = 0
    var isBehindPoint = false
    while i < end {
      let digit = bytes[i] &- UInt8(ascii: "0")
      if digit <= 9 {
        digits += 1
        if significant > 0 || digit > 0 { significant += 1 }
        if significant <= 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
        if isBehindPoint { exponent -= 1 }
      } else if bytes[i] == UInt8(ascii: "."), !isBehindPoint {
        isBehindPoint = true
      } else {
        break
      }
      i += 1
    }
    if digits == 0 { return (0, start) }
    if let (power, next) = exponentPart(in: bytes, from: i, to: end) {
      exponent += power
      i = next
    }
    if significant <= 19 {
      if mantissa == 0 { return (isNegative ? -0.0 : 0, i) }
      if mantissa <= 1 << 53, abs(exponent) <= 22 {
        let power = powersOfTen[abs(exponent)]
        let size = exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        return (isNegative ? -size : size, i)
      }
      if abs(exponent) <= 27 {
        let size = wideProduct(mantissa, exponent)
        return (isNegative ? -size : size, i)
      }
    }
    var characters: [UInt8] = []
    for k in start..<i { characters.append(bytes[k]) }
    // The grammar is checked above, so that the standard library never sees its own extras such as "0x1p3" or
    // "inf".
    guard let value = Double(String(decoding: characters, as: UTF8.self)) else { return (0, start) }
    return (value, i)
  }

  /// The power of ten behind `e`, or nil when no whole exponent stands there. Powers beyond ±99,999 are cut
  /// there, where every number with less than 10⁵ digits is 0 or infinite already.
  private static func exponentPart(in bytes: ByteView, from start: Int, to end: Int) -> (Int, Int)? {
    guard start < end, bytes[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var i = start + 1
    let isNegative = i < end && bytes[i] == UInt8(ascii: "-")
    if isNegative || (i < end && bytes[i] == UInt8(ascii: "+")) { i += 1 }
    let first = i
    var power = 0
    while i < end {
      let digit = bytes[i] &- UInt8(ascii: "0")
      if digit > 9 { break }
      power = min(power * 10 + Int(digit), 99_999)
      i += 1
    }
    if i == first { return nil }
    return (isNegative ? -power : power, i)
  }

  /// mantissa × 10^exponent, correctly rounded, for |exponent| ≤ 27.
  ///
  /// 10^k = 5^k 2^k, and 5^27 < 2^63. The product or the quotient with 5^k is formed exactly to 64 leading
  /// bits, the lowest of which is set when anything was cut off; rounding these to 53 bits is then the
  /// rounding of the exact value, and the remaining power of two is exact.
  @inline(never)
  static func wideProduct(_ mantissa: UInt64, _ exponent: Int) -> Double {
    if mantissa == 0 { return 0 }
    let five = powersOfFive[abs(exponent)]
    if exponent >= 0 {
      let (high, low) = mantissa.multipliedFullWidth(by: five)
      if high == 0 { return scaled(Double(low), by: exponent) }
      let shift = high.leadingZeroBitCount
      let leading = shift == 0 ? high : high << shift | low >> (64 - shift)
      let isCut = low << shift != 0
      return scaled(Double(leading | (isCut ? 1 : 0)), by: 64 - shift + exponent)
    }
    // Scaling both to a set top bit, with the dividend one bit lower, keeps the quotient in 63 or 64 bits.
    let dividendShift = mantissa.leadingZeroBitCount
    let divisorShift = five.leadingZeroBitCount
    let dividend = (mantissa << dividendShift) >> 1
    let lowest = (mantissa << dividendShift) << 63
    let (quotient, remainder) = (five << divisorShift).dividingFullWidth((dividend, lowest))
    let power = divisorShift - dividendShift - 63 + exponent
    return scaled(Double(quotient | (remainder != 0 ? 1 : 0)), by: power)
  }

  private static func scaled(_ value: Double, by power: Int) -> Double {
    value * Double(sign: .plus, exponent: power, significand: 1)
  }
}
