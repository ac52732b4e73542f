internal import COpenBLAS

/// The BLAS and LAPACK library underneath, which always runs on the calling thread.
///
/// Its first use may show the library one more environment variable for a moment (see ``kernelChoice``). Other threads may
/// read the environment meanwhile; one that *sets* a variable in that very moment may find it unset again, so a program
/// that does so asks for ``coreName`` first.
public enum OpenBLAS {
  /// How the kernels in use were chosen.
  public enum KernelChoice: Sendable, Hashable {
    /// The library's own choice suits the processor.
    case library
    /// The library took the processor for an older one, named here, and was told better.
    case corrected(from: String)
    /// The user's OPENBLAS_CORETYPE stands.
    case user
    /// The library took the processor for an older one and cannot be told better; products are several times slower
    /// than they could be.
    case uncorrectable
  }

  /// The processor whose kernels are in use, in the library's words: `SkylakeX`, `Haswell`, `Zen`, …
  public static var coreName: String { setup.coreName }

  /// The library's version: `0.3.21`.
  public static var version: String { setup.version }

  /// How the kernels in use were chosen.
  public static var kernelChoice: KernelChoice { setup.kernelChoice }

  struct Setup {
    let coreName: String
    let version: String
    let kernelChoice: KernelChoice
  }

  /// Runs once, before the first call of the library.
  static let setup: Setup = {
    openblas_set_num_threads(1)
    let choice = correctKernels()
    openblas_set_num_threads(1)
    // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH …"
    let words = openblas_get_config().map { String(cString: $0) }?.split(separator: " ") ?? []
    return Setup(
      coreName: currentCoreName(), version: words.count > 1 ? String(words[1]) : "unknown", kernelChoice: choice)
  }()

  static func currentCoreName() -> String {
    openblas_get_corename().map { String(cString: $0) } ?? "unknown"
  }

  /// Makes sure that the library is set up; every call of it passes here.
  @inline(__always) static func prepare() { _ = setup.version.isEmpty }
}
