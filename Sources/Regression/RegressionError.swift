/// Why a model could not be fitted.
public enum RegressionError: Error, Sendable, Hashable {
  /// The data are not what the model needs; each message names the file, line and column where there is one.
  case data([String])
  /// The model cannot be fitted to any data, or not to these: the reason, with what to do.
  case model(String)
}
