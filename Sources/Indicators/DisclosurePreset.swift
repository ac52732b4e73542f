/// A rule of small numbers that a publisher has laid down, with where and when.
public struct DisclosurePreset: Sendable, Hashable {
  /// The word that commands use: `ons-deaths`.
  public let name: String
  /// What it is for.
  public let title: String
  /// What it asks for.
  public let rule: DisclosureRule
  /// Who laid it down and in which document.
  public let source: String
  /// When, as year or year and month.
  public let date: String

  /// The presets that come with the package.
  ///
  /// `ons-deaths`: the policy that took the place of that of 2006 when the Data Protection Act 2018 came into force.
  /// `nhs-hes`: figures from September 2018 on; it holds below national level. `nchs` is the standard of rates and counts;
  /// it tells what is reliable, not what identifies people, and that of proportions (series 2, number 175, 2017), with
  /// 30 people and absolute widths, is another.
  public static let all: [DisclosurePreset] = [
    DisclosurePreset(
      name: "ons-deaths", title: "Deaths in England and Wales: counts of 1 and 2",
      rule: DisclosureRule(suppressedCounts: 1...2),
      source: "Office for National Statistics, Policy on protecting confidentiality in tables of birth and death "
        + "statistics",
      date: "2018"),
    DisclosurePreset(
      name: "ons-deaths-1-4", title: "Deaths in England and Wales: counts of 1 to 4, where 3 and 4 are to go as well",
      rule: DisclosureRule(suppressedCounts: 1...4),
      source: "Office for National Statistics, Policy on protecting confidentiality in tables of birth and death "
        + "statistics",
      date: "2018"),
    DisclosurePreset(
      name: "nhs-hes",
      title: "Hospital activity in England below national level: 1 to 7 suppressed, others to the nearest 5, zero kept",
      rule: DisclosureRule(suppressedCounts: 1...7, roundingBase: 5),
      source: "NHS Digital, Disclosure control methodology for Hospital Episode Statistics (HES) and Emergency Care "
        + "Data Set (ECDS)",
      date: "2018-09"),
    DisclosurePreset(
      name: "nchs",
      title: "Reliable rates and counts, USA: numerator and denominator of 10, a 95% interval within 160% of it",
      rule: DisclosureRule(suppressedCounts: 0...9, smallestDenominator: 10, widestRelativeInterval: 1.6),
      source: "National Center for Health Statistics, Data presentation standards for rates and counts, Vital and "
        + "Health Statistics, series 2, number 200",
      date: "2023"),
  ]

  /// The preset of a name, without regard to case; `nil` for an unknown one.
  ///
  /// - Complexity: O(the number of presets).
  public static func named(_ name: String) -> DisclosurePreset? { all.first { $0.name == name.lowercased() } }
}
