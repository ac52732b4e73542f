internal import FoundationEssentials

extension DataPackage {
  /// Reads `datapackage.json` in a folder.
  ///
  /// - Throws: ``Problem`` that names the file when it is missing or is not JSON, or lacks a property, or has
  ///   one of the wrong type, a field type or a check of an unknown kind; the message gives the place, such
  ///   as `resources[0].schema.fields[2].type`.
  /// - Complexity: O(bytes).
  public static func read(folder: String) throws(Problem) -> DataPackage {
    let trimmed = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let path = trimmed + "/datapackage.json"
    let file = try MappedFile(path: path, expected: "a data package's description")
    let bytes = file.withBytes { Data($0.buffer) }
    do {
      var package = try JSONDecoder().decode(DataPackage.self, from: bytes)
      package.folder = trimmed
      return package
    } catch let error as DecodingError {
      throw Problem(file: path, message: message(error))
    } catch {
      throw Problem(file: path, message: "is not valid JSON")
    }
  }

  private static func message(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "\(place(context.codingPath)) is null; expected a value"
    case .typeMismatch(let type, let context): "\(place(context.codingPath)) is not \(word(for: type))"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "is not valid JSON" : "\(place(context.codingPath)): \(context.debugDescription)"
    @unknown default: "is not a data package's description"
    }
  }

  private static func word(for type: Any.Type) -> String {
    switch type {
    case is String.Type: "a string"
    case is Bool.Type: "true or false"
    case is Int.Type, is Double.Type: "a number"
    case is [Any].Type: "an array"
    default: "an object or array of the expected form"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    var place = ""
    for key in path {
      if let index = key.intValue {
        place += "[\(index)]"
      } else {
        place += (place.isEmpty ? "" : ".") + key.stringValue
      }
    }
    return place.isEmpty ? "the document" : place
  }
}

extension DataPackage: Decodable {
  private enum CodingKeys: String, CodingKey {
    case name, title, description, version, vintage, sources, notes, series, resources
    case licences = "licenses"
  }

  /// Decodes the properties of `datapackage.json`; those it does not know are left out.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    title = try values.decode(String.self, forKey: .title)
    description = try values.decodeIfPresent(String.self, forKey: .description)
    version = try values.decodeIfPresent(String.self, forKey: .version)
    vintage = try values.decodeIfPresent(String.self, forKey: .vintage)
    licences = try values.decodeIfPresent([Licence].self, forKey: .licences) ?? []
    sources = try values.decodeIfPresent([Source].self, forKey: .sources) ?? []
    notes = try values.decodeIfPresent([String].self, forKey: .notes) ?? []
    series = try values.decodeIfPresent(Series.self, forKey: .series)
    resources = try values.decode([Resource].self, forKey: .resources)
  }
}

extension DataPackage.Resource: Decodable {
  private enum CodingKeys: String, CodingKey {
    case name, path, description, bytes, hash, rows, schema, checks
  }

  /// Decodes one of `resources`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    path = try values.decode(String.self, forKey: .path)
    description = try values.decodeIfPresent(String.self, forKey: .description)
    bytes = try values.decodeIfPresent(Int.self, forKey: .bytes)
    hash = try values.decodeIfPresent(String.self, forKey: .hash)
    rows = try values.decodeIfPresent(Int.self, forKey: .rows)
    schema = try values.decode(DataPackage.Schema.self, forKey: .schema)
    checks = try values.decodeIfPresent([DataCheck].self, forKey: .checks) ?? []
  }
}

extension DataPackage.Schema: Decodable {
  private enum CodingKeys: String, CodingKey { case fields, primaryKey }

  /// Decodes a `schema`, whose key may be one name or an array of names.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    fields = try values.decode([DataPackage.Field].self, forKey: .fields)
    if let single = try? values.decode(String.self, forKey: .primaryKey) {
      primaryKey = [single]
    } else {
      primaryKey = try values.decodeIfPresent([String].self, forKey: .primaryKey) ?? []
    }
  }
}

extension DataPackage.Field: Decodable {
  private enum CodingKeys: String, CodingKey { case name, type, unit, description, constraints }

  /// Decodes one of `fields`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    name = try values.decode(String.self, forKey: .name)
    type = try values.decode(DataPackage.FieldType.self, forKey: .type)
    unit = try values.decodeIfPresent(String.self, forKey: .unit)
    description = try values.decodeIfPresent(String.self, forKey: .description)
    constraints =
      try values.decodeIfPresent(DataPackage.Constraints.self, forKey: .constraints)
      ?? DataPackage.Constraints()
  }
}

extension DataPackage.Constraints: Decodable {
  private enum CodingKeys: String, CodingKey {
    case required, minimum, maximum, pattern
    case allowed = "enum"
  }

  /// Constraints that allow everything.
  init() {
    required = false
    minimum = nil
    maximum = nil
    allowed = nil
    pattern = nil
  }

  /// Decodes `constraints`; numbers in an `enum` become their text.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    required = try values.decodeIfPresent(Bool.self, forKey: .required) ?? false
    minimum = try values.decodeIfPresent(Double.self, forKey: .minimum)
    maximum = try values.decodeIfPresent(Double.self, forKey: .maximum)
    pattern = try values.decodeIfPresent(String.self, forKey: .pattern)
    if let numbers = try? values.decode([Double].self, forKey: .allowed) {
      allowed = numbers.map { number in
        var bytes: [UInt8] = []
        NumberFormatting.append(number, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
      }
    } else {
      allowed = try values.decodeIfPresent([String].self, forKey: .allowed)
    }
  }
}
