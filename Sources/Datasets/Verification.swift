public import Tables

/// What became of the checks that a data package declares of itself.
public struct Verification: Sendable, Hashable {
  /// One thing that was checked.
  public struct Check: Sendable, Hashable {
    /// The resource; nil for the package as a whole.
    public let resource: String?
    /// The kind: `description`, `file`, `bytes`, `hash`, `schema`, `rows`, `key`, or one of the declared kinds
    /// (`complete`, `no-gap`, `sum-of-parts`, `identity`, `matches`).
    public let kind: String
    /// What was looked at, in words.
    public let summary: String
    /// The greatest absolute difference found; nil where nothing is compared.
    public let worstDifference: Double?
    /// The greatest difference allowed.
    public let tolerance: Double?
    /// How many problems it found.
    public let problemCount: Int

    /// Whether it found nothing wrong.
    public var isPassed: Bool { problemCount == 0 }
  }

  /// The package's name.
  public let package: String
  /// Everything that was checked, in the order of the description.
  public let checks: [Check]
  /// What is wrong; nil when nothing is.
  public let problems: Problems?

  /// Whether every check passed.
  public var isPassed: Bool { problems == nil }

  /// The check with a tolerance whose difference comes nearest to it (or goes beyond it most); nil where
  /// nothing is compared.
  public var tightest: Check? {
    func excess(_ check: Check) -> Double {
      guard let worst = check.worstDifference, let tolerance = check.tolerance else { return -.infinity }
      return worst > tolerance ? .greatestFiniteMagnitude : worst
    }
    return checks.filter { $0.worstDifference != nil }.max { excess($0) < excess($1) }
  }
}

/// Verifies the data packages of a catalogue one after another, each file read once.
///
/// Of each resource: the file is there and has the declared bytes and SHA-256; its columns stand in the declared
/// order with the declared types, and no cell breaks its constraints; the rows are as many as declared and no
/// primary key comes twice; and the declared `checks` hold:
///
/// | kind | holds when |
/// |---|---|
/// | `complete` | each group of `by` has each of `values` in `column` exactly once |
/// | `no-gap` | whole numbers run without gap or double in each group of `by` |
/// | `sum-of-parts` | for each combination of the other key columns, Σ parts = total within the tolerance; rows whose total is missing are left out |
/// | `identity` | result(t) = previous(t−1) + Σ factor·term(t) within the tolerance; the first row of a group only starts it |
/// | `matches` | rows whose key the other package has too hold the same figures or words; at least one row has to |
///
/// A constraint `pattern` is reported as a problem, because no package uses one and none is evaluated.
public struct Verifier: Sendable {
  let catalogue: Catalogue
  /// Tables that `matches` of some package needs, by path.
  private var tables: [String: Table] = [:]
  private let sharedPaths: Set<String>

  /// A verifier that has read nothing yet.
  public init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    var paths: Set<String> = []
    for check in catalogue.packages.flatMap(\.resources).flatMap(\.checks) {
      guard case .matches(let match) = check, let other = catalogue[match.package],
        let resource = other.resource(match.resource)
      else { continue }
      paths.insert(other.path(of: resource))
    }
    sharedPaths = paths
  }

  /// Verifies a package.
  ///
  /// - Complexity: O(bytes + cells × checks).
  public mutating func verify(_ package: DataPackage) -> Verification {
    var report = VerificationReport()
    Self.checkDescription(of: package, &report)
    for resource in package.resources {
      report.resource = resource.name
      let path = package.path(of: resource)
      guard Self.checkFile(path, resource, &report), let table = table(path, resource.schema, &report)
      else { continue }
      ResourceRows(table: table, resource: resource).verify(&report)
      for check in resource.checks { verify(check, of: resource, table, in: package, &report) }
    }
    return report.verification(of: package.name)
  }

  private mutating func verify(
    _ check: DataCheck, of resource: DataPackage.Resource, _ table: Table, in package: DataPackage,
    _ report: inout VerificationReport
  ) {
    let file = "\(package.folder)/datapackage.json"
    let missing = check.columns.filter { table.column($0) == nil }
    guard missing.isEmpty else {
      report.fail(
        check.kind,
        Problem(
          file: file,
          message: "\(check.kind) of \(resource.name) names columns that are not there: "
            + missing.joined(separator: ", ")))
      return
    }
    switch check {
    case .complete(let by, let column, let values):
      table.verifyComplete(by: by, column: column, values: values, &report)
    case .noGap(let by, let column): table.verifyNoGap(by: by, column: column, &report)
    case .sumOfParts(let sum):
      table.verifySum(sum, key: resource.schema.primaryKey, &report)
    case .identity(let identity): table.verifyIdentity(identity, &report)
    case .matches(let match):
      guard let other = catalogue[match.package], let part = other.resource(match.resource) else {
        report.fail(
          check.kind,
          Problem(
            file: file,
            message: "matches of \(resource.name) names \(match.package)/\(match.resource), which is not there"
          ))
        return
      }
      // What is wrong with the other file is told where that package is verified.
      var elsewhere = VerificationReport()
      guard let others = self.table(other.path(of: part), part.schema, &elsewhere) else {
        report.fail(
          check.kind,
          Problem(
            file: other.path(of: part),
            message: "cannot be read, so that \(package.name) cannot be compared with it"))
        return
      }
      table.verifyMatch(match, others, &report)
    }
  }

  /// Reads a resource's file, or hands out what was read before.
  private mutating func table(
    _ path: String, _ schema: DataPackage.Schema, _ report: inout VerificationReport
  ) -> Table? {
    if let known = tables[path] {
      report.pass("schema", "\(schema.fields.count) columns, types and missing cells")
      return known
    }
    do throws(Problems) {
      let table = try Table.read(csv: path, columns: schema.fields.map(\.request), others: .text)
      let expected = schema.fields.map(\.name)
      var problems: [Problem] = []
      if !table.notes.isEmpty || table.columnNames != expected {
        let faults = table.notes.isEmpty ? ["columns \(table.columnNames.joined(separator: ","))"] : table.notes
        problems.append(
          Problem(
            file: path, line: 1,
            message: "\(faults.joined(separator: "; ")); expected columns \(expected.joined(separator: ","))"))
      }
      report.add("schema", "\(schema.fields.count) columns, types and missing cells", problems)
      if sharedPaths.contains(path) { tables[path] = table }
      return table
    } catch {
      report.fail("schema", error)
      return nil
    }
  }
}

extension DataPackage.Field {
  /// The column that the reader is asked for.
  fileprivate var request: ColumnRequest {
    let kind: ColumnKind =
      switch type {
      case .string: .text
      case .integer: .integer
      case .number: .number
      }
    return ColumnRequest(name, kind, allowsMissing: !constraints.required)
  }
}

extension DataCheck {
  /// The word for it in `datapackage.json`.
  var kind: String {
    switch self {
    case .complete: "complete"
    case .noGap: "no-gap"
    case .sumOfParts: "sum-of-parts"
    case .identity: "identity"
    case .matches: "matches"
    }
  }

  /// The columns that it names.
  var columns: [String] {
    switch self {
    case .complete(let by, let column, _), .noGap(let by, let column): by + [column]
    case .sumOfParts(let sum): [sum.column] + sum.measures
    case .identity(let identity):
      [identity.result, identity.order] + identity.terms.map(\.column) + identity.by
        + [identity.previous].compactMap(\.self)
    case .matches(let match): match.on + match.measures
    }
  }
}
