/// How limits were calculated. The raw values are the words that tables and files show.
public enum IntervalMethod: String, Sendable, Hashable, CaseIterable {
  /// Wilson's (1927) score interval of a proportion.
  case wilson = "Wilson"
  /// Byar's approximation to the exact Poisson limits (Breslow and Day 1987), from ten events on.
  case byar = "Byar"
  /// Exact Poisson limits through χ² (Garwood 1936), below ten events.
  case exact = "Exact"
  /// Dobson et al. (1991) with Byar's limits.
  case dobson = "Dobson"
  /// Fay and Feuer's (1997) gamma limits.
  case fayFeuer = "Fay-Feuer"
  /// Tiwari et al.'s (2006) gamma limits.
  case tiwari = "Tiwari"
  /// Student's t with n − 1 degrees of freedom.
  case studentT = "Student's t"
  /// Newcombe's (1998) hybrid score limits of a difference of proportions, from the Wilson limits of both.
  case newcombe = "Newcombe"
  /// Limits recovered from those of both figures: Zou and Donner (2008) for differences, Donner and Zou (2012) for
  /// ratios.
  case mover = "MOVER"
  /// Normal limits of the logarithm of a ratio (Woolf 1955; Katz et al. 1978).
  case logNormal = "log-normal"
  /// Score limits of a ratio (Koopman 1984; Cornfield 1956 without its correction).
  case score = "score"
  /// Exact limits of the ratio of two Poisson rates, given the sum of their counts (Przyborowski and Wilenski 1940).
  case exactConditional = "exact conditional"
  /// Limits that came with the figure.
  case given = "given"
  /// No limits were asked for or none could be.
  case none = "none"
}
