#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Regression
import Tables

/// A fit as rows for files and as a table for people.
struct RegressReport {
  let run: RegressRun

  var plan: RegressPlan { run.plan }
  var fit: Fit { run.fit }

  init(_ run: RegressRun) { self.run = run }

  /// What a reader must know: how the file was read, what the fit warns of, what could not be predicted.
  var notes: [String] {
    run.notes + fit.warnings.map(\.description) + (run.predictions?.notes ?? [])
  }

  /// An estimate or limit as the command wants it: β, or exp(β).
  func shown(_ value: Double) -> Double { plan.exponentiate ? exp(value) : value }

  /// The rows of a CSV result, full precision: the predictions where there are any, else the coefficients.
  var table: Table { run.predictions?.table ?? coefficients }

  /// One row a coefficient; empty cells where it is aliased.
  var coefficients: Table {
    let all = fit.coefficients
    return Table(
      [
        Table.Column("term", text: all.map(\.term)),
        Table.Column("estimate", numbers: all.map { shown($0.estimate) }),
        Table.Column("std_error", numbers: all.map(\.standardError)),
        Table.Column("statistic", numbers: all.map(\.statistic)),
        Table.Column("p_value", numbers: all.map(\.pValue)),
        Table.Column("lower", numbers: all.map { shown($0.lower) }),
        Table.Column("upper", numbers: all.map { shown($0.upper) }),
        Table.Column("aliased", text: all.map { $0.isAliased ? "true" : "false" }),
      ], named: "coefficients")
  }

  /// The fit with where it came from.
  var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.key("coefficients")
      json.array { json in for coefficient in fit.coefficients { write(coefficient, to: &json) } }
      json.member("deviance", fit.deviance)
      json.member("null_deviance", fit.nullDeviance)
      json.member("df_residual", fit.dfResidual)
      json.member("df_null", fit.dfNull)
      json.member("aic", fit.aic)
      json.member("bic", fit.bic)
      json.member("log_likelihood", fit.logLikelihood)
      json.member("dispersion", fit.dispersion)
      json.member("pearson_chi2", fit.pearsonChiSquared)
      json.member("theta", fit.theta ?? .nan)
      json.member("iterations", fit.iterations)
      json.member("converged", fit.converged)
      json.member("n", fit.observations)
      json.member("n_dropped", run.dropped.dropped)
      json.key("warnings")
      json.array { json in for note in notes { json.string(note) } }
      if let predictions = run.predictions {
        json.key("predictions")
        json.rows(of: predictions.table)
      }
      json.provenance(describe)
    }
    return json.bytes
  }

  private func write(_ coefficient: Coefficient, to json: inout JSONWriter) {
    json.object { json in
      json.member("term", coefficient.term)
      json.member("estimate", shown(coefficient.estimate))
      json.member("std_error", coefficient.standardError)
      json.member("statistic", coefficient.statistic)
      json.member("p_value", coefficient.pValue)
      json.member("lower", shown(coefficient.lower))
      json.member("upper", shown(coefficient.upper))
      json.member("aliased", coefficient.isAliased)
    }
  }

  private func describe(_ json: inout JSONWriter) {
    json.member("blas", Version.blas)
    json.member("input", plan.data)
    json.member("input_sha256", run.file.digest)
    if let predictions = run.predictions {
      json.member("predict", predictions.path)
      json.member("predict_sha256", predictions.digest)
    }
    json.key("options")
    json.object { json in
      json.member("formula", plan.text)
      json.member("family", RegressChoices.name(of: fit.family))
      json.member("link", fit.link.rawValue)
      json.member("offset", plan.options.offset)
      json.member("trials", plan.options.trials)
      json.member("weights", plan.options.weights)
      json.member("weights_kind", plan.options.weights == nil ? nil : plan.options.weightsKind.rawValue)
      json.key("theta")
      if case .negativeBinomial(let theta?) = plan.family { json.number(theta) } else { json.null() }
      json.member("se", fit.covarianceKind.name)
      json.member("confidence", fit.confidence)
      json.member("ridge", plan.options.ridge ?? .nan)
      json.member("firth", plan.options.firth)
      json.member("exponentiate", plan.exponentiate)
      json.member("tolerance", plan.options.tolerance)
      json.member("stream", plan.streams)
    }
  }
}
