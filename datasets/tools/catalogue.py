"""The package `indicators`: which figures of which package are an indicator, and how they are read."""

from .indicators import ONS_INDICATORS
from .package import Package, field, key
from .registers import REGISTERS

# Names of at most 24 characters: a table of 80 columns holds them beside the figures.
SHORT = {"MH": "Serious mental illness", "COPD": "COPD", "STIA": "Stroke or TIA", "CVD-PP": "CVD primary prevention",
         "DM": "Diabetes (17+)", "CKD": "Kidney disease (18+)", "DEP": "Depression (18+)", "EP": "Epilepsy (18+)",
         "OB": "Obesity (18+)", "OST": "Osteoporosis (50+)", "RA": "Rheumatoid arthritis", "PAD": "Peripheral arteries"}
PRACTICES = {"AF": "AF", "CHD": "CHD", "HF": "Heart failure", "HYP": "Hypertension", "PAD": "PAD",
             "STIA": "Stroke or TIA"}
ONS = {
    "adult-obesity": ("Obese adults (18+)", "lowIsGood"),
    "adult-overweight": ("Overweight adults (18+)", "lowIsGood"),
    "adult-smoking": ("Smokers (18+), survey", "lowIsGood"),
    "adult-smoking-5-years": ("Smokers (18+), 5 years", "lowIsGood"),
    "early-cancer": ("Cancer found early", "highIsGood"),
    "preventable-cardiovascular-mortality": ("Preventable CVD deaths", "lowIsGood"),
    "reception-overweight": ("Overweight, Reception", "lowIsGood"),
    "year-6-overweight": ("Overweight, Year 6", "lowIsGood"),
}
REGISTER_NOTE = "recorded by practices, all ages together: neither need nor standardised for age"


def make(_):
    rows = []

    def add(indicator, name, statistic, polarity, unit, per, basis, package, resource, events="", people="",
            instead_of="", note=""):
        rows.append([indicator, name, statistic, polarity, unit, per, basis, package, resource, events, people,
                     instead_of, note])

    for code, (column, words, base) in REGISTERS.items():
        slug = column.replace("_", "-")
        name = SHORT.get(code, words[0].upper() + words[1:])
        add(slug, name, "proportion", "none", "%", 100, "counts", "qof-registers", "registers", column, base,
            note=REGISTER_NOTE)
        add(slug + "-districts", name, "proportion", "none", "%", 100, "modelled", "qof-registers-districts",
            "registers", column, "list_dementia" if code == "DEM" else base, slug,
            "modelled: practices' registers shared out to where their patients live; " + REGISTER_NOTE)
        if code in PRACTICES:
            add(slug + "-practices", PRACTICES[code] + ", practices", "proportion", "none", "%", 100, "counts",
                "practices-2022-23", "totals", column, "list", note=REGISTER_NOTE)
    add("smoking", "Smokers (15+), recorded", "proportion", "lowIsGood", "%", 100, "counts", "smoking", "smoking",
        "smokers", "aged_15_plus", note="patients aged 15 and over recorded as smokers, by where they live")
    add("smoking-practices", "Smokers, practices", "proportion", "lowIsGood", "%", 100, "counts",
        "practices-2022-23", "totals", "smokers", "aged_15_plus",
        note="patients aged 15 and over recorded as smokers, by practice")
    for resource, words in ONS_INDICATORS.values():
        name, polarity = ONS[resource]
        rate = resource.startswith("preventable")
        add(resource, name, "standardised-rate" if rate else "proportion", polarity,
            "per 100,000" if rate else "%", 100000 if rate else 100, "interval", "ons-health-indicators", resource,
            note=words)
    add("under-18-conceptions", "Conceptions under 18", "rate", "lowIsGood", "per 1,000", 1000, "counts",
        "under-18-conceptions", "conceptions", "conceptions", "girls",
        note="per 1,000 girls aged 15 to 17; counts of districts derived from published rates, exactly")
    for sex in ("female", "male"):
        add(f"life-expectancy-{sex}", f"Life expectancy, {sex}s", "life-expectancy", "highIsGood", "years", 1, "deaths",
            "deaths-by-age-2014-15", "deaths", "deaths", "population",
            note="at birth, from the deaths of mid-2014 to mid-2015 and the people of mid-2015; Chiang II")
    rows.sort()
    if any(len(row[1]) > 24 for row in rows):
        raise ValueError(f"too long: {[row[1] for row in rows if len(row[1]) > 24]}")
    return Package(
        "indicators", "Which figures are an indicator",
        "What `pophealth compare` knows: name, unit and polarity of each indicator, and the package and columns that "
        "its figures stand in.",
        "2026", [{"title": "made for this project", "path": "datasets/tools/catalogue.py"}],
        ["basis: counts of events and people; modelled counts; interval, a value with its 95% limits and no counts; "
         "deaths by sex and age.",
         "instead_of: the indicator in whose place this one is shown where that one has no figures of an area.",
         "Polarity as Fingertips has it: recorded registers have none, as a high one may be good recording."],
        licenses=({"name": "CC0-1.0", "title": "Creative Commons CC0 1.0 Universal",
                   "path": "https://creativecommons.org/publicdomain/zero/1.0/"},),
    ).add("indicators", [
        key("indicator", "short name of the indicator"), key("name", "its name"),
        key("statistic", "kind of statistic", enum=["proportion", "rate", "standardised-rate", "life-expectancy"]),
        key("polarity", "which way is good", enum=["lowIsGood", "highIsGood", "none"]),
        key("unit", "unit of the figure"),
        field("per", "number", "what the figure is stated per", required=True, minimum=1),
        key("basis", "what the figures are made from", enum=["counts", "modelled", "interval", "deaths"]),
        key("package", "data package of the figures"), key("resource", "its file, without .csv"),
        field("events", "string", "column of the events; empty where there is a value with limits"),
        field("people", "string", "column of the people"),
        field("instead_of", "string", "indicator in whose place it stands"),
        field("note", "string", "what must be known to read it"),
    ], ["indicator"], rows)
