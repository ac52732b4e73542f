import Indicators
import Testing

@Suite("Age band labels")
struct AgeBandLabelTests {
  @Test(
    "that say the same in other words are the same band",
    arguments: [
      (
        "0-4",
        ["00-04", "0–4", "0 - 4", "0—4 years", "0 to 4", "Aged 0 to 4", "0\u{2011}4", "0\u{2212}4", "Ages 0-4 yrs"]
      ),
      (
        "90+",
        ["90 +", "90 plus", "90 and over", "90 & above", "90 or older", "90 years and over", "≥90", ">=90", "090+"]
      ),
      ("0", ["Under 1", "<1", "under 1 year", "Less than 1", "0-0", "00", "Under-1s", "Age 0"]),
      ("0-4", ["Under 5", "<5 years"]),
      ("17", ["17", " 17 ", "Age 17", "17-17", "17 years old"]),
      ("85+", ["85 PLUS", "Aged 85 and over", "85+ years"]),
    ])
  func same(name: String, spellings: [String]) {
    let band = AgeBandLabel(name)
    #expect(band.description == name)
    for spelling in spellings { #expect(AgeBandLabel(spelling) == band, "\(spelling)") }
  }

  @Test("give their ages")
  func ages() {
    #expect(AgeBandLabel("05-09").youngest == 5 && AgeBandLabel("05-09").oldest == 9)
    #expect(AgeBandLabel("90+").youngest == 90 && AgeBandLabel("90+").oldest == nil && AgeBandLabel("90+").isOpen)
    #expect(AgeBandLabel(from: 5, through: 9) == AgeBandLabel("5-9") && AgeBandLabel(from: 90) == AgeBandLabel("90+"))
  }

  @Test(
    "that leave a doubt are words, equal only to themselves",
    arguments: [
      "Adults", "05-Sep", "9-5", "0-4-9", "over 85", "85-", "-5", "0_4", "1234", "0-4 males", "", "90++", "<0", "4.5",
      "²",
      "0-4+", "99999999999999999999",
    ])
  func doubt(label: String) {
    let band = AgeBandLabel(label)
    #expect(band.youngest == nil && !band.isOpen && band.description == label.lowercased())
    #expect(band == AgeBandLabel("  " + label.uppercased() + " "))
    #expect(band != AgeBandLabel(label + "x"))
  }

  @Test("of neighbouring bands differ")
  func different() {
    let labels = ["0", "0-4", "1-4", "0-5", "4", "0+", "4+", "5-9"]
    #expect(Set(labels.map { AgeBandLabel($0) }).count == labels.count)
  }
}
