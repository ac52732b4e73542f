/// All that is wrong with the data, in file order: never empty, at most 20 kept and the rest counted.
public struct Problems: Error, Sendable, Hashable, CustomStringConvertible {
  /// How many problems are kept with their message.
  public static let mostKept = 20

  /// The first problems in file order: at least one, at most ``mostKept``.
  public let kept: [Problem]

  /// How many problems there are in all.
  public let total: Int

  /// A list of one.
  public init(_ problem: Problem) {
    kept = [problem]
    total = 1
  }

  /// What `body` returns; a problem that it throws becomes a list of one.
  @discardableResult
  static func of<Result>(_ body: () throws(Problem) -> Result) throws(Problems) -> Result {
    do throws(Problem) {
      return try body()
    } catch {
      throw Problems(error)
    }
  }

  fileprivate init(kept: [Problem], total: Int) {
    self.kept = kept
    self.total = total
  }

  /// One problem a line, then `… and N more` where not all were kept.
  public var description: String {
    var lines = kept.map(\.description)
    if total > kept.count { lines.append("… and \(total - kept.count) more") }
    return lines.joined(separator: "\n")
  }
}

/// Gathers problems while data are checked, to throw them together at the end.
///
/// Files keep the order in which they were first named; within a file problems are sorted by line and column,
/// those without a line first. The messages of problems that will not be kept are never built.
public struct ProblemCollector: Sendable {
  private var kept: [Problem] = []
  private var files: [String] = []

  /// How many problems were added.
  public private(set) var total = 0

  /// An empty collector.
  public init() {}

  /// Whether nothing was added.
  public var isEmpty: Bool { total == 0 }

  /// Adds a problem.
  ///
  /// - Complexity: O(20).
  public mutating func add(_ problem: Problem) {
    add(file: problem.file, line: problem.line, column: problem.column, problem.message)
  }

  /// Adds a problem; `message` is evaluated only when the problem is kept.
  ///
  /// - Complexity: O(20).
  public mutating func add(
    file: String, line: Int? = nil, column: Int? = nil, _ message: @autoclosure () -> String
  ) {
    total += 1
    let place = (rank(of: file), line ?? 0, column ?? 0)
    if kept.count == Problems.mostKept, let last = kept.last, place >= self.place(of: last) { return }
    let problem = Problem(file: file, line: line, column: column, message: message())
    let index = kept.lastIndex { self.place(of: $0) <= place }.map { $0 + 1 } ?? 0
    kept.insert(problem, at: index)
    if kept.count > Problems.mostKept { kept.removeLast() }
  }

  /// Adds all of `problems`, of which those that were not kept only count.
  public mutating func add(_ problems: Problems) {
    for problem in problems.kept { add(problem) }
    total += problems.total - problems.kept.count
  }

  /// Adds all that another collector gathered, `offset` lines further down.
  mutating func add(_ other: ProblemCollector, lineOffset offset: Int) {
    for problem in other.kept { add(problem.moved(by: offset)) }
    total += other.total - other.kept.count
  }

  /// Counts problems whose messages nobody will see, because earlier ones fill the list.
  mutating func addUnseen(_ count: Int) { total += count }

  /// Whether a problem behind all that were added would only be counted.
  var isFull: Bool { kept.count == Problems.mostKept }

  /// Throws everything that was added; does nothing when nothing was.
  public func throwIfAny() throws(Problems) {
    if total > 0 { throw Problems(kept: kept, total: total) }
  }

  private func place(of problem: Problem) -> (Int, Int, Int) {
    (files.firstIndex(of: problem.file) ?? files.count, problem.line ?? 0, problem.column ?? 0)
  }

  private mutating func rank(of file: String) -> Int {
    if let known = files.firstIndex(of: file) { return known }
    files.append(file)
    return files.count - 1
  }
}
