import Datasets
import Tables
import TestSupport
import Testing

@Suite("Verification of data packages")
struct VerificationTests {
  /// Verifies one of the packages in a folder.
  static func verify(_ name: String, in path: String) throws -> Verification {
    let catalogue = try Catalogue(of: DatasetFolder(path: path))
    var verifier = Verifier(catalogue)
    return verifier.verify(try #require(catalogue[name]))
  }

  static func verify(_ name: String, in packages: Packages) throws -> Verification {
    try verify(name, in: packages.folder.path)
  }

  /// The messages without the temporary folder before them.
  static func messages(_ verification: Verification, _ packages: Packages) -> [String] {
    (verification.problems?.kept ?? []).map {
      $0.description.replacing(packages.folder.path + "/", with: "")
    }
  }

  @Test("the packages as shipped pass every check")
  func shipped() throws {
    let catalogue = try Catalogue(of: DatasetFolder(path: Packages.shipped))
    #expect(catalogue.unreadable.isEmpty)
    #expect(catalogue.packages.count == 26)
    #expect(catalogue.names == catalogue.names.sorted())
    var verifier = Verifier(catalogue)
    var worst: [String: Double] = [:]
    for package in catalogue.packages {
      let verification = verifier.verify(package)
      #expect(verification.isPassed, "\(verification.problems?.description ?? "")")
      #expect(!verification.checks.contains { !$0.isPassed })
      worst[package.name] = verification.tightest?.worstDifference
    }
    // The tolerances that the packages declare, each of which is the largest gap in its figures.
    #expect(worst["mid-year-estimates-districts"] == 50)
    #expect(worst["mid-year-estimates-kent"] == 8)
    #expect(worst["ons-snpp-2018"] == 11)
    #expect(worst["components-of-change"] == 0)
  }

  @Test("one changed byte in a name is found by the digest alone")
  func changedByte() throws {
    let packages = try Packages(copying: "areas")
    try packages.edit("areas/areas.csv") { lines in
      #expect(lines[1].contains("Hartlepool"))
      lines[1] = lines[1].replacing("Hartlepool", with: "Hartlepoor")
    }
    let verification = try Self.verify("areas", in: packages)
    let messages = Self.messages(verification, packages)
    #expect(messages.count == 1)
    #expect(messages.first?.hasPrefix("areas/areas.csv: SHA-256 is ") == true)
    #expect(verification.checks.filter { !$0.isPassed }.map(\.kind) == ["hash"])
  }

  @Test("a changed figure breaks the accounting in its own line and the next")
  func changedFigure() throws {
    let packages = try Packages(copying: "components-of-change")
    try packages.edit("components-of-change/components.csv") { lines in
      #expect(lines[2].hasSuffix(",250262"))
      lines[2] = lines[2].replacing(",250262", with: ",250272")
    }
    let verification = try Self.verify("components-of-change", in: packages)
    let messages = Self.messages(verification, packages)
    #expect(
      messages.contains(
        "components-of-change/components.csv:3:11: area E06000035: population is 250272; year before and "
          + "terms make 250262"))
    #expect(messages.contains { $0.hasPrefix("components-of-change/components.csv:4:11: area E06000035") })
    #expect(verification.tightest?.worstDifference == 10)
    #expect(verification.tightest?.kind == "identity")
  }

