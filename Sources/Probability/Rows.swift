/// Runs a C function over a whole column; the one place of this module that lends pointers.
func row(
  _ values: [Double], _ body: (UnsafePointer<Double>?, UnsafeMutablePointer<Double>?, Int) -> Void
) -> [Double] {
  [Double](unsafeUninitializedCapacity: values.count) { output, count in
    values.withUnsafeBufferPointer { input in
      body(input.baseAddress, output.baseAddress, input.count)
    }
    count = values.count
  }
}
