internal import COpenSSL

/// SHA-256 digests (FIPS 180-4) as lower-case hexadecimal digits.
public enum SHA256 {
  /// The digest of bytes in memory.
  ///
  /// - Complexity: O(bytes).
  public static func hex(of bytes: [UInt8]) -> String { ByteView.lend(bytes, hex) }

  /// The digest of a file's bytes.
  ///
  /// - Throws: ``Problem`` when the file cannot be read.
  /// - Complexity: O(bytes); the file is mapped, not copied.
  public static func hex(ofFile path: String) throws(Problem) -> String {
    try MappedFile(path: path, expected: "a file").withBytes(hex)
  }

  private static func hex(of bytes: ByteView) -> String {
    var digest = [UInt8](repeating: 0, count: 32)
    let isDone = EVP_Digest(bytes.buffer.baseAddress, bytes.count, &digest, nil, EVP_sha256(), nil) == 1
    // OpenSSL refuses only where a build or policy leaves SHA-256 out; a made-up digest would pass for a real
    // one.
    precondition(isDone, "OpenSSL offers no SHA-256")
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in digest {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}
