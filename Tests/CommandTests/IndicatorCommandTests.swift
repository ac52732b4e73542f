import TestSupport
import Testing

/// What each kind of indicator writes, whole.
@Suite struct IndicatorCommandTests {
  private typealias Case = IndicatorCase

  @Test("Proportions of groups are those of the sums, in the order in which groups first appear")
  func proportion() throws {
    let data = "Area,Sex,Has It,asked\nb,f,1,50\na,f,20,100\nb,m,0,50\na,m,0,0\n"
    // 1/100 and 20/100 with Wilson's limits as PHEindicatormethods 2.1.0 gives them.
    Case.expectNear(
      try Case.run("proportion", data, "--by area --numerator has_it --denominator asked --format csv"),
      """
      area,value,lower_95,upper_95,lower_99_8,upper_99_8,numerator,denominator,method,status
      b,0.01,0.00176743206414065,0.0544861961787053,0.0008730656972999766,0.10455445283705818,1,100,Wilson,ok
      a,0.2,0.1333669333310325,0.28882916559315885,0.10519162066711432,0.3471109417008601,20,100,Wilson,ok

      """)
  }

  @Test("Without --by the whole file is one figure, which a note says")
  func wholeFile() throws {
    let outcome = try Case.run("proportion", "x,n\n1,1\n0,1\n0,1\n1,1\n", "--numerator x --denominator n --format csv")
    #expect(outcome.lines.last?.hasPrefix("0.5,") == true && outcome.lines.last?.hasSuffix(",2,4,Wilson,ok") == true)
    #expect(outcome.lines.first?.hasPrefix("value,lower_95,") == true && outcome.lines.count == 2)
    #expect(outcome.errors == "note: no --by: the 4 rows are summed into one figure\n")
  }

  @Test("The multiplier and the levels are those asked for")
  func units() throws {
    let data = "area,x,n\na,222,3215\n"
    let outcome = try Case.run(
      "rate", data, "--by area --numerator x --denominator n --multiplier 100 --confidence 0.9,0.99 --format csv")
    #expect(outcome.lines.first == "area,value,lower_90,upper_90,lower_99,upper_99,numerator,denominator,method,status")
    #expect(outcome.lines.last?.hasPrefix("a,6.905132192846") == true)
    let usual = Case.rows(try Case.run("rate", data, "--by area --numerator x --denominator n --format csv"))
    // PHEindicatormethods 2.1.0 for 222 of 3215 per 100,000.
    #expect(usual[0]["value"]?.hasPrefix("6905.13219284603") == true)
    #expect(usual[0]["lower_95"]?.hasPrefix("6026.57487765267") == true)
    #expect(usual[0]["upper_99_8"]?.hasPrefix("8461.04668173341") == true)
    #expect(usual[0]["method"] == "Byar")
  }