  @Test("a missing row is named, and the sums that lack it")
  func missingRow() throws {
    let packages = try Packages(copying: "mid-year-estimates-kent")
    let file = "mid-year-estimates-kent/population.csv"
    try packages.edit(file) { lines in
      let index = try #require(lines.firstIndex { $0.hasPrefix("E07000110,male,45,") })
      lines.remove(at: index)
    }
    let messages = Self.messages(try Self.verify("mid-year-estimates-kent", in: packages), packages)
    #expect(messages.contains("\(file): 2729 rows; expected 2730"))
    #expect(
      messages.contains {
        $0.hasPrefix(file) && $0.hasSuffix(": area E07000110, sex male: no row with age 45")
      })
    #expect(messages.contains { $0.hasSuffix("sex male, age 45: 11 parts of E10000016; expected 12") })
  }

  @Test("a doubled row is found in its line, with the line of the first")
  func doubledRow() throws {
    let packages = try Packages(copying: "mid-year-estimates-kent")
    let file = "mid-year-estimates-kent/population.csv"
    try packages.edit(file) { lines in lines.insert(lines[10], at: 20) }
    let messages = Self.messages(try Self.verify("mid-year-estimates-kent", in: packages), packages)
    #expect(
      messages.contains(
        "\(file):21:1: area E06000035, sex female, age 9 is there twice, first in line 11"))
    #expect(
      messages.contains(
        "\(file):21:3: area E06000035, sex female: age 9 is there twice, first in line 11"))
  }

  @Test("a total that its parts do not make is found with both figures")
  func wrongSum() throws {
    let packages = try Packages(copying: "mid-year-estimates-kent")
    let file = "mid-year-estimates-kent/population.csv"
    var line = 0
    try packages.edit(file) { lines in
      let index = try #require(lines.firstIndex { $0.hasPrefix("E10000016,female,0,") })
      var cells = lines[index].split(separator: ",").map(String.init)
      cells[3] = "9999"
      lines[index] = cells.joined(separator: ",")
      line = index + 1
    }
    let verification = try Self.verify("mid-year-estimates-kent", in: packages)
    let found = try #require(verification.problems?.kept.first { $0.message.contains("add up to") })
    #expect(found.line == line)
    #expect(found.column == 4)
    #expect(found.message.hasSuffix("in 2000, the total is 9999; tolerance 8"))
    #expect(!verification.isPassed)
  }

  @Test("a gap in the years is found where the row after it stands")
  func gapInYears() throws {
    let packages = try Packages(copying: "components-of-change")
    let file = "components-of-change/components.csv"
    var line = 0
    try packages.edit(file) { lines in
      let index = try #require(lines.firstIndex { $0.hasPrefix("E07000110,2009,") })
      lines.remove(at: index)
      line = index + 1
    }
    let messages = Self.messages(try Self.verify("components-of-change", in: packages), packages)
    #expect(messages.contains("\(file):\(line):2: area E07000110: year 2010 follows 2008; expected no gap"))
  }

  @Test("text in a column of numbers is found with line and column")
  func textInNumber() throws {
    let packages = try Packages(copying: "components-of-change")
    let file = "components-of-change/components.csv"
    try packages.edit(file) { lines in lines[5] = lines[5].replacing(",3104,", with: ",many,") }
    let verification = try Self.verify("components-of-change", in: packages)
    #expect(
      Self.messages(verification, packages).contains(
        "\(file):6:3: \"many\" in column \"births\" is not a number"))
  }

  @Test("cells outside their limits and values outside the list are found")
  func brokenConstraints() throws {
    let packages = try Packages(copying: "west-kent-footprint", "scenarios")
    try packages.edit("west-kent-footprint/lsoa.csv") { lines in
      var cells = lines[1].split(separator: ",").map(String.init)
      cells[2] = "2"
      cells[3] = "-1"
      lines[1] = cells.joined(separator: ",")
    }
    try packages.edit("scenarios/scenarios.csv") { lines in
      lines[1] = lines[1].replacing(",fertility,", with: ",fertilty,")
    }
    let footprint = Self.messages(try Self.verify("west-kent-footprint", in: packages), packages)
    #expect(footprint.contains("west-kent-footprint/lsoa.csv:2:3: in_footprint is 2; expected at most 1"))
    #expect(footprint.contains("west-kent-footprint/lsoa.csv:2:4: 0 is -1; expected at least 0"))
    let scenarios = Self.messages(try Self.verify("scenarios", in: packages), packages)
    #expect(
      scenarios.contains {
        $0.hasPrefix("scenarios/scenarios.csv:2:3: \"fertilty\"; expected one of fertility, mortality,")
      })
  }

  @Test("figures that another package has otherwise are found with the place there")
  func mismatch() throws {
    let packages = try Packages(copying: "mid-year-estimates-kent", "mid-year-estimates-districts")
    let file = "mid-year-estimates-kent/population.csv"
    try packages.edit(file) { lines in
      let index = try #require(lines.firstIndex { $0.hasPrefix("E07000110,female,0,") })
      var cells = lines[index].split(separator: ",").map(String.init)
      cells[5] = "1"
      lines[index] = cells.joined(separator: ",")
    }
    let verification = try Self.verify("mid-year-estimates-kent", in: packages)
    let found = try #require(
      verification.problems?.kept.first { $0.message.contains("mid-year-estimates-districts") })
    #expect(found.message.hasPrefix("area E07000110, sex female, age 0: 2002 is 1; "))
    #expect(found.message.contains("mid-year-estimates-districts/population.csv:"))
  }

  @Test("a missing file, columns in another order and headers in other case are found")
  func files() throws {
    let packages = try Packages(copying: "components-of-change", "scenarios", "west-kent-claims")
    try packages.edit("components-of-change/components.csv") { lines in
      lines[0] = lines[0].replacing("births,deaths", with: "deaths,births")
    }
    try packages.edit("scenarios/scenarios.csv") { lines in
      lines[0] = lines[0].replacing("title", with: "Title")
    }
    let folder = packages.folder
    try folder.write("west-kent-claims/datapackage.json", "{")
    let order = Self.messages(try Self.verify("components-of-change", in: packages), packages)
    #expect(
      order.contains { $0.hasPrefix("components-of-change/components.csv:1:1: columns area,year,deaths,births,") })
    let header = Self.messages(try Self.verify("scenarios", in: packages), packages)
    #expect(header.contains { $0.contains("read header \"Title\" as \"title\"; expected columns scenario,title,") })
    let catalogue = try Catalogue(of: DatasetFolder(path: folder.path))
    #expect(catalogue.unreadable.map(\.name) == ["west-kent-claims"])
    #expect(catalogue.names == ["areas", "components-of-change", "scenarios", "west-kent-claims"])

    let gone = try Packages(copying: "areas")
    let description = try gone.folder.read("areas/datapackage.json")
    try gone.folder.write(
      "other/datapackage.json", description.replacing("\"areas.csv\"", with: "\"nowhere.csv\""))
    let other = try Catalogue(of: DatasetFolder(path: gone.folder.path)).packages
    #expect(other.map(\.name) == ["areas", "areas"])
    var verifier = Verifier(try Catalogue(of: DatasetFolder(path: gone.folder.path)))
    let messages = Self.messages(verifier.verify(try #require(other.last)), gone)
    #expect(messages.contains("other/nowhere.csv: no such file; expected a file"))
    #expect(messages.contains { $0.contains("name is \"areas\"; expected that of the folder, \"other\"") })
  }
}
