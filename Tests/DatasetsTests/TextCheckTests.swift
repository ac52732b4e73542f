import Datasets
import Tables
import TestSupport
import Testing

/// Checks that name columns of text: compared as text or refused, never passed over.
@Suite struct TextCheckTests {
  /// Verifies a package of two resources, `own` with a check and `other` to be compared with.
  private func verify(
    own: String, other: String = "area,word\nA,x\nB,y\n", word: String = "string", check: String
  ) throws -> [String] {
    let folder = try TemporaryFolder()
    func resource(_ name: String, _ rows: String, _ type: String, _ check: String) throws -> String {
      try folder.write("test/\(name).csv", rows)
      let columns = rows.split(separator: "\n")[0].split(separator: ",")
      let fields = columns.map {
        "{\"name\": \"\($0)\", \"type\": \"\($0 == "word" ? type : $0 == "area" ? "string" : "number")\"}"
      }
      return """
        {"name": "\(name)", "path": "\(name).csv", "schema": {"fields": [\(fields.joined(separator: ", "))], \
        "primaryKey": ["area"]}, "checks": [\(check)]}
        """
    }
    try folder.write(
      "test/datapackage.json",
      """
      {"name": "test", "title": "", "resources": [\(try resource("own", own, "string", check)), \
      \(try resource("other", other, word, ""))]}
      """)
    let catalogue = try Catalogue(of: DatasetFolder(path: folder.path))
    #expect(catalogue.unreadable.isEmpty, "\(catalogue.unreadable)")
    var verifier = Verifier(catalogue)
    let verification = verifier.verify(try #require(catalogue["test"]))
    #expect(verification.checks.contains { ["matches", "identity", "sum-of-parts"].contains($0.kind) })
    // What the description does not declare (bytes, hash, rows) is told too and is not looked at here.
    return (verification.problems?.kept ?? []).filter { !$0.file.hasSuffix(".json") }.map {
      $0.description.replacing(folder.path + "/", with: "")
    }
  }

  private static let match = """
    {"kind": "matches", "package": "test", "resource": "other", "on": ["area"], "measures": ["word"], "tolerance": 0}
    """

  @Test("words of the same key are compared, and a difference told with both places")
  func matches() throws {
    #expect(try verify(own: "area,word\nB,y\nA,x\nC,z\n", check: Self.match).isEmpty)
    #expect(
      try verify(own: "area,word\nA,x\nB,z\n", check: Self.match)
        == ["test/own.csv:3:2: area B: word is \"z\"; test/other.csv:3 has \"y\""])
    #expect(
      try verify(own: "area,word\nA,x\nB,\n", check: Self.match)
        == ["test/own.csv:3:2: area B: word is \"\"; test/other.csv:3 has \"y\""])
  }

  @Test("words against numbers are refused")
  func kinds() throws {
    #expect(
      try verify(own: "area,word\nA,1\nB,2\n", other: "area,word\nA,1\nB,2\n", word: "number", check: Self.match)
        .map { $0.replacing(#/ in \S*/test/other/#, with: " in test/other") }
        == ["test/own.csv: word is a column of text; in test/other.csv it is not"])
  }

  @Test("a term or a figure before that is text is refused", arguments: ["terms", "previous"])
  func identity(_ place: String) throws {
    let terms = place == "terms" ? "{\"b\": 1, \"word\": 1}" : "{\"b\": 1}"
    let previous = place == "terms" ? "" : ", \"previous\": \"word\""
    let check = """
      {"kind": "identity", "expression": {"result": "a", "terms": \(terms)\(previous), "by": [], "order": "t"}, \
      "tolerance": 0}
      """
    #expect(
      try verify(own: "area,t,a,b,word\nA,1,5,5,x\nB,2,5,5,x\n", check: check)
        == ["test/own.csv: word is no column of numbers"])
  }

  @Test("parts that are text are refused")
  func sums() throws {
    let check = """
      {"kind": "sum-of-parts", "column": "area", "total": "A", "parts": "*", "measures": ["word"], "tolerance": 0}
      """
    #expect(
      try verify(own: "area,word\nA,x\nB,x\n", check: check) == ["test/own.csv: word is no column of numbers"])
  }
}
