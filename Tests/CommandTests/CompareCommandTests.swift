import Foundation
import TestSupport
import Testing

@Suite("pophealth compare")
struct CompareCommandTests {
  /// Runs the command on the packages of the checkout, with a file of indicators where one is given.
  static func run(_ arguments: String..., indicators: String? = nil) throws -> Program.Outcome {
    let folder = try TemporaryFolder()
    var words = ["compare"] + arguments
    if let indicators { words += ["--indicators", try folder.write("indicators.csv", indicators)] }
    return try Program.run(words, environment: ["POPHEALTH_DATASETS": Packages.shipped])
  }

  /// The cells of the rows of a CSV output by the names of its columns. No cell of these outputs holds a line break.
  static func rows(_ outcome: Program.Outcome) throws -> [[String: String]] {
    func cells(_ line: String) -> [String] {
      var cells = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: cells.append("")
        default: cells[cells.count - 1].append(character)
        }
      }
      return cells
    }
    let names = cells(try #require(outcome.lines.first))
    return try outcome.lines.dropFirst().map { line in
      let values = cells(line)
      try #require(values.count == names.count, "\(line)")
      return Dictionary(zip(names, values), uniquingKeysWith: { one, _ in one })
    }
  }

  @Test("a district beside England: modelled registers, life expectancy, a survey, trends")
  func district() throws {
    let outcome = try Self.run(
      "maidstone", "--trend",
      indicators: "indicator,polarity\nhypertension,\nlife-expectancy-male,\nadult-overweight,none\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        Maidstone beside England

        Indicator                period   figure   95% limits  England  class    trend
        ------------------------------------------------------------------------------
        Hypertension             2019/20  14.47~  14.31-14.64    14.08  higher   -
        Life expectancy, males   2014/15  80.42   79.55-81.29    79.71  similar  -
        Overweight adults (18+)  2021/22  66.64   62.19-70.92    63.81  similar  same

        - Maidstone: district; district, modelled.
        - Figures in percent; years: Life expectancy, males.
        - ~ registers of practices shared out by a model to where patients live; the
          limits leave the model's error out.
        - England holds Maidstone within it: the interval is held against its value.
        - 1 of 3 differ at 95%; about 0.2 would by chance alone if none did. 1 still
          differ where one in twenty of those said to may be wrong (Benjamini and
          Hochberg).
        - Trend: the last five periods, made in the same way (Fingertips' test); - where
          there are fewer than five.
        - Registers count who is recorded, of all ages together: neither need nor
          standardised for age; low may mean young, healthy or not looked for.
        - Sources: NHS Digital, OHID, House of Commons Library; Office for National
          Statistics licensed under the Open Government Licence v.3.0. `pophealth
          datasets show PACKAGE` tells each.

        """)
  }

  @Test("a county beside another area: the difference of the two is tested")
  func beside() throws {
    let outcome = try Self.run(
      "kent", "--with", "medway",
      indicators:
        "indicator\nsmoking\nyear-6-overweight\npreventable-cardiovascular-mortality\nunder-18-conceptions\n"
        + "life-expectancy-male\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(
      outcome.output == """
        Kent beside Medway

        Indicator                period   figure   95% limits  Medway  class
        ---------------------------------------------------------------------
        Smokers (15+), recorded  2022/23  14.93   14.87-14.99   16.53  better
        Overweight, Year 6       2021/22  35.83   35.10-36.59   41.25  better
        Preventable CVD deaths   2022-24  24.77   23.31-26.30   32.35  better
        Conceptions under 18     2018     17.20   15.65-18.87   23.20  better
        Life expectancy, males   2014/15  80.28   80.00-80.56   78.15  better

        - Kent: 12 districts; county.
        - Figures in percent; per 1,000: Conceptions under 18; per 100,000: Preventable
          CVD deaths; years: Life expectancy, males.
        - Medway does not hold Kent: the difference of the two is tested.
        - 5 of 5 differ at 95%; about 0.3 would by chance alone if none did. 5 still
          differ where one in twenty of those said to may be wrong (Benjamini and
          Hochberg).
        - Sources: NHS Digital, OHID, House of Commons Library; Office for National
          Statistics licensed under the Open Government Licence v.3.0. `pophealth
          datasets show PACKAGE` tells each.

        """)
  }

  @Test("peers are one benchmark of summed counts, and targets are held against the value")
  func peers() throws {
    let file = "indicator,target\nsmoking,12\nadult-overweight,60-65\n"
    let peers = ["ashford", "swale", "tonbridge-and-malling"]
    let outcome = try Self.run(
      "maidstone", "--peers", peers.joined(separator: ","), "--format", "csv", indicators: file)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let rows = try Self.rows(outcome)
    func sum(_ column: String) throws -> Double {
      try peers.reduce(0) { sum, peer in
        let own = try Self.rows(Self.run(peer, "--format", "csv", indicators: "indicator\nsmoking\n"))
        return try sum + #require(own[0][column].flatMap(Double.init))
      }
    }
    #expect(try rows[0]["with_value"] == "\(sum("numerator") / sum("denominator") * 100)")
    #expect(rows[0]["with"] == "" && rows[0]["with_name"] == "3 peers" && rows[0]["class"] == "better")
    #expect(rows.map { $0["target"] } == ["12", "60-65"] && rows.map { $0["target_class"] } == ["worse", "worse"])
    // From a file, and with the area itself among them.
    let list = "area\nmaidstone\n" + peers.map { $0 + "\n" }.joined()
    let folder = try TemporaryFolder()
    let among = try Self.run("maidstone", "--peers", folder.write("peers.csv", list), indicators: file)
    #expect(among.status == 0 && among.output.hasPrefix("Maidstone beside 4 peers\n"))
    #expect(among.output.contains("Maidstone is among them: the interval"))
    #expect(among.output.contains("12: worse") && among.lines.allSatisfy { $0.count <= 80 })
  }

  @Test("beside the period before no event is counted on both sides")
  func previous() throws {
    let file = "indicator\nsmoking\npreventable-cardiovascular-mortality\n"
    let rows = try Self.rows(Self.run("kent", "--with", "previous", "--format", "csv", indicators: file))
    #expect(rows.map { $0["period"] } == ["2022/23", "2022-2024"])
    #expect(rows.map { $0["with_period"] } == ["2021/22", "2019-2021"])
    #expect(rows.map { $0["class"] } == ["better", "similar"] && rows[0]["with"] == "E10000016")
    let earlier = try Self.rows(Self.run("kent", "--period", "2021/22", "--format", "csv", indicators: file))
    #expect(rows[0]["with_value"] == earlier[0]["value"] && rows[0]["with_lower_95"] == earlier[0]["lower_95"])
    let table = try Self.run("kent", "--with", "previous", indicators: file)
    #expect(table.output.contains("15.67 (2021/22)") && table.lines.allSatisfy { $0.count <= 80 })
  }

  @Test("CSV at full precision, in the documented columns")
  func csv() throws {
    let outcome = try Self.run(
      "kent", "--format", "csv", "--trend", indicators: "indicator\nsmoking\nlife-expectancy-male\n")
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    #expect(
      outcome.lines[0]
        == "indicator,name,area,area_name,geography,period,value,lower_95,upper_95,numerator,denominator,unit,basis,method,"
        + "with,with_name,with_period,with_value,with_lower_95,with_upper_95,class,target,target_class,p_value,p_adjusted,"
        + "trend,status,note")
    let rows = try Self.rows(outcome)
    let smoking = rows[0]
    #expect(smoking["value"] == "\(205_484.0 / 1_376_362 * 100)")
    #expect(smoking["numerator"] == "205484" && smoking["with_value"] == "\(7_664_426.0 / 52_100_343 * 100)")
    #expect(smoking["class"] == "worse" && smoking["trend"] == "Decreasing" && smoking["geography"] == "county")
    #expect(rows[1]["method"] == "Chiang II" && rows[1]["geography"] == "12 districts" && rows[1]["trend"] != "")
    let wide = try Self.run(
      "kent", "--format", "csv", "--confidence", "0.95,0.998", indicators: "indicator\nsmoking\n")
    #expect(wide.lines[0].contains("lower_95,upper_95,lower_99_8,upper_99_8,numerator"))
    #expect(try Self.rows(wide)[0]["class"] == "worse (99.8%)")
  }

  @Test("JSON says what was compared and how many would differ by chance")
  func json() throws {
    let outcome = try Self.run("west-kent", "--with", "kent", "--format", "json", "--indicators", "all")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
    let provenance = try #require(object["provenance"] as? [String: Any])
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(provenance["with_contains_area"] as? Bool == true)
    #expect(provenance["compared"] as? Int == rows.count)
    #expect(provenance["differing"] as? Int == rows.count { $0["class"] as? String != "similar" })
    let chance = try #require(provenance["expected_by_chance"] as? Double)
    #expect(abs(chance - 0.05 * Double(rows.count)) < 1e-9)
    #expect(rows.contains { $0["period"] as? String == "2022/23" && $0["indicator"] as? String == "smoking" })
  }

  @Test("a period by its name or its first year; without figures of it the command says so")
  func period() throws {
    for word in ["2018/19", "2018"] {
      let outcome = try Self.run("west-kent", "--indicators", "all", "--period", word, "--format", "csv")
      let rows = try Self.rows(outcome)
      #expect(Set(rows.compactMap { $0["period"]?.prefix(4) }) == ["2018"])
      let hypertension = try #require(rows.first { $0["indicator"] == "hypertension" })
      #expect(hypertension["value"] == "\(68_520.0 / 498_638 * 100)")
    }
    let none = try Self.run("west-kent", "--period", "1999")
    #expect(none.status == 1 && none.output.isEmpty)
    #expect(
      none.errors == "no figures of West Kent and England in one period 1999; without --period the latest is shown\n")
  }

  @Test("any kind of area: region, commissioning group, former district, code; tables fit 80 columns")
  func areas() throws {
    for area in ["london", "E38000004", "aylesbury-vale", "E06000060", "99J", "kent-and-medway", "barnsley"] {
      let outcome = try Self.run(area)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(area)")
      for line in outcome.lines { #expect(line.count <= 80, "\(area): \(line)") }
    }
  }

  @Test("a wrong command ends with 2 and what may be meant, wrong data with 1 and the place")
  func wrong() throws {
    let cases: [(arguments: [String], file: String?, status: Int32, message: String)] = [
      (["maidston"], nil, 2, "unknown area \"maidston\"; did you mean maidstone"),
      (["E07000199"], nil, 2, ""),
      (["kent", "--with", "mars"], nil, 2, "--with: unknown area \"mars\""),
      (["kent", "--with", "KENT"], nil, 2, "Kent is not compared with itself"),
      (["england", "--with", "kent"], nil, 2, "expected `compare kent --with england`"),
      (["kent", "--peers", "medway"], nil, 2, "--peers names one area; expected two or more, or --with medway"),
      (["kent", "--peers", "medway,mars"], nil, 2, "--peers: unknown area \"mars\""),
      (["kent", "--peers", "surrey,medway,surrey"], nil, 2, "\"surrey\" is there twice"),
      (["kent", "--peers", "maidstone,west-kent"], nil, 2, "Maidstone and West Kent overlap"),
      (["kent", "--peers", "medway,england"], nil, 2, "overlap; expected areas that can be added up"),
      (["kent", "--peers", "medway,surrey", "--with", "england"], nil, 2, "--with and --peers do not go together"),
      (["kent", "--confidence", "95"], nil, 2, "did you mean 0.95?"),
      (["kent", "--confidence", "0.9"], nil, 2, "classes are known at 0.95, or at 0.95,0.998"),
      (["kent", "--confidence", "high"], nil, 2, "--confidence high"),
      (["kent", "--format", "xml"], nil, 2, "'table', 'csv' or 'json'"),
      ([], nil, 2, "Missing expected argument '<area>'"),
      (["kent"], "indicator\nsmokin\n", 1, "indicators.csv:2:1: unknown indicator \"smokin\"; did you mean smoking"),
      (["kent"], "name\nsmoking\n", 1, "indicators.csv:1"),
      (["kent"], "indicator\nsmoking\nsmoking\n", 1, "indicators.csv:3:1: smoking stands twice"),
      (["kent"], "indicator\n", 1, "indicators.csv"),
      (["kent"], "indicator,polarity\nsmoking,low\n", 1, "expected lowIsGood, highIsGood or none"),
      (["kent"], "indicator,target\nsmoking,low\n", 1, "indicators.csv:2:2: target \"low\"; expected a number, or two"),
      (["kent"], "indicator,target\nsmoking,20-10\n", 1, "target \"20-10\""),
      (["kent", "--with", "previous"], "indicator\nlife-expectancy-male\n", 1, "no figures of Kent in two periods"),
      (["aylesbury-vale"], "indicator\nunder-18-conceptions\n", 1, "no figures of Aylesbury Vale and England"),
    ]
    for (arguments, file, status, message) in cases where !message.isEmpty {
      let folder = try TemporaryFolder()
      let words = try arguments + (file.map { ["--indicators", try folder.write("indicators.csv", $0)] } ?? [])
      let outcome = try Program.run(["compare"] + words, environment: ["POPHEALTH_DATASETS": Packages.shipped])
      #expect(outcome.status == status, "\(arguments) \(outcome.errors)")
      #expect(outcome.errors.contains(message), "\(outcome.errors)")
      #expect(outcome.output.isEmpty)
    }
    let missing = try Self.run("kent", "--indicators", "no-such-file.csv")
    #expect(missing.status == 1 && missing.errors.contains("no-such-file.csv"))
    let peers = try Self.run("kent", "--peers", "no-such-peers.csv")
    #expect(peers.status == 1 && peers.errors.contains("no-such-peers.csv"))
  }

  @Test("areas that share a district are compared, and it is said")
  func overlapping() throws {
    let outcome = try Self.run("west-kent", "--with", "sevenoaks", indicators: "indicator\nsmoking\n")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Sevenoaks and West Kent share a district"))
  }

  @Test("an indicator that was asked for and has no figures is named, the others are shown")
  func without() throws {
    let file = "indicator\nsmoking\nlife-expectancy-male\n"
    let table = try Self.run("kent", "--period", "2018", indicators: file)
    #expect(table.status == 0)
    #expect(table.output.contains("life-expectancy-male: no figures of 2018 of Kent and England in one period."))
    let csv = try Self.run("kent", "--period", "2018", "--format", "csv", indicators: file)
    #expect(csv.lines.count == 2)
    #expect(csv.errors == "note: life-expectancy-male: no figures of 2018 of Kent and England in one period\n")
  }
}
