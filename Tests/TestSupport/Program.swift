import Foundation
import LinearAlgebra

/// The built `pophealth`, run as a user runs it.
public enum Program {
  /// What a run left behind.
  public struct Outcome: Sendable {
    /// The exit code; a negative number is the signal that ended the program.
    public let status: Int32
    /// Standard output, byte by byte.
    public let bytes: [UInt8]
    /// Standard error.
    public let errors: String

    /// Standard output as text.
    public var output: String { String(decoding: bytes, as: UTF8.self) }
    /// The lines of standard output.
    public var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  /// The program was not built, or could not be started.
  public struct Failure: Error, CustomStringConvertible {
    /// What was looked for and where.
    public let description: String
  }

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: what follows `pophealth` on the command line.
  ///   - input: what stands on standard input.
  ///   - environment: variables to add to those of the test or to replace.
  ///   - folder: the working folder; the test's own without it.
  public static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    in folder: String? = nil
  ) throws -> Outcome {
    // Files in place of pipes: no child that another test starts at the same moment can hold them open.
    let files = try TemporaryFolder()
    let inputPath = try files.write("input", input)
    let outputPath = try files.write("output", "")
    let errorsPath = try files.write("errors", "")
    // While the BLAS library is set up it sees one more variable, which no program that is started here should inherit.
    _ = OpenBLAS.coreName
    let status = try spawn(
      try path(), arguments, [inputPath, outputPath, errorsPath],
      ProcessInfo.processInfo.environment.merging(environment) { _, own in own }, folder)
    return Outcome(
      status: status, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: outputPath))),
      errors: try files.read("errors"))
  }

  /// Starts a program with three files as its standard streams and waits for its end.
  ///
  /// Foundation's `Process` is not used: on Linux it now and then reads past the end of a directory entry and ends the tests.
  private static func spawn(
    _ program: String, _ arguments: [String], _ streams: [String], _ environment: [String: String], _ folder: String?
  ) throws -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, stream) in streams.enumerated() {
      posix_spawn_file_actions_addopen(&actions, Int32(number), stream, number == 0 ? O_RDONLY : O_WRONLY, 0)
    }
    // The shell goes to the folder and then becomes the program.
    let shell = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0] } ?? []
    let command = shell + [program] + arguments
    let words = command.map { strdup($0) } + [nil]
    let settings = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    var child: pid_t = 0
    let trouble = posix_spawn(&child, command[0], &actions, nil, words, settings)
    guard trouble == 0 else {
      throw Failure(description: "\(command[0]) cannot be started: \(String(cString: strerror(trouble)))")
    }
    var ended: Int32 = 0
    while waitpid(child, &ended, 0) == -1 {
      guard errno == EINTR else {
        throw Failure(description: "\(program) cannot be waited for: \(String(cString: strerror(errno)))")
      }
    }
    let signal = ended & 0x7f
    return signal == 0 ? (ended >> 8) & 0xff : -signal
  }

  /// The path of the built program: it stands beside the test bundle in the build folder.
  public static func path() throws -> String {
    let places = [CommandLine.arguments.first, executable(), Bundle.main.bundlePath].compactMap(\.self)
    for place in places {
      var folder = URL(fileURLWithPath: place).resolvingSymlinksInPath()
      while folder.path != "/" {
        folder.deleteLastPathComponent()
        let candidate = folder.appendingPathComponent("pophealth")
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder),
          !isFolder.boolValue,
          FileManager.default.isExecutableFile(atPath: candidate.path)
        {
          return candidate.path
        }
      }
    }
    throw Failure(description: "no built pophealth in a parent folder of \(places)")
  }

  private static func executable() -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  }
}
