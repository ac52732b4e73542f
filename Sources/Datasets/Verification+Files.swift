internal import Tables

extension Verifier {
  /// The description on its own: name, licence, sources and what each resource must declare.
  static func checkDescription(of package: DataPackage, _ report: inout VerificationReport) {
    let file = "\(package.folder)/datapackage.json"
    var problems: [Problem] = []
    func require(_ isMet: Bool, _ message: String) {
      if !isMet { problems.append(Problem(file: file, message: message)) }
    }
    let folder = package.folder.split(separator: "/").last.map(String.init) ?? ""
    require(package.name == folder, "name is \(quoted(package.name)); expected that of the folder, \(quoted(folder))")
    require(!package.licences.isEmpty, "names no licence")
    require(!package.sources.isEmpty, "names no source")
    require(!package.resources.isEmpty, "has no resources")
    for resource in package.resources {
      require(resource.bytes != nil, "\(resource.name) declares no bytes")
      require(resource.hash != nil, "\(resource.name) declares no hash")
      require(resource.rows != nil, "\(resource.name) declares no rows")
      let names = resource.schema.fields.map(\.name)
      for key in resource.schema.primaryKey where !names.contains(key) {
        require(false, "the primary key of \(resource.name) names \(quoted(key)), which is no column")
      }
      for field in resource.schema.fields where field.constraints.pattern != nil {
        require(false, "\(resource.name).\(field.name) has a pattern, which cannot be checked")
      }
    }
    report.add("description", "name, licence, sources and declarations", problems)
  }

  /// Presence, size and digest; false where there is no file to read.
  static func checkFile(
    _ path: String, _ resource: DataPackage.Resource, _ report: inout VerificationReport
  ) -> Bool {
    let digest: String
    do throws(Problem) {
      digest = try SHA256.hex(ofFile: path)
    } catch {
      report.fail("file", error)
      return false
    }
    report.pass("file", resource.path)
    if let bytes = resource.bytes {
      let found = FileSystem.size(ofFile: path)
      report.add(
        "bytes", "\(bytes) bytes",
        found == bytes
          ? [] : [Problem(file: path, message: "\(found.map(String.init) ?? "?") bytes; expected \(bytes)")])
    }
    if let hash = resource.hash {
      report.add(
        "hash", "SHA-256",
        hash == "sha256:" + digest
          ? [] : [Problem(file: path, message: "SHA-256 is \(digest); expected \(hash.dropFirst("sha256:".count))")])
    }
    return true
  }
}
