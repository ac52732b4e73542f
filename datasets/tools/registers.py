"""Registers of disease (QOF) by clinical commissioning group and by district."""

from .codes import ENGLAND, WEST_KENT
from .indicators import AREA, check, period_key
from .package import Package, field, github, read, whole

HFDI = github("robcalvertjump/HFDI", "176d6337", "NHS Digital, Quality and Outcomes Framework by clinical "
              "commissioning group, 2014/15 to 2019/20")
COMMONS = github("houseofcommonslibrary/local-health-data-from-QOF", "496b8e7b",
                 "House of Commons Library, local health data from the Quality and Outcomes Framework, 2019/20")

# Short name of the source: column of the package, words, and the list that the register is counted among.
REGISTERS = {
    "AF": ("atrial_fibrillation", "atrial fibrillation", "list"),
    "AST": ("asthma", "asthma", "list"),
    "CAN": ("cancer", "cancer", "list"),
    "CHD": ("coronary_heart_disease", "coronary heart disease", "list"),
    "CKD": ("chronic_kidney_disease", "chronic kidney disease", "list_18"),
    "COPD": ("copd", "chronic obstructive pulmonary disease", "list"),
    "CVD-PP": ("primary_prevention", "primary prevention of cardiovascular disease", "list_30_74"),
    "DEM": ("dementia", "dementia", "list"),
    "DEP": ("depression", "depression", "list_18"),
    "DM": ("diabetes", "diabetes mellitus", "list_17"),
    "EP": ("epilepsy", "epilepsy", "list_18"),
    "HF": ("heart_failure", "heart failure", "list"),
    "HYP": ("hypertension", "hypertension", "list"),
    "LD": ("learning_disability", "learning disability", "list"),
    "MH": ("serious_mental_illness", "schizophrenia, bipolar affective disorder and other psychoses", "list"),
    "OB": ("obesity", "obesity", "list_18"),
    "OST": ("osteoporosis", "osteoporosis", "list_50"),
    "PAD": ("peripheral_arterial_disease", "peripheral arterial disease", "list"),
    "PC": ("palliative_care", "palliative care", "list"),
    "RA": ("rheumatoid_arthritis", "rheumatoid arthritis", "list_16"),
    "STIA": ("stroke", "stroke or transient ischaemic attack", "list"),
}
LISTS = {"list": "all ages", "list_16": "aged 16 and over", "list_17": "aged 17 and over",
         "list_18": "aged 18 and over", "list_30_74": "aged 30 to 74", "list_50": "aged 50 and over"}
# One group's list for palliative care misses a practice of 1,220 patients that its other registers have.
ODD_LIST = ("2015/16", "E38000089", "PC")


def register_fields():
    return [
        *(field(name, "number", f"registered patients, {ages}", "people", minimum=0) for name, ages in LISTS.items()),
        *(field(name, "number", f"patients on the register of {words} (among {base})", "people", minimum=0)
          for name, words, base in REGISTERS.values()),
    ]


