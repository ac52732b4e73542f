import Foundation
import TestSupport
import Testing

/// Data and commands that `pophealth regress` refuses, and what it says.
@Suite("pophealth regress: bad input")
struct RegressBadInputTests {
  typealias Case = RegressCase

  /// Ten rows with a column of remarks that no message may repeat.
  static func text(_ change: (inout [String]) -> Void = { _ in }) -> String {
    var rows = ["deaths,age,sex,person_years,weight,practice,remark"]
    for i in 0..<10 {
      let sex = i.isMultiple(of: 2) ? "f" : "m"
      rows.append("\(3 + i * 7 % 11),\(30 + i * 5),\(sex),\(100 + i * 10),\(1 + i % 3),P\(i % 4),secret\(i)")
    }
    change(&rows)
    return rows.joined(separator: "\n") + "\n"
  }

  @Test("an unknown column is named with the nearest one: the command is wrong")
  func unknownColumn() throws {
    try Case.expectRefusal(2, "did you mean \"age\"?", "deaths ~ agee + sex", Self.text())
    try Case.expectRefusal(2, "did you mean \"weight\"?", "deaths ~ age", Self.text(), "--weights", "wieght")
    try Case.expectRefusal(2, "did you mean \"practice\"?", "deaths ~ age", Self.text(), "--se", "cluster:practise")
    try Case.expectRefusal(2, "\"exposure\"", "deaths ~ age + offset(log(exposure))", Self.text())
  }

  @Test("a word in a column of numbers is told with file, line and column")
  func words() throws {
    let text = Self.text { $0[3] = "4,forty,f,120,1,P2,secret2" }
    try Case.expectRefusal(1, "data.csv:4:2: \"forty\" in column \"age\" is not a number", "deaths ~ age", text)
    try Case.expectRefusal(1, "data.csv:4:2: \"forty\"", "deaths ~ log(age)", text)
    let response = Self.text { $0[5] = "few,50,f,140,1,P2,secret2" }
    try Case.expectRefusal(1, "data.csv:6:1: \"few\" in column \"deaths\" is not a number", "deaths ~ sex", response)
    let weight = Self.text { $0[10] = "4,75,m,190,heavy,P1,secret9" }
    try Case.expectRefusal(1, "data.csv:11:5: \"heavy\"", "deaths ~ sex", weight, "--weights", "weight")
    // A category may hold numbers and words.
    let category = try Case.run("deaths ~ factor(age) + 0", text, "--format", "csv")
    #expect(category.status == 0 && category.output.contains("factor(age)forty"), "\(category.errors)")
  }

  @Test("columns of which nothing can be learnt")
  func emptyColumns() throws {
    let missing = Self.text { rows in
      for i in 1..<rows.count { rows[i] = rows[i].replacing(/^(\d+),\d+,/) { "\($0.output.1),," } }
    }
    try Case.expectRefusal(1, "age", "deaths ~ age", missing)
    let oneLevel = Self.text { rows in for i in rows.indices { rows[i] = rows[i].replacing(",m,", with: ",f,") } }
    try Case.expectRefusal(1, "sex", "deaths ~ sex", oneLevel)
    // A constant number is not wrong, but has no coefficient beside an intercept.
    let constant = Self.text { rows in
      for i in 1..<rows.count { rows[i] = rows[i].replacing(/^(\d+),\d+,/) { "\($0.output.1),40," } }
    }
    let outcome = try Case.run("deaths ~ age + sex", constant)
    #expect(outcome.status == 0 && outcome.output.contains("aliased"))
  }

  @Test("responses that the family cannot have, with line and column")
  func responses() throws {
    let negative = Self.text { $0[2] = "-1,35,m,110,1,P1,secret1" }
    try Case.expectRefusal(1, "data.csv:3:1: ", "deaths ~ age", negative, "--family", "poisson")
    let share = Self.text { rows in for i in 1..<rows.count { rows[i] = rows[i].replacing(/^\d+/, with: "0.5") } }
    let above = share.replacing("0.5,45", with: "1.5,45")
    try Case.expectRefusal(
      1, "data.csv:5:1: ", "deaths ~ age", above, "--family", "binomial", "--trials", "person_years")
    let zero = Self.text { $0[2] = "0,35,m,110,1,P1,secret1" }
    try Case.expectRefusal(1, "data.csv:3:1: ", "deaths ~ age", zero, "--family", "gamma")
  }

  @Test("exposures and weights that cannot be, with line and column")
  func exposures() throws {
    for value in ["0", "-5"] {
      let text = Self.text { $0[4] = "4,45,m,\(value),1,P3,secret3" }
      try Case.expectRefusal(
        1, "data.csv:5", "deaths ~ age + offset(log(person_years))", text, "--family", "poisson")
    }
    let negative = Self.text { $0[4] = "4,45,m,130,-1,P3,secret3" }
    try Case.expectRefusal(1, "data.csv:5:5: ", "deaths ~ age", negative, "--weights", "weight")
    let zeros = Self.text { rows in
      for i in 1..<rows.count {
        rows[i] = rows[i].replacing(/,\d,P/, with: ",0,P")
      }
    }
    try Case.expectRefusal(1, "weight", "deaths ~ age", zeros, "--weights", "weight")
  }

