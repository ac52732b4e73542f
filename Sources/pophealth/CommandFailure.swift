#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import Tables

/// Why a command ends without its result.
enum CommandFailure: Error {
  /// The data are wrong: exit code 1. Every problem has a line of its own.
  case wrongData(String)
  /// The command is wrong: exit code 2.
  case wrongCommand(String)

  /// Says what is wrong on standard error and ends the program.
  func exit() -> Never {
    switch self {
    case .wrongData(let text):
      StandardError.write(text)
      endProcess(1)
    case .wrongCommand(let text):
      StandardError.write(text)
      endProcess(2)
    }
  }
}

/// Runs `make`; what it refuses is a matter of the data: exit code 1, the message behind `prefix`.
func checkingData<Value, Refusal: Error & CustomStringConvertible>(
  _ prefix: String = "", _ make: () throws(Refusal) -> Value
) throws -> Value {
  do throws(Refusal) { return try make() } catch {
    throw CommandFailure.wrongData(prefix + error.description)
  }
}

/// Runs `make`; what it refuses is a matter of the command: exit code 2, the message behind `prefix`.
func checkingCommand<Value, Refusal: Error & CustomStringConvertible>(
  _ prefix: String = "", _ make: () throws(Refusal) -> Value
) throws -> Value {
  do throws(Refusal) { return try make() } catch {
    throw CommandFailure.wrongCommand(prefix + error.description)
  }
}

/// Standard error: messages, notes and progress, never results.
enum StandardError {
  static func write(_ text: String) {
    // Nobody is left to tell where standard error itself cannot be written.
    try? AtomicFile.write(Array((text + "\n").utf8), to: "/dev/stderr")
  }

  /// A remark that does not stop the command: one line each.
  static func note(_ text: String) { write("note: " + text) }
}

private func endProcess(_ code: Int32) -> Never { exit(code) }
