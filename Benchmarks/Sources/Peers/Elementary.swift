import CKernels

/// A function of an array that stays in the first caches.
enum ElementaryFunction: String {
  case exp, log

  /// One run is so many passes.
  private static let passes = 2_000

  func measure(folder: String, repeats: Int) throws {
    let x = try NumPyArray("\(folder)/elementary_\(rawValue).npy").doubles()[0]
    var y = x
    let kernel = self == .exp ? ph_exp : ph_log
    let (measured, _) = Measured.timing(repeats: repeats) {
      for _ in 0..<Self.passes { kernel(x, &y, x.count) }
    }
    try NumPyArray.write(y, to: "\(folder)/answers_elementary_\(rawValue)_pophealth.npy")
    try Outcome(
      part: "elementary", name: rawValue, threads: 1, measured: measured,
      more: ["units": Double(Self.passes * x.count)]
    ).report()
  }
}
