"""Deaths by age of the districts, and national life tables."""

from .package import (AREA, SEX, SEXES, Package, age_order, complete, field, github, key, read, whole)

BANDS = [f"{lower}-{lower + 4}" for lower in range(0, 90, 5)] + ["90+"]


def deaths(folder):
    raw = read(folder, "vital-events/deaths-population-by-district-age-sex-2015.csv")
    rows = [[r["area_code"], r["sex"], r["age_group"], whole(r["population"]), whole(r["deaths"])] for r in raw]
    rows.sort(key=lambda r: (r[0], r[1], age_order(r[2])))
    return Package(
        "deaths-by-age-2014-15", "Deaths and population by age: districts of England and Wales, mid-2014 to mid-2015",
        "Deaths registered between mid-2014 and mid-2015 and residents at mid-2015 by sex and five-year age band, "
        "0–4 to 90 and over.",
        "ONS deaths of mid-2014 to mid-2015 with mid-2015 estimates as first published; boundaries of 2015",
        [github("JonMinton/danny_elderly_mort", "0250abef", "ONS deaths and mid-2015 population by local authority")],
        ["The year of the deaths runs from mid-2014 to mid-2015, while the population is that of its end.",
         "Codes are those of 2015, 326 English districts and 22 Welsh ones; the package areas leads English codes to "
         "their successors. Welsh codes are not in the package areas.",
         "Deaths of each Kent district, of Medway and of England equal those of the year 2015 in the package "
         "components-of-change. The population is the first publication of mid-2015, before it was "
         "revised: against the components it is 1,316 people more in Medway and between 369 fewer and 584 more in the "
         "Kent districts; England is the same.",
         "The four districts of West Kent: 4,599 deaths. The first band is 0–4, so infants cannot be told apart."],
        "original",
    ).add("deaths", [
        AREA, SEX, key("age", "five-year band of completed years; 90+ is open"),
        field("population", "number", "residents at 30 June 2015", "people", required=True, minimum=0),
        field("deaths", "number", "deaths registered between mid-2014 and mid-2015", "deaths", required=True,
              minimum=0),
    ], ["area", "sex", "age"], rows,
        [complete(["area", "sex"], "age", BANDS), complete(["area", "age"], "sex", SEXES)])


def life_tables(folder):
    raw = read(folder, "vital-events/life-tables-england-wales-1980-2018.csv")
    rows = [[r["period"], int(r["period"][:4]), r["sex"], r["age"],
             *(float(r[name]) for name in ("mx", "qx", "lx", "dx", "ex"))] for r in raw]
    rows.sort(key=lambda r: (r[0], r[2], int(r[3])))
    return Package(
        "life-tables-england-wales", "National life tables: England and Wales, 1980–82 to 2016–18",
        "Period life tables of three calendar years each, by sex and single year of age 0 to 100.",
        "ONS national life tables, to 2016–18",
        [github("OxfordDemSci/Excess-Deaths", "e0ba2db4", "ONS national life tables, England and Wales")],
        ["Periods overlap: each covers three calendar years and begins a year after the one before.",
         "Age 100 is the last row printed, not an open group: m and q are those of the single age 100, e is the "
         "expectation of all who reach it.",
         "Figures are printed with six decimals (m, q), one (l, d) and two (e): l(x+1) = l(x) − d(x) holds to 0.1."],
    ).add("life-tables", [
        key("period", "the three calendar years, FIRST-LAST"),
        field("first_year", "integer", "first calendar year of the period", required=True),
        SEX, key("age", "exact age in years"),
        field("m", "number", "central death rate", "deaths per person and year", required=True, minimum=0),
        field("q", "number", "probability of death between age x and x+1", "probability", required=True, minimum=0,
              maximum=1),
        field("l", "number", "survivors to exact age x of 100,000 births", "people", required=True, minimum=0,
              maximum=100000),
        field("d", "number", "deaths between age x and x+1 of 100,000 births", "deaths", required=True, minimum=0),
        field("e", "number", "period expectation of life at age x", "years", required=True, minimum=0),
    ], ["period", "sex", "age"], rows, [
        complete(["period", "sex"], "age", [str(a) for a in range(101)]),
        complete(["period", "age"], "sex", SEXES),
        {"kind": "no-gap", "by": ["sex", "age"], "column": "first_year"},
    ])
