import Regression
import Tables

/// A model fitted to the rows of a file, with its predictions of other rows where the command asks for them.
struct RegressRun {
  let plan: RegressPlan
  let file: RegressFile
  /// How the file was read where it was not written so.
  let notes: [String]
  /// The rows that were left out for missing values.
  let dropped: DroppedRows
  let fit: Fit
  let predictions: RegressPredictions?

  /// Reads, fits and predicts.
  ///
  /// - Throws: `CommandFailure`.
  init(_ plan: RegressPlan) throws {
    let uses = plan.dataUses
    let rows = try RegressRows(
      path: plan.data, uses: uses, readsAll: plan.formula.usesAllColumns, namedByCommand: Set(uses.keys))
    let numericNames: Set<String>
    if plan.streams {
      let chunks = try rows.chunks(threads: plan.options.threads)
      notes = chunks.notes
      numericNames = rows.numericNames
      (fit, dropped) = try checkingModel(plan.data) { () throws(RegressionError) in
        let design = try DesignStream(plan.formula, chunks, family: plan.family, options: plan.options.designOptions)
        return (try Regression.fit(design, family: plan.family, link: plan.link, options: plan.options), design.dropped)
      }
    } else {
      let table = try rows.table()
      notes = table.notes
      numericNames = Set(table.columnNames.filter { table.numbers($0) != nil })
      (fit, dropped) = try checkingModel(plan.data) { () throws(RegressionError) in
        let design = try Design(plan.formula, table, family: plan.family, options: plan.options.designOptions)
        return (try Regression.fit(design, family: plan.family, link: plan.link, options: plan.options), design.dropped)
      }
    }
    self.plan = plan
    file = rows.file
    let newUses = plan.predictionUses(columns: rows.names, numeric: numericNames)
    predictions = try plan.predict.map { [fit] path in
      try RegressPredictions(path: path, plan: plan, uses: newUses, fit: fit)
    }
  }
}

/// Runs `make`; what it refuses is a matter of the data at `path`, one line a problem.
func checkingModel<Value>(_ path: String, _ make: () throws(RegressionError) -> Value) throws -> Value {
  do throws(RegressionError) { return try make() } catch {
    let messages: [String]
    switch error {
    case .data(let problems): messages = problems
    case .model(let reason): messages = [reason]
    }
    throw CommandFailure.wrongData(
      messages.map { $0.hasPrefix("\(path):") ? $0 : "\(path): \($0)" }.joined(separator: "\n"))
  }
}
