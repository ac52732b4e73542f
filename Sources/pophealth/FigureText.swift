import Tables

/// Figures as a table for people shows them.
enum FigureText {
  /// The decimals at which the smallest of several figures keeps that many digits, at most 8.
  static func decimals(_ values: [Double], digits: Int) -> Int {
    guard var smallest = values.filter({ $0.isFinite && $0 != 0 }).map(\.magnitude).min() else { return 2 }
    let enough = (1..<digits).reduce(1.0) { power, _ in power * 10 }
    var decimals = 0
    while smallest < enough, decimals < 8 {
      smallest *= 10
      decimals += 1
    }
    return decimals
  }

  /// The figure with those decimals, or by powers of ten where they would leave less than two digits of it or it has
  /// more than eleven before the point.
  static func cell(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: decimals) }
    let least = (0..<decimals).reduce(10.0) { unit, _ in unit / 10 }
    if value.magnitude < least * 0.995 && decimals == 8 || value.magnitude >= 1e11 { return scientific(value) }
    return fixed(value, decimals: decimals)
  }

  /// Three digits and a power of ten: `1.58e-10`.
  static func scientific(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, decimals: 2) }
    var size = value.magnitude
    var exponent = 0
    while size >= 10 {
      size /= 10
      exponent += 1
    }
    while size < 1 {
      size *= 10
      exponent -= 1
    }
    if size >= 9.995 {
      size /= 10
      exponent += 1
    }
    return (value < 0 ? "-" : "") + fixed(size, decimals: 2) + "e\(exponent)"
  }

  /// About five digits: `38.695`, `1,696.7`, `0.0024460`.
  static func figure(_ value: Double) -> String {
    if value.isNaN { return "not defined" }
    if value.magnitude >= 1e11 { return scientific(value) }
    let decimals = decimals([value], digits: 5)
    return decimals == 8 && value != 0 && value.magnitude < 1e-5
      ? scientific(value) : grouped(value, decimals: decimals)
  }

  /// A probability: four decimals, `<0.0001` below.
  static func probability(_ value: Double) -> String {
    value < 0.0001 ? "<0.0001" : fixed(value, decimals: 4)
  }

  /// `95%`, `99.9%`.
  static func percent(_ share: Double) -> String {
    let text = fixed(share * 100, decimals: 2)
    guard let end = text.lastIndex(where: { $0 != "0" }) else { return text + "%" }
    return (text[end] == "." ? text[..<end] : text[...end]) + "%"
  }

  /// A count of degrees of freedom: whole, or with one decimal where a penalty makes it a broken number.
  static func count(_ value: Double) -> String {
    grouped(value, decimals: value == value.rounded() ? 0 : 1)
  }
}

/// A number as a message shows it: whole ones without `.0`.
func shortest(_ value: Double) -> String {
  let text = value.description
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
