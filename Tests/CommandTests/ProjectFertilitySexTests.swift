import TestSupport
import Testing

/// A column of sexes in `fertility.csv`, which needs none.
@Suite struct ProjectFertilitySexTests {
  @Test("Fertility of women may say so; that of men is refused with its line")
  func sexes() throws {
    let folder = try ProjectInputs().write()
    func run(_ sex: String) throws -> Program.Outcome {
      let lines = try folder.read("in/fertility.csv").split(separator: "\n").map(String.init)
      var fields = lines.map { $0.split(separator: ",").map(String.init) }
      if fields[0].contains("sex") {
        for row in 1..<fields.count { fields[row][2] = row == fields.count - 1 ? sex : "female" }
      } else {
        for row in fields.indices { fields[row].insert(row == 0 ? "sex" : "female", at: 2) }
        fields[fields.count - 1][2] = sex
      }
      try folder.write("in/fertility.csv", fields.map { $0.joined(separator: ",") }.joined(separator: "\n") + "\n")
      return try Program.run(["project", "--inputs", "in", "--format", "csv"], in: folder.path)
    }
    let plain = try Program.run(["project", "--inputs", "in", "--format", "csv"], in: folder.path)
    #expect(plain.status == 0)
    #expect(try run("female").output == plain.output)
    let men = try run("male")
    #expect(men.status == 1 && men.output.isEmpty)
    #expect(men.errors.contains("in/fertility.csv:") && men.errors.contains(":3: sex \"male\""), "\(men.errors)")
  }
}
