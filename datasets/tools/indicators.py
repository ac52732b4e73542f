"""Health indicators by area: smoking, surveys, mortality, conceptions, and standard populations."""

import re

from . import codes
from .codes import ENGLAND, KENT_DISTRICTS, MEDWAY
from .package import Package, field, github, key, read, whole

AREA = key("area", "official code of the area (nine characters)")
HEEC = github("HealthEquityEvidenceCentre/HEEC", "8a7205b2", "OHID, Fingertips indicator 91547")
EXPLORE = github("ONSdigital/explore-local-statistics-data", "4972c588",
                 "ONS, Explore local statistics: health indicators")
HEALTHYR = github("humaniverse/healthyr", "ed2003ef", "ONS, Health Index: underlying values by lower-tier authority")
FINGERTIPS_NEXT = github("dhsc-govuk/FingertipsNext", "main", "DHSC, Fingertips: sample of indicators")

def check(what, found, expected):
    if found != expected:
        raise ValueError(f"{what}: {found} in place of {expected}")


def period_key(example):
    return key("period", f"period of the figures, such as {example}")


def smoking(folder):
    rows, odd, empty = [], [], 0
    for r in read(folder, "indicators/fingertips-smoking-2013-2023.csv"):
        if not r["value"]:
            empty += 1
            continue
        smokers, people = whole(r["count"]), float(r["denominator"])
        if abs(100 * smokers / people - float(r["value"])) > 1e-5:
            odd.append((r["area_name"], r["period"]))
        rows.append([r["area_code"], r["period"], smokers, people])
    rows.sort()
    check("smoking", (len(rows), empty, odd), (3831, 6, [("Coventry", "2016/17"), ("Solihull", "2016/17")]))
    return Package(
        "smoking", "Smokers recorded by general practices, 2013/14 to 2022/23",
        "Patients aged 15 and over recorded as smokers by general practices, among those aged 15 and over, by where "
        "they live: districts, counties, regions and England; commissioning groups in 2019/20 and 2020/21.",
        "OHID, Fingertips indicator 91547 (QOF), 2013/14 to 2022/23; areas as published in each year",
        [HEEC],
        ["Counts of a county or region are exactly the sums of its districts.",
         "Smokers over patients is the published percentage to its digits everywhere but in Coventry (0.08 points) "
         "and Solihull (0.20) in 2016/17.",
         "No figures for Buckinghamshire and its districts in 2017/18; regions to 2021/22."],
    ).add("smoking", [
        AREA, period_key("2022/23"),
        field("smokers", "number", "patients aged 15 and over recorded as smokers", "people", required=True, minimum=0),
        field("aged_15_plus", "number", "patients aged 15 and over", "people", required=True, minimum=1),
    ], ["area", "period"], rows)


# Name of the source: resource, words, unit of the published figure.
ONS_INDICATORS = {
    "Adult obesity prevalence": ("adult-obesity", "adults aged 18 and over who are obese (Active Lives survey)"),
    "Overweight adults (aged 18 years and over)": (
        "adult-overweight", "adults aged 18 and over who are overweight or obese (Active Lives survey)"),
    "Overweight children at Year 6 age (aged 10 to 11 years)": (
        "year-6-overweight", "children in Year 6 (10 to 11) who are overweight or obese (measured at school)"),
    "Overweight children at reception age (aged four to five years)": (
        "reception-overweight", "children in Reception (4 to 5) who are overweight or obese (measured at school)"),
    "Cancer diagnosis at stage 1 and 2": ("early-cancer", "cancers diagnosed at stage 1 or 2, of those staged"),
    "Cigarette smokers (annual, 18+)": (
        "adult-smoking", "adults aged 18 and over who smoke cigarettes (Annual Population Survey)"),
    "Cigarette smokers": ("adult-smoking-5-years", "adults aged 18 and over who smoke cigarettes, five years together "
                          "(Annual Population Survey)"),
    "Preventable cardiovascular mortality (England)": (
        "preventable-cardiovascular-mortality", "deaths under 75 from cardiovascular disease considered preventable, "
        "directly standardised for age"),
}
STATUSES = {"": "", "b": "break", "u": "unreliable", "Aggregated from all known lower geography values": "aggregated",
            "Value for North Yorkshire Cty applied to North Yorkshire UA": "county-value",
            "Value for Somerset Cty applied to Somerset UA": "county-value"}


