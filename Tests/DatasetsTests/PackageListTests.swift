import Datasets
import TestSupport
import Testing

/// The list of packages beside them: one that got lost is missed.
@Suite struct PackageListTests {
  @Test("the packages of the checkout are those of its list")
  func shipped() throws {
    let catalogue = try Catalogue(of: DatasetFolder(path: Packages.shipped))
    let folder = try TemporaryFolder()
    try folder.copy("\(Packages.shipped)/\(Catalogue.listName)", as: Catalogue.listName)
    let listed = try folder.read(Catalogue.listName).split(separator: "\n").map(String.init)
    #expect(listed == ["package"] + catalogue.packages.map(\.name))
    #expect(catalogue.unreadable.isEmpty)
  }

  @Test("a package that the list names and the folder lacks is told with its line")
  func lost() throws {
    let packages = try Packages(copying: "scenarios", "west-kent-claims")
    let folder = packages.folder
    try folder.write(Catalogue.listName, "package\nareas\nons-npp-2018\nscenarios\nwest-kent-claims\n")
    let catalogue = try Catalogue(of: DatasetFolder(path: folder.path))
    #expect(catalogue.packages.map(\.name) == ["areas", "scenarios", "west-kent-claims"])
    #expect(catalogue.unreadable.map(\.name) == ["ons-npp-2018"])
    #expect(
      catalogue.unreadable.first?.problem.description
        == "\(folder.path)/packages.csv:3:1: package \"ons-npp-2018\" is not there; expected its datapackage.json")
  }

  @Test("a folder whose description is spoilt is told once, and one without a list is taken as it is")
  func spoilt() throws {
    let packages = try Packages(copying: "scenarios")
    let folder = packages.folder
    #expect(try Catalogue(of: DatasetFolder(path: folder.path)).unreadable.isEmpty)
    try folder.write("scenarios/datapackage.json", "{")
    try folder.write(Catalogue.listName, "package\nareas\nscenarios\n")
    let catalogue = try Catalogue(of: DatasetFolder(path: folder.path))
    #expect(catalogue.unreadable.map(\.name) == ["scenarios"])
    #expect(catalogue.unreadable.first?.problem.message == "is not valid JSON")
  }
}
