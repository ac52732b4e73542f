import Foundation
import TestSupport
import Testing

/// Input and commands that `pophealth indicator` must meet with a clear message.
@Suite struct IndicatorBadInputTests {
  private typealias Case = IndicatorCase
  private static let counts = "--by area --numerator x --denominator n --format csv"

  @Test("Columns are found without regard to case and separators; the nearest is offered for others")
  func columns() throws {
    let data = "Area Name,Age-Band,numDeaths\na,1,2\n"
    let found = try Case.run(
      "proportion", data, "--by area_name --numerator AGEBAND --denominator num_deaths --format csv")
    #expect(found.lines.first?.hasPrefix("area_name,value,") == true && found.status == 0, "\(found.errors)")
    #expect(found.errors.contains("note: read header \"numDeaths\" as \"num_deaths\""))
    let wrong = try Case.run("proportion", data, "--by area --numerator age_bend --denominator n")
    Case.expectRefusal(2, "data.csv:1:1: has no column \"age_bend\"; did you mean \"Age-Band\"?", wrong)
    #expect(wrong.errors.contains("has no column \"area\"; did you mean \"Area Name\"?"))
    #expect(wrong.errors.contains("has no column \"n\""))
    Case.expectRefusal(
      2, "--by \"n\" is the column of --denominator \"n\" too",
      try Case.run("proportion", "n,x\n1,2\n", "--by n --numerator x --denominator n"))
    Case.expectRefusal(
      2, "\"area\" is there twice", try Case.run("proportion", data, "--by area,area --numerator x --denominator n"))
  }

  @Test(
    "Text in a number is refused with file, line and column, and what to do",
    arguments: [
      ("12%", "write it without the percent sign"), ("\"1,234\"", "write 1234 without separators"),
      ("£5", "without the currency sign"), ("five", "is not a number"), ("\"3,5\"", "with a decimal point"),
      ("1e400", "is too large for a number"),
    ])
  func text(cell: String, advice: String) throws {
    let outcome = try Case.run("rate", "area,x,n\na,1,2\nb,\(cell),3\n", Self.counts)
    Case.expectRefusal(1, "data.csv:3:2: ", outcome)
    #expect(outcome.errors.contains(advice), "\(outcome.errors)")
  }

