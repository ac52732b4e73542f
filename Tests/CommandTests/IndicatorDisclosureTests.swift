import TestSupport
import Testing

/// `--disclosure`: suppressed counts reach no file and cannot be got back from what does.
@Suite struct IndicatorDisclosureTests {
  private typealias Case = IndicatorCase

  /// Women and men of two areas with their totals.
  static let table = """
    area,sex,n,d
    A,f,1,50
    A,m,9,60
    A,persons,10,110
    B,f,7,40
    B,m,5,70
    B,persons,12,110
    All,f,8,90
    All,m,14,130
    All,persons,22,220

    """
  static let columns = "--by area,sex --numerator n --denominator d --format csv"

  @Test("A suppressed count takes others with it, and its row holds no figure")
  func secondary() throws {
    for kind in ["rate", "proportion"] {
      let outcome = try Case.run(kind, Self.table, Self.columns, "--disclosure ons-deaths")
      let rows = Case.rows(outcome)
      #expect(rows[0]["status"] == "suppressed_primary")
      #expect(rows.filter { $0["status"] == "suppressed_secondary" }.count == 3)
      for row in rows where row["status"] != "ok" {
        #expect(row.filter { !["area", "sex", "status"].contains($0.key) }.allSatisfy { $0.value.isEmpty })
      }
      #expect(outcome.errors.contains("totals of area: All") && outcome.errors.contains("totals of sex: persons"))
      #expect(outcome.errors.contains("Office for National Statistics"))
      // Suppression that was asked for is nothing wrong.
      let strict = try Case.run(kind, Self.table, Self.columns, "--disclosure ons-deaths --strict")
      #expect(strict.status == 0)
    }
  }

