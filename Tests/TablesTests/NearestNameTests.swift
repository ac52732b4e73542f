import Tables
import Testing

@Suite("Nearest names") struct NearestNameTests {
  private let places = [
    "Maidstone", "Sevenoaks", "Tonbridge and Malling", "Tunbridge Wells", "Dartford", "England",
  ]

  @Test(
    "slips, beginnings and parts find their name",
    arguments: [
      ("maidstoen", "Maidstone"), ("Sevenoak", "Sevenoaks"), ("sevenaoks", "Sevenoaks"),
      ("tonbridge", "Tonbridge and Malling"),
      ("wells", "Tunbridge Wells"), ("ENGLAND", "England"), ("drtford", "Dartford"),
    ])
  func found(name: String, meant: String) {
    #expect(NearestName.nearest(to: name, in: places).first == meant)
  }

  @Test("nothing is offered where nothing is near", arguments: ["", "x", "Cornwall", "population"])
  func none(name: String) { #expect(NearestName.nearest(to: name, in: places).isEmpty) }

  @Test("the nearest comes first and the limit holds")
  func order() {
    #expect(
      NearestName.nearest(to: "rate", in: ["rates", "rate", "rte", "grate"], limit: 2) == ["rate", "rates"])
    #expect(NearestName.suggestion(for: "yaer", in: ["year", "area"]) == "did you mean \"year\"?")
    #expect(NearestName.suggestion(for: "abc", in: ["abd", "abx"]) == "did you mean \"abd\" or \"abx\"?")
  }
}
