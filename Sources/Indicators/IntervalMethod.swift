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
  /// Limits that came with the figure.
  case given = "given"
  /// No limits were asked for or none could be.
  case none = "none"
}
