"""Deaths and population of England and Wales by calendar year, the ground of mortality forecasts."""

from .package import SEX, SEXES, Package, age_order, complete, field, github, key, read, single_ages, whole

YEARS = range(1961, 2015)


def england_wales(folder):
    raw = read(folder, "vital-events/deaths-population-england-wales-1961-2014.csv")
    cells = {}
    for row in raw:
        place = row["sex"], row["age"], int(row["year"])
        if place in cells:
            raise ValueError(f"{place} twice")
        cells[place] = whole(row["deaths"]), whole(row["population"])
    ages = single_ages(105)
    if len(cells) != len(SEXES) * len(ages) * len(YEARS):
        raise ValueError("years, sexes or ages are missing")

    def rows(measure):
        return [[sex, age, *(cells[sex, age, year][measure] for year in YEARS)]
                for sex in SEXES for age in sorted(ages, key=age_order)]

    def columns(description, unit, minimum):
        return [SEX, key("age", "completed years; 105+ is open"),
                *(field(str(year), "number", description.format(year=year), unit, required=True, minimum=minimum)
                  for year in YEARS)]

    checks = [complete(["sex"], "age", ages), complete(["age"], "sex", SEXES)]
    return Package(
        "deaths-population-england-wales",
        "Deaths and population by single year of age: England and Wales, 1961 to 2014",
        "Deaths registered in each calendar year and residents at its middle, by sex and single year of age 0 to 104, "
        "105 and over.",
        "ONS deaths and mid-year estimates of 1961 to 2014 as held in 2015",
        [github("JonMinton/danny_elderly_mort", "0250abef", "ONS deaths and population, England and Wales")],
        ["Calendar years: the mid-year population stands for the person-years of the year.",
         "Five cells of men aged 104 or over between 1961 and 1971 have people and no deaths. A model of logarithms of "
         "rates gathers the oldest ages in one open group first.",
         "Population of 1961 to 1970 is rounded to hundreds below age 85, that of 1971 to 1980 below 90."],
    ).add(
        "deaths", columns("deaths registered in {year}", "deaths", 0), ["sex", "age"], rows(0), checks,
    ).add(
        "population", columns("residents at 30 June {year}", "people", 1), ["sex", "age"], rows(1), checks,
    )