def by_commissioning_group(folder):
    cells, names = {}, [*LISTS, "obesity_16", *(r[0] for r in REGISTERS.values())]
    for r in read(folder, "indicators/qof-prevalence-ccg-2014-2019.csv.gz"):
        year, area, group = r["year"], r["ccg_ons_code"], r["qof_group"]
        column, _, base = REGISTERS[group]
        row = cells.setdefault((year, area), {})
        people, held = whole(r["list_size"]), whole(r["register"])
        if abs(100 * held / people - float(r["prevalence_pct"])) > 0.00007 or held > people:
            raise ValueError(f"{year} {area} {group}: {held} of {people} are not the printed prevalence")
        if (group, year) == ("OB", "2014/15"):
            column, base = "obesity_16", "list_16"
        if row.setdefault(base, people) != people and (year, area, group) != ODD_LIST:
            raise ValueError(f"{year} {area} {group}: another {base}")
        row[column] = held
    totals = {}
    for (year, area), row in cells.items():
        total = totals.setdefault(year, dict.fromkeys(row, 0))
        if set(total) != set(row):
            raise ValueError(f"{year} {area}: not the columns of the other groups")
        for name, value in row.items():
            total[name] += value
    cells |= {(year, ENGLAND): total for year, total in totals.items()}
    rows = [[area, year, *(cells[year, area].get(name) for name in names)]
            for year, area in sorted(cells, key=lambda k: (k[1], k[0]))]
    west, england = cells["2018/19", WEST_KENT], cells["2018/19", ENGLAND]
    check("QOF 2018/19", [f"{100 * c[n] / c[b]:.3f}" for n, b in (
        ("hypertension", "list"), ("diabetes", "list_17"), ("coronary_heart_disease", "list"),
        ("serious_mental_illness", "list")) for c in (west, england)],
        ["13.741", "13.960", "6.162", "6.932", "2.623", "3.097", "0.785", "0.961"])
    fields = register_fields()
    fields.insert(len(LISTS), field("obesity_16", "number", "patients on the register of obesity as it was in 2014/15, "
                                    "among those aged 16 and over", "people", minimum=0))
    return Package(
        "qof-registers", "Registers of disease by clinical commissioning group, 2014/15 to 2019/20",
        "Patients on 21 registers of the Quality and Outcomes Framework (QOF) and the lists that they are counted "
        "among, for each clinical commissioning group (CCG) of England; England is their sum.",
        "NHS Digital, QOF 2014/15 to 2019/20, CCGs as published in each year",
        [HFDI],
        ["A register counts who is diagnosed and recorded, wherever they live; it is neither need nor standardised "
         "for age.",
         "NHS West Kent CCG (99J, E38000199) is there to 2018/19; in 2019/20 it is part of NHS Kent and Medway "
         "(E38000237).",
         "England is not printed in the source: it is the sum of the groups of the year.",
         "2014/15: the lists of those aged 16, 17, 18 and 30 to 74 are the source's estimates, and obesity counts "
         "those aged 16 and over (obesity_16). Osteoporosis begins in 2015/16.",
         "2015/16: the palliative-care register of E38000089 is counted among 560,871 patients, not 562,091: a "
         "practice is missing from it."],
    ).add("registers", [AREA, period_key("2018/19"), *fields], ["area", "period"], rows)


def by_district(folder):
    cells = {}
    for r in read(folder, "indicators/qof-2019-20-prevalence-districts-modelled.csv"):
        name, _, base = REGISTERS[r["qof_group"].replace("CVDPP", "CVD-PP")]
        row = cells.setdefault(r["area_code"], {})
        people, held = float(r["list_modelled"]), float(r["register_modelled"])
        base = "list_dementia" if name == "dementia" else base
        if abs(row.setdefault(base, people) - people) > 1e-6 * people:
            raise ValueError(f"{r['area_code']} {name}: another {base}")
        if abs(held / people - float(r["prevalence"])) > 1e-9:
            raise ValueError(f"{r['area_code']} {name}: not the printed prevalence")
        row[name] = held
    names = [*LISTS, "list_dementia", *(r[0] for r in REGISTERS.values())]
    # Registers share out whole patients: hundredths are far below what the apportioning knows.
    rows = [[area, "2019/20", *(round(cells[area][name], 2) for name in names)] for area in sorted(cells)]
    check("modelled registers", len(rows), 315)
    fields = register_fields()
    fields.insert(len(LISTS), field("list_dementia", "number", "registered patients that the register of dementia is "
                                    "counted among", "people", minimum=0))
    return Package(
        "qof-registers-districts", "Registers of disease by district, 2019/20, modelled",
        "Patients on 21 registers of the Quality and Outcomes Framework and the lists that they are counted among, "
        "apportioned from practices to the districts where their patients live, by the House of Commons Library.",
        "QOF 2019/20; districts of 2019/20",
        [COMMONS],
        ["Modelled: each practice's register is shared out as its whole list is, so differences between the districts "
         "of one practice are not in it. Registers have decimals for this reason; they are rounded to hundredths of a "
         "patient here.",
         "England is the sum of the districts, some thousands of patients more or less than the sum of the "
         "commissioning groups in qof-registers.",
         "The dementia register is counted among a list of its own (list_dementia), up to 0.9% smaller than the common "
         "one."],
        licenses=({"name": "OPL-UK-3.0", "title": "Open Parliament Licence v3.0",
                   "path": "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/"},
                  {"name": "OGL-UK-3.0", "title": "Open Government Licence v3.0 (QOF)",
                   "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"}),
    ).add("registers", [AREA, period_key("2019/20"), *fields], ["area", "period"], rows)
