import TestSupport
import Testing

/// Kinds that keep the rows of the file, and those about points in time and inequality.
@Suite struct IndicatorRowWiseTests {
  private typealias Case = IndicatorCase

  @Test("Quantiles carry the other columns and count from the lowest or the highest")
  func quantile() throws {
    let data = "name,score,region,note\na,4,N,\"x, y\"\nb,42,N,\nc,15,S,z\nd,8,S,\ne,,N,\nf,16,N,\n"
    Case.expect(
      try Case.run("quantile", data, "--value score --groups 2 --format csv"),
      """
      name,region,note,value,quantile,status
      a,N,"x, y",4,1,ok
      b,N,,42,2,ok
      c,S,z,15,1,ok
      d,S,,8,1,ok
      e,N,,,,missing_numerator
      f,N,,16,2,ok

      """)
    let plain = data.replacing("\"x, y\"", with: "x")
    let descending = "--by region --value score --groups 2 --descending --format csv"
    let within = Case.rows(try Case.run("quantile", plain, descending))
    #expect(within.map { $0["quantile"] } == ["2", "1", "1", "2", "", "1"])
    let named = try Case.run("quantile", plain, "--by name --value score --groups 5 --format csv")
    #expect(named.errors.contains("there is one set of quantiles of all rows"))
    #expect(Case.rows(named).map { $0["quantile"] } == ["1", "5", "3", "2", "", "4"])
    let few = Case.rows(try Case.run("quantile", plain, "--by region --value score --groups 3 --format csv"))
    #expect(
      few.map { $0["status"] } == ["ok", "ok", "not_enough_points", "not_enough_points", "missing_numerator", "ok"])
  }

  @Test("Trends of counts and of figures with limits")
  func trend() throws {
    // The test data of PHEindicatormethods 2.1.0 for all ethnic groups' last five years.
    let counts = """
      area,year,n,d
      a,2023,292,499
      a,2019,318,468.33578792341672
      a,2020,314,472.89156626506019
      a,2021,318,500.78740157480314
      a,2022,291,480
      b,2019,1,2

      """
    let outcome = try Case.run(
      "trend", counts, "--by area --period year --numerator n --denominator d --polarity low-is-good --format csv")
    #expect(outcome.lines.first == "area,year,value,trend,judgement,chi_squared,slope,reason,status")
    let rows = Case.rows(outcome)
    #expect(rows[0]["year"] == "2023" && rows[0]["trend"] == "Decreasing" && rows[0]["judgement"] == "getting better")
    #expect(rows[1]["trend"] == "Cannot be calculated" && rows[1]["status"] == "not_enough_points")
    #expect(outcome.errors.contains("note: not enough data points (b)"))
    let figures = """
      year,v,lo,hi
      1,10,9.5,10.5
      2,12,11.5,12.5
      3,14,13.5,14.5
      5,16,15.5,16.5
      6,18,17.5,18.5

      """
    let index = try Case.run("trend", figures, "--period year --value v --lower lo --upper hi --format csv")
    #expect(Case.rows(index)[0]["trend"] == "Increasing" && Case.rows(index)[0]["slope"] == "2")
    #expect(index.errors.contains("periods are missing among the last five"))
    let years = Case.rows(
      try Case.run("trend", figures, "--period year --value v --lower lo --upper hi --format csv --time years"))
    #expect(years[0]["slope"] != "2")
  }

  @Test("A control chart finds a point outside, passes over a missing one, and rebases")
  func controlChart() throws {
    let values = ["10", "12", "11", "13", "9", "", "10", "30", "11", "12", "10", "9", "11", "12"]
    var data = "month,days,who\n"
    for (index, value) in values.enumerated().reversed() {
      data += "2023-\(index < 9 ? "0" : "")\(index + 1),\(value),w\(index)\n"
    }
    let outcome = try Case.run(
      "spc", data, "--period month --value days --improvement decrease --target 40 --format csv")
    #expect(
      outcome.lines.first
        == "month,who,value,centre,lower_limit,upper_limit,signals,variation,assurance,status")
    let rows = Case.rows(outcome)
    #expect(rows.map { $0["who"] } == (0..<14).map { "w\($0)" })
    #expect(rows[7]["signals"] == "above_limit" && rows[7]["variation"] == "concern")
    #expect(rows[5]["status"] == "missing_numerator" && rows[5]["variation"] == "not_judged")
    #expect(rows.filter { $0["signals"] != "" }.count == 1)
    #expect(rows[0]["assurance"] == "pass")
    let rebased = Case.rows(
      try Case.run("spc", data, "--period month --value days --format csv --rebase 2023-09"))
    #expect(rebased[7]["centre"] != rebased[8]["centre"] && rebased[0]["variation"] == "common_cause")
    let counts = "q,x,n\n1,5,100\n2,6,110\n3,4,90\n"
    for chart in ["p", "u"] {
      let outcome = try Case.run(
        "spc", counts, "--period q --numerator x --denominator n --chart \(chart) --multiplier 100 --format csv")
      #expect(Case.rows(outcome).map { $0["centre"] } == ["5", "5", "5"], "\(outcome.errors)")
    }
    for chart in ["c", "g"] {
      let outcome = try Case.run("spc", counts, "--period q --value x --chart \(chart) --format csv")
      #expect(Case.rows(outcome).map { $0["centre"] } == ["5", "5", "5"], "\(outcome.errors)")
    }
    let twice = try Case.run("spc", "m,v\n1,2\n1,3\n2,4\n", "--period m --value v --format csv")
    #expect(
      Case.rows(twice).allSatisfy { $0["status"] == "bands_duplicate" } && twice.errors.contains("m 1 is there twice"))
  }

  @Test("A funnel tells who lies outside, and keeps the rows' other columns")
  func funnel() throws {
    let data = "area,obs,exp,who\nA,8,6.239860227,p\nB,151,106.4429719,q\nC,159,232.9329036,r\nD,,3,s\nE,3,0,t\n"
    let outcome = try Case.run(
      "funnel", data,
      "--by area --numerator obs --denominator exp --measure ratio --multiplier 100 --polarity lowIsGood --format csv")
    #expect(
      outcome.lines.first
        == "area,who,value,lower_95,upper_95,lower_99_8,upper_99_8,numerator,denominator,method,centre,side,outside,score,judgement,status"
    )
    let rows = Case.rows(outcome)
    // The verdicts of PHEindicatormethods 2.1.0 on these three.
    #expect(rows.map { $0["side"] } == ["within", "high", "low", "not_judged", "not_judged"])
    #expect(rows.map { $0["outside"] } == ["", "99.8", "99.8", "", ""])
    #expect(rows.map { $0["judgement"] } == ["similar", "worse", "better", "", ""])
    #expect(rows.map { $0["status"] } == ["ok", "ok", "ok", "missing_numerator", "expected_zero"])
    let wider = Case.rows(
      try Case.run(
        "funnel", data,
        "--numerator obs --denominator exp --measure ratio --overdispersion additive --trim none --format csv"
      ))
    #expect(wider[1]["side"] == "within" && wider[1]["method"] == "additive")
    let rate = Case.rows(
      try Case.run("funnel", "a,r,n\nx,120,60\ny,80,40\n", "--numerator n --value r --measure dsr --format csv"))
    let values = rate.compactMap { $0["value"].flatMap(Double.init) }
    // The figure is made again from the events and the people that they imply.
    #expect(values.count == 2 && zip(values, [120, 80]).allSatisfy { abs($0 - $1) < 1e-12 * $1 })
  }

  @Test("Slope and relative index of inequality, closed and simulated")
  func inequality() throws {
    // The first case of the test data of PHEindicatormethods 2.1.0 has ten deciles; this is a line without error.
    var data = "area,decile,people,le,low,high,se\n"
    for decile in (1...10).reversed() {
      let le = 75 + Double(decile) / 2
      data += "x,\(decile),1000,\(le),\(le - 1.96),\(le + 1.96),1\n"
    }
    let limits = "--by area --quantile decile --population people --value le"
    let outcome = try Case.run("sii", data, limits, "--se se --confidence 0.95 --format csv")
    #expect(
      outcome.lines.first
        == "area,sii,sii_lower_95,sii_upper_95,rii,rii_lower_95,rii_upper_95,intercept,status", "\(outcome.errors)")
    let row = Case.rows(outcome)[0]
    let slope = try #require(Double(row["sii"] ?? ""))
    // Half a year a decile is five years over the whole population, from 75.25.
    #expect(abs(slope - 5) < 1e-12 && abs(Double(row["intercept"] ?? "")! - 75.25) < 1e-11)
    // Var = Σ h² a se²: 1/Σ a (b − ½)² of ten equal deciles is 1/0.0825, over ten.
    let half = 1.959963984540054 * (1 / 0.825).squareRoot()
    #expect(abs(Double(row["sii_upper_95"] ?? "")! - 5 - half) < 1e-10)
    let both = try Case.run("sii", data, limits, "--lower low --upper high --format csv")
    let header = "sii_lower_95,sii_upper_95,sii_lower_99_8,sii_upper_99_8,rii,rii_lower_95"
    #expect(both.lines.first?.contains(header) == true)
    let draws = "--se se --simulate 20000 --seed 7 --confidence 0.95 --format csv"
    let simulated = Case.rows(try Case.run("sii", data, limits, draws))
    let outputs = try ["", "--threads 2"].map { try Case.run("sii", data, limits, draws, $0).output }
    #expect(outputs[0] == outputs[1])
    // Monte Carlo error of a limit from 20,000 draws: 0.019 standard errors, at four of them.
    #expect(abs(Double(simulated[0]["sii_upper_95"] ?? "")! - 5 - half) < 0.08 * half / 1.96)
    let turned = Case.rows(try Case.run("sii", data, limits, "--se se --multiplier -1 --format csv"))
    #expect(turned[0]["sii"].flatMap(Double.init) == -slope)
    let missing = data.replacing("x,4,1000", with: "x,4,")
    #expect(
      Case.rows(try Case.run("sii", missing, limits, "--se se --format csv"))[0]["status"] == "missing_denominator")
    let gap = data.split(separator: "\n").filter { !$0.hasPrefix("x,4,") }.joined(separator: "\n")
    #expect(Case.rows(try Case.run("sii", gap, limits, "--se se --format csv"))[0]["status"] == "bands_incomplete")
  }
}
