/// Writing numbers as decimal digits.
enum NumberFormatting {
  /// Appends the shortest digits that read back as the same number, without a trailing `.0`. From 1e16 on and
  /// for very small numbers there may be an exponent, as Swift prints them; negative zero is written `0`.
  @inline(__always)
  static func append(_ value: Double, to bytes: inout [UInt8]) {
    if value.magnitude < 0x1p53, value == value.rounded(.towardZero) {
      append(Int(value), to: &bytes)
    } else {
      appendFraction(value, to: &bytes)
    }
  }

  private static func appendFraction(_ value: Double, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: value.description.utf8)
    if bytes.count >= 2, bytes[bytes.count - 1] == UInt8(ascii: "0"),
      bytes[bytes.count - 2] == UInt8(ascii: ".")
    {
      bytes.removeLast(2)
    }
  }

  static func append(_ value: Int, to bytes: inout [UInt8]) {
    if value < 0 { bytes.append(UInt8(ascii: "-")) }
    var rest = value.magnitude
    let first = bytes.count
    repeat {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      rest = quotient
    } while rest > 0
    var low = first
    var high = bytes.count - 1
    while low < high {
      bytes.swapAt(low, high)
      low += 1
      high -= 1
    }
  }
}

/// A number in the shortest digits that read back as the same, without a trailing `.0`: `shortest(3)` is `3`,
/// `shortest(0.1)` is `0.1`.
///
/// From 1e16 on and for very small numbers there may be an exponent, as Swift prints them. Negative zero has no
/// sign, NaN is empty, an infinite number `∞`.
///
/// - Complexity: O(digits).
public func shortest(_ value: Double) -> String {
  if !value.isFinite { return fixed(value, decimals: 0) }
  var bytes: [UInt8] = []
  NumberFormatting.append(value, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

/// A number with a fixed count of decimals and commas between groups of three digits: `grouped(491000)` is
/// `491,000`, `grouped(-1234.567, decimals: 1)` is `-1,234.6`.
///
/// The exact value of the Double is rounded, an exact half away from zero. A number that rounds to zero has
/// no sign. NaN is empty, an infinite number `∞`, and from 2⁶³ on digits are given as Swift prints them.
///
/// - Precondition: `decimals` is 0 to 18.
/// - Complexity: O(digits).
public func grouped(_ value: Double, decimals: Int = 0) -> String {
  fixed(value, decimals: decimals, separator: ",")
}

/// A number with a fixed count of decimals, rounded as ``grouped(_:decimals:)`` rounds and without
/// separators.
///
/// - Precondition: `decimals` is 0 to 18.
/// - Complexity: O(digits).
public func fixed(_ value: Double, decimals: Int) -> String {
  fixed(value, decimals: decimals, separator: "")
}

private func fixed(_ value: Double, decimals: Int, separator: String) -> String {
  precondition((0...18).contains(decimals), "0 to 18 decimals")
  if value.isNaN { return "" }
  if value.isInfinite { return value < 0 ? "-∞" : "∞" }
  let size = value.magnitude
  guard size < 0x1p63 else { return value.description }
  var scale: UInt64 = 1
  for _ in 0..<decimals { scale *= 10 }
  var whole = UInt64(size)
  var fraction = roundedProduct(of: size - Double(whole), scale)
  if fraction == scale {
    whole += 1
    fraction = 0
  }
  var text = value < 0 && (whole > 0 || fraction > 0) ? "-" : ""
  let digits = String(whole)
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { text += separator }
    text.append(digit)
  }
  if decimals > 0 {
    let digits = String(fraction)
    text += "." + String(repeating: "0", count: decimals - digits.count) + digits
  }
  return text
}

/// fraction × scale rounded to a whole number, halves up, in exact integer arithmetic; 0 ≤ fraction < 1.
private func roundedProduct(of fraction: Double, _ scale: UInt64) -> UInt64 {
  if fraction == 0 { return 0 }
  // fraction = significand · 2^-shift with a significand below 2⁵³; the product with scale < 2⁶⁰ is below
  // 2¹¹³.
  let significand = UInt64(fraction.significand * 0x1p52)
  let shift = 52 - Int(fraction.exponent)
  let (high, low) = significand.multipliedFullWidth(by: scale)
  if shift > 113 { return 0 }
  // Half a unit is bit shift − 1: what is above it, plus one if it is set.
  func bits(from position: Int) -> UInt64 {
    if position >= 64 { return high >> UInt64(position - 64) }
    return position == 0 ? low : high << UInt64(64 - position) | low >> UInt64(position)
  }
  return bits(from: shift) + (bits(from: shift - 1) & 1)
}
