import Measure

/// The table of times, as Markdown.
struct Table {
  let records: [Record]
  let committed: Figures?

  var text: String {
    var lines = ["| case | unit | ns a unit | floor | share of the floor | ratio | committed ns | committed ratio |"]
    lines.append("|---|---|---|---|---|---|---|---|")
    lines += records.map { record in
      let before = committed?.records.first { $0.name == record.name }
      let floor = "\(record.floor.shown) (\(record.floorReason))"
      let share = "\((100 * record.floor / record.nanosecondsPerUnit).rounded().shown)%"
      return "| `\(record.name)` | \(record.unit) | \(record.nanosecondsPerUnit.shown) | \(floor) | \(share) | "
        + "\(record.ratioToReference.shown) \(record.reference) | \(before?.nanosecondsPerUnit.shown ?? "–") | "
        + "\(before?.ratioToReference.shown ?? "–") |"
    }
    return lines.joined(separator: "\n")
  }
}