  @Test("more coefficients than rows")
  func tooManyCoefficients() throws {
    try Case.expectRefusal(
      1, "data.csv: the model has 100 parameters", "deaths ~ factor(age) * factor(person_years)", Self.text())
  }

  @Test("clusters of one row are told; a single cluster is refused")
  func clusters() throws {
    let single = try Case.run(
      "deaths ~ age", Self.text { $0[1] = "3,30,f,100,1,alone,secret" }, "--se", "cluster:practice")
    #expect(single.status == 0 && single.output.contains("one row"), "\(single.errors)")
    let one = Self.text { rows in for i in rows.indices { rows[i] = rows[i].replacing(/,P\d/, with: ",P0") } }
    try Case.expectRefusal(1, "practice", "deaths ~ age", one, "--se", "cluster:practice")
  }

  @Test("a wrong formula points at the character")
  func formulas() throws {
    for (formula, caret) in [
      ("~ age", true), ("age + sex", true), ("deaths ~ age ++ sex", true), ("deaths ~ (age", true),
    ] {
      let folder = try TemporaryFolder()
      try folder.write("data.csv", Self.text())
      let outcome = try Program.run(["regress", formula, "--data", "data.csv"], in: folder.path)
      #expect(outcome.status == 2 && outcome.output.isEmpty, "\(formula): \(outcome.errors)")
      #expect(outcome.errors.contains(formula) && outcome.errors.contains("^") == caret, "\(outcome.errors)")
    }
    try Case.expectRefusal(2, "\"log\"", "deaths ~ lgo(age)", Self.text())
    let counts = "cbind(deaths, person_years) ~ age"
    try Case.expectRefusal(2, "cbind", counts, Self.text())
    try Case.expectRefusal(2, "cbind", counts, Self.text(), "--family", "binomial", "--trials", "weight")
  }

  @Test("files that hold no rows")
  func files() throws {
    try Case.expectRefusal(1, "data.csv: is empty", "y ~ x", "")
    try Case.expectRefusal(1, "data.csv: has a header but no rows", "y ~ x", "y,x\n")
    try Case.expectRefusal(1, "data.csv:3", "y ~ x", "y,x\n1,2\n1,2,3\n")
    try Case.expectRefusal(1, "semicolons", "y ~ x", "y;x\n1;2\n")
    let folder = try TemporaryFolder()
    let directory = try Program.run(["regress", "y ~ x", "--data", "."], in: folder.path)
    #expect(directory.status == 1 && directory.errors == ".: is a directory; expected a CSV file\n")
    let missing = try Program.run(["regress", "y ~ x", "--data", "none.csv"], in: folder.path)
    #expect(missing.status == 1 && missing.errors == "none.csv: no such file; expected a CSV file\n")
    // Bytes of no text at all: the program ends with a message whatever they are.
    var state: UInt64 = 7
    for size in [1, 100, 5000] {
      let bytes = (0..<size).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      }
      let path = folder.path + "/bytes"
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let outcome = try Program.run(["regress", "y ~ x", "--data", "bytes"], in: folder.path)
      #expect((1...2).contains(outcome.status) && !outcome.errors.isEmpty && outcome.output.isEmpty)
    }
  }

  @Test("rows whose values are all missing somewhere leave nothing to fit")
  func nothingLeft() throws {
    try Case.expectRefusal(1, "data.csv", "y ~ x + z", "y,x,z\n1,,3\n2,1,\n3,,1\n,4,2\n")
  }

  @Test(
    "wrong commands end with 2",
    arguments: [
      ("--family poison", "did you mean \"poisson\"?"),
      ("--family poisson --link logg", "did you mean \"log\"?"),
      ("--se hc9", "unknown kind of standard error \"hc9\""),
      ("--se cluster", "cluster:COLUMN"),
      ("--se cluster:", "cluster:COLUMN"),
      ("--confidence 95", "did you mean 0.95?"),
      ("--tolerance 0", "--tolerance 0"),
      ("--theta 2", "--theta belongs to --family negative-binomial"),
      ("--family negative-binomial --theta 0", "--theta 0"),
      ("--trials weight", "--trials belongs to"),
      ("--weights-kind frequency", "--weights-kind belongs to --weights"),
      ("--weights weight --weights-kind frequent", "did you mean \"frequency\"?"),
      ("--weights weight --weights-kind probability --se model", "does not hold"),
      ("--firth", "--firth belongs to"),
      ("--ridge -1", "--ridge"),
      ("--family poisson --firth --ridge 1", "two penalties"),
      ("--exponentiate", "--exponentiate"),
      ("--threads 0", "--threads 0"),
      ("--keep sex", "--keep belongs to --predict"),
      ("--format xml", "'table', 'csv' or 'json'"),
    ])
  func commands(options: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", Self.text())
    let outcome = try Program.run(
      ["regress", "deaths ~ age", "--data", "data.csv"] + options.split(separator: " ").map(String.init),
      in: folder.path)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test("a result never takes the place of the rows it is made from")
  func output() throws {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", Self.text())
    let outcome = try Program.run(
      ["regress", "deaths ~ age", "--data", "data.csv", "--output", "data.csv"], in: folder.path)
    #expect(outcome.status == 2 && outcome.errors.contains("--output data.csv"))
    #expect(try folder.read("data.csv") == Self.text())
  }
}
