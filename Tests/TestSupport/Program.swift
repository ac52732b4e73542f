import Dispatch
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
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try path())
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, own in own }
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.standardInput = try handle(FileHandle(forReadingAtPath: inputPath))
    process.standardOutput = try handle(FileHandle(forWritingAtPath: outputPath))
    process.standardError = try handle(FileHandle(forWritingAtPath: errorsPath))
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    ended.wait()
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .uncaughtSignal ? -status : status,
      bytes: Array(try Data(contentsOf: URL(fileURLWithPath: outputPath))),
      errors: try files.read("errors"))
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

  private static func handle(_ handle: FileHandle?) throws -> FileHandle {
    guard let handle else { throw Failure(description: "a temporary file cannot be opened") }
    return handle
  }
}
