import Datasets
import Indicators
import Probability
import Tables

/// What `pophealth compare` writes.
enum CompareReport {
  /// An area beside another.
  case comparison(CompareRun)
  /// The sheet of West Kent's claims.
  case claims(CompareClaims)

  /// The result for people.
  var text: String {
    switch self {
    case .comparison(let run): run.text
    case .claims(let sheet): sheet.text
    }
  }

  /// What the caller should know besides.
  var remarks: [String] {
    switch self {
    case .comparison(let run): run.remarks
    case .claims: []
    }
  }

  /// Every row at full precision.
  var table: Table {
    switch self {
    case .comparison(let run):
      Table(CompareColumns(run.rows.map { ($0, run.benchmark) }, area: run.area, levels: run.levels).columns)
    case .claims(let sheet): sheet.table
    }
  }

  /// The rows with where they come from.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.provenance { json in
        switch self {
        case .comparison(let run): run.writeProvenance(to: &json)
        case .claims(let sheet): sheet.writeProvenance(to: &json)
        }
      }
      json.key("rows")
      json.rows(of: table)
      json.key("notes")
      json.array { json in for remark in remarks { json.string(remark) } }
    }
    return json.bytes + [UInt8(ascii: "\n")]
  }
}

/// The columns that rows of a comparison have in files.
struct CompareColumns {
  let columns: [Table.Column]

  init(_ rows: [(row: CompareRow, benchmark: CompareBenchmark)], area: AreaRegistry.Entry, levels: [ConfidenceLevel]) {
    func text(_ name: String, _ value: (CompareRow) -> String) -> Table.Column {
      Table.Column(name, text: rows.map { value($0.row) })
    }
    func numbers(_ name: String, _ value: (CompareRow) -> Double) -> Table.Column {
      Table.Column(name, numbers: rows.map { value($0.row) })
    }
    func limits(_ prefix: String, _ figure: @escaping (CompareRow) -> Statistic) -> [Table.Column] {
      levels.flatMap { level in
        let name = level == .percent95 ? "95" : "99_8"
        return [
          numbers("\(prefix)lower_\(name)") { figure($0).interval(at: level)?.lower ?? .nan },
          numbers("\(prefix)upper_\(name)") { figure($0).interval(at: level)?.upper ?? .nan },
        ]
      }
    }
    columns =
      [
        text("indicator") { $0.indicator.id }, text("name") { $0.indicator.name },
        Table.Column("area", text: rows.map { _ in area.code }),
        Table.Column("area_name", text: rows.map { _ in area.name }),
        text("geography") { $0.geography }, text("period") { $0.figure.period },
        numbers("value") { $0.figure.statistic.value },
      ]
      + limits("") { $0.figure.statistic }
      + [
        numbers("numerator") { $0.figure.statistic.numerator },
        numbers("denominator") { $0.figure.statistic.denominator },
        text("unit") { $0.indicator.unit }, text("basis") { $0.basis }, text("method") { $0.method },
        Table.Column("with", text: rows.map { $0.benchmark.code }),
        Table.Column("with_name", text: rows.map { $0.benchmark.name }), text("with_period") { $0.benchmark.period },
        numbers("with_value") { $0.benchmark.statistic.value },
      ]
      + limits("with_") { $0.benchmark.statistic }
      + [
        text("class") { $0.standing.word }, text("target") { $0.target.map { $0.text } ?? "" },
        text("target_class") { $0.targetClass?.rawValue ?? "" }, numbers("p_value") { $0.standing.pValue },
        numbers("p_adjusted") { $0.adjusted },
        text("trend") { $0.trend.map { $0.direction.rawValue } ?? "" },
        text("status") { $0.figure.statistic.status.rawValue }, text("note") { $0.indicator.note },
      ]
  }
}
