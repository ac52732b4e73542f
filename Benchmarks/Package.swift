// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "PopulationHealthBenchmarks",
  dependencies: [
    .package(name: "PopulationHealth", path: "../"),
    // traits: [] leaves jemalloc out: counts of allocations are not what is measured here.
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.38.1", traits: []),
  ],
  targets: [
    .executableTarget(
      name: "DemographyBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "Demography", package: "PopulationHealth"),
      ],
      path: "Benchmarks/Demography",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "TablesBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "Tables", package: "PopulationHealth"),
      ],
      path: "Benchmarks/Tables",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "RegressionBenchmarks",
      dependencies: [
        .product(name: "Benchmark", package: "benchmark"),
        .product(name: "Regression", package: "PopulationHealth"),
      ],
      path: "Benchmarks/RegressionBenchmarks",
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    // Fits the data that other software is timed on; needs nothing of the benchmark package.
    .executableTarget(
      name: "regression-peers",
      dependencies: [
        .product(name: "LinearAlgebra", package: "PopulationHealth"),
        .product(name: "Regression", package: "PopulationHealth"),
        .product(name: "Tables", package: "PopulationHealth"),
      ],
      path: "Sources/RegressionPeers"),
  ]
)
