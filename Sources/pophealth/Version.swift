import LinearAlgebra
import Tables

/// The version of the program and of the library that its linear algebra runs on.
enum Version {
  static let number = "0.1.0"

  /// One line; the kernels are named because speed and last digits depend on them.
  static var text: String { "pophealth \(number) (\(blas))" }

  /// `OpenBLAS 0.3.21, SkylakeX kernels`.
  static var blas: String { "OpenBLAS \(OpenBLAS.version), \(OpenBLAS.coreName) kernels" }
}

extension JSONWriter {
  /// The member that says where a result comes from: program and version, and what `body` adds.
  mutating func provenance(_ body: (inout JSONWriter) -> Void) {
    key("provenance")
    object { json in
      json.member("program", "pophealth")
      json.member("version", Version.number)
      body(&json)
    }
  }
}
