"""The package `areas`: codes, names, what a former code became, and named groups of districts."""

import re

from . import codes
from .codes import ENGLAND, KENT, KENT_AND_MEDWAY, KENT_DISTRICTS, MEDWAY, WEST_KENT
from .package import Package, field, github, key, read, whole

DISTRICTS = "population/mid-year-estimates-english-districts-2000-2023.csv.gz"
# Source files that hold codes of other boundary years: file and its column of codes.
CODED_FILES = [
    ("population/components-of-change-2002-2019.csv", "area_code"),
    ("vital-events/births-by-mother-age-districts-2018.csv", "area_code"),
    ("vital-events/deaths-population-by-district-age-sex-2015.csv", "area_code"),
    ("geography/lsoa-imd-2019-england.csv.gz", "lad19cd"),
    ("indicators/ons-health-index-districts-2015-2021.csv", "ltla21_code"),
    ("indicators/qof-2019-20-prevalence-districts-modelled.csv", "area_code"),
    ("indicators/health-indicators-english-areas.csv.gz", "area_code"),
    ("indicators/fingertips-smoking-2013-2023.csv", "area_code"),
    ("indicators/fingertips-sample-england-north-west-2018-2024.csv.gz", "area_code"),
]
REGISTERS = "indicators/qof-prevalence-ccg-2014-2019.csv.gz"
SMOKERS = "indicators/fingertips-smoking-2013-2023.csv"
KINDS = ["country", "region", "county", "unitary", "district", "metropolitan-district", "london-borough", "footprint",
         "former-district", "former-county", "former-health", "later-district"]
NO_COMMA = {"E06000010": "Kingston upon Hull", "E06000019": "Herefordshire", "E06000023": "Bristol"}


