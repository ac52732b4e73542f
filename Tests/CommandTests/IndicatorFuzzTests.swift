import TestSupport
import Testing

/// The built program on small files of rubbish: it ends with 0, 1 or 2 and never writes half a result.
@Suite struct IndicatorFuzzTests {
  private static let kinds: [(String, String)] = [
    ("proportion", "--by a --numerator b --denominator c"),
    ("rate", "--by a,d --numerator b --denominator c"),
    ("dsr", "--by a --numerator b --denominator c --age-band d"),
    ("isr", "--by a --numerator b --denominator c --age-band d --reference data.csv"),
    ("isr-rate", "--numerator b --denominator c --age-band d --reference data.csv"),
    ("mean", "--by d --value b"),
    ("life-expectancy", "--by a --age-start d --deaths b --population c"),
    ("sii", "--by a --quantile d --population c --value b --se e"),
    ("sii", "--quantile d --population c --value b --lower e --upper c --transform log"),
    ("quantile", "--by a --value b --groups 3"),
    ("trend", "--by a --period d --numerator b --denominator c"),
    ("trend", "--by a --period d --value b --lower c --upper e --time years"),
    ("spc", "--by a --period d --value b --target 3 --improvement increase"),
    ("spc", "--by a --period d --numerator b --denominator c --chart u"),
    ("funnel", "--by a --numerator b --denominator c --measure proportion --overdispersion additive"),
    ("funnel", "--by d --numerator b --denominator c --measure rate --overdispersion multiplicative --trim truncate"),
    ("rate", "--by a,d --numerator b --denominator c --disclosure nhs-hes"),
    ("proportion", "--by a,d --numerator b --denominator c --disclosure ons-deaths"),
  ]
  private static let numbers = [
    "0", "1", "2", "3", "10", "12.5", "1000", "-1", "", "NA", "1e308", "5e-324", "9007199254740993", "0.1", "7", "25",
  ]
  private static let rubbish = ["x", "1,2", "\"", "\"a\"\"b\"", "%", "é", "\u{0}", "1e999", "nan", "\r", "''", "0x1"]
  private static let labels = [
    "A", "B", "Total", "0-4", "5-9", "90+", "1", "2", "3", "2019", "2020/21", "Under 1", "85",
  ]

  @Test("Random files, mostly sound", arguments: 0..<18)
  func random(kind: Int) throws {
    let (name, options) = Self.kinds[kind]
    var state = UInt64(kind + 1)
    func draw(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let folder = try TemporaryFolder()
    for round in 0..<6 {
      var text = draw(12) == 0 ? "a,b,c,d\n" : "a,b,c,d,e\n"
      for _ in 0..<draw(25) {
        let cells = (0..<5).map { column in
          if round > 3, draw(40) == 0 { return Self.rubbish[draw(Self.rubbish.count)] }
          return column == 0 || column == 3
            ? Self.labels[draw(Self.labels.count)] : Self.numbers[draw(Self.numbers.count)]
        }
        text += cells.joined(separator: ",") + "\n"
      }
      try folder.write("data.csv", text)
      let format = ["csv", "json", "table"][draw(3)]
      let run = try Program.run(
        ["indicator", name, "--data", "data.csv", "--format", format] + options.split(separator: " ").map(String.init),
        in: folder.path)
      #expect((0...2).contains(run.status), "\(name) \(options)\n\(text)\n\(run.errors)")
      #expect(run.status == 0 ? !run.bytes.isEmpty : run.bytes.isEmpty && !run.errors.isEmpty)
    }
  }
}
