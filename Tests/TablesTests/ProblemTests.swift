import Tables
import Testing

@Suite("Problems") struct ProblemTests {
  @Test("the description begins with as much of the place as is known")
  func place() {
    #expect(Problem(file: "a", line: 2, column: 3, message: "m").description == "a:2:3: m")
    #expect(Problem(file: "a", line: 2, message: "m").description == "a:2:1: m")
    #expect(Problem(file: "a", message: "m").description == "a: m")
  }

  @Test("values are shown in quotes, escaped and cut at 40 characters")
  func quotes() {
    #expect(quoted("a\"b\\c\n\u{1B}[0m\u{202E}") == #""a\"b\\c\n\u{1B}[0m\u{202E}""#)
    #expect(quoted(String(repeating: "é", count: 40)) == "\"" + String(repeating: "é", count: 40) + "\"")
    #expect(quoted(String(repeating: "x", count: 41)) == "\"" + String(repeating: "x", count: 40) + "…\"")
  }

  @Test("a collector sorts by file and place and throws only what it has")
  func collector() throws {
    var problems = ProblemCollector()
    try problems.throwIfAny()
    for line in (1...30).reversed() { problems.add(file: "a", line: line, "line \(line)") }
    problems.add(Problem(file: "b", message: "late"))
    problems.add(Problem(file: "a", message: "whole file"))
    #expect(problems.total == 32)
    let thrown = #expect(throws: Problems.self) { try problems.throwIfAny() }
    #expect(thrown?.kept.map(\.line) == [nil] + (1...19).map { $0 })
    #expect(thrown?.description.split(separator: "\n").last == "… and 12 more")
    #expect(Problems(Problem(file: "a", message: "m")).description == "a: m")
  }

  @Test("messages that nobody will see are not built")
  func laziness() {
    var problems = ProblemCollector()
    var built = 0
    func message() -> String {
      built += 1
      return "m"
    }
    for line in 1...1000 { problems.add(file: "a", line: line, message()) }
    #expect(built == 20)
  }
}
