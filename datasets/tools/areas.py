"""The package `areas`: codes, names, what a former code became, and named groups of districts."""

import re

from . import codes
from .codes import ENGLAND, KENT, KENT_AND_MEDWAY, KENT_DISTRICTS, MEDWAY, WEST_KENT
from .package import Package, field, github, key, read

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
KINDS = ["country", "county", "unitary", "district", "metropolitan-district", "london-borough", "footprint",
         "former-district", "former-county", "former-health", "later-district"]
NO_COMMA = {"E06000010": "Kingston upon Hull", "E06000019": "Herefordshire", "E06000023": "Bristol"}


def slug_of(name):
    plain = name.lower().replace("'", "").replace(".", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


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

    add(ENGLAND, "England", "country", "", 2023)
    add(KENT_AND_MEDWAY, "Kent and Medway", "footprint", ENGLAND, 2023)
    add(KENT, "Kent", "county", KENT_AND_MEDWAY, 2023)
    add(WEST_KENT, "West Kent", "footprint", KENT_AND_MEDWAY, 2019)
    for code, name in sorted(districts.items()):
        parent = KENT if code in KENT_DISTRICTS else KENT_AND_MEDWAY if code == MEDWAY else ENGLAND
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

    for path, column in CODED_FILES:
        for code in sorted({r[column] for r in read(folder, path)}):
            if code[:3] in ("E06", "E07", "E08", "E09", "E10"):
                if code not in rows and code not in codes.STANDING_COUNTIES:
                    raise ValueError(f"{path}: {code} is not in the table of codes")
    return [rows[code] for code in sorted(rows)], sorted(districts)


def group_rows(districts):
    west = [("west-kent", code, "west-kent-footprint" if code == codes.SEVENOAKS else "")
            for code in codes.WEST_KENT_DISTRICTS]
    return sorted(
        [("england", code, "") for code in districts] + [("kent", code, "") for code in KENT_DISTRICTS]
        + [("kent-and-medway", code, "") for code in KENT_DISTRICTS + [MEDWAY]] + west)


def make(folder):
    rows, districts = area_rows(folder)
    package = Package(
        "areas", "Areas of England: codes, names, successors and groups",
        "The 296 districts of England on the boundaries of 2023, Kent, Kent and Medway, the West Kent footprint and "
        "England; the former codes that the other packages and common public files use, with the area that took "
        "their place; and named groups of districts.",
        "Boundaries of 30 June 2023; former codes back to 2011, later codes of April 2025",
        [github("The-Strategy-Unit/aging_pop_web_app", "b964ab32",
                "ONS district names and codes of 2023, branch gh-pages, data/pyramid, variant v0"),
         github("humaniverse/IMD", "2f6c9050", "codes and names of the clinical commissioning groups of 2019"),
         {"title": "ONS Code History Database and the structural-change and boundary-change orders 2012 to 2025 "
                   "(former codes and successors)",
          "path": "https://geoportal.statistics.gov.uk"}],
        ["A successor is the current area that took the whole former area over; it may be much larger, so figures "
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
    ], ["group", "member"], group_rows(districts))
    return package