  @Test("The table for people says units, statuses and what is missing where")
  func table() throws {
    let data = "area,x,n\na,222,3215\nb,,10\nc,12,10\n"
    let outcome = try Case.run("proportion", data, "--by area --numerator x --denominator n --multiplier 100")
    #expect(
      outcome.output == """
        Proportion per 100.

        area  Value  95% lower  upper  99.8% lower  upper  Status
        --------------------------------------------------------------------------------
        a     6.905      6.079  7.834        5.647  8.418  ok
        b                                                  missing_numerator
        c                                                  numerator_exceeds_denominator

        area  Numerator  Denominator
        ----------------------------
        a           222        3,215
        b                         10
        c            12           10

        Intervals: Wilson.

        Notes
        - data.csv:3:2: --numerator is missing
        - data.csv:4:2: --numerator is above --denominator
        - 2 of 3 figures not ok: missing_numerator 1, numerator_exceeds_denominator 1

        """)
    #expect(outcome.errors.isEmpty)
  }

  @Test("JSON holds the rows, where they came from and the notes")
  func json() throws {
    let outcome = try Case.run(
      "proportion", "area,x,n\na,1,4\nb,,1\n", "--by area --numerator x --denominator n --confidence 0.95 --format json"
    )
    #expect(outcome.status == 0)
    for part in [
      #""indicator": "proportion""#, #""input": "data.csv""#, #""input_sha256": ""#, #""by": "area""#,
      #""multiplier": 1"#, #""value": 0.25"#, #""status": "missing_numerator""#, #""value": null"#,
      #""data.csv:3:2: --numerator is missing""#,
    ] {
      #expect(outcome.output.contains(part), "\(part)")
    }
  }

  @Test("Directly standardised rates by a named standard, a file and a column are the same")
  func standards() throws {
    let data = Case.bands([("a", 1), ("b", 2)])
    let columns = "--by area --numerator deaths --denominator people --age-band age --format csv"
    let named = try Case.run("dsr", data, columns, "--standard esp2013")
    #expect(named.status == 0 && named.errors.isEmpty, "\(named.errors)")
    let weights = [
      5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
    ]
    // Σ w (band + 1) / Σ w, per 1,000 people.
    let expected = zip(weights, 1...19).reduce(0) { $0 + $1.0 * $1.1 }
    let value = try #require(Double(Case.rows(named)[0]["value"] ?? ""))
    #expect(abs(value - Double(expected) / 1000) < 1e-9)
    let labels = (0..<19).map { $0 == 18 ? "90 and over" : "\(5 * $0) to \(5 * $0 + 4)" }
    // The file's bands stand in reverse: they are joined by name.
    let file = "Age Band,Weight\n" + zip(labels, weights).reversed().map { "\($0),\($1)\n" }.joined()
    let own = try Case.run("dsr", data, columns, "--standard own.csv", files: ["own.csv": file])
    // Sums in the order of the standard's bands.
    Case.expectNear(own, named.output)
    let lines = data.split(separator: "\n")
    let withWeights =
      "\(lines[0]),w\n" + lines.dropFirst().enumerated().map { "\($1),\(weights[$0 % 19])\n" }.joined()
    #expect(try Case.run("dsr", withWeights, columns, "--standard-column w").output == named.output)
    for interval in ["fay-feuer", "tiwari"] {
      let other = Case.rows(try Case.run("dsr", data, columns, "--interval \(interval)"))
      #expect(
        other[0]["value"] == Case.rows(named)[0]["value"] && other[0]["upper_95"] != Case.rows(named)[0]["upper_95"])
    }
  }

  @Test("A standard that goes further than the data's open band is added up to it, and one with infants parted")
  func fittedStandards() throws {
    let shorter = Case.bands([("a", 1)]).split(separator: "\n").filter { !$0.contains("90+") }
      .map { $0.replacing("85-89", with: "85+") }.joined(separator: "\n")
    let columns = "--by area --numerator deaths --denominator people --age-band age --format csv"
    for standard in ["esp2013", "who"] {
      let outcome = try Case.run("dsr", shorter, columns, "--standard \(standard)")
      #expect(outcome.status == 0 && outcome.lines.last?.hasSuffix("Dobson,ok") == true, "\(outcome.errors)")
      #expect(outcome.errors.contains("from 85 on are added up to 85+"))
    }
    let infants = Case.bands([("a", 1)]).replacing("a,0-4,1,1000", with: "a,Under 1,1,1000\na,1-4,1,1000")
    let outcome = try Case.run("dsr", infants, columns, "--standard ESP-2013")
    #expect(outcome.lines.last?.hasSuffix("Dobson,ok") == true, "\(outcome.errors)")
    #expect(outcome.errors.contains("under 1 and 1-4"))
  }

  @Test("Indirectly standardised ratios and rates")
  func indirect() throws {
    let data = Case.bands([("a", 1), ("b", 3)])
    let reference = Case.bands([("a", 2)]).split(separator: "\n").map { String($0.drop { $0 != "," }.dropFirst()) }
      .joined(separator: "\n")
    let columns = "--by area --numerator deaths --denominator people --age-band age --format csv --reference ref.csv"
    let ratio = try Case.run("isr", data, columns, files: ["ref.csv": reference])
    // Every area has the rates of the reference.
    #expect(Case.rows(ratio).map { $0["value"] } == ["1", "1"], "\(ratio.errors)")
    #expect(Case.rows(ratio)[1]["numerator"] == "570")
    let rate = try Case.run("isr-rate", data, columns, files: ["ref.csv": reference])
    // 190 deaths among 19,000 people.
    #expect(Case.rows(rate).map { $0["value"] } == ["1000", "1000"])
    #expect(rate.errors.contains("crude rate of the reference: 1,000.0 per 100,000"))
  }

  @Test("Means with Student's t limits")
  func mean() throws {
    let data = "area,v\na,1\na,3\nb,5\n"
    let rows = Case.rows(try Case.run("mean", data, "--by area --value v --format csv --confidence 0.95"))
    // 2 ± 12.7062 × √2/√2.
    #expect(rows[0]["value"] == "2" && rows[0]["upper_95"]?.hasPrefix("14.70620473") == true)
    #expect(rows[0]["numerator"] == "4" && rows[0]["denominator"] == "2")
    #expect(rows[1]["status"] == "not_enough_points" && rows[1]["value"] == "")
  }

  @Test("Progress is told above a million rows, and only there")
  func progress() throws {
    let rows = String(repeating: "a,1,2\n", count: 1_000_001)
    let outcome = try Case.run(
      "proportion", "area,x,n\n" + rows, "--by area --numerator x --denominator n --format csv")
    #expect(outcome.lines.last?.hasPrefix("a,0.5,") == true)
    #expect(outcome.errors == "progress: 1,000,001 rows of data.csv read\n")
  }

  @Test("The result is the same bytes for any number of threads")
  func threads() throws {
    var state: UInt64 = 1
    var data = "area,x,n\n"
    for _ in 0..<20_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      data += "area \(state >> 40 % 700),\(state >> 33 % 50),\(100 + state >> 35 % 90).5\n"
    }
    let outputs = try [1, 2, 7].map { threads in
      try Case.run(
        "rate", data, "--by area --numerator x --denominator n --format csv --threads \(threads)"
      ).bytes
    }
    #expect(outputs[0].count > 10_000 && outputs[1] == outputs[0] && outputs[2] == outputs[0])
  }
}
