import TestSupport
import Testing

@testable import Datasets

@Suite struct DatasetFolderTests {
  @Test("places are tried in the documented order")
  func order() {
    #expect(
      DatasetFolder.candidates(
        variable: nil, program: "/opt/health/bin/pophealth", workingFolder: "/home/ann/work")
        == [
          "/opt/health/bin/datasets", "/opt/health/share/pophealth/datasets", "/opt/health/datasets",
          "/opt/datasets", "/datasets", "/home/ann/work/datasets", "/home/ann/datasets", "/home/datasets",
        ])
  }

  @Test("where the variable is set no other place is tried, and an empty one counts as unset")
  func variable() {
    #expect(
      DatasetFolder.candidates(variable: "/data", program: "/usr/bin/pophealth", workingFolder: "/")
        == ["/data"])
    #expect(
      DatasetFolder.candidates(variable: "", program: nil, workingFolder: "/a")
        == ["/a/datasets", "/datasets"])
    #expect(DatasetFolder.candidates(variable: nil, program: nil, workingFolder: nil).isEmpty)
  }

  @Test("a checkout is found from its build folder and from a folder inside it, each place once")
  func checkout() {
    let places = DatasetFolder.candidates(
      variable: nil, program: "/src/health/.build/release/pophealth", workingFolder: "/src/health/Tests")
    #expect(places.contains("/src/health/datasets"))
    #expect(places.count { $0 == "/src/health/datasets" } == 1)
    #expect(places.first == "/src/health/.build/release/datasets")
  }

  @Test("files lie in the folder of their package")
  func file() {
    #expect(DatasetFolder(path: "/d").file("areas", "areas.csv") == "/d/areas/areas.csv")
  }
}
