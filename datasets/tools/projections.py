"""ONS national projections for England and the subnational projection for Kent."""

from .codes import KENT, KENT_DISTRICTS
from .package import (AREA, SEX, SEXES, Package, age, age_order, complete, field, github, key, midyear_columns, read,
                      single_ages, sum_of_parts, whole)
from .population import ALL_AGES, ALL_SEXES, NINETY, STRATEGY_UNIT, TWO_SERIES, fields, long_cells, wide

AGES = single_ages(105)
STEP = "the step from mid-{year} to mid-{next}"
RATE_YEARS = ("In mortality, fertility, migration, births and deaths the column of year y is the step from mid-y to "
              "mid-(y+1); in population it is 30 June of year y.")
OPEN_GROUP = (
    "The mortality file gives single ages to 125, the population ends at 105+. The rate that the published deaths of "
    "105+ imply is the mean of q(105)…q(125) weighted by a stationary population of the same column: q(105+) = "
    "Σ l(x)q(x) / Σ l(x), l(105) = 1, l(x+1) = l(x)(1 − q(x)). With it every single step meets the published "
    "deaths of 105+ within 5 and the projected 105+ of each sex within 6. Row 105 alone is about 5% too low: up to 19 "
    "deaths a step, up to 36 people too many in the open group.")
Q_TELLS = (
    "Mortality is q(x+½): the probability that somebody aged x last birthday at the start of the year dies in it, "
    "applied to the population at the start plus half of the year's net migrants; `birth` is the probability of death "
    "of the newborns of the year before its end.")
FERTILITY_AGES = (
    "Fertility applies to single ages 15 to 46, each to the mean of the women of that age at both ends of the year. "
    "The row of age 46 stands above that of 45 because it gathers births at later ages, over the women of age 46. "
    "Each row meets the published births of its age within one half. Births divide 105 boys to 100 girls.")


def by_age(rows, names, cell, years):
    """Wide rows, one column a year, from long rows; `names` are the key columns, the last of them the age."""
    cells = {}
    for r in rows:
        k = (*(r[name].replace("_", "-").replace("Birth", "birth") for name in names), int(r["year"]))
        if k in cells:
            raise ValueError(f"{k} twice")
        cells[k] = cell(r)
    keys = sorted({k[:-1] for k in cells}, key=lambda k: (*k[:-1], age_order(k[-1])))
    return [[*k, *(cells[(*k, year)] for year in years)] for k in keys]


