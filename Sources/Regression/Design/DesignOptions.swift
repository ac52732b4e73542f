/// What a design takes from the data beside the formula's terms.
public struct DesignOptions: Sendable, Hashable {
  /// The column of prior weights; nil stands for ones.
  public var weights: String?

  /// The column with the number of trials of each row of a binomial model, whose response is then the proportion.
  public var trials: String?

  /// A column that is added to the linear predictor as it is, beside the formula's own offsets.
  public var offset: String?

  /// Columns that tell which cluster a row belongs to, for robust covariances.
  public var clusters: [String]

  /// How columns are coded as factors that the formula names without `factor()`, by column.
  public var factors: [String: FactorOptions]

  /// Options; without any the formula alone decides.
  public init(
    weights: String? = nil, trials: String? = nil, offset: String? = nil, clusters: [String] = [],
    factors: [String: FactorOptions] = [:]
  ) {
    self.weights = weights
    self.trials = trials
    self.offset = offset
    self.clusters = clusters
    self.factors = factors
  }

  /// The columns that have a part outside the formula; a `.` leaves them out.
  public var columns: [String] { [weights, trials, offset].compactMap(\.self) + clusters }
}

/// How a column is coded as a factor.
public struct FactorOptions: Sendable, Hashable {
  /// The levels in order; nil for those that occur, sorted: texts by Unicode code points, numbers by size.
  public var levels: [String]?

  /// The level to put first, which treatment contrasts compare with.
  public var reference: String?

  /// The coding.
  public var contrast: Contrast

  /// A coding; by default differences from the first level in sorted order.
  public init(levels: [String]? = nil, reference: String? = nil, contrast: Contrast = .treatment) {
    self.levels = levels
    self.reference = reference
    self.contrast = contrast
  }
}
