internal import Tables

/// Runs `make`; what the domain refuses becomes a problem of the file that the figures came from.
func inFile<Value, Failure: Error & CustomStringConvertible>(
  _ file: String, _ make: () throws(Failure) -> Value
) throws(Problems) -> Value {
  do throws(Failure) { return try make() } catch {
    throw Problems(Problem(file: file, message: error.description))
  }
}
