import TestSupport
import Testing

@testable import Datasets

@Suite struct DatasetFolderTests {
  private func places(variable: String?, program: String?, workingFolder: String?) -> [String] {
    DatasetFolder.candidates(variable: variable, program: program, workingFolder: workingFolder).map(\.path)
  }

  @Test("places are tried in the documented order")
  func order() {
    #expect(
      places(variable: nil, program: "/opt/health/bin/pophealth", workingFolder: "/home/ann/work")
        == [
          "/opt/health/bin/datasets", "/opt/health/share/pophealth/datasets", "/opt/health/datasets",
          "/opt/datasets", "/datasets", "/home/ann/work/datasets", "/home/ann/datasets", "/home/datasets",
        ])
  }

  @Test("where the variable is set no other place is tried, and an empty one counts as unset")
  func variable() {
    #expect(
      places(variable: "/data", program: "/usr/bin/pophealth", workingFolder: "/")
        == ["/data"])
    #expect(
      places(variable: "", program: nil, workingFolder: "/a")
        == ["/a/datasets", "/datasets"])
    #expect(places(variable: nil, program: nil, workingFolder: nil).isEmpty)
  }

  @Test("a checkout is found from its build folder and from a folder inside it, each place once")
  func checkout() {
    let places = places(
      variable: nil, program: "/src/health/.build/release/pophealth", workingFolder: "/src/health/Tests")
    #expect(places.contains("/src/health/datasets"))
    #expect(places.count { $0 == "/src/health/datasets" } == 1)
    #expect(places.first == "/src/health/.build/release/datasets")
  }

  @Test("a folder datasets of somebody else's is not taken: a checkout has its Package.swift")
  func foreign() throws {
    let packages = try Packages(copying: "areas")
    let folder = try TemporaryFolder()
    try folder.copy(packages.folder.path, as: "datasets")
    let (parent, inside) = (folder.path, "\(folder.path)/Tests")
    func held() -> [String] {
      DatasetFolder.candidates(variable: nil, program: nil, workingFolder: inside).filter(\.holdsPackages)
        .map(\.path)
    }
    #expect(held().isEmpty)
    try folder.write("Package.swift", "")
    #expect(held() == ["\(parent)/datasets"])
    // Beside a program and where the variable points no mark is asked for.
    let installed = DatasetFolder.candidates(variable: nil, program: "\(parent)/pophealth", workingFolder: nil)
    #expect(installed.first?.holdsPackages == true)
    #expect(
      DatasetFolder.candidates(variable: "\(parent)/datasets", program: nil, workingFolder: nil)[0].holdsPackages)
  }

  @Test("files lie in the folder of their package")
  func file() {
    #expect(DatasetFolder(path: "/d").file("areas", "areas.csv") == "/d/areas/areas.csv")
  }
}