def ons_period(text, resource):
    """`2019-11-16/P1Y` as `2019/20`, a calendar year as `2019`, three years as `2019-2021`."""
    if re.fullmatch(r"\d{4}", text):
        return text
    year, month, years = re.fullmatch(r"(\d{4})-(\d\d)-\d\d/P(\d)Y", text).groups()
    year, years = int(year), int(years)
    if years > 1:
        return f"{year}-{year + years - 1}"
    return str(year) if month == "01" else f"{year}/{(year + 1) % 100:02}"


def ons_indicators(folder):
    found, left_out = {}, {}
    for r in read(folder, "indicators/health-indicators-english-areas.csv.gz"):
        if r["indicator"] not in ONS_INDICATORS:
            continue
        resource, _ = ONS_INDICATORS[r["indicator"]]
        if not r["value"]:
            left_out[resource] = left_out.get(resource, 0) + 1
            continue
        value, lower, upper = (float(r[n]) for n in ("value", "lci_95", "uci_95"))
        if not lower <= value <= upper:
            raise ValueError(f"{resource} {r['area_code']} {r['period']}: {value} outside its limits")
        found.setdefault(resource, []).append(
            [r["area_code"], ons_period(r["period"], resource), value, lower, upper,
             STATUSES[r["status"]]])
    package = Package(
        "ons-health-indicators", "Health indicators of English areas with 95% intervals",
        "Published values with their 95% limits: excess weight of adults and children, smoking, cancers found early, "
        "preventable cardiovascular mortality. Districts, counties, regions and England; no counts are published.",
        "ONS, Explore local statistics, files of 2023 to 2025; areas as published in each year",
        [EXPLORE],
        ["Active Lives runs from November to November, written as 2019/20; school years as 2019/20; deaths are of "
         "three calendar years, 2019-2021.",
         "Rows without a value are left out: " + ", ".join(f"{n} of {r}" for r, n in sorted(left_out.items())) + ".",
         "note: `break` is a break of the series; `unreliable` a value that ONS marks so (low coverage); "
         "`aggregated` a value made from smaller areas by ONS; `county-value` "
         "the former county's value written for the unitary authority that took its place.",
         "Survey intervals carry the survey's weights: counts derived from them are of an effective sample, not of "
         "people asked.",
         "In 2020/21 few children were measured; districts have no values for it."])
    words = dict(ONS_INDICATORS.values())
    for resource in sorted(found):
        rate = resource.startswith("preventable")
        unit, top = ("per 100,000", {}) if rate else ("percent", {"maximum": 100})
        noted = any(r[5] for r in found[resource])
        rows = sorted(r if noted else r[:5] for r in found[resource])
        package.add(resource, [
            AREA, period_key(rows[0][1]),
            field("value", "number", words[resource], unit, required=True, minimum=0, **top),
            field("lower_95", "number", "its lower 95% limit", unit, required=True, minimum=0, **top),
            field("upper_95", "number", "its upper 95% limit", unit, required=True, minimum=0, **top),
            *([field("note", "string", "what is special: break, unreliable, aggregated or county-value",
                     enum=["break", "unreliable", "aggregated", "county-value"])] if noted else []),
        ], ["area", "period"], rows)
    return package


