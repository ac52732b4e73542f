/// How the mean μ of the response hangs on the linear predictor η: η = g(μ).
///
/// McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.2.
public enum Link: String, Sendable, Hashable, CaseIterable, Codable {
  /// η = μ.
  case identity
  /// η = log μ.
  case log
  /// η = log(μ/(1 − μ)).
  case logit
  /// η = Φ⁻¹(μ).
  case probit
  /// η = log(−log(1 − μ)), the complementary log-log.
  case complementaryLogLog = "cloglog"
  /// η = 1/μ.
  case inverse
  /// η = √μ.
  case squareRoot = "sqrt"
  /// η = 1/μ².
  case inverseSquared = "inverse-squared"
}
