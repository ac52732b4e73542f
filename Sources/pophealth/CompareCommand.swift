import ArgumentParser
import Datasets
import Probability
import Tables

/// `pophealth compare`: an area's indicators beside those of England, of an area that it lies in, or of any other.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "An area's health indicators beside England's, another area's, peers' or its own before.",
    discussion: """
      AREA is an official code (E07000110), a short name (maidstone, west-kent, kent, south-east) or a former \
      commissioning group (99J); --with takes the same, england if it is left out, or previous: the area itself in \
      the latest period that ends before this one begins. --peers takes a group of areas, whose counts are summed.

      Each indicator is shown for the latest period in which both areas have figures: the figure with its 95% \
      interval, the other's, and how they stand. Beside England or an area that AREA lies in, the figure's interval \
      is held against the other's value, as Fingertips does; beside any other area, peers that do not hold it or the \
      period before the difference of the two is tested. better, similar and worse; or lower, similar and higher where neither way is good. On the limit counts \
      as similar.

      An area that is not published is made of its parts: counts are summed, rates never averaged. Marks: * counts \
      derived from published values and their intervals, ~ counts of a model.

      `pophealth compare west-kent` is the sheet of the partnership's claims: what it says of its place in 2021, the \
      figures of the latest period that had ended by then, and whether they support the claim, contradict it or \
      cannot test it. --indicators all shows every indicator instead.

      CSV: indicator,name,area,area_name,geography,period,value,lower_95,upper_95,numerator,denominator,unit,basis,
      method,with,with_name,with_period,with_value,with_lower_95,with_upper_95,class,target,target_class,p_value,\
      p_adjusted,trend,status,note, and \
      for the sheet of claims before them claim,list,statement,verdict,claimed_value and at the end reason. With \
      --confidence 0.95,0.998 limits of both levels. JSON holds the same rows and where they come from. Full precision.

      --indicators FILE: CSV with a column `indicator` of short names (`pophealth datasets show indicators --format \
      csv` lists them; where one has no figures of the area, the one that stands in for it is shown) and, if you like, \
      the columns `polarity` (lowIsGood, highIsGood, none), which goes before the program's, and `target`: a number, \
      or two such as 75-80, that the value is held against.

      Examples:
        pophealth compare west-kent
        pophealth compare maidstone --trend
        pophealth compare maidstone --with kent
        pophealth compare kent --with surrey --format csv
        pophealth compare maidstone --with previous
        pophealth compare maidstone --peers ashford,sevenoaks,swale
        pophealth compare west-kent --indicators all --period 2018/19
      """)

  @Argument(
    help: ArgumentHelp("The area, by code or short name.", valueName: "area"), completion: Self.areaNames)
  var area: String

  @Option(
    help: ArgumentHelp(
      "The area that it is compared with, or previous. (default: england)", valueName: "area"),
    completion: Self.areaNames)
  var with: String?

  @Option(
    help: ArgumentHelp(
      "The areas that it is compared with, taken together: names, or a CSV file with a column area.",
      valueName: "area,area|file"))
  var peers: String?

  @Option(
    help: ArgumentHelp(
      "Only this period: 2018/19, 2019-2021, or the year in which it begins (default: the latest).",
      valueName: "period"))
  var period: String?

  @Option(
    help: ArgumentHelp("Only these indicators: a CSV file, or all.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var indicators: String?

  @Flag(help: "Add the recent trend: of the last five periods.")
  var trend = false

  @Option(
    help: ArgumentHelp("Confidence levels: 0.95, or 0.95,0.998 for five classes.", valueName: "levels"))
  var confidence = "0.95"

  @OptionGroup var results: OutputOptions

  private static let areaNames = CompletionKind.custom { _, _, _ in
    guard let folder = try? DatasetFolder.standard(), let registry = try? AreaRegistry(folder) else { return [] }
    return registry.entries.filter { !$0.isOfOtherBoundaries }.map(\.slug)
  }

  mutating func run() throws {
    let levels = try checkedLevels()
    let folder = try checkingData { () throws(Problem) in try DatasetFolder.standard() }
    let figures = try CompareFigures(folder)
    let subject = try figures.entry(named: area, option: nil)
    let benchmark = try benchmark(of: subject, figures)
    let isBesideCountry = if case .country = benchmark.relation { true } else { false }
    let showsClaims = subject.slug == "west-kent" && isBesideCountry && indicators == nil && period == nil
    let report: CompareReport
    if showsClaims {
      report = .claims(try CompareClaims(figures, area: subject, levels: levels))
    } else {
      let choice = try CompareChoice(indicators, catalogue: figures.library.catalogue)
      report = .comparison(
        try CompareRun(
          figures, area: subject, benchmark: benchmark, choice: choice, period: period, levels: levels,
          showsTrend: trend))
    }
    switch results.format {
    case .table: try results.write(report.text)
    case .csv: try results.write(CSVWriter.bytes(report.table))
    case .json: try results.write(report.json)
    }
    for note in report.remarks where results.format != .table { StandardError.note(note) }
  }

  /// What `--with` and `--peers` name.
  private func benchmark(of area: AreaRegistry.Entry, _ figures: CompareFigures) throws -> CompareBenchmark {
    let hierarchy = figures.library.hierarchy
    if let peers {
      guard with == nil else { throw CommandFailure.wrongCommand("--with and --peers do not go together") }
      let names = try Self.names(ofPeers: peers)
      return try CompareBenchmark(
        peers: names.map { try figures.entry(named: $0, option: "--peers") }, of: area, hierarchy)
    }
    let name = with ?? "england"
    if name.lowercased() == "previous" { return CompareBenchmark(previousOf: area) }
    return try CompareBenchmark(figures.entry(named: name, option: "--with"), beside: area, hierarchy)
  }

  /// The names of `--peers`: those of a file, or those that commas separate.
  private static func names(ofPeers text: String) throws -> [String] {
    guard text == "-" || text.contains("/") || text.lowercased().hasSuffix(".csv") else {
      return try IndicatorOptions.list(text, option: "--peers")
    }
    return try checkingData { () throws(Problems) in
      let table = try Table.read(
        csv: text == "-" ? "/dev/stdin" : text, columns: [ColumnRequest("area", .text)], others: .skip)
      let names = table.text("area")?.cells ?? []
      guard !names.isEmpty else { throw Problems(table.problem("names no area; expected a row for each")) }
      return names
    }
  }

  private func checkedLevels() throws -> [ConfidenceLevel] {
    var levels: [ConfidenceLevel] = []
    for word in confidence.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Double(word) else {
        throw CommandFailure.wrongCommand("--confidence \(confidence); expected 0.95, or 0.95,0.998")
      }
      levels.append(
        try checkingCommand("--confidence: ") { () throws(ConfidenceLevelError) in try ConfidenceLevel(number) })
    }
    guard levels == [.percent95] || levels == ConfidenceLevel.official else {
      throw CommandFailure.wrongCommand(
        "--confidence \(confidence); classes are known at 0.95, or at 0.95,0.998")
    }
    return levels
  }
}