def health_index(folder):
    raw = read(folder, "indicators/ons-health-index-districts-2015-2021.csv")
    names = [n for n in raw[0] if n not in ("ltla21_code", "area_name", "year") and not n.startswith("imd2019")]
    rows = sorted([r["ltla21_code"], int(r["year"]), *(float(r[n]) for n in names)] for r in raw)
    check("Health Index", len(rows), 2149)
    known = {
        "alcohol_misuse": ("admissions for alcohol-related conditions", "per 100,000, age-standardised"),
        "cancer_screening_attendance": ("mean of the coverages of breast, bowel and cervical screening", "percent"),
        "drug_misuse": ("deaths from drug misuse", "per 100,000, age-standardised"),
        "frailty": ("hip fractures of people aged 65 and over", "per 100,000, age-standardised"),
        "low_birth_weight": ("births at term of low weight", "percent"),
        "sedentary_behaviour": ("physically inactive adults", "percent"),
        "suicides": ("suicides, three years together", "per 100,000, age-standardised"),
        "teenage_pregnancy": ("conceptions under 18", "per 1,000 girls aged 15 to 17"),
    }
    return Package(
        "ons-health-index", "ONS Health Index: underlying values by district, 2015 to 2021",
        f"The {len(names)} measures from which ONS makes its Health Index, for 307 lower-tier authorities.",
        "ONS Health Index 2015 to 2021; boundaries of 2021",
        [HEALTHYR],
        ["No intervals, no counts and no figure of England: an area cannot be told from the average by these values "
         "alone.",
         "Values are carried forward where a year had none: several of 2021 repeat 2020, and some of 2015 to 2018 are "
         "the same.",
         "teenage_pregnancy of 2018 times the girls aged 15 to 17 of mid-2018 (original series) is a whole number in "
         "each Kent district: it is the published rate of that year. sedentary_behaviour of year y equals Fingertips "
         "93015 of y−1 in all 36 areas for which both are known.",
         "The source names the measures and not their units; units are given where they are plain from another "
         "source."],
    ).add("health-index", [
        AREA, field("year", "integer", "year of the index", required=True),
        *(field(n, "number", *known.get(n, (n.replace("_", " "), None))) for n in names),
    ], ["area", "year"], rows, [{"kind": "no-gap", "by": ["area"], "column": "year"}])


def england(folder):
    rows, seen = [], {}
    for r in read(folder, "indicators/fingertips-sample-england-north-west-2018-2024.csv.gz"):
        if r["area_code"] != ENGLAND:
            continue
        seen.setdefault((r["indicator_id"], r["year"], r["sex"], r["age"]), []).append(r)
    quarterly = {k[0] for k, v in seen.items() if len(v) > 1}
    titles = {}
    for (identifier, year, sex, age), found in seen.items():
        if identifier in quarterly:
            continue
        r = found[0]
        titles[identifier] = r["indicator"]
        rows.append([int(identifier), r["indicator"], r["value_type"], int(year), sex, age,
                     *(float(r[n]) if r[n] else None for n in ("count", "denominator", "value", "lci_95", "uci_95"))])
    rows.sort(key=lambda r: (r[0], r[3], r[4], r[5]))
    named = sum(1 for title in titles.values() if title)
    return Package(
        "fingertips-england", "Fingertips indicators of England, 2018 to 2024",
        f"Values of England with counts and 95% limits for {named} indicators of Fingertips, and for "
        f"{len(titles) - named} that the source does not name.",
        "DHSC, sample data of Fingertips, 2018 to 2024",
        [FINGERTIPS_NEXT],
        ["England only: the source has no area of Kent. Quarterly indicators (" + ", ".join(sorted(quarterly))
         + ") are left out.",
         "Rates stand on populations rebased to Census 2021."],
    ).add("england", [
        field("indicator", "integer", "number of the indicator in Fingertips", required=True),
        field("name", "string", "its name, where the source gives one"),
        field("statistic", "string", "kind of statistic, where the source gives one"),
        field("year", "integer", "year in which the period begins", required=True),
        key("sex", "Persons, Female or Male"), key("age", "ages that it is about"),
        field("count", "number", "events", minimum=0), field("denominator", "number", "people", minimum=0),
        field("value", "number", "the published value, in the indicator's unit"),
        field("lower_95", "number", "its lower 95% limit"), field("upper_95", "number", "its upper 95% limit"),
    ], ["indicator", "year", "sex", "age"], rows)


