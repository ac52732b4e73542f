import Tables
import Testing

private let description = """
  {
    "name": "estimates", "title": "Estimates", "version": "1.0.0", "vintage": "to mid-2023", "series": "rebased",
    "licenses": [{"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0", "path": "https://example.org"}],
    "sources": [{"title": "ONS"}], "notes": ["a caveat"], "other": {"left": "out"},
    "resources": [{
      "name": "population", "path": "population.csv", "format": "csv", "bytes": 123, "hash": "sha256:00", "rows": 8,
      "schema": {
        "fields": [
          {"name": "area", "type": "string", "constraints": {"required": true, "enum": ["E1", "E2"], "pattern": "E."}},
          {"name": "2001", "type": "number", "unit": "people", "constraints": {"minimum": 0, "maximum": 1e6}},
          {"name": "k", "type": "integer", "constraints": {"enum": [1, 2]}}
        ],
        "primaryKey": ["area", "sex"]
      },
      "checks": [
        {"kind": "complete", "by": ["area"], "column": "age", "values": ["0", "90+"]},
        {"kind": "no-gap", "by": ["area"], "column": "year"},
        {"kind": "sum-of-parts", "column": "area", "total": "E0", "parts": "*", "measures": ["2001"], "tolerance": 25,
         "reason": "rounding"},
        {"kind": "sum-of-parts", "column": "area", "total": "E0", "parts": ["E1"], "measures": ["2001"]},
        {"kind": "identity", "expression": {"result": "p", "terms": {"births": 1, "deaths": -1}, "previous": "p",
         "by": ["area"], "order": "year"}, "tolerance": 0.5},
        {"kind": "matches", "package": "other", "resource": "r", "on": ["area"], "measures": ["2001"], "tolerance": 0}
      ]
    }]
  }
  """

private func read(_ json: String) throws -> DataPackage {
  try withTemporaryFolder { folder in
    try AtomicFile.write(Array(json.utf8), to: folder + "/datapackage.json")
    return try DataPackage.read(folder: folder + "/")
  }
}

@Suite("Data packages") struct DataPackageTests {
  @Test("every property is read")
  func properties() throws {
    let package = try read(description)
    #expect(package.name == "estimates")
    #expect(package.series == .rebased)
    #expect(package.licences.map(\.name) == ["OGL-UK-3.0"])
    #expect(package.notes == ["a caveat"])
    let resource = try #require(package.resource("population"))
    #expect(package.path(of: resource) == package.folder + "/population.csv")
    #expect(resource.bytes == 123 && resource.rows == 8 && resource.hash == "sha256:00")
    #expect(resource.schema.primaryKey == ["area", "sex"])
    let fields = resource.schema.fields
    #expect(fields.map(\.type) == [.string, .number, .integer])
    #expect(fields[0].constraints.required && fields[0].constraints.pattern == "E.")
    #expect(
      fields[1].unit == "people" && fields[1].constraints.minimum == 0 && fields[1].constraints.maximum == 1e6
    )
    #expect(fields.map(\.constraints.allowed) == [["E1", "E2"], nil, ["1", "2"]])
  }

  @Test("every kind of check is read")
  func checks() throws {
    let checks = try #require(try read(description).resources.first?.checks)
    try #require(checks.count == 6)
    #expect(checks[0] == .complete(by: ["area"], column: "age", values: ["0", "90+"]))
    #expect(checks[1] == .noGap(by: ["area"], column: "year"))
    guard case .sumOfParts(let all) = checks[2], case .sumOfParts(let some) = checks[3],
      case .identity(let identity) = checks[4], case .matches(let match) = checks[5]
    else {
      Issue.record("wrong kinds")
      return
    }
    #expect(all.parts == nil && all.tolerance == 25 && all.reason == "rounding")
    #expect(some.parts == ["E1"] && some.tolerance == 0)
    #expect(identity.terms.map(\.column) == ["births", "deaths"] && identity.terms.map(\.factor) == [1, -1])
    #expect(identity.previous == "p" && identity.order == "year")
    #expect(match.package == "other" && match.on == ["area"])
  }

  @Test(
    "a faulty description is told with its place",
    arguments: [
      ("{", "is not valid JSON"), ("", "is not valid JSON"), ("[]", "the document is not"),
      (#"{"title": "t", "resources": []}"#, "name is missing"),
      (#"{"name": 1, "title": "t", "resources": []}"#, "name is not a string"),
      (
        #"{"name": "n", "title": "t", "resources": [{"name": "r", "path": "p", "schema": {"fields": [{"name": "a"}]}}]}"#,
        "resources[0].schema.fields[0].type is missing"
      ),
      (
        #"{"name": "n", "title": "t", "resources": [{"name": "r", "path": "p", "schema": {"fields": []}, "checks": [{"kind": "odd"}]}]}"#,
        "resources[0].checks[0].kind: unknown kind of check \"odd\""
      ),
    ])
  func faults(json: String, complaint: String) {
    let problem = #expect(throws: Problem.self) { try read(json) }
    #expect(problem?.file.hasSuffix("/datapackage.json") == true)
    #expect(problem?.message.hasPrefix(complaint) == true, "\(problem?.message ?? "")")
  }

  @Test("a missing description is told")
  func missing() throws {
    try withTemporaryFolder { folder in
      let problem = #expect(throws: Problem.self) { try DataPackage.read(folder: folder) }
      #expect(problem?.message == "no such file; expected a data package's description")
    }
  }
}
