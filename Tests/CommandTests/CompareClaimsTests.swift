import Foundation
import TestSupport
import Testing

/// The sheet of West Kent's claims.
@Suite("pophealth compare west-kent")
struct CompareClaimsTests {
  private func sheet(_ arguments: String...) throws -> Program.Outcome {
    try Program.run(["compare", "west-kent"] + arguments, environment: ["POPHEALTH_DATASETS": Packages.shipped])
  }

  @Test("every claim has its verdict, worked out apart from this from the published figures")
  func verdicts() throws {
    let rows = try CompareCommandTests.rows(try sheet("--format", "csv"))
    var verdicts: [String: String] = [:]
    for row in rows { verdicts[row["claim"] ?? ""] = row["verdict"] }
    let supported = [
      "excess-weight-year-6", "under-18-conceptions", "circulatory-mortality", "smoking", "smoking-beside",
      "life-expectancy-male", "life-expectancy-male-beside", "life-expectancy-female", "life-expectancy-female-beside",
    ]
    let contradicted = [
      "hypertension", "diabetes", "coronary-heart-disease", "serious-mental-illness", "overweight",
    ]
    #expect(verdicts.count == 27)
    for (claim, verdict) in verdicts {
      let expected =
        supported.contains(claim) ? "supported" : contradicted.contains(claim) ? "contradicted" : "not testable"
      #expect(verdict == expected, "\(claim)")
    }
  }

  @Test("the figures of the sheet are those of QOF 2018/19, and of the four whole districts")
  func figures() throws {
    let rows = try CompareCommandTests.rows(try sheet("--format", "csv"))
    func row(_ claim: String, beside: String = "England") throws -> [String: String] {
      try #require(rows.first { $0["claim"] == claim && $0["with_name"] == beside }, "\(claim)")
    }
    func figure(_ claim: String, _ column: String) throws -> Double {
      try #require(Double(try row(claim)[column] ?? ""), "\(claim) \(column)")
    }
    for (claim, west, england, digits) in [
      ("hypertension", 13.74, 13.96, 0.005), ("diabetes", 6.16, 6.93, 0.005),
      ("coronary-heart-disease", 2.62, 3.10, 0.005), ("serious-mental-illness", 0.785, 0.961, 0.0005),
    ] {
      #expect(abs(try figure(claim, "value") - west) <= digits)
      #expect(abs(try figure(claim, "with_value") - england) <= digits)
      let found = try row(claim)
      #expect(found["geography"] == "commissioning group 99J" && found["period"] == "2018/19")
      #expect(found["class"] == "lower")
    }
    #expect(try figure("under-18-conceptions", "numerator") == 99)
    #expect(try row("excess-weight-year-6")["basis"] == "derived")
    #expect(try row("overweight-beside", beside: "Kent")["class"] == "lower")
    #expect(try row("overweight-beside")["class"] == "similar")
    // An untestable claim has no figures, and says what would be needed.
    let untested = try #require(rows.first { $0["claim"] == "cancer-mortality" })
    #expect(untested["value"] == "" && untested["class"] == "")
    #expect(untested["reason"] == "Deaths from cancer by district and age would be needed.")
  }

  @Test("the table says period, geography, trend and why; it fits 80 columns")
  func table() throws {
    let outcome = try sheet()
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    for line in outcome.lines { #expect(line.count <= 80, "\(line)") }
    #expect(
      outcome.output.contains(
        """
        15 more hypertension                                                contradicted
           Hypertension, 2018/19, commissioning group 99J, 68,520 of 498,638: 13.74%
           (13.65-13.84); England 13.96: lower. Trend: no change.
           Of the 4 other periods: not told apart in 2016/17. Hypertension, practices,
           2022/23 (practices of the former group 99J): 14.63% (14.54-14.73), England
           14.42: higher. Hypertension, 2019/20 (four whole districts, modelled): 13.95%
           (13.86-14.04), England 14.08: lower. Registers count who is recorded, of all
           ages together: not need, and not standardised for age.

        """))
    #expect(
      outcome.output.contains(
        """
                             supported  contradicted  not testable
        ----------------------------------------------------------
        better than England          3             0            10
        worse than England           0             4             2
        figures                      6             1             1

        """))
  }

  @Test("the same rows as JSON; code and alias are the same area")
  func json() throws {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(try sheet("--format", "json").bytes)) as? [String: Any])
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.count == 29)
    #expect(rows.count { $0["verdict"] as? String == "not testable" } == 14)
    let provenance = try #require(object["provenance"] as? [String: Any])
    #expect((provenance["worse"] as? [String: Int])?["contradicted"] == 4)
    let alias = try Program.run(["compare", "99j"], environment: ["POPHEALTH_DATASETS": Packages.shipped])
    #expect(alias.output == (try sheet().output))
  }

  @Test("a claim that the figures leave open is never called supported: a planted figure turns the verdict")
  func planted() throws {
    let packages = try Packages(
      copying: "indicators", "west-kent-claims", "west-kent-footprint", "qof-registers", "qof-registers-districts",
      "practices-2022-23", "smoking", "ons-health-indicators", "ons-health-index", "fingertips-england",
      "under-18-conceptions", "deaths-by-age-2014-15")
    func verdict() throws -> String? {
      let outcome = try Program.run(
        ["compare", "west-kent", "--format", "csv"], environment: ["POPHEALTH_DATASETS": packages.folder.path])
      return try CompareCommandTests.rows(outcome).first { $0["claim"] == "under-18-conceptions" }?["verdict"]
    }
    #expect(try verdict() == "supported")
    // 37 of 2,798 in Maidstone become 90, then 190: 152 and 252 of 9,560 beside England's 16.72 per 1,000.
    let file = "under-18-conceptions/conceptions.csv"
    try packages.edit(file) { $0 = $0.map { $0.replacing("E07000110,2018,37,", with: "E07000110,2018,90,") } }
    #expect(try verdict() == "not testable")
    try packages.edit(file) { $0 = $0.map { $0.replacing("E07000110,2018,90,", with: "E07000110,2018,190,") } }
    #expect(try verdict() == "contradicted")
  }
}
