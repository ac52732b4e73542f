import Foundation
import TestSupport
import Testing

/// What `pophealth regress` writes.
@Suite("pophealth regress")
struct RegressCommandTests {
  typealias Case = RegressCase

  @Test("JSON has the keys of the contract and the figures of R")
  func json() throws {
    let outcome = try Case.run(
      "counts ~ outcome + treatment", Case.dobson, "--family", "poisson", "--tolerance", "1e-12", "--format", "json")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let object = try Case.object(outcome)
    #expect(
      Set(object.keys) == [
        "coefficients", "deviance", "null_deviance", "df_residual", "df_null", "aic", "bic", "log_likelihood",
        "dispersion", "pearson_chi2", "theta", "iterations", "converged", "n", "n_dropped", "warnings", "provenance",
      ])
    let coefficients = try #require(object["coefficients"] as? [[String: Any]])
    for coefficient in coefficients {
      #expect(
        Set(coefficient.keys) == [
          "term", "estimate", "std_error", "statistic", "p_value", "lower", "upper", "aliased",
        ])
    }
    #expect(
      coefficients.map { $0["term"] as? String } == [
        "(Intercept)", "outcomeb", "outcomec", "treatmenty", "treatmentz",
      ])
    let second = coefficients[1]
    func expect(_ value: Any?, _ expected: Double) {
      #expect(abs((value as? Double ?? .nan) - expected) <= 1e-9 * abs(expected))
    }
    // R 4.2.2, glm(counts ~ outcome + treatment, poisson).
    expect(second["estimate"], -0.454255272277597)
    expect(second["std_error"], 0.202170759193846)
    expect(second["p_value"], 0.0246471164112951)
    #expect(second["aliased"] as? Bool == false)
    expect(object["deviance"], 5.12914107700116)
    expect(object["null_deviance"], 10.5814458637509)
    expect(object["aic"], 56.7613184019577)
    expect(object["bic"], 57.7474412886388)
    expect(object["log_likelihood"], -23.3806592009788)
    expect(object["pearson_chi2"], 5.17320162107396)
    #expect(object["df_residual"] as? Int == 4 && object["df_null"] as? Int == 8)
    #expect(object["dispersion"] as? Int == 1 && object["theta"] is NSNull)
    #expect(object["n"] as? Int == 9 && object["n_dropped"] as? Int == 0)
    #expect(object["converged"] as? Bool == true && (object["iterations"] as? Int ?? 0) > 0)
    #expect((object["warnings"] as? [String])?.isEmpty == true)
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect(provenance["program"] as? String == "pophealth")
    #expect((provenance["version"] as? String)?.isEmpty == false)
    #expect((provenance["blas"] as? String)?.contains("OpenBLAS") == true)
    #expect(provenance["input"] as? String == "data.csv")
    #expect((provenance["input_sha256"] as? String)?.count == 64)
    let options = try #require(provenance["options"] as? [String: Any])
    #expect(options["formula"] as? String == "counts ~ outcome + treatment")
    #expect(options["family"] as? String == "poisson" && options["link"] as? String == "log")
    #expect(options["se"] as? String == "model" && options["confidence"] as? Double == 0.95)
  }

  @Test("CSV has one row a coefficient at full precision, empty cells where aliased")
  func csv() throws {
    let outcome = try Case.run(
      "y ~ a + s + b + two + offset(log(e))", Case.aliased, "--family", "poisson", "--tolerance", "1e-12", "--format",
      "csv")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.lines.first == "term,estimate,std_error,statistic,p_value,lower,upper,aliased")
    let rows = Case.table(outcome)
    #expect(rows.map { $0["term"] } == ["(Intercept)", "a", "s", "b", "two"])
    #expect(rows.map { $0["aliased"] } == ["false", "false", "false", "true", "true"])
    #expect(rows[3]["estimate"] == "" && rows[4]["upper"] == "")
    // R 4.2.2: 0.531928104773071 ± 0.25215245596474.
    #expect(abs((Double(rows[1]["estimate"] ?? "") ?? 0) - 0.531928104773071) < 1e-9)
    #expect(abs((Double(rows[1]["std_error"] ?? "") ?? 0) - 0.25215245596474) < 1e-9)
    #expect(outcome.errors.contains("note: ") && outcome.errors.contains("b, two"))
  }

  @Test("the table for people fits 80 columns and says what was fitted, dropped, aliased and used")
  func table() throws {
    let text = Case.aliased.replacing("7,2,1,20,3,2", with: "7,,1,20,3,2")
    let outcome = try Case.run(
      "y ~ a + s + b + two + offset(log(e))", text, "--family", "poisson", "--se", "hc1")
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let shown = outcome.output
    #expect(shown.hasPrefix("Poisson regression, log link\n  y ~ a + s + b + two + offset(log(e))\n"))
    #expect(shown.contains("9 rows of data.csv; 1 left out for missing values (a 1)."))
    #expect(shown.contains("Standard errors: robust (HC1)."))
    #expect(outcome.lines.contains("two           aliased"))
    #expect(shown.contains("Aliased: a combination"))
    #expect(shown.contains("Deviance ") && shown.contains("AIC ") && shown.contains("Converged in "))
    for line in outcome.lines { #expect(line.count <= 80) }
  }

  @Test("--exponentiate shows ratios under their names, and exp(β) in every format")
  func exponentiate() throws {
    let plain = Case.table(
      try Case.run("counts ~ outcome", Case.dobson, "--family", "poisson", "--format", "csv"))
    let ratios = Case.table(
      try Case.run("counts ~ outcome", Case.dobson, "--family", "poisson", "--format", "csv", "--exponentiate"))
    for (a, b) in zip(plain, ratios) {
      for key in ["estimate", "lower", "upper"] {
        let (value, ratio) = (Double(a[key] ?? "") ?? .nan, Double(b[key] ?? "") ?? .nan)
        #expect(abs(ratio - exp(value)) <= 1e-14 * ratio)
      }
      #expect(a["std_error"] == b["std_error"] && a["p_value"] == b["p_value"])
    }
    let rates = try Case.run("counts ~ outcome", Case.dobson, "--family", "poisson", "--exponentiate")
    #expect(rates.output.contains("Rate ratio") && !rates.output.contains("Estimate"))
    let odds = try Case.run(
      "prop ~ sex + ldose", Case.budworm, "--family", "binomial", "--trials", "w", "--exponentiate")
    #expect(odds.output.contains("Odds ratio") && odds.output.contains("Binomial regression, logit link"))
  }

  @Test("t with its degrees of freedom where the dispersion is estimated, z otherwise")
  func statistics() throws {
    let linear = try Case.run("dist ~ speed", Case.cars)
    #expect(linear.output.hasPrefix("Linear regression\n"))
    #expect(linear.output.contains("t on 48 degrees of freedom"))
    // R 4.2.2, summary(lm(dist ~ speed, cars)).
    #expect(linear.lines.contains { $0.hasPrefix("speed") && $0.contains("3.932") && $0.contains("9.46") })
    let quasi = try Case.run("counts ~ outcome", Case.dobson, "--family", "quasipoisson")
    #expect(quasi.output.contains("t on 6 degrees of freedom") && quasi.output.contains("Quasi-Poisson"))
    let poisson = try Case.run("counts ~ outcome", Case.dobson, "--family", "poisson")
    #expect(!poisson.output.contains("t on "))
  }

  @Test("offset, trials and weights stand for what the formula could say")
  func columns() throws {
    func estimates(_ formula: String, _ text: String, _ options: [String]) throws -> [Double] {
      let folder = try TemporaryFolder()
      try folder.write("data.csv", text)
      let outcome = try Program.run(
        ["regress", formula, "--data", "data.csv", "--format", "csv", "--tolerance", "1e-12"] + options, in: folder.path
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      return Case.table(outcome).flatMap { [$0["estimate"], $0["std_error"]].map { Double($0 ?? "") ?? .nan } }
    }
    func expectEqual(_ a: [Double], _ b: [Double]) {
      // Two ways to the same maximum.
      #expect(a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= 1e-10 * max(1, abs($1)) })
    }
    let lines = Case.aliased.split(separator: "\n").map(String.init)
    let withLog =
      ([lines[0] + ",l"]
      + lines.dropFirst().map { line in "\(line),\(log(Double(line.split(separator: ",")[3]) ?? .nan))" })
      .joined(separator: "\n") + "\n"
    expectEqual(
      try estimates("y ~ a", withLog, ["--family", "poisson", "--offset", "l"]),
      try estimates("y ~ a + offset(log(e))", withLog, ["--family", "poisson"]))
    // Numbers of deaths and survivors of 20 in place of the proportion.
    let counts =
      "ldose,sex,dead,alive\n"
      + Case.budworm.split(separator: "\n").dropFirst().map { line -> String in
        let cells = line.split(separator: ",")
        let dead = Int(((Double(cells[2]) ?? 0) * 20).rounded())
        return "\(cells[0]),\(cells[1]),\(dead),\(20 - dead)\n"
      }.joined()
    let trials = try estimates("prop ~ sex + ldose", Case.budworm, ["--family", "binomial", "--trials", "w"])
    expectEqual(trials, try estimates("cbind(dead, alive) ~ sex + ldose", counts, ["--family", "binomial"]))
    // R 4.2.2: ldose 1.06421396991937 ± 0.131077489527284.
    #expect(abs(trials[4] - 1.06421396991937) < 1e-9 && abs(trials[5] - 0.131077489527284) < 1e-9)
    // A frequency weight of 2 is the row twice.
    let rows = Case.dobson.split(separator: "\n").map(String.init)
    let doubled = ([rows[0]] + rows.dropFirst() + rows.dropFirst()).joined(separator: "\n") + "\n"
    let weighted = ([rows[0] + ",f"] + rows.dropFirst().map { $0 + ",2" }).joined(separator: "\n") + "\n"
    expectEqual(
      try estimates("counts ~ outcome", weighted, ["--weights", "f", "--weights-kind", "frequency"]),
      try estimates("counts ~ outcome", doubled, []))
  }

  @Test("a weight of a sample takes robust standard errors and says so")
  func probabilityWeights() throws {
    let rows = Case.dobson.split(separator: "\n").map(String.init)
    let text = ([rows[0] + ",p"] + rows.dropFirst().map { $0 + ",3" }).joined(separator: "\n") + "\n"
    let outcome = try Case.run(
      "counts ~ outcome", text, "--family", "poisson", "--weights", "p", "--weights-kind", "probability")
    #expect(outcome.status == 0 && outcome.output.contains("Standard errors: robust (HC1)"))
  }

  @Test("θ is estimated or held, and shown")
  func theta() throws {
    let text = "y,x\n" + [0, 9, 1, 14, 2, 30, 0, 4, 22, 3, 1, 41].enumerated().map { "\($1),\($0 % 3)\n" }.joined()
    let held = try Case.object(
      try Case.run("y ~ x", text, "--family", "negative-binomial", "--theta", "2", "--format", "json"))
    #expect(held["theta"] as? Double == 2)
    let free = try Case.object(try Case.run("y ~ x", text, "--family", "negative-binomial", "--format", "json"))
    let theta = try #require(free["theta"] as? Double)
    #expect(theta > 0.1 && theta < 2)
    #expect(try Case.run("y ~ x", text, "--family", "negative-binomial").output.contains("Theta "))
  }

  @Test("separation is told in every format; Firth's penalty gives finite estimates")
  func separation() throws {
    let text = "y,x\n" + (1...8).map { "\($0 > 4 ? 1 : 0),\($0)\n" }.joined()
    let table = try Case.run("y ~ x", text, "--family", "binomial")
    #expect(table.status == 0 && table.output.contains("separat"), "\(table.output)")
    let csv = try Case.run("y ~ x", text, "--family", "binomial", "--format", "csv")
    #expect(csv.errors.contains("separat"))
    let json = try Case.object(try Case.run("y ~ x", text, "--family", "binomial", "--format", "json"))
    #expect((json["warnings"] as? [String])?.contains { $0.contains("separat") } == true)
    let firth = try Case.run("y ~ x", text, "--family", "binomial", "--firth", "--format", "csv")
    #expect(firth.status == 0 && !firth.errors.contains("separat"), "\(firth.errors)")
    let slope = Double(Case.table(firth).last?["estimate"] ?? "") ?? .nan
    #expect(slope > 0.3 && slope < 3)
  }

  @Test("the same figures on any number of threads, to the bit")
  func threads() throws {
    let outputs = try ["1", "2", "7"].map {
      try Case.run("dist ~ poly(speed, 2)", Case.cars, "--format", "csv", "--threads", $0).output
    }
    #expect(Set(outputs).count == 1)
  }

  @Test("reads a pipe, and only the columns that the model names")
  func pipes() throws {
    let folder = try TemporaryFolder()
    let rows = Case.dobson.split(separator: "\n").map(String.init)
    // A column without a name, as R's write.csv makes it, and one that no one asked for.
    let text =
      ([",\(rows[0]),remark"] + rows.dropFirst().enumerated().map { "\($0),\($1),\"a, b\"" }).joined(separator: "\n")
      + "\n"
    try folder.write("data.csv", text)
    let file = try Program.run(
      ["regress", "counts ~ outcome", "--data", "data.csv", "--format", "csv"], in: folder.path)
    let pipe = try Program.run(
      ["regress", "counts ~ outcome", "--data", "-", "--format", "csv", "--output", "out.csv"], input: text,
      in: folder.path)
    #expect(file.status == 0 && pipe.status == 0, "\(file.errors)\(pipe.errors)")
    #expect(try folder.read("out.csv") == file.output)
    #expect(pipe.output.isEmpty)
  }

  @Test("a table that goes to a file leaves its notes on standard error too")
  func notes() throws {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", Case.aliased)
    let outcome = try Program.run(
      ["regress", "y ~ a + two", "--data", "data.csv", "--output", "out.txt"], in: folder.path)
    #expect(outcome.status == 0 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("note: ") && outcome.errors.contains("two"))
    #expect(try folder.read("out.txt").contains("Notes\n"))
  }

  @Test("--version is one line that names the linear algebra")
  func version() throws {
    let outcome = try Program.run(["--version"])
    #expect(outcome.status == 0 && outcome.lines.count == 1)
    #expect(outcome.output.hasPrefix("pophealth 0."))
    #expect(outcome.output.contains("OpenBLAS"))
  }

  @Test("--stream gives the figures of the rows in memory; a pipe cannot be streamed")
  func stream() throws {
    // More rows than one piece holds is a matter of the library's tests; here every option must come through.
    let text = Case.aliased.replacing("7,2,1,20,3,2", with: "7,,1,20,3,2")
    let options = ["--family", "poisson", "--se", "hc1", "--tolerance", "1e-12"]
    func figures(_ more: [String]) throws -> [[String: String]] {
      let folder = try TemporaryFolder()
      try folder.write("data.csv", text)
      let outcome = try Program.run(
        ["regress", "y ~ a + s + two + offset(log(e))", "--data", "data.csv", "--format", "csv"] + options + more,
        in: folder.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return Case.table(outcome)
    }
    for (streamed, whole) in zip(try figures(["--stream"]), try figures([])) {
      #expect(streamed["term"] == whole["term"] && streamed["aliased"] == whole["aliased"])
      for key in ["estimate", "std_error"] {
        let (a, b) = (Double(streamed[key] ?? "") ?? 0, Double(whole[key] ?? "") ?? 0)
        // Sums in another order.
        #expect(abs(a - b) <= 1e-12 * max(1, abs(b)))
      }
    }
    let predicted = try Case.run(
      "dist ~ speed", Case.cars, "--stream", "--predict", "new.csv", "--format", "csv",
      files: ["new.csv": "speed\n10\n"])
    #expect(Case.table(predicted).first?["prediction"]?.hasPrefix("21.74499270072") == true, "\(predicted.errors)")
    try Case.expectRefusal(1, "poly", "dist ~ poly(speed, 2)", Case.cars, "--stream")
    let pipe = try Program.run(["regress", "dist ~ speed", "--data", "/dev/stdin", "--stream"], input: Case.cars)
    #expect(pipe.status == 0 || pipe.errors.contains("pipe"))
  }

  @Test("counts that vary more than Poisson's are told")
  func overdispersion() throws {
    let text = "y,x\n" + [0, 9, 1, 14, 2, 30, 0, 4, 22, 3, 1, 41].enumerated().map { "\($1),\($0 % 3)\n" }.joined()
    let model = try Case.run("y ~ x", text, "--family", "poisson")
    #expect(model.output.contains("times as much as Poisson's"))
    let robust = try Case.run("y ~ x", text, "--family", "poisson", "--se", "hc1")
    #expect(!robust.output.contains("times as much as Poisson's"))
  }

  @Test("as many coefficients as rows: nothing is made up about their uncertainty")
  func saturated() throws {
    let table = try Case.run("y ~ x", "y,x\n1,1\n2,2\n")
    #expect(table.status == 0 && table.output.contains("Dispersion (estimated) not defined"))
    #expect(table.output.contains("nothing is left to estimate"))
    let json = try Case.object(try Case.run("y ~ x", "y,x\n1,1\n2,2\n", "--format", "json"))
    let coefficients = try #require(json["coefficients"] as? [[String: Any]])
    #expect(coefficients.allSatisfy { $0["std_error"] is NSNull && $0["lower"] is NSNull })
    #expect(json["dispersion"] is NSNull)
  }
}
