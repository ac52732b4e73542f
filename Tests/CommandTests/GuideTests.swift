import Foundation
import TestSupport
import Testing

/// Every command that the README and the guides show prints what they show.
@Suite struct GuideTests {
  /// A command and the lines that a text shows under it.
  struct Shown: CustomTestStringConvertible, Sendable {
    let file: String
    let command: [String]
    let lines: [String]

    var testDescription: String { "\(file): \(command.joined(separator: " "))" }
  }

  static let checkout = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func commands() -> [Shown] {
    let guides = checkout.appendingPathComponent("notebooks-docs")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: guides.path)) ?? []
    let files =
      [checkout.appendingPathComponent("README.md")]
      + names.filter { $0.hasSuffix(".md") }.sorted().map { guides.appendingPathComponent($0) }
    return files.flatMap(blocks)
  }

  static func blocks(of file: URL) -> [Shown] {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    var result: [Shown] = []
    var inside = false
    var command: [String]?
    var lines: [String] = []
    func close() {
      if let command { result.append(Shown(file: file.lastPathComponent, command: command, lines: lines)) }
      command = nil
      lines = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if inside, line.hasPrefix("$ ") || line == "```" {
        close()
        if line == "```" { inside = false }
        if line.hasPrefix("$ pophealth ") {
          command = words(line.dropFirst("$ pophealth ".count))
        }
      } else if command != nil {
        lines.append(line)
      } else if line == "```console" {
        inside = true
      }
    }
    return result
  }

  /// The words of a line as a shell reads them: blanks between quotation marks belong to the word.
  static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in line {
      switch character {
      case quote: quote = nil
      case "'" where quote == nil, "\"" where quote == nil:
        quote = character
        word = word ?? ""
      case " " where quote == nil:
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(character)
      }
    }
    return words + [word].compactMap(\.self)
  }

  @Test("Quoted words of a command stay whole")
  func quoted() {
    #expect(Self.words("regress 'y ~ a + b' --data x.csv") == ["regress", "y ~ a + b", "--data", "x.csv"])
    #expect(Self.words("a  \"b 'c' d\"e ''") == ["a", "b 'c' de", ""])
  }

  @Test("There are commands in the README and in every guide that promises figures")
  func found() {
    let files = Set(Self.commands().map(\.file))
    #expect(files.contains("README.md"))
    #expect(files.count >= 4)
  }

  @Test("A command prints what the text shows under it", arguments: commands())
  func prints(shown: Shown) throws {
    let run = try Program.run(shown.command, in: Self.checkout.path)
    let output = run.output + (run.status == 0 ? "" : run.errors)
    var found = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if found.last == "" { found.removeLast() }
    if let cut = shown.lines.firstIndex(of: "…") {
      let tail = shown.lines[(cut + 1)...]
      #expect(Array(found.prefix(cut)) == Array(shown.lines[..<cut]))
      #expect(Array(found.suffix(tail.count)) == Array(tail))
    } else {
      #expect(found == shown.lines)
    }
  }
}
