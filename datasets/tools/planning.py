"""The West Kent footprint and the project's what-if scenarios."""

from .codes import SEVENOAKS, WEST_KENT_DISTRICTS
from .package import Package, field, github, key, read, single_ages, whole

LEVER = "what-if lever of this project, not an official variant"


def footprint(folder):
    ages, cells, told = single_ages(90), {}, {}
    for r in read(folder, "geography/lsoa-population-by-age-west-kent-2019-2020.csv.gz"):
        if r["year"] == "2019":
            cells[r["lsoa11cd"], "90+" if r["age"] == "90" else r["age"]] = whole(r["population"])
            told[r["lsoa11cd"]] = (r["lad19cd"], int(r["in_west_kent_ccg"]))
    rows = [[lsoa, *told[lsoa], *(cells[lsoa, a] for a in ages)] for lsoa in sorted(told)]
    inside = [r for r in rows if r[2] == 1]
    sevenoaks = [r for r in rows if r[1] == SEVENOAKS]
    figures = (len(rows), len(inside), sum(r[2] for r in sevenoaks), len(sevenoaks),
               sum(sum(r[3:]) for r in inside), sorted({r[1] for r in rows}))
    if figures != (309, 278, 43, 74, 495068, WEST_KENT_DISTRICTS):
        raise ValueError(f"footprint: {figures}")
    return Package(
        "west-kent-footprint", "West Kent footprint: population of small areas by age, mid-2019",
        "Residents at 30 June 2019 by single year of age, 90 and over open, for each of the 309 LSOAs (2011) of "
        "Maidstone, Sevenoaks, Tonbridge and Malling and Tunbridge Wells, with a mark for the 278 that formed the "
        "footprint of NHS West Kent CCG (99J).",
        "ONS small-area estimates of mid-2019, before rebasing to Census 2021; LSOAs of 2011, districts of 2019",
        [github("humaniverse/demographr", "d0417101", "ONS LSOA population estimates by single year of age"),
         github("jtrim-ons/ons-lookups", "85d0ba6e", "lookup of LSOAs (2011) to clinical commissioning groups"),
         github("humaniverse/IMD", "2f6c9050", "LSOAs (2011) with CCG and district of 2019")],
        ["Inside: all of Maidstone (95 LSOAs), Tonbridge and Malling (72) and Tunbridge Wells (68), and 43 of 74 of "
         "Sevenoaks: 495,068 residents. The other 31 LSOAs of Sevenoaks (48,385 people) belonged to NHS Dartford, "
         "Gravesham and Swanley CCG.",
         "No division by sex: a share of Sevenoaks made from it is the same for women and men.",
         "The LSOAs of each district add up to its mid-2019 population in components-of-change (original series). "
         "Use shares by age with the rebased series, not the counts."], "original",
    ).add("lsoa", [
        key("lsoa", "code of the lower-layer super output area (2011)"),
        key("district", "code of its district (2019)"),
        field("in_footprint", "integer", "1 inside the footprint of NHS West Kent CCG, 0 outside", required=True,
              minimum=0, maximum=1),
        *(field(a, "number", f"residents aged {a} at 30 June 2019", "people", required=True, minimum=0) for a in ages),
    ], ["lsoa"], rows)


def scenarios(_):
    def row(name, title, component, operation, value):
        return [name, title, component, None, None, None, None, None, operation, value, LEVER]

    share = "add-share-of-magnitude"
    rows = sorted([
        row("high-fertility", "Fertility rates 10% higher", "fertility", "multiply", 1.1),
        row("low-fertility", "Fertility rates 10% lower", "fertility", "multiply", 0.9),
        row("high-mortality", "Death rates 10% higher", "mortality", "multiply", 1.1),
        row("low-mortality", "Death rates 10% lower", "mortality", "multiply", 0.9),
        row("high-migration", "More come and fewer leave: net migration at each age higher by 10% of its size",
            "migration", share, 0.1),
        row("low-migration", "Fewer come and more leave: net migration at each age lower by 10% of its size",
            "migration", share, -0.1),
        row("zero-net-migration", "No net migration", "migration", "set", 0),
        row("short-migration-window", "Migration of the last 5 years", "migration-window", "set", 5),
        row("long-migration-window", "Migration of the last 15 years", "migration-window", "set", 15),
    ])
    return Package(
        "scenarios", "Named what-if scenarios",
        "Round what-if levers of this project for fertility, mortality and migration. They are not the variants that "
        "ONS publishes, and carry no probability.",
        "2026", [{"title": "made for this project", "path": "datasets/tools/planning.py"}],
        ["An empty sex, age or year means any. Rows of the same scenario apply in the order of the file.",
         "add-share-of-magnitude adds value × |net flow| to each net flow, so a loss shrinks in high-migration and "
         "grows in low-migration: multiplying a net flow would turn a loss the other way.",
         "migration-window sets the number of years up to the base that the migration assumption is made from."],
        licenses=[{"name": "CC0-1.0", "title": "Creative Commons CC0 1.0 Universal",
                   "path": "https://creativecommons.org/publicdomain/zero/1.0/"}],
    ).add("scenarios", [
        key("scenario", "name of the scenario"), key("title", "the scenario in words"),
        key("component", "what it changes", enum=["fertility", "mortality", "migration", "migration-window"]),
        field("sex", "string", "sex that it applies to; empty = any", enum=["female", "male"]),
        field("age_from", "integer", "first age that it applies to; empty = any", minimum=0),
        field("age_to", "integer", "last age that it applies to; empty = any", minimum=0),
        field("year_from", "integer", "first step (mid-year at its start); empty = any"),
        field("year_to", "integer", "last step (mid-year at its start); empty = any"),
        key("operation", "how value changes the component: multiply, add, set (the value instead), "
            "add-share-of-magnitude (add value × |figure|)",
            enum=["multiply", "add", "set", "add-share-of-magnitude"]),
        field("value", "number", "factor, amount, share or number of years, as the operation asks", required=True),
        key("source", "where the row comes from"),
    ], ["scenario", "component"], rows)
