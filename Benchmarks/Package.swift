// swift-tools-version: 6.2
import PackageDescription

/// One suite a pillar. Each registers its cases through `Measure`, so that all are timed and guarded alike.
func suite(_ name: String, _ libraries: [String]) -> Target {
  .executableTarget(
    name: name + "Benchmarks",
    dependencies: [.product(name: "Benchmark", package: "benchmark"), "Measure", "Samples"]
      + libraries.map { .product(name: $0, package: "PopulationHealth") },
    path: "Benchmarks/\(name)",
    plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")])
}

let package = Package(
  name: "PopulationHealthBenchmarks",
  dependencies: [
    .package(name: "PopulationHealth", path: "../"),
    // traits: [] leaves jemalloc out: counts of allocations are not what is measured here.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    // Loops that kernels are timed beside.
    .target(name: "CReference"),
    .target(
      name: "Measure",
      dependencies: [
        "CReference",
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "CKernels", package: "PopulationHealth"),
        .product(name: "LinearAlgebra", package: "PopulationHealth"),
      ]),
    // Data that follow from a seed, for the suites and for the table of scaling.
    .target(
      name: "Samples",
      dependencies: ["Demography", "Indicators", "Regression", "Tables"].map {
        .product(name: $0, package: "PopulationHealth")
      }),
    suite("Kernels", ["CKernels", "Probability"]),
    suite("Regression", ["Regression"]),
    suite("Demography", ["Demography"]),
    suite("Indicators", ["Indicators", "Probability"]),
    suite("Tables", ["Tables"]),
    .executableTarget(
      name: "scaling",
      dependencies: ["Measure", "Samples"]
        + ["Demography", "Indicators", "Regression", "Tables"].map {
          .product(name: $0, package: "PopulationHealth")
        },
      path: "Sources/Scaling"),
    .executableTarget(name: "guard", dependencies: ["Measure"], path: "Sources/Guard"),
    // Works on the files that other software is timed on; see Peers/run.sh.
    .executableTarget(
      name: "peers",
      dependencies: ["CKernels", "Demography", "Indicators", "LinearAlgebra", "Probability", "Regression", "Tables"].map
      {
        .product(name: $0, package: "PopulationHealth")
      },
      path: "Sources/Peers"),
  ]
)