  @Test("Counts that are rounded give figures made of the rounded counts")
  func rounding() throws {
    let rows = Case.rows(try Case.run("rate", Self.table, Self.columns, "--disclosure nhs-hes --multiplier 100"))
    let last = try #require(rows.last)
    #expect(last["numerator"] == "20" && last["denominator"] == "220")
    #expect(abs(Double(last["value"] ?? "")! - 2000.0 / 220) < 1e-12)
    for row in rows where row["status"] == "ok" { #expect(Int(row["numerator"] ?? "")! % 5 == 0) }
    let bands = Case.bands([("a", 1), ("b", 3)])
    let dsr = "--by area --numerator deaths --denominator people --age-band age --format csv"
    let exact = Case.rows(try Case.run("dsr", bands, dsr))
    let rounded = Case.rows(try Case.run("dsr", bands, dsr, "--disclosure nhs-hes"))
    // 190 is a multiple of five already; 570 too.
    #expect(rounded == exact)
    let odd = bands.replacing("a,0-4,1,1000", with: "a,0-4,3,1000")
    let released = Case.rows(try Case.run("dsr", odd, dsr, "--disclosure nhs-hes"))
    let unrounded = Case.rows(try Case.run("dsr", odd, dsr))
    #expect(released[0]["numerator"] == "190" && unrounded[0]["numerator"] == "192")
    #expect(released[0]["value"] != unrounded[0]["value"])
  }

  @Test("Rates from few events, few people or with wide intervals go by nchs")
  func unreliable() throws {
    let data = "a,n,d\nx,9,1000\ny,10,1000\nz,50,60\n"
    let rows = Case.rows(
      try Case.run("rate", data, "--by a --numerator n --denominator d --format csv --disclosure nchs"))
    #expect(rows.map { $0["status"] } == ["suppressed_primary", "ok", "ok"])
    let means = Case.rows(
      try Case.run("mean", "a,v\nx,1\nx,2\ny,1\ny,2\ny,4\n", "--by a --value v --format csv --disclosure ons-deaths"))
    #expect(means.map { $0["status"] } == ["suppressed_primary", "ok"] && means[0]["value"] == "")
  }

  @Test("Parts and wholes may come from a file")
  func parts() throws {
    let data = "area,n,d\nKent,30,300\nMaidstone,1,100\nSwale,12,100\nAshford,17,100\nSurrey,40,400\n"
    let columns = "--by area --numerator n --denominator d --format csv --disclosure ons-deaths"
    let alone = Case.rows(try Case.run("rate", data, columns))
    #expect(alone.filter { $0["status"] != "ok" }.count == 1)
    let file = "part,whole\nMaidstone,Kent\nSwale,Kent\nAshford,Kent\n"
    let tied = Case.rows(try Case.run("rate", data, columns, "--parts parts.csv", files: ["parts.csv": file]))
    #expect(tied.filter { $0["status"] == "suppressed_secondary" }.count == 1)
    Case.expectRefusal(
      1, "parts.csv:5:2: \"Swale\" is a part of \"Kent\" already",
      try Case.run("rate", data, columns, "--parts parts.csv", files: ["parts.csv": file + "Swale,Surrey\n"]))
  }

  @Test("A funnel is made of the released points alone")
  func funnel() throws {
    let released = try Case.run("funnel", Self.table, Self.columns, "--measure proportion --disclosure ons-deaths")
    let rows = Case.rows(released)
    #expect(rows.filter { $0["status"]?.hasPrefix("suppressed") == true }.count == 4, "\(released.errors)")
    for row in rows where row["status"] != "ok" {
      let shown = row.filter { !$0.value.isEmpty }.keys.sorted()
      #expect(shown == ["area", "sex", "side", "status"])
    }
    // Centre of what is left: (10 + 12 + 8 + 14 + 22) / (110 + 110 + 90 + 130 + 220).
    #expect(abs(Double(rows[2]["centre"] ?? "")! - 0.1) < 1e-12)
    Case.expectRefusal(
      2, "--disclosure: expected columns in --by that name each point",
      try Case.run(
        "funnel", Self.table, "--numerator n --denominator d --measure proportion --disclosure ons-deaths"))
  }

  @Test("Nothing can be got back from random tables with totals", arguments: [UInt64(1), 2, 3, 4, 5, 6])
  func random(seed: UInt64) throws {
    var state = seed
    func draw(_ below: UInt64) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % Int(below)
    }
    let (areas, ages) = (3 + draw(2), 3)
    var cells = (0..<areas).map { _ in (0..<ages).map { _ in draw(3) == 0 ? draw(4) : draw(40) } }
    cells = cells.map { $0 + [$0.reduce(0, +)] }
    cells.append((0...ages).map { age in cells.reduce(0) { $0 + $1[age] } })
    var data = "area,age,n,d\n"
    for area in 0...areas {
      for age in 0...ages {
        data +=
          "\(area == areas ? "Total" : "A\(area)"),\(age == ages ? "All ages" : "g\(age)"),\(cells[area][age]),1000\n"
      }
    }
    let outcome = try Case.run(
      "rate", data, "--by area,age --numerator n --denominator d --format csv --disclosure ons-deaths")
    let rows = Case.rows(outcome)
    #expect(outcome.status == 0 && rows.count == (areas + 1) * (ages + 1), "\(outcome.errors)")
    let shown = rows.map { Int($0["numerator"] ?? "") }
    for (row, count) in cells.flatMap(\.self).enumerated() {
      #expect(shown[row] == nil || shown[row] == count)
      if count == 1 || count == 2 { #expect(shown[row] == nil) }
    }
    #expect(Self.recovered(shown, rows: areas + 1, columns: ages + 1).isEmpty, "\(data)")
  }

  /// The hidden cells that one sum after the other gives back.
  static func recovered(_ shown: [Int?], rows: Int, columns: Int) -> [Int] {
    var known = shown
    var found: [Int] = []
    let lines =
      (0..<rows).map { row in (0..<columns).map { row * columns + $0 } }
      + (0..<columns).map { column in (0..<rows).map { $0 * columns + column } }
    var isNew = true
    while isNew {
      isNew = false
      for line in lines {
        let hidden = line.filter { known[$0] == nil }
        guard hidden.count == 1 else { continue }
        let sum = line.reduce(0) { $0 + ($1 == line.last ? -(known[$1] ?? 0) : known[$1] ?? 0) }
        known[hidden[0]] = hidden[0] == line.last ? sum : -sum
        found.append(hidden[0])
        isNew = true
      }
    }
    return found
  }
}
