import Datasets
import Demography
import Tables
import Testing

@Suite struct AreaRegistryTests {
  private static let registry = try? AreaRegistry(Figures.folder)

  private func registry() throws -> AreaRegistry { try #require(Self.registry) }

  private func resolve(_ name: String) throws -> [Footprint] {
    try registry().footprints(named: name)
  }

  @Test("every district is found by code, short name and name, in any case")
  func districts() throws {
    let registry = try registry()
    let codes = try resolve("english-districts").map(\.area.code)
    #expect(codes.count == 296)
    #expect(Set(codes).count == 296)
    for code in codes {
      let entry = try #require(registry.entry(named: code))
      #expect(entry.code == code && !entry.isOfOtherBoundaries)
      for name in [entry.slug, entry.name, code.lowercased(), entry.name.uppercased()] {
        #expect(registry.entry(named: name)?.code == code, "\(name)")
      }
      let whole = Footprint(area: entry.area, parts: [Footprint.Part(areaCode: code)])
      #expect(try resolve(entry.slug) == [whole])
    }
  }

  @Test("slugs and codes name one area each")
  func unique() throws {
    let entries = try registry().entries
    #expect(Set(entries.map(\.code)).count == entries.count)
    #expect(Set(entries.map(\.slug)).count == entries.count)
  }

  @Test("groups are their districts")
  func groups() throws {
    let england = try #require(resolve("england").first)
    #expect(england.parts.count == 296 && !england.isApportioned)
    #expect(england.area.code == "E92000001")
    let kent = try #require(resolve("Kent").first)
    #expect(Set(kent.parts.map(\.areaCode)) == Set(Figures.kentAndMedway.dropLast().map(\.code)))
    let both = try #require(resolve("kent-and-medway").first)
    #expect(Set(both.parts.map(\.areaCode)) == Set(Figures.kentAndMedway.map(\.code)))
    let each = try resolve("english-districts")
    #expect(each.count == 296)
    #expect(each.allSatisfy { $0.parts == [Footprint.Part(areaCode: $0.area.code)] })
    #expect(try resolve("ENGLISH-districts").count == 296)
  }

  @Test("west Kent is three districts whole and Sevenoaks by age")
  func westKent() throws {
    let footprint = try #require(resolve("west-kent").first)
    #expect(
      footprint.parts.filter { $0.shares == nil }.map(\.areaCode).sorted()
        == ["E07000110", "E07000115", "E07000116"])
    let sevenoaks = try #require(footprint.parts.first { $0.shares != nil })
    #expect(sevenoaks.areaCode == "E07000111")
    let shares = try #require(sevenoaks.shares)
    #expect(shares.count == 91)
    #expect(shares.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(Set(shares).count > 80)
  }

  @Test("unknown names suggest what may be meant")
  func unknown() throws {
    for (name, meant) in [
      ("maidstne", "maidstone"), ("west-knt", "west-kent"), ("tunbridge-well", "tunbridge-wells"),
      ("E07000999", "E07"),
    ] {
      do {
        _ = try resolve(name)
        Issue.record("\(name) was found")
      } catch AreaError.unknown(let found, let nearest) {
        #expect(found == name)
        // A mistyped code is answered with codes and their names, a mistyped name with names.
        #expect(
          nearest.contains(meant)
            || nearest.allSatisfy { $0.hasPrefix(meant) && $0.dropFirst(9).hasPrefix(" (") && $0.hasSuffix(")") })
        #expect(nearest.count <= 3 && !nearest.isEmpty)
        #expect(AreaError.unknown(name: found, nearest: nearest).description.contains("did you mean"))
      }
    }
    do {
      _ = try resolve("zzzzzzzzzzzzzzzzzzzzzzzz")
      Issue.record("nonsense was found")
    } catch AreaError.unknown(_, let nearest) {
      #expect(nearest.isEmpty)
    }
  }

  @Test("areas of earlier boundaries are refused and name their successor")
  func former() throws {
    let registry = try registry()
    for (name, successor) in [
      ("E07000004", "E06000060"), ("aylesbury-vale", "E06000060"), ("E06000028", "E06000058"),
      ("E07000097", "E07000242"),
    ] {
      do {
        _ = try resolve(name)
        Issue.record("\(name) was taken for an area of today")
      } catch AreaError.otherBoundaries(_, let area, let found) {
        #expect(area.isOfOtherBoundaries)
        #expect(found?.code == successor)
        let message = AreaError.otherBoundaries(name: name, area: area, successor: found).description
        #expect(message.contains(successor))
      }
    }
    let former = registry.entries.filter { $0.kind == "former-district" }
    #expect(former.count == 48)
    for entry in former {
      let successor = try #require(entry.successor.flatMap { registry.entry(named: $0) }, "\(entry.code)")
      #expect(!successor.isOfOtherBoundaries)
      #expect(throws: AreaError.self) { try resolve(entry.code) }
    }
  }
}
