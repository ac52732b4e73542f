import Datasets
import Indicators
import Tables

extension CompareClaims {
  /// A block a claim, in 80 columns.
  var text: String {
    let lists: [(WestKentClaims.IndicatorClaim.List, String)] = [
      (.better, "Better than the national average, says the partnership"),
      (.worse, "Worse than the national average, says the partnership"),
      (.figure, "Figures of the partnership"),
    ]
    let source = tested.first.map { $0.claim.source } ?? ""
    var text =
      "\(area.name): claims and figures\n"
      + paragraph("Claims: \(source). They name no period: shown is the latest that had ended before it.") + "\n"
    var summary = TextTable(
      columns: [TextTable.Column("")]
        + ["supported", "contradicted", "not testable"].map { TextTable.Column($0, .right) })
    for (list, title) in [
      (lists[0].0, "better than England"), (lists[1].0, "worse than England"), (lists[2].0, "figures"),
    ] {
      summary.add([title] + [Verdict.supported, .contradicted, .notTestable].map { "\(count(list, $0))" })
    }
    text += summary.text(width: 80)
    for (list, title) in lists {
      text += "\n" + title + "\n"
      for item in tested where item.claim.list == list { text += block(item) }
    }
    return text + "\n"
      + paragraph(
        "Supported: the figure lies on the claimed side of the other's, beyond its 95% interval, or the claimed number "
          + "lies within the interval. * counts derived from published values and intervals. "
          + "`pophealth compare west-kent --indicators all` shows every indicator.")
      + paragraph(CompareRun.sources)
  }

  private func block(_ item: Tested) -> String {
    let title = "\(item.claim.order)".leftPadded(to: 2) + " " + item.claim.statement
    let room = max(1, 80 - title.count - item.verdict.rawValue.count)
    var text = title + String(repeating: " ", count: room) + item.verdict.rawValue + "\n"
    if let first = item.rows.first {
      let row = first.row
      let figure = row.figure.statistic
      let beside = item.rows.map {
        "\($0.benchmark.name) \(CompareRow.number($0.row.benchmark.statistic.value, row.indicator)): \($0.row.standing.word)"
      }
      let mark = row.figure.isDerived ? "*" : ""
      let counts =
        row.basis == "counts"
        ? ", \(grouped(figure.numerator)) of \(grouped(figure.denominator))" : ""
      let value =
        "\(CompareRow.withUnit(figure.value, row.indicator))\(mark) (\(CompareRow.span(figure, row.indicator)))"
      let trend = CompareRow.word(row.trend)
      text += paragraph(
        "\(row.indicator.name), \(row.figure.period), \(row.geography)\(counts): \(value); "
          + beside.joined(separator: "; ")
          + (trend == "-" ? "." : ". Trend: \(["up": "rising", "down": "falling"][trend] ?? "no change")."), indent: 3)
    }
    return text + paragraph(item.reasons.joined(separator: " "), indent: 3)
  }

  /// A row for each claim and area that it is compared with.
  var table: Table {
    let rows: [(item: Tested, row: CompareRow?, benchmark: CompareBenchmark?)] = tested.flatMap { item in
      item.rows.isEmpty ? [(item, nil, nil)] : item.rows.map { (item, $0.row, $0.benchmark) }
    }
    func text(_ name: String, _ value: (Tested) -> String) -> Table.Column {
      Table.Column(name, text: rows.map { value($0.item) })
    }
    // Rows without figures are blank in the columns of figures.
    let shown = rows.indices.filter { rows[$0].row != nil }
    let held = CompareColumns(
      rows.compactMap { row in row.row.flatMap { figure in row.benchmark.map { (figure, $0) } } }, area: area,
      levels: levels)
    let spread = held.columns.map { column -> Table.Column in
      switch column.cells {
      case .numbers(let values):
        var cells = Array(repeating: Double.nan, count: rows.count)
        for (place, value) in zip(shown, values) { cells[place] = value }
        return Table.Column(column.name, numbers: cells)
      case .text(let values):
        var cells = Array(repeating: "", count: rows.count)
        for (place, value) in zip(shown, values.cells) { cells[place] = value }
        return Table.Column(column.name, text: cells)
      }
    }
    return Table(
      [
        text("claim") { $0.claim.id }, text("list") { $0.claim.list.rawValue },
        text("statement") { $0.claim.statement },
        text("verdict") { $0.verdict.rawValue },
        Table.Column("claimed_value", numbers: rows.map { $0.item.claim.value ?? .nan }),
      ] + spread + [text("reason") { $0.reasons.joined(separator: " ") }])
  }

  /// Where the rows come from, as JSON.
  func writeProvenance(to json: inout JSONWriter) {
    json.member("area", area.code)
    json.member("area_name", area.name)
    json.member("claims", tested.first.map { $0.claim.source } ?? "")
    json.key("confidence")
    json.array { json in for level in levels { json.number(level.probability) } }
    for list in [WestKentClaims.IndicatorClaim.List.better, .worse, .figure] {
      json.key(list.rawValue)
      json.object { json in
        for verdict in [Verdict.supported, .contradicted, .notTestable] {
          json.member(verdict.rawValue, count(list, verdict))
        }
      }
    }
  }
}

extension String {
  /// The text with blanks before it.
  fileprivate func leftPadded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
