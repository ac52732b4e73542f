// swift-tools-version: 6.2
import PackageDescription

/// CI treats every warning as an error; on a developer's machine a warning does not stop the build.
let strict: [SwiftSetting] = Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)]

let package = Package(
  name: "PopulationHealth",
  products: [
    .library(name: "PopulationHealth", targets: ["PopulationHealth"]),
    .library(name: "Demography", targets: ["Demography"]),
    .library(name: "Indicators", targets: ["Indicators"]),
    .library(name: "Regression", targets: ["Regression"]),
    .library(name: "LinearAlgebra", targets: ["LinearAlgebra"]),
    .library(name: "Datasets", targets: ["Datasets"]),
    .library(name: "Tables", targets: ["Tables"]),
    .library(name: "Probability", targets: ["Probability"]),
    // For the nested package of benchmarks, which times the kernels themselves.
    .library(name: "CKernels", targets: ["CKernels"]),
    .executable(name: "pophealth", targets: ["pophealth"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // Floor 0: C shims.
    .target(name: "CBoostMath"),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "libcrypto",
      providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),

    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    .target(name: "CKernels"),

    // Floor 1: core.
    .target(name: "Parallel", swiftSettings: strict),
    .target(name: "Probability", dependencies: ["CBoostMath"], swiftSettings: strict),
    .target(name: "Tables", dependencies: ["COpenSSL", "Parallel"], swiftSettings: strict),
    .target(
      name: "LinearAlgebra", dependencies: ["CKernels", "COpenBLAS", "Parallel"], swiftSettings: strict),

    // Floor 2: domains.
    .target(
      name: "Demography", dependencies: ["CKernels", "LinearAlgebra", "Parallel", "Probability"],
      swiftSettings: strict),
    .target(
      name: "Indicators", dependencies: ["CKernels", "LinearAlgebra", "Parallel", "Probability"],
      swiftSettings: strict),
    .target(
      name: "Regression", dependencies: ["CKernels", "LinearAlgebra", "Parallel", "Probability", "Tables"],
      swiftSettings: strict),

    // Floor 3: combining.
    .target(name: "Datasets", dependencies: ["Demography", "Indicators", "Tables"], swiftSettings: strict),

    // Floor 4: edges.
    .target(
      name: "PopulationHealth",
      dependencies: ["Datasets", "Demography", "Indicators", "LinearAlgebra", "Probability", "Regression", "Tables"],
      swiftSettings: strict),
    .executableTarget(
      name: "pophealth",
      dependencies: [
        "Datasets", "Demography", "Indicators", "LinearAlgebra", "Probability", "Regression", "Tables",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(name: "TestSupport", dependencies: ["LinearAlgebra"], path: "Tests/TestSupport"),
    .testTarget(name: "ProbabilityTests", dependencies: ["Probability"], swiftSettings: strict),
    .testTarget(name: "ParallelTests", dependencies: ["Parallel"], swiftSettings: strict),
    .testTarget(
      name: "LinearAlgebraTests", dependencies: ["CKernels", "LinearAlgebra"], swiftSettings: strict),
    .testTarget(
      name: "RegressionTests", dependencies: ["Regression", "TestSupport"],
      exclude: ["Fixtures", "Formula/Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "IndicatorsTests", dependencies: ["Indicators", "TestSupport"], exclude: ["Fixtures"],
      swiftSettings: strict),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "DemographyTests", dependencies: ["Demography", "TestSupport"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "DatasetsTests", dependencies: ["Datasets", "TestSupport"], swiftSettings: strict),
    .testTarget(name: "PopulationHealthTests", dependencies: ["PopulationHealth"], swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["pophealth", "TestSupport"], swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx17
)