def conceptions(folder):
    girls = {}
    for r in read(folder, "population/mid-year-estimates-original-2011-2018.csv"):
        if r["year"] == "2018" and r["sex"] == "female" and r["age"] in ("15", "16", "17"):
            girls[r["area_code"]] = girls.get(r["area_code"], 0) + whole(r["population"])
    rates = {r["ltla21_code"]: float(r["teenage_pregnancy"])
             for r in read(folder, "indicators/ons-health-index-districts-2015-2021.csv") if r["year"] == "2018"}
    rows = []
    for area in [*KENT_DISTRICTS, MEDWAY]:
        product = rates[area] * girls[area] / 1000
        # The rate has five decimals: more than half a unit of its last one away is no whole number.
        if abs(product - round(product)) > 0.000006 * girls[area] / 1000:
            raise ValueError(f"conceptions of {area}: {product}")
        rows.append([area, "2018", round(product), girls[area], "derived"])
    national = [r for r in read(folder, "indicators/fingertips-sample-england-north-west-2018-2024.csv.gz")
                if (r["area_code"], r["indicator_id"], r["year"]) == (ENGLAND, "20401", "2018")]
    rows.append([ENGLAND, "2018", whole(national[0]["count"]), girls[ENGLAND], "published"])
    rows.sort()
    check("conceptions", sum(r[2] for r in rows if r[0] in codes.WEST_KENT_DISTRICTS), 99)
    return Package(
        "under-18-conceptions", "Conceptions under 18, Kent, Medway and England, 2018",
        "Conceptions of girls under 18 in 2018 and the girls aged 15 to 17 of mid-2018.",
        "ONS Health Index 2018 and Fingertips 20401 of 2018; mid-2018 estimates as first published",
        [HEALTHYR, FINGERTIPS_NEXT,
         github("nismod/ukpopulation", "10903172", "ONS mid-2018 estimates as first published")],
        ["Counts of the districts are derived: the published rate per 1,000 girls times the girls aged 15 to 17 is a "
         "whole number in every district, to the five decimals of the rate, so the count is certain. England's is "
         "published.",
         "England's published rate of Fingertips (16.61) stands on populations rebased to Census 2021; the denominator "
         "here is that of the districts, as first published."], "original",
    ).add("conceptions", [
        AREA, period_key("2018"),
        field("conceptions", "number", "conceptions under 18", "conceptions", required=True, minimum=0),
        field("girls", "number", "girls aged 15 to 17 at 30 June 2018", "people", required=True, minimum=1),
        key("origin", "published, or derived from the published rate", enum=["derived", "published"]),
    ], ["area", "period"], rows, [{"kind": "complete", "by": ["period"], "column": "area",
                                   "values": sorted([*KENT_DISTRICTS, MEDWAY, ENGLAND])}])


ESP = [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000]
WHO = ["8.86", "8.69", "8.60", "8.47", "8.22", "7.93", "7.61", "7.15", "6.59", "6.04", "5.37", "4.55", "3.72", "2.96",
       "2.21", "1.52", "0.91", "0.44", "0.15", "0.04", "0.005"]


def standards(_):
    def bands(last):
        return [f"{a}-{a + 4}" for a in range(0, last, 5)] + [f"{last}+"]

    rows = [["esp2013", band, weight] for band, weight in zip(bands(90), ESP)]
    rows += [["esp2013-20", band, weight] for band, weight in zip(["0", "1-4", *bands(90)[1:]], [1000, 4000, *ESP[1:]])]
    rows += [["who", band, float(weight)] for band, weight in zip(bands(100), WHO)]
    check("standards", (sum(ESP), round(sum(map(float, WHO)), 3)), (100000, 100.035))
    return Package(
        "standard-populations", "Standard populations for directly standardised rates",
        "Weights by age band: the European Standard Population 2013 in 19 and in 20 bands, and the WHO World Standard "
        "2000–2025.",
        "Eurostat 2013; WHO 2001",
        [{"title": "Eurostat: Revision of the European Standard Population, report of Eurostat's task force (2013)",
          "path": "https://ec.europa.eu/eurostat/web/products-manuals-and-guidelines/-/ks-ra-13-028"},
         {"title": "Ahmad, Boschi-Pinto, Lopez, Murray, Lozano, Inoue: Age standardization of rates: a new WHO "
                   "standard, GPE Discussion Paper 31 (2001)",
          "path": "https://cdn.who.int/media/docs/default-source/gho-documents/global-health-estimates/"
                  "gpe_discussion_paper_series_paper31_2001_age_standardization_rates.pdf"}],
        ["Join by the name of the band, never by the position of a row.",
         "esp2013-20 divides 0–4 into under 1 (1,000) and 1–4 (4,000), as the published weights do.",
         "WHO's printed percentages add up to 100.035; only their ratios matter for a rate."],
        licenses=({"name": "notspecified", "title": "Published constants, quoted with their source"},),
    ).add("standard-populations", [
        key("standard", "esp2013, esp2013-20 or who", enum=["esp2013", "esp2013-20", "who"]),
        key("age", "age band in completed years; the last is open"),
        field("weight", "number", "people of the standard population (esp2013: of 100,000; who: percent)", "people",
              required=True, minimum=0),
    ], ["standard", "age"], rows)
