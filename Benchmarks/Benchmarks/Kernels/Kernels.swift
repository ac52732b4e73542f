import Benchmark
import CKernels
import Measure
import Probability

/// The loops that everything else stands on: exponentials, logarithms, random numbers.
let benchmarks: @Sendable () -> Void = {
  let count = 65_536
  let units = 16.0 * Double(count)

  for (name, kernel) in [("exp", ph_exp), ("log", ph_log)] {
    guarded(
      Case(
        "Kernel-\(name)-65536-numbers", unit: "number", units: units,
        floor: .init(0.39, "some 17 fused multiplications of 8 lanes at 2 a cycle, 2.7 GHz"), against: .polynomials)
    ) {
      (0..<count).map { 0.1 + Double($0) / 8_192 }
    } kernel: { x in
      var y = x
      for _ in 0..<16 { kernel(x, &y, count) }
      return y[8_192]
    } complaint: { value in
      let expected = name == "exp" ? 3.0041660239464334 : 0.09531017980432493
      return abs(value - expected) <= 1e-15 * expected ? nil : "\(name)(1.1) is \(value)"
    }
  }

  guarded(
    Case(
      "Philox-uniforms-65536-numbers", unit: "number", units: units,
      floor: .init(1.9, "ten rounds of two wide products for four numbers, one a cycle, 2.7 GHz"), against: .integers)
  ) {
    Philox(seed: 20_261_122)
  } kernel: { philox in
    var row = [Double](repeating: 0, count: count)
    for pass in 0..<16 { philox.fill(&row, from: SIMD4(0, 0, 0, UInt64(pass))) }
    return row.reduce(0, +) / Double(count)
  } complaint: { mean in
    // Twelve standard errors of a mean of 65,536 uniforms.
    abs(mean - 0.5) < 0.0135 ? nil : "the mean of the uniforms is \(mean)"
  }

  guarded(
    Case(
      "Philox-normals-65536-numbers", unit: "number", units: Double(count),
      floor: .init(2.3, "a uniform and a logarithm"), against: .singles)
  ) {
    Philox(seed: 20_261_122)
  } kernel: { philox in
    var row = [Double](repeating: 0, count: count)
    philox.fillNormal(&row, from: SIMD4(0, 0, 0, 1))
    return row.reduce(0, +) / Double(count)
  } complaint: { mean in
    abs(mean) < 0.047 ? nil : "the mean of the normals is \(mean)"
  }
}
