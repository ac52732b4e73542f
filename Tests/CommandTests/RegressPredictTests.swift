import Foundation
import TestSupport
import Testing

/// `pophealth regress --predict`.
@Suite("pophealth regress --predict")
struct RegressPredictTests {
  typealias Case = RegressCase

  @Test("predictions of a linear model with both kinds of limits are R's")
  func linear() throws {
    let outcome = try Case.run(
      "dist ~ speed", Case.cars, "--predict", "new.csv", "--format", "csv",
      files: ["new.csv": "speed\n4\n10\n21\n30\n"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.lines.first == "line,prediction,std_error,lower,upper,prediction_lower,prediction_upper")
    // R 4.2.2, predict(lm(dist ~ speed, cars), interval = "confidence" and "prediction").
    let expected = [
      [-1.84945985401459, -12.3295433285445, 8.6306236205153, -34.4998424533313, 30.8009227453021],
      [21.7449927007299, 15.461917339959, 28.0280680615008, -9.80960078798062, 53.2995861894405],
      [65.0014890510949, 58.5973837846972, 71.4055943174926, 33.4225736404645, 96.5804044617253],
      [100.393167883212, 87.4354274518982, 113.350908314525, 66.8652933407665, 133.921042425657],
    ]
    let rows = Case.table(outcome)
    #expect(rows.map { $0["line"] } == ["2", "3", "4", "5"])
    for (row, figures) in zip(rows, expected) {
      for (key, figure) in zip(["prediction", "lower", "upper", "prediction_lower", "prediction_upper"], figures) {
        #expect(abs((Double(row[key] ?? "") ?? .nan) - figure) < 1e-9 * abs(figure))
      }
    }
  }

  @Test("the offset counts in the prediction: twice the people, twice the deaths")
  func offset() throws {
    let outcome = try Case.run(
      "y ~ a + offset(log(e))", Case.aliased, "--family", "poisson", "--predict", "new.csv", "--format", "csv",
      "--keep",
      "id", files: ["new.csv": "id,e,a\nX1,10,3\nX2,20,3\n"])
    let rows = Case.table(outcome)
    #expect(outcome.lines.first?.hasPrefix("line,id,prediction,") == true, "\(outcome.errors)")
    #expect(rows.map { $0["id"] } == ["X1", "X2"])
    let values = rows.map { Double($0["prediction"] ?? "") ?? .nan }
    #expect(values.count == 2 && abs(values[1] / values[0] - 2) < 1e-12)
    // Limits of a mean of counts are positive.
    #expect(rows.allSatisfy { (Double($0["lower"] ?? "") ?? -1) > 0 })
  }

  @Test("proportions and their limits stay between 0 and 1")
  func proportions() throws {
    let outcome = try Case.run(
      "prop ~ sex + ldose", Case.budworm, "--family", "binomial", "--trials", "w", "--predict", "new.csv", "--format",
      "csv", files: ["new.csv": "sex,ldose\nM,-9\nF,2\nM,20\n"])
    let rows = Case.table(outcome)
    #expect(rows.count == 3, "\(outcome.errors)")
    for row in rows {
      for key in ["prediction", "lower", "upper"] {
        let value = Double(row[key] ?? "") ?? .nan
        #expect(value >= 0 && value <= 1)
      }
    }
  }

  @Test("the table and JSON hold coefficients and predictions")
  func formats() throws {
    let files = ["new.csv": "speed\n4\n10\n"]
    let table = try Case.run("dist ~ speed", Case.cars, "--predict", "new.csv", files: files)
    #expect(table.output.contains("(Intercept)") && table.output.contains("Predictions for new.csv"))
    for line in table.lines { #expect(line.count <= 80) }
    let json = try Case.object(
      try Case.run("dist ~ speed", Case.cars, "--predict", "new.csv", "--format", "json", files: files))
    let predictions = try #require(json["predictions"] as? [[String: Any]])
    #expect(predictions.count == 2 && predictions[1]["line"] as? Int == 3)
    #expect((json["coefficients"] as? [Any])?.count == 2)
    let provenance = try #require(json["provenance"] as? [String: Any])
    #expect((provenance["predict_sha256"] as? String)?.count == 64)
  }

  @Test("bases are those of the fit, whatever the new rows")
  func bases() throws {
    let inside = try Case.run(
      "dist ~ poly(speed, 2)", Case.cars, "--predict", "new.csv", "--format", "csv", files: ["new.csv": Case.cars])
    let single = try Case.run(
      "dist ~ poly(speed, 2)", Case.cars, "--predict", "new.csv", "--format", "csv", files: ["new.csv": "speed\n25\n"])
    let all = Case.table(inside)
    #expect(all.count == 50 && Case.table(single).first?["prediction"] == all.last?["prediction"], "\(single.errors)")
  }

  @Test("a row with a missing value has no prediction, and a note says so")
  func missing() throws {
    let outcome = try Case.run(
      "dist ~ speed", Case.cars, "--predict", "new.csv", "--format", "csv",
      files: ["new.csv": "speed,x\n4,1\n,2\n10,3\n"])
    let rows = Case.table(outcome)
    #expect(outcome.status == 0 && rows.count == 3)
    #expect(rows[1]["prediction"] == "" && rows[1]["line"] == "3" && rows[2]["prediction"] != "")
    #expect(outcome.errors.contains("note: new.csv: 1 row"), "\(outcome.errors)")
  }

  @Test("new rows that the model cannot predict are refused with their place")
  func refusals() throws {
    func refuse(_ message: String, _ new: String, _ formula: String = "y ~ a + offset(log(e))") throws {
      try Case.expectRefusal(
        1, message, formula, Case.aliased.replacing("13,10,9,35,19,2", with: "13,10,9,35,19,3"), "--family", "poisson",
        "--predict", "new.csv", files: ["new.csv": new])
    }
    try refuse("new.csv:1:1: has no column \"e\"", "a,remark\n1,secret\n")
    try refuse("new.csv:1:1: has no column \"a\"", "e,remark\n1,secret\n")
    try refuse("new.csv:3:2: ", "a,e,remark\n1,2,secret\n1,0,secret\n")
    try refuse("new.csv:3:1: \"many\"", "a,e,remark\n1,2,secret\nmany,3,secret\n")
    try refuse("new.csv:3:1: ", "two,remark\n2,secret\n7,secret\n", "y ~ factor(two)")
    try refuse("new.csv: has a header but no rows", "a,e\n")
    try Case.expectRefusal(
      1, "new.csv:2:1: ", "counts ~ outcome", Case.dobson, "--family", "poisson", "--predict", "new.csv",
      files: ["new.csv": "outcome,remark\nd,secret\n"])
    try Case.expectRefusal(
      2, "\"idd\"", "counts ~ outcome", Case.dobson, "--predict", "new.csv", "--keep", "idd",
      files: ["new.csv": "id,outcome\n1,a\n"])
  }
}
