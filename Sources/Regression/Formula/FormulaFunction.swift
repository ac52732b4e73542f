import Tables

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The functions that a formula may use.
enum FormulaFunction {
  /// Functions of one number.
  static let elementary: [String: @Sendable (Double) -> Double] = [
    "log": { log($0) }, "exp": { exp($0) }, "sqrt": { $0.squareRoot() }, "log2": { log2($0) },
    "log10": { log10($0) }, "log1p": { log1p($0) }, "abs": { $0.magnitude },
  ]

  /// What makes a factor of a column.
  static let codings: Set = ["factor", "ordered", "C"]

  /// What makes several columns of one.
  static let bases: Set = ["poly", "ns", "bs"]

  /// The parameters that stand for data; all others are settings.
  static let dataParameters: Set = ["x", "object"]

  static let all = (elementary.keys + ["I", "offset", "cbind"] + codings + bases).sorted()

  /// a to the power b.
  static func power(_ a: Double, _ b: Double) -> Double { b == 2 ? a * a : pow(a, b) }

  /// The complaint about a function that is not known.
  static func unknown(_ name: String, at position: SourcePosition) -> FormulaComplaint {
    let advice =
      NearestName.suggestion(for: name, in: all, limit: 1) ?? "known are \(all.joined(separator: ", "))"
    return FormulaComplaint("unknown function \(quoted(name)); \(advice)", at: position)
  }
}
