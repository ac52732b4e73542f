"""Mid-year estimates (rebased and original) and components of change."""

from .areas import DISTRICTS
from .codes import ENGLAND, KENT, KENT_DISTRICTS
from .package import (AREA, SEX, SEXES, Package, age, age_order, complete, field, github, midyear_columns, read,
                      single_ages, sum_of_parts, whole)

AGES = single_ages(90)
YEARS = range(2000, 2024)
REBASED = "ONS mid-year estimates to mid-2023; mid-2012 and later rebased to Census 2021"
STRATEGY_UNIT = "The-Strategy-Unit/aging_pop_web_app"
PYRAMID = [github(STRATEGY_UNIT, "b964ab32", "ONS mid-year estimates, branch gh-pages, data/pyramid, variant v0")]
NINETY = ("90+ cells are re-summed from rounded single ages 90 and over, and differ by 1 or 2 in an area from the "
          "published ones.")
TWO_SERIES = ("The rebased and the original series of estimates are never mixed in one calculation: registered births "
              "and deaths are the same in both, population and migration are not.")


def label(text):
    return "90+" if text == "90" else text


def wide(cells, years):
    """Rows area, sex, age, one cell a year from a dictionary of (area, sex, age, year)."""
    keys = {(area, sex, years_old) for area, sex, years_old, _ in cells}
    return [[*k, *(cells[(*k, year)] for year in years)]
            for k in sorted(keys, key=lambda k: (k[0], k[1], age_order(k[2])))]


def long_cells(rows, years):
    """The cells of a long file, with a failure for a cell that comes twice."""
    cells = {}
    for r in rows:
        if int(r["year"]) in years:
            k = (r["area_code"], r["sex"], label(r["age"]), int(r["year"]))
            if k in cells:
                raise ValueError(f"{k} twice")
            cells[k] = whole(r["population"])
    return cells


def fields(years):
    return [AREA, SEX, age(90), *midyear_columns(years)]


ALL_AGES = complete(["area", "sex"], "age", AGES)
ALL_SEXES = complete(["area", "age"], "sex", SEXES)


def kent(folder):
    rows = read(folder, "population/mid-year-estimates-kent-england-2000-2023.csv")
    measures = [str(year) for year in YEARS]
    return Package(
        "mid-year-estimates-kent",
        "Mid-year population estimates: Kent districts, Medway, Kent and England, 2000 to 2023",
        "Residents at 30 June by sex and single year of age, 90 and over open, in the latest series.",
        REBASED, PYRAMID,
        [TWO_SERIES, NINETY, "Mid-2000 to mid-2011 are the estimates as revised after the 2011 Census."], "rebased",
    ).add("population", fields(YEARS), ["area", "sex", "age"], wide(long_cells(rows, YEARS), YEARS), [
        ALL_AGES, ALL_SEXES,
        sum_of_parts(KENT, KENT_DISTRICTS, measures, 8,
                     "90+ cells are re-summed from rounded ages, in districts and county apart (at most 8); "
                     "every cell below 90 adds up exactly"),
        {"kind": "matches", "package": "mid-year-estimates-districts", "resource": "population",
         "on": ["area", "sex", "age"], "measures": measures, "tolerance": 0},
    ])


def districts(folder):
    measures = [str(year) for year in YEARS]
    rows = [[r["area_code"], r["sex"], label(r["age"]), *(whole(r[f"pop_{year}"]) for year in YEARS)]
            for r in read(folder, DISTRICTS)]
    rows.sort(key=lambda r: (r[0], r[1], age_order(r[2])))
    return Package(
        "mid-year-estimates-districts", "Mid-year population estimates: the 296 districts of England, 2000 to 2023",
        "Residents at 30 June by sex and single year of age, 90 and over open, for every district of England on the "
        "boundaries of 2023 and for England, in the latest series.",
        REBASED, PYRAMID,
        [TWO_SERIES, NINETY, "Mid-2000 to mid-2011 are the estimates as revised after the 2011 Census.",
         "The districts of mid-2019 add up to 56,230,067, England is 56,230,054: the whole difference is in the 90+ "
         "cells."], "rebased",
    ).add("population", fields(YEARS), ["area", "sex", "age"], rows, [
        ALL_AGES, ALL_SEXES,
        sum_of_parts(ENGLAND, "*", measures, 50,
                     "90+ cells of 296 districts are re-summed from rounded ages (at most 50); "
                     "every cell below 90 adds up exactly"),
    ])


