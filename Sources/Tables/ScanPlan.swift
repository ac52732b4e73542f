/// What a scan does with each field of a row.
struct ScanPlan: Sendable {
  enum FieldUse: UInt8 {
    /// Only quoting and encoding are checked.
    case skip
    case text
    case number
    case integer

    /// A number if every cell is one; from the first that is not on the column is skipped and marked.
    case probe
  }

  struct Field: Sendable {
    var name: String
    var use: FieldUse
    var allowsMissing: Bool
    var allowsNonFinite = false

    /// Which column of numbers or of text the field's cells go to.
    var slot = 0
  }

  let file: String
  private(set) var fields: [Field]
  private(set) var numberColumns = 0
  private(set) var textColumns = 0

  init(file: String, fields: [Field]) {
    self.file = file
    self.fields = fields
    for k in fields.indices {
      switch fields[k].use {
      case .skip: break
      case .text:
        self.fields[k].slot = textColumns
        textColumns += 1
      case .number, .integer, .probe:
        self.fields[k].slot = numberColumns
        numberColumns += 1
      }
    }
  }
}