  @Test("A group without a name is refused; one without a number has a status and its place is told")
  func emptyCells() throws {
    Case.expectRefusal(
      1, "data.csv:3:1: column \"area\" is empty; expected text",
      try Case.run("rate", "area,x,n\na,1,2\n,1,3\n", Self.counts))
    let outcome = try Case.run("rate", "area,x,n\na,,\nb,1,3\na,NA,2\nc,-1,5\nd,3,0\n", Self.counts)
    #expect(
      Case.rows(outcome).map { $0["status"] } == ["missing_numerator", "ok", "negative", "zero_denominator"])
    for note in [
      "data.csv:2:2: --numerator is missing and 1 more", "data.csv:2:3: --denominator is missing",
      "data.csv:5:2: --numerator is negative", "3 of 4 figures not ok",
    ] {
      #expect(outcome.errors.contains(note), "\(outcome.errors)")
    }
  }

  /// Other programs write `nan` and `inf` where they divided by nothing.
  @Test(
    "A number that is not finite bars its group alone",
    arguments: [
      ("proportion", Self.counts), ("rate", Self.counts), ("funnel", "\(Self.counts) --measure proportion"),
      ("mean", "--by area --value x --format csv"), ("quantile", "--by area --value x --groups 2 --format csv"),
      ("spc", "--period area --value x --format csv"),
    ])
  func notFinite(kind: String, options: String) throws {
    let outcome = try Case.run(kind, "area,x,n\na,2,5\nb,NaN,5\nc,4,5\nd,-inf,5\ne,3,9\n", options)
    let barred = Case.rows(outcome).filter { $0["status"] == "non_finite" }
    #expect(barred.map { $0["area"] } == ["b", "d"], "\(outcome.errors)")
    #expect(barred.allSatisfy { $0["value"] == "" && !$0.values.contains("inf") })
  }

  @Test("The place of a number that is not finite is told; so with age bands")
  func placeOfNotFinite() throws {
    let rates = try Case.run("rate", "area,x,n\na,2,5\nb,nan,5\nc,4,Infinity\n", Self.counts)
    #expect(Case.rows(rates).map { $0["status"] } == ["ok", "non_finite", "non_finite"])
    #expect(rates.errors.contains("data.csv:3:2: --numerator is not a finite number"))
    #expect(rates.errors.contains("data.csv:4:3: --denominator is not a finite number"))
    let bands = Case.bands([("a", 1), ("b", 2)]).replacingOccurrences(of: "b,5-9,4,", with: "b,5-9,inf,")
    let columns = "--by area --numerator deaths --denominator people --age-band age --format csv"
    let standardised = try Case.run("dsr", bands, columns)
    #expect(Case.rows(standardised).map { $0["status"] } == ["ok", "non_finite"])
    #expect(Case.rows(standardised).map { $0["numerator"]?.isEmpty } == [false, true])
  }

  @Test("A numerator above its denominator bars its group alone; a rate may have one")
  func numeratorAbove() throws {
    let data = "area,x,n\na,5,4\nb,1,4\na,1,100\n"
    let outcome = try Case.run("proportion", data, Self.counts)
    #expect(Case.rows(outcome).map { $0["status"] } == ["numerator_exceeds_denominator", "ok"])
    #expect(outcome.errors.contains("data.csv:2:2: --numerator is above --denominator"))
    let rates = Case.rows(try Case.run("rate", data, Self.counts))
    #expect(rates.map { $0["status"] } == ["ok", "ok"])
  }

  @Test("--strict makes a status an error and writes nothing")
  func strict() throws {
    let folder = try TemporaryFolder()
    try folder.write("data.csv", "area,x,n\na,5,4\nb,1,4\n")
    let words = [
      "indicator", "proportion", "--data", "data.csv", "--by", "area", "--numerator", "x", "--denominator", "n",
    ]
    let refused = try Program.run(words + ["--strict", "--output", "out.csv"], in: folder.path)
    Case.expectRefusal(1, "data.csv: a: numerator_exceeds_denominator", refused)
    #expect(!FileManager.default.fileExists(atPath: folder.file("out.csv")))
    let taken = try Program.run(words + ["--output", "data.csv"], in: folder.path)
    Case.expectRefusal(2, "--output data.csv: is the file of --data", taken)
    let written = try Program.run(words + ["--output", "out.csv", "--format", "csv"], in: folder.path)
    #expect(written.status == 0 && written.output.isEmpty)
    #expect(try folder.read("out.csv").hasPrefix("area,value,"))
  }

  @Test("Age bands that are missing, twice or unknown bar their group and are named")
  func bands() throws {
    let columns = "--by area --numerator deaths --denominator people --age-band age --format csv"
    var lines = Case.bands([("a", 1), ("b", 2), ("c", 3), ("d", 4)]).split(separator: "\n").map(String.init)
    lines.removeAll { $0.hasPrefix("b,5-9,") }
    lines.append("c,90+,1,1000")
    lines = lines.map { $0.hasPrefix("d,5-9,") ? "d,05-Sep,8,4000" : $0 }
    let outcome = try Case.run("dsr", lines.joined(separator: "\n"), columns)
    #expect(
      Case.rows(outcome).map { $0["status"] } == ["ok", "bands_incomplete", "bands_duplicate", "bands_incomplete"])
    for note in [
      "age band 5-9 is missing (b; d)", "age band 90+ stands more than once (c)", "is not in the standard (d)",
      "belongs in --by",
    ] {
      #expect(outcome.errors.contains(note), "\(outcome.errors)")
    }
    let reference = lines.prefix(20).joined(separator: "\n")
    let ratio = try Case.run(
      "isr", lines.joined(separator: "\n"), columns, "--reference ref.csv", files: ["ref.csv": reference])
    #expect(
      Case.rows(ratio).map { $0["status"] } == ["ok", "bands_incomplete", "bands_duplicate", "bands_incomplete"])
    Case.expectRefusal(
      1, "ref.csv: age band 0-4 stands twice in the reference",
      try Case.run(
        "isr", lines.joined(separator: "\n"), columns, "--reference ref.csv",
        files: ["ref.csv": reference + "\na,0-4,1,1\n"]))
    Case.expectRefusal(
      1, "no.csv: no such file", try Case.run("isr", lines.joined(separator: "\n"), columns, "--reference no.csv"))
  }

  @Test("Standards that are unknown or no standard")
  func standards() throws {
    let data = Case.bands([("a", 1)])
    let columns = "--numerator deaths --denominator people --age-band age"
    Case.expectRefusal(
      2, "--standard: unknown standard population \"esp2031\"; did you mean \"esp2013\"?",
      try Case.run("dsr", data, columns, "--standard esp2031"))
    Case.expectRefusal(1, "own.csv: no such file", try Case.run("dsr", data, columns, "--standard own.csv"))
    Case.expectRefusal(
      1, "own.csv: age band 0-4 has two weights, 1.0 and 2.0",
      try Case.run(
        "dsr", data, columns, "--standard own.csv", files: ["own.csv": "age,weight\n0-4,1\n00-04,2\n"]))
    Case.expectRefusal(
      1, "own.csv:1:1: has no column \"weight\"",
      try Case.run("dsr", data, columns, "--standard own.csv", files: ["own.csv": "age,people_of_it\n0-4,1\n"]))
    Case.expectRefusal(
      2, "two standards", try Case.run("dsr", data, columns, "--standard who --standard-column people"))
  }

  @Test("Wide columns become rows, joined by what their * stands for")
  func wide() throws {
    let data = "area,cases_2020,Cases_2021,people_2021,people_2020\na,5,10,110,100\nb,7,,210,200\n"
    let wide = try Case.run(
      "rate", data, "--by area,year --across year --numerator cases_* --denominator people_* --format csv")
    let long = "area,year,x,n\na,2020,5,100\na,2021,10,110\nb,2020,7,200\nb,2021,,210\n"
    let expected = try Case.run("rate", long, "--by area,year --numerator x --denominator n --format csv")
    #expect(wide.output == expected.output)
    #expect(wide.errors.contains("data.csv:3:3: --numerator is missing"))
    let list = try Case.run(
      "rate", data,
      "--by column --across column --numerator cases_2020,cases_2021 --denominator people_2020 --format csv")
    #expect(Case.rows(list).map { $0["column"] } == ["cases_2020", "cases_2021"], "\(list.errors)")
    let bands = Case.bands([("a", 1)]).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
    let header =
      "area," + bands.map { "deaths \($0[1])" }.joined(separator: ",") + ","
      + bands.map { "people \($0[1])" }.joined(separator: ",")
    let row = "a," + bands.map { $0[2] }.joined(separator: ",") + "," + bands.map { $0[3] }.joined(separator: ",")
    let folder = try TemporaryFolder()
    try folder.write("data.csv", "\(header)\n\(row)\n")
    let rates = try Program.run(
      [
        "indicator", "dsr", "--data", "data.csv", "--by", "area", "--across", "age", "--age-band", "age", "--numerator",
        "deaths *", "--denominator", "people *", "--format", "csv",
      ], in: folder.path)
    let standardised = try Case.run(
      "dsr", Case.bands([("a", 1)]), "--by area --numerator deaths --denominator people --age-band age --format csv")
    #expect(rates.output == standardised.output, "\(rates.errors)")
    for (options, message) in [
      ("--numerator cases_* --denominator people_2020", "say with --across NAME"),
      ("--across year --numerator case_* --denominator people_*", "no column fits \"case_*\""),
      ("--across year --numerator cases_* --denominator pe*_2020", "no column goes with \"2020\""),
      ("--across area --numerator cases_* --denominator people_*", "has a column of that name already"),
      ("--across year --numerator cases_2020 --denominator people_2020", "no option names several columns"),
      ("--across year --numerator cases_2020,cases_2021 --denominator people_*", "do not go together"),
    ] {
      Case.expectRefusal(2, message, try Case.run("rate", data, options))
    }
  }

  @Test(
    "Wrong commands end with 2",
    arguments: [
      ("rate", "--confidence 95", "did you mean 0.95?"), ("rate", "--confidence 0.5", "at least 0.9"),
      ("rate", "--confidence 0.95,0.95", "is there twice"), ("rate", "--confidence high", "expected levels"),
      ("rate", "--multiplier 0", "--multiplier 0"), ("rate", "--multiplier -1", "--multiplier -1"),
      ("rate", "--threads 0", "--threads 0"), ("rate", "--disclosure nhs-hez", "did you mean \"nhs-hes\"?"),
      ("rate", "--parts x.csv", "--parts belongs to --disclosure"),
      ("rate", "--polarity up", "unknown polarity"), ("rate", "--format xml", "'table', 'csv' or 'json'"),
    ])
  func commands(kind: String, options: String, message: String) throws {
    Case.expectRefusal(2, message, try Case.run(kind, "area,x,n\na,1,2\n", "--numerator x --denominator n", options))
  }

  @Test("Each kind says what it needs")
  func needs() throws {
    let data = "a,q,p,v,l,u\nx,1,10,2,1,3\n"
    for (kind, options, message) in [
      ("spc", "--period q", "--chart xmr: expected --value alone"),
      ("spc", "--period q --value v --chart p", "expected --numerator and --denominator"),
      ("spc", "--period q --value v --rebase 7", "--rebase: no period \"7\""),
      ("spc", "--period q --value v --improvement increase --polarity lowIsGood", "do not go together"),
      ("funnel", "--numerator v --measure ratio", "expected --numerator and --denominator"),
      ("funnel", "--numerator v --denominator p --measure dsr", "expected --value"),
      ("funnel", "--numerator v --denominator p --measure rate --trim truncate", "belong to --overdispersion"),
      (
        "funnel", "--numerator v --denominator p --measure rate --overdispersion additive --fraction 0.5",
        "--fraction 0.5"
      ),
      ("sii", "--quantile q --population p --value v", "--se"),
      ("sii", "--quantile q --population p --value v --se l --seed 1", "--seed belongs to --simulate"),
      ("sii", "--quantile q --population p --value v --se l --simulate 10", "1000 to 10000000 draws"),
      ("quantile", "--value v --groups 1", "--groups 1"),
      ("quantile", "--value v --groups 2 --disclosure nchs", "--disclosure does not go with quantile"),
      ("trend", "--period q --value v", "or --value, --lower and --upper"),
      ("trend", "--period a --value v --lower l --upper u --time years", "does not begin with a year"),
      ("mean", "--value v --multiplier 2", "--multiplier does not belong to mean"),
    ] {
      Case.expectRefusal(2, message, try Case.run(kind, data, options))
    }
    Case.expectRefusal(
      1, "data.csv:2:2: quantile \"0\"",
      try Case.run("sii", data.replacing("x,1", with: "x,0"), "--quantile q --population p --value v --se l"))
    let wrong = try Program.run(["indicator", "propotion"])
    Case.expectRefusal(2, "Did you mean 'proportion'?", wrong)
  }

  @Test("Columns of the file whose names results have are renamed and told")
  func clashes() throws {
    let outcome = try Case.run("quantile", "value,status,v\n1,x,2\n3,y,4\n", "--value v --groups 2 --format csv")
    #expect(outcome.lines.first == "input_value,input_status,value,quantile,status", "\(outcome.errors)")
    #expect(outcome.errors.contains("column \"status\" of the file is called \"input_status\" in the result"))
    let by = try Case.run("rate", "status,x,n\nyes,1,2\n", "--by status --numerator x --denominator n --format csv")
    #expect(by.lines.first?.hasPrefix("input_status,value,") == true)
  }

  @Test("Files that hold no rows")
  func files() throws {
    for (text, message) in [
      ("", "data.csv: is empty"), ("area,x,n\n", "has a header but no rows"), ("area,x,n\na,1\n", "data.csv:2"),
      ("area;x;n\na;1;2\n", "is separated by semicolons"),
    ] {
      Case.expectRefusal(1, message, try Case.run("rate", text, Self.counts))
    }
    let folder = try TemporaryFolder()
    let directory = try Program.run(
      ["indicator", "mean", "--data", ".", "--value", "v"], in: folder.path)
    Case.expectRefusal(1, ".: is a directory", directory)
    let pipe = try Program.run(
      ["indicator", "mean", "--data", "-", "--value", "v", "--format", "csv"], input: "v\n1\n2\n")
    #expect(pipe.lines.last?.hasPrefix("1.5,") == true, "\(pipe.errors)")
  }
}