def slug_of(name):
    plain = name.lower().replace("'", "").replace(".", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def hierarchy(districts):
    """The parent of each district: its county, else its region; Kent's counties and districts as they were."""
    parents = {}
    for county, (_, region, first, last, later) in codes.COUNTIES.items():
        for number in [*range(first, last + 1), *later]:
            if f"E0700{number:04}" in districts:
                parents[f"E0700{number:04}"] = county
    for region, (_, members) in codes.REGIONS.items():
        for code in members:
            if code in parents or code not in districts:
                raise ValueError(f"{code} of {region} twice or unknown")
            parents[code] = region
    if set(parents) != set(districts):
        raise ValueError(f"no parent: {sorted(set(districts) - set(parents))}")
    return parents


def members_of(parents):
    """The districts of each county and region."""
    members = {}
    for code, parent in parents.items():
        members.setdefault(parent, []).append(code)
        if parent in codes.COUNTIES:
            members.setdefault(codes.COUNTIES[parent][1], []).append(code)
    return members


def verify_hierarchy(folder, parents, rows):
    """The smokers of each county and region are those of its districts, exactly."""
    found = {}
    for r in read(folder, SMOKERS):
        found.setdefault(r["period"], {})[r["area_code"]] = r["count"] and whole(r["count"])
    members = members_of(parents)
    for period, kinds in (("2021/22", ("E10", "E12")), ("2022/23", ("E10",))):
        totals = {}
        for code, count in found[period].items():
            current = (rows[code][6] or code) if code in rows else code
            if code[:3] in ("E06", "E07", "E08", "E09"):
                for area in members:
                    if current in members[area]:
                        totals[area] = totals.get(area, 0) + count
        for area, count in found[period].items():
            if area[:3] in kinds and area in members and totals[area] != count:
                raise ValueError(f"{area} {period}: {totals[area]} smokers of its districts, {count} of its own")


def commissioning_groups(folder, rows):
    """Codes that stand with the registers and are not yet in the table: name, short code, last mid-year."""
    found = {}
    for r in read(folder, REGISTERS):
        # The file of 2018/19 holds the groups of April 2019.
        found[r["ccg_ons_code"]] = (r["ccg_name"], r["ccg_code"], int(r["year"][:4]) + 1)
    small = {"And": "and", "Of": "of", "On": "on", "With": "with", "The": "the", "Nhs": "NHS", "Ccg": "CCG"}
    for code in sorted(found, key=lambda c: (-found[c][2], c)):
        name, short, last = found[code]
        if name == name.upper():
            name = " ".join(small.get(w, w) for w in name.title().replace("'S", "'s").split())
        name = name.replace("Clinical Commissioning Group", "CCG").replace(" & ", " and ")
        name = " ".join((name if name.endswith("CCG") else name + " CCG").split())
        if code not in rows:
            yield code, short, name, last


def area_rows(folder):
    districts = {r["area_code"]: r["area_name"] for r in read(folder, DISTRICTS) if r["area_code"] != ENGLAND}
    if len(districts) != 296:
        raise ValueError(f"{len(districts)} districts in place of 296")
    rows, taken = {}, set()

    def add(code, name, kind, parent, year, successor="", slug=None, aliases=""):
        slug = slug or slug_of(name)
        if slug in taken:
            slug += f"-{'from' if kind == 'later-district' else 'to'}-{year}"
        if slug in taken or code in rows:
            raise ValueError(f"{code} {slug} twice")
        if successor and successor not in rows:
            raise ValueError(f"{code}: successor {successor} is not a current area")
        taken.add(slug)
        rows[code] = [code, slug, name, kind, parent, year, successor, aliases or codes.ALIASES.get(code, "")]

    parents = hierarchy(districts)
    add(ENGLAND, "England", "country", "", 2023)
    for code, (name, _) in codes.REGIONS.items():
        add(code, name, "region", ENGLAND, 2023)
    add(KENT_AND_MEDWAY, "Kent and Medway", "footprint", "E12000008", 2023)
    for code, (name, region, *_) in codes.COUNTIES.items():
        add(code, name, "county", KENT_AND_MEDWAY if code == KENT else region, 2023)
    add(WEST_KENT, "West Kent", "footprint", KENT_AND_MEDWAY, 2019)
    for code, name in sorted(districts.items()):
        parent = KENT_AND_MEDWAY if code == MEDWAY else parents[code]
        add(code, name, codes.KINDS[code[:3]], parent, 2023, slug=slug_of(NO_COMMA.get(code, name)))
    for successor, (last, members) in codes.FORMER_DISTRICTS.items():
        for code, name in members:
            add(code, name, "former-district", ENGLAND, last, successor)
    for code, name, last, successor in codes.FORMER_TWICE:
        add(code, name, "former-district", ENGLAND, last, successor)
    for code, name, first, stands_for in codes.LATER_DISTRICTS:
        add(code, name, "later-district", ENGLAND, first, stands_for)
    for code, name, last, successor in codes.FORMER_COUNTIES:
        add(code, name, "former-county", ENGLAND, last, successor)
    for code, short, name, last in codes.FORMER_HEALTH:
        add(code, name, "former-health", ENGLAND, last, KENT_AND_MEDWAY, aliases=short)
    for code, short, name, last in list(commissioning_groups(folder, rows)):
        add(code, name, "former-health", ENGLAND, last, aliases=short)
    verify_hierarchy(folder, parents, rows)

    for path, column in CODED_FILES:
        for code in sorted({r[column] for r in read(folder, path)}):
            if code[:3] in ("E06", "E07", "E08", "E09", "E10"):
                if code not in rows:
                    raise ValueError(f"{path}: {code} is not in the table of codes")
    return [rows[code] for code in sorted(rows)], sorted(districts), members_of(parents)


def group_rows(districts, rows, members):
    slugs = {row[0]: row[1] for row in rows}
    larger = [(slugs[area], code, "") for area in members if area != KENT for code in members[area]]
    west = [("west-kent", code, "west-kent-footprint" if code == codes.SEVENOAKS else "")
            for code in codes.WEST_KENT_DISTRICTS]
    return sorted(
        [("england", code, "") for code in districts] + [("kent", code, "") for code in KENT_DISTRICTS]
        + [("kent-and-medway", code, "") for code in KENT_DISTRICTS + [MEDWAY]] + west + larger)


def health_rows(rows):
    names = {row[0]: row[2] for row in rows}
    return sorted((ccg, names[ccg], codes.PLACES[ccg], KENT_AND_MEDWAY) for ccg in codes.PLACES)


def make(folder):
    rows, districts, members = area_rows(folder)
    package = Package(
        "areas", "Areas of England: codes, names, successors and groups",
        "The 296 districts of England on the boundaries of 2023, the counties and regions that they make up, Kent and "
        "Medway, the West Kent footprint and England; the former codes that the other packages and common public "
        "files use, with the area that took "
        "their place; and named groups of districts.",
        "Boundaries of 30 June 2023; former codes back to 2011, later codes of April 2025",
        [github("The-Strategy-Unit/aging_pop_web_app", "b964ab32",
                "ONS district names and codes of 2023, branch gh-pages, data/pyramid, variant v0"),
         github("humaniverse/IMD", "2f6c9050", "codes and names of the clinical commissioning groups of 2019"),
         github("robcalvertjump/HFDI", "176d6337", "codes and names of the commissioning groups of 2014/15 to 2019/20"),
         github("HealthEquityEvidenceCentre/HEEC", "8a7205b2", "counties and regions: sums of their districts"),
         {"title": "ONS Code History Database and the structural-change and boundary-change orders 2012 to 2025 "
                   "(former codes and successors)",
          "path": "https://geoportal.statistics.gov.uk"}],
        ["Counties and regions are checked against the package smoking: the smokers of each are those of its "
         "districts. Kent and Medway stands between Kent and the South East.",
         "The last mid-year of a clinical commissioning group is that of the last registers it stands in "
         "(qof-registers); where a code changed with a boundary both codes are here.",
         "A successor is the current area that took the whole former area over; it may be much larger, so figures "
         "of the two are not interchangeable. It is left blank where a county was divided between several "
         "authorities (Cumbria, Dorset, Northamptonshire).",
         "Barnsley and Sheffield got new codes in April 2025 (kind later-district, successor = the 2023 code).",
         "Kent and Medway uses the code of NHS Kent and Medway Integrated Care Board (E54000032, QKS).",
         "West Kent uses the code of the former NHS West Kent CCG (E38000199, 99J): Maidstone, Tonbridge and "
         "Malling, Tunbridge Wells and the southern 43 of 74 LSOAs (2011) of Sevenoaks.",
         "Where a former name is still in use the slug of the former area ends in -to-YEAR (of a later one "
         "-from-YEAR)."])
    package.add("areas", [
        key("code", "official code (nine characters)"),
        key("slug", "name for use on a command line: lower-case letters, digits and hyphens, unique"),
        key("name", "official name"), key("kind", "kind of area", enum=KINDS),
        field("parent", "string", "code of the next larger area of this table; empty for England"),
        field("boundary_year", "integer", "year of the boundaries: 2023 for current areas, the last mid-year "
              "(30 June) in force for former ones, the first for later ones", required=True),
        field("successor", "string", "code of the area of the 2023 boundaries that stands in the place of this one"),
        field("aliases", "string", "other names and codes in use, separated by |"),
    ], ["code"], rows)
    package.add("groups", [
        key("group", "slug of the group, the same as the slug of the area that it makes up"),
        key("member", "code of a member district"),
        field("weights", "string", "empty: the whole district belongs to the group; otherwise the name of the data "
              "package that tells which share of the district, by age, belongs to it"),
    ], ["group", "member"], group_rows(districts, rows, members))
    package.add("health", [
        key("group", "code of a clinical commissioning group of Kent and Medway"), key("name", "its name"),
        field("place", "string", "place of the health and care partnership that it became; empty for the group of the "
              "whole county"),
        key("system", "code of the integrated care system"),
    ], ["group"], health_rows(rows))
    return package
