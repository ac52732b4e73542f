import CKernels
@testable import LinearAlgebra
import Testing

@Suite("OpenBLAS")
struct OpenBLASTests {
  @Test("names its core and version")
  func names() {
    #expect(OpenBLAS.coreName != "unknown" && OpenBLAS.version.first?.isNumber == true)
  }

  @Test("a core older than the processor is replaced, a current or unknown one stays")
  func betterCore() {
    #expect(OpenBLAS.betterCore(than: "Prescott", processorLevel: 4, isAMD: false) == "SkylakeX")
    #expect(OpenBLAS.betterCore(than: "Haswell", processorLevel: 4, isAMD: false) == "SkylakeX")
    #expect(OpenBLAS.betterCore(than: "Prescott", processorLevel: 3, isAMD: false) == "Haswell")
    #expect(OpenBLAS.betterCore(than: "Barcelona", processorLevel: 4, isAMD: true) == "Zen")
    for core in ["SkylakeX", "Cooperlake", "SapphireRapids", "Zen6"] {
      #expect(OpenBLAS.betterCore(than: core, processorLevel: 4, isAMD: false) == nil)
    }
    #expect(OpenBLAS.betterCore(than: "Haswell", processorLevel: 3, isAMD: false) == nil)
    #expect(OpenBLAS.betterCore(than: "Zen", processorLevel: 4, isAMD: true) == nil)
    #expect(OpenBLAS.betterCore(than: "Prescott", processorLevel: 0, isAMD: false) == nil)
  }

  @Test("after the choice no better core is known, unless the user insists")
  func chosen() {
    let better = OpenBLAS.betterCore(
      than: OpenBLAS.coreName, processorLevel: ph_processor_level(), isAMD: ph_processor_is_amd() != 0)
    switch OpenBLAS.kernelChoice {
    case .corrected(let old): #expect(better == nil && old != OpenBLAS.coreName)
    case .library: #expect(better == nil)
    case .uncorrectable: #expect(better != nil)
    case .user: break
    }
  }
}