def original(folder):
    years = [2011, 2018]
    rows = read(folder, "population/mid-year-estimates-original-2011-2018.csv")
    return Package(
        "mid-year-estimates-original", "Mid-year population estimates as first used, mid-2011 and mid-2018",
        "Residents at 30 June 2011 and 2018 by sex and single year of age, 90 and over open, before the estimates were "
        "rebased to Census 2021: the twelve Kent districts, Medway and England.",
        "ONS mid-year estimates of mid-2011 and mid-2018 as published before Census 2021",
        [github("nismod/ukpopulation", "3be9eeb7", "ONS mid-year estimates, tests/raw_data"),
         github("nismod/ukpopulation", "10903172", "ONS mid-year estimates, tests/raw_data")],
        [TWO_SERIES, "The series of the 2018-based projections, of the LSOA estimates of mid-2019 and of the "
         "components of change: totals of every area are those of the package components-of-change.",
         "Kent (county) is the sum of its twelve districts and is not listed."], "original",
    ).add("population", fields(years), ["area", "sex", "age"], wide(long_cells(rows, years), years),
          [ALL_AGES, ALL_SEXES])


FLOWS = ["births", "deaths", "internal_in", "internal_out", "international_in", "international_out"]
TOLD = {
    "births": "live births registered to residents", "deaths": "deaths registered of residents",
    "internal_in": "moves in from elsewhere in the United Kingdom",
    "internal_out": "moves out to elsewhere in the United Kingdom",
    "international_in": "moves in from outside the United Kingdom",
    "international_out": "moves out of the United Kingdom",
}


def components(folder):
    measures = [*FLOWS, "net_migration", "other_change", "population"]
    cells = {}
    for r in read(folder, "population/components-of-change-2002-2019.csv"):
        first = int(r["year"]) == 2001
        flows = {name: None if first else whole(r[name]) for name in [*FLOWS, "other_change"]}
        net = None if first else whole(r["internal_net"]) + whole(r["international_net"])
        if not first and net != (flows["internal_in"] - flows["internal_out"]
                                 + flows["international_in"] - flows["international_out"]):
            raise ValueError(f"net migration of {r['area_code']} {r['year']} is not in minus out")
        cells[r["area_code"], int(r["year"])] = {**flows, "net_migration": net, "population": whole(r["population"])}
    for year in range(2001, 2020):
        parts = [cells[code, year] for code in KENT_DISTRICTS]
        cells[KENT, year] = {
            m: None if parts[0][m] is None else sum(p[m] for p in parts) for m in measures}
    rows = [[*k, *(cells[k][m] for m in measures)] for k in sorted(cells)]
    return Package(
        "components-of-change",
        "Components of population change: Kent districts, Medway, Kent and England, 2002 to 2019",
        "Births, deaths, migration and other change between mid-years, and the population at the mid-year that ends "
        "the year. A year is named after the mid-year that ends it: 2019 is 1 July 2018 to 30 June 2019.",
        "ONS MYEB3, mid-2001 to mid-2019, before rebasing to Census 2021",
        [github("alan-turing-institute/daedalus", "44b0a6b4", "ONS MYEB3, persistent_data")],
        [TWO_SERIES, "2001 has the population only, so the other cells of that year are missing.",
         "Kent (E10000016) is the sum of its twelve districts: its internal moves in and out include moves between "
         "its districts. Net migration is not touched by that.",
         "England is the sum of its districts and its internal moves include those between districts.",
         "other_change holds special populations, boundary effects and the unattributable change between censuses."],
        "original",
    ).add("components", [
        AREA, field("year", "integer", "the mid-year that ends the year of the flows", required=True),
        *(field(name, "number", TOLD[name], "people", minimum=0) for name in FLOWS),
        field("net_migration", "number", "internal and international moves in less moves out", "people"),
        field("other_change", "number", "change that is neither births, deaths nor migration", "people"),
        field("population", "number", "residents at 30 June of the year", "people", required=True, minimum=0),
    ], ["area", "year"], rows, [
        {"kind": "no-gap", "by": ["area"], "column": "year"},
        {"kind": "identity", "expression": {
            "result": "population",
            "terms": {"births": 1, "deaths": -1, "internal_in": 1, "internal_out": -1, "international_in": 1,
                      "international_out": -1, "other_change": 1},
            "previous": "population", "by": ["area"], "order": "year"}, "tolerance": 0},
        sum_of_parts(KENT, KENT_DISTRICTS, measures, 0, "Kent was made by adding its districts up"),
    ])
