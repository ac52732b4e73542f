internal import CKernels
internal import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension OpenBLAS {
  /// Cores of x86-64 in OpenBLAS's names that lack AVX2: what it falls back to on a processor that it does not know.
  private static let coresWithoutAVX2: Set<String> = [
    "Katmai", "Coppermine", "Northwood", "Prescott", "Banias", "Atom", "Core2", "Penryn", "Dunnington", "Nehalem",
    "Sandybridge", "Athlon", "Opteron", "Opteron_SSE3", "Barcelona", "Bobcat", "Bulldozer", "Piledriver",
    "Steamroller", "Nano",
  ]

  /// Cores with AVX2 and without AVX-512.
  private static let coresWithAVX2: Set<String> = ["Haswell", "Excavator", "Zen"]

  /// The core that suits this processor where the one in use is older than it, nil where all is well.
  ///
  /// An AMD processor keeps to 256 bits, as OpenBLAS itself has it.
  static func betterCore(than core: String, processorLevel level: Int32, isAMD: Bool) -> String? {
    if isAMD { return level >= 3 && coresWithoutAVX2.contains(core) ? "Zen" : nil }
    if level >= 4 { return coresWithoutAVX2.union(coresWithAVX2).contains(core) ? "SkylakeX" : nil }
    return level >= 3 && coresWithoutAVX2.contains(core) ? "Haswell" : nil
  }

  /// Tells the library the right core if it chose an older one.
  ///
  /// Debian 12's OpenBLAS 0.3.21 takes recent Intel processors for `Prescott` and runs SSE3 kernels, 4 to 5 times too
  /// slow. It reads OPENBLAS_CORETYPE when it starts, and its start can be repeated. The library sees the
  /// variable for that moment only.
  static func correctKernels() -> KernelChoice {
    let variable = "OPENBLAS_CORETYPE"
    if let set = getenv(variable), set.pointee != 0 { return .user }
    let found = currentCoreName()
    guard
      let core = betterCore(
        than: found, processorLevel: ph_processor_level(), isAMD: ph_processor_is_amd() != 0)
    else { return .library }
    guard let quit = function(named: "gotoblas_dynamic_quit"), let start = function(named: "gotoblas_dynamic_init")
    else { return .uncorrectable }
    // The entry stays: another thread may be reading the list that holds it.
    guard let entry = strdup("\(variable)=\(core)"), ph_restart_with_entry(entry, quit, start) != 0
    else { return .uncorrectable }
    return currentCoreName() == core ? .corrected(from: found) : .uncorrectable
  }

  /// A function of the loaded libraries that takes and gives nothing; nil where there is none of the name.
  private static func function(named name: String) -> (@convention(c) () -> Void)? {
    // A null handle stands for the whole program in glibc and musl; Darwin's is another, and needs no cure.
    #if os(Linux)
      guard let address = dlsym(nil, name) else { return nil }
      return unsafeBitCast(address, to: (@convention(c) () -> Void).self)
    #else
      return nil
    #endif
  }
}