def national(folder, edition, name, first, vintage, published, commits):
    years = range(first, 2044)

    def raw(kind, extension="csv"):
        rows = [r for r in read(folder, f"projections/ons-npp-england-{kind}.{extension}") if r["edition"] == edition]
        for r in rows:
            r["year"] = r.get("year") or r["from_midyear"]
            r["age"] = r.get("age") or r["mother_age"]
        return rows

    flows = [{**r, "flow": flow, "people": r[flow]} for r in raw("migration", "csv.gz") for flow in ("in", "out")]
    step = STEP.format
    package = Package(
        name, f"ONS national population projection for England, {edition}, principal, {first} to 2043",
        "Population, mortality, fertility, migration, births and deaths of the principal projection, by sex and single "
        "year of age: everything that is needed to run the projection again and to check the result.",
        vintage, [github("The-Strategy-Unit/nhp_demogr_module_inputs", commit, f"ONS national population projections, "
                         f"England, principal, {edition}") for commit in commits],
        [*published, RATE_YEARS, Q_TELLS, OPEN_GROUP, FERTILITY_AGES,
         "Migration has two streams, international and cross-border (the rest of the United Kingdom); half of the "
         "migrants of age x move at the start of the year, half at its end: P(t+1, x+1) = P(t, x) − D(t, x) + "
         "[N(t, x) + N(t, x+1)]/2 with N = in − out.",
         "Ages, cells and flows are published in whole people, so a run from them ends a few dozen people away from "
         "the published total.", TWO_SERIES], "original")
    sex_age, single = ["sex", "age"], complete(["sex"], "age", AGES)
    lives = [complete(["age"], "sex", SEXES)]
    package.add("population", [SEX, age(105), *midyear_columns(years)], sex_age,
                by_age(raw("population"), sex_age, lambda r: whole(r["population"]), years), [single, *lives])
    package.add("mortality", [
        SEX, key("age", "completed years at the start of the step; birth = newborns of the year"),
        *midyear_columns(years, "q(x+½) of " + STEP, "probability", minimum=0, maximum=1),
    ], sex_age, by_age(raw("mortality-rates"), sex_age, lambda r: float(r["q_per_100000"]) / 1e5, years),
        [complete(["sex"], "age", ["birth", *map(str, range(126))]), *lives])
    mothers = [complete([], "age", [str(a) for a in range(15, 47)])]
    mother = key("age", "completed years of the mother; 46 gathers births at later ages too")
    package.add("fertility", [
        mother, *midyear_columns(years, "births a woman and year of " + STEP, "births per woman and year", minimum=0),
    ], ["age"], by_age(raw("fertility-rates"), ["age"], lambda r: float(r["asfr_per_1000"]) / 1e3, years), mothers)
    package.add("migration", [
        key("stream", "cross-border (with the rest of the United Kingdom) or international",
            enum=["cross-border", "international"]),
        key("flow", "in or out", enum=["in", "out"]), SEX, age(105),
        *midyear_columns(years, "people who move in " + STEP),
    ], ["stream", "flow", "sex", "age"],
        by_age(flows, ["stream", "flow", "sex", "age"], lambda r: whole(r["people"]), years),
        [complete(["stream", "flow", "sex"], "age", AGES), complete(["stream", "flow", "age"], "sex", SEXES)])
    package.add("births", [mother, *midyear_columns(years, "live births of " + STEP, "births")], ["age"],
                by_age(raw("births"), ["age"], lambda r: whole(r["births"]), years), mothers)
    package.add("deaths", [
        SEX, key("age", "completed years at the start of the step; birth = newborns of the year; 105+ is open"),
        *midyear_columns(years, "deaths of " + STEP, "deaths"),
    ], sex_age, by_age(raw("deaths"), sex_age, lambda r: whole(r["deaths"]), years),
        [complete(["sex"], "age", ["birth", *AGES]), *lives])
    return package


def npp_2018(folder):
    return national(folder, "2018-based", "ons-npp-2018", 2018,
                    "ONS 2018-based national population projections, published October 2019",
                    ["Starts from the mid-2018 estimates of the original series (55,977,178) and ends at 61,744,098 "
                     "people in mid-2043."], ["ba7bd2fd", "57fe4090"])


def npp_2020(folder):
    return national(folder, "2020-based interim", "ons-npp-2020", 2020,
                    "ONS 2020-based interim national population projections, published January 2022",
                    ["This is the interim edition: it starts from the mid-2020 estimates of the original series "
                     "(56,550,138), made before Census 2021, and ends at 60,113,364 people in mid-2043."],
                    ["ba7bd2fd", "57fe4090"])


def subnational(folder):
    years = range(2018, 2044)
    rows = read(folder, "projections/ons-snpp-2018-principal-kent-england.csv")
    return Package(
        "ons-snpp-2018", "ONS 2018-based subnational population projection: Kent districts, Medway, Kent and England",
        "Projected residents at 30 June by sex and single year of age, 90 and over open, principal projection.",
        "ONS 2018-based subnational population projections, principal, published March 2020",
        [github(STRATEGY_UNIT, "d1a49e7d", "ONS subnational projections, branch gh-pages, data/pyramid, variant v1")],
        [TWO_SERIES, "Figures are rounded to whole persons in each cell; 90+ cells are re-summed from rounded single "
         "ages and differ by up to 7 from the published ones. The totals of mid-2018 stand within 5 people of the "
         "estimates.",
         "The base is the original series of estimates: compare ratios with the rebased series, not levels."],
        "original",
    ).add("population", fields(years), ["area", "sex", "age"], wide(long_cells(rows, years), years), [
        ALL_AGES, ALL_SEXES,
        sum_of_parts(KENT, KENT_DISTRICTS, [str(year) for year in years], 11,
                     "cells of areas are rounded to whole persons one by one (at most 4 below 90), and 90+ cells are "
                     "re-summed from rounded ages (at most 11)"),
    ])
