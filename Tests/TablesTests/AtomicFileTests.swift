import Tables
import Testing

@Suite("Writing files") struct AtomicFileTests {
  @Test("a file appears whole, replaces what was there and leaves nothing beside it")
  func whole() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/out.csv"
      try AtomicFile.write(Array("first".utf8), to: path)
      try setPermissions(0o600, ofFile: path)
      try AtomicFile.write(Array("second".utf8), to: path)
      #expect(text(ofFile: path) == "second")
      #expect(try permissions(ofFile: path) == 0o600)
      #expect(try contents(of: folder) == ["out.csv"])
    }
  }

  @Test("a symbolic link is followed, a dangling one too")
  func links() throws {
    try withTemporaryFolder { folder in
      try AtomicFile.write(Array("old".utf8), to: folder + "/real")
      try makeLink(at: folder + "/link", to: "real")
      try AtomicFile.write(Array("new".utf8), to: folder + "/link")
      #expect(text(ofFile: folder + "/real") == "new")
      try makeLink(at: folder + "/dangling", to: folder + "/later")
      try AtomicFile.write(Array("made".utf8), to: folder + "/dangling")
      #expect(text(ofFile: folder + "/later") == "made")
      #expect(try contents(of: folder) == ["dangling", "later", "link", "real"])
    }
  }

  @Test("a failure is told and leaves everything as it was")
  func failures() throws {
    try withTemporaryFolder { folder in
      let directory = #expect(throws: Problem.self) { try AtomicFile.write([1], to: folder) }
      #expect(directory?.description == "\(folder): cannot be written: it is a directory; expected a file")
      let missing = #expect(throws: Problem.self) { try AtomicFile.write([1], to: folder + "/no/out") }
      #expect(missing?.message == "cannot be written: there is no folder \(quoted(folder + "/no"))")
      try AtomicFile.write([1], to: folder + "/file")
      #expect(throws: Problem.self) { try AtomicFile.write([1], to: folder + "/file/out") }
      #expect(throws: Problem.self) { try AtomicFile.write([1], to: folder + "/new/") }
      try makeLink(at: folder + "/loop", to: "loop")
      #expect(throws: Problem.self) { try AtomicFile.write([1], to: folder + "/loop") }
      #expect(try contents(of: folder) == ["file", "loop"])
    }
  }

  @Test("a full device is told")
  func fullDevice() {
    let full = #expect(throws: Problem.self) { try AtomicFile.write([1], to: "/dev/full") }
    #expect(full?.message == "cannot be written: no space left on the device")
  }

  @Test("what is no regular file is written to directly")
  func directly() throws {
    try AtomicFile.write([1], to: "/dev/null")
  }
}
