"""General practices of England: registers of disease, lists and what is known of their patients."""

from decimal import Decimal

from .codes import ENGLAND, WEST_KENT
from .package import Package, field, github, key, read, whole

HEEC = github("HealthEquityEvidenceCentre/HEEC", "8a7205b2",
              "NHS Digital / NHS England, OHID and MHCLG figures by general practice")
CONTRACTS = ["APMS", "GMS", "PMS"]
# Register of the package: what it is in words, and its prefix in the source.
REGISTERS = {
    "atrial_fibrillation": ("atrial fibrillation", "af"),
    "coronary_heart_disease": ("coronary heart disease", "chd"),
    "heart_failure": ("heart failure", "hf"),
    "hypertension": ("hypertension", "hyp"),
    "peripheral_arterial_disease": ("peripheral arterial disease", "pad"),
    "stroke": ("stroke or transient ischaemic attack", "stia"),
}
UNKNOWN = {"unknown", "missing", ""}


def known(text):
    return None if text.lower() in UNKNOWN else text


def told(text):
    """`Yes` as `yes`; None where the source does not know."""
    return None if known(text) is None else text.lower()


def decimal(text):
    return float(text) if text else None


def share(percent):
    """A percentage as a proportion, digit by digit."""
    return float(Decimal(percent) / 100) if percent else None


def count(text):
    return whole(text) if text else None


def registers(row):
    """The list and the registers of a practice; stops where they do not make the printed prevalence."""
    lists = {row[f"{prefix}_list"] for _, prefix in REGISTERS.values()}
    if len(lists) != 1:
        raise ValueError(f"{row['practice_code']}: lists of {lists}")
    people = count(lists.pop())
    found = []
    for _, prefix in REGISTERS.values():
        held = count(row[f"{prefix}_register"])
        found.append(held)
        if people is None or held is None:
            if people is not None or held is not None or row[f"{prefix}_prevalence_pct"]:
                raise ValueError(f"{row['practice_code']}: list, register or prevalence of {prefix} alone is missing")
            continue
        printed = Decimal(row[f"{prefix}_prevalence_pct"])
        # Five decimals are printed; a half was rounded down as often as up.
        if abs(Decimal(100) * held / people - printed) > Decimal("0.000005") or held > people:
            raise ValueError(f"{row['practice_code']}: {held} of {people} are not the printed prevalence of {prefix}")
    return [people, *found]


def practice_fields(year):
    return [
        key("practice", "code of the general practice"),
        key("name", "its name"),
        field("in_west_kent", "integer", "1 in the former NHS West Kent CCG (99J), 0 elsewhere", required=True,
              minimum=0, maximum=1),
        field("contract", "string", "contract with the NHS: general (GMS), personal (PMS) or alternative provider "
              "medical services (APMS)", enum=CONTRACTS),
        field("dispensing", "string", "whether it dispenses medicines", enum=["no", "yes"]),
        field("rurality", "string", "where it lies", enum=["rural", "urban"]),
        field("registered", "number", f"mean number of registered patients in {year}", "people", required=True,
              minimum=0),
        field("weighted", "number", "the same, weighted by need as the Carr-Hill formula has it", "people",
              required=True, minimum=0),
        field("imd_score", "number", "Index of Multiple Deprivation 2019 of where its patients live, mean score",
              "score", minimum=0, maximum=100),
    ]


def shared_cells(row, year):
    return [known(row["contract_type"]), told(row["dispensing"]), told(row["rurality"]),
            decimal(row[f"registered_patients_{year}"]), decimal(row[f"weighted_patients_{year}"]),
            decimal(row["imd2019_score"])]


def check_figures(name, found, expected):
    if found != expected:
        raise ValueError(f"{name}: {found} in place of {expected}")


def matches(package, measures):
    return {"kind": "matches", "package": package, "resource": "practices", "on": ["practice"], "measures": measures,
            "tolerance": 0}


def registers_2022_23(folder):
    earlier = {r["practice_code"]: r["share_65plus"] for r in read(folder, "practices/practices-england-2019-20.csv")}
    rows = []
    for r in read(folder, "practices/practices-england-qof-cvd-2022-23.csv"):
        rows.append([
            r["practice_code"], r["practice_name"], int(r["in_nhs_west_kent_ccg"]), *shared_cells(r, "2022_23"),
            r["sub_icb_code"], known(r["ccg_code_2019_20"]), share(r["pct_65_plus"]),
            decimal(earlier.get(r["practice_code"], "")), *registers(r), count(r["smoker_count_2022_23"]),
            count(r["smoking_denominator_15plus_2022_23"])])
    rows.sort()
    fields = practice_fields("2022/23") + [
        key("sub_icb", "code of the sub-ICB location (2023): 91Q is Kent and Medway"),
        field("ccg_2020", "string", "code of its clinical commissioning group of 2019/20"),
        field("share_65", "number", "patients aged 65 and over", "proportion", minimum=0, maximum=1),
        field("share_65_2020", "number", "the same in April 2020, from the package practices-2019-20",
              "proportion", minimum=0, maximum=1),
        field("list", "number", "patients that the registers are counted among", "people", minimum=1),
        *(field(name, "number", f"patients on the register of {words}", "people", minimum=0)
          for name, (words, _) in REGISTERS.items()),
        field("smokers", "number", "patients aged 15 and over recorded as smokers", "people", minimum=0),
        field("aged_15_plus", "number", "patients aged 15 and over, of whom the smokers are counted", "people",
              minimum=1),
    ]
    at = {f["name"]: i for i, f in enumerate(fields)}

    def total(name, chosen=lambda row: True):
        return sum(row[at[name]] or 0 for row in rows if chosen(row))

    def missing(name):
        return sum(row[at[name]] is None for row in rows)

    west = [r for r in rows if r[at["in_west_kent"]]]
    check_figures(
        "registers", (len(rows), len(west), {r[at["ccg_2020"]] for r in west}, missing("list"), missing("smokers"),
                      missing("imd_score"), missing("share_65"), missing("share_65_2020")),
        (6264, 51, {"99J"}, 4, 4, 17, 1766, 14))
    check_figures(
        "registers", (total("list"), total("hypertension"), total("smokers"), total("aged_15_plus"),
                      sum(r[at["list"]] for r in west), sum(r[at["hypertension"]] for r in west)),
        (61726669, 8902340, 7580857, 51562486, 524720, 76787))
    if any((r[at["smokers"]] or 0) > (r[at["aged_15_plus"]] or 0) for r in rows):
        raise ValueError("more smokers than patients aged 15 and over")
    held = [r for r in rows if r[at["list"]] is not None]

    def totals(area, chosen):
        return [area, "2022/23", len(chosen), *(sum(r[at[n]] for r in chosen) for n in ("list", *REGISTERS)),
                *(sum(r[at[n]] or 0 for r in chosen) for n in ("smokers", "aged_15_plus"))]

    return Package(
        "practices-2022-23", "General practices of England: cardiovascular registers and smoking, 2022/23",
        "For each of 6,264 practices the patients on six registers of the Quality and Outcomes Framework (QOF), the "
        "list that they are counted among and the recorded smokers, with deprivation, age, rurality and contract. The "
        "51 practices of the former NHS West Kent CCG are marked, and stand in west-kent.csv once more by themselves.",
        "QOF 2022/23 (year inferred from the figures), IMD 2019, boundaries of the NHS of 2023",
        [HEEC],
        ["The year is inferred: the source's file of registers does not name it. Its columns of lists and smokers "
         "do.",
         "A register divided by the list is the published prevalence to its five printed decimals of a percent in "
         "every practice and register; the percentages themselves are left out.",
         "Missing: registers and smokers of 4 practices, the deprivation score of 17, the share aged 65 and over of "
         "1,766 (none in 7 of 106 sub-ICBs, most practices in 19). share_65_2020 is missing for 14 only, which "
         "opened later. Where both are there the later one is 0.3 percentage points higher in the mean, and they "
         "differ by up to 9.8 (correlation 0.988).",
         "The deprivation score has eight decimals, more than a small area's own: a mean over where the patients live.",
         "A register counts who is diagnosed and recorded, not who is ill. Not standardised for age.",
         "Some practices are not like others: university practices (hypertension below 1%), practices for care "
         "homes and the Royal Hospital Chelsea (49% to 63%).",
         "Registered is the mean of the financial year and the list that of its end: they differ by more than half "
         "where practices merged (B81069, E85091, L82007, L85030).",
         "The 51 practices lie where the former NHS West Kent CCG was; their 524,720 patients are registered, "
         "wherever they live, and are not the residents of the package west-kent-footprint."],
    ).add("practices", fields, ["practice"], rows, [
        matches("practices-2019-20", ["imd_score", "in_west_kent"]),
    ]).add("west-kent", fields, ["practice"], west, [
        matches("practices-2022-23", [f["name"] for f in fields if f["name"] != "practice"]),
    ]).add("totals", [
        key("area", "England, or E38000199 for the practices of the former NHS West Kent CCG"),
        key("period", "financial year"),
        field("practices", "number", "practices with registers", "practices", required=True, minimum=1),
        *(field(f["name"], "number", f["description"] + ", all practices together", "people", required=True, minimum=0)
          for f in fields[at["list"]:]),
    ], ["area", "period"], [totals(ENGLAND, held), totals(WEST_KENT, [r for r in held if r[at["in_west_kent"]]])])


def practices_2019_20(folder):
    rows = []
    for r in read(folder, "practices/practices-england-2019-20.csv"):
        rows.append([
            r["practice_code"], r["practice_name"], int(r["ccg_code"] == "99J"), *shared_cells(r, "2019_20"),
            r["ccg_code"], r["ccg_name"], count(r["patients_apr2020"]),
            *(decimal(r[n]) for n in ("share_male", "mean_age", "share_18plus", "share_50plus", "share_65plus",
                                      "gp_fte_2019", "total_qof_payments_gbp", "total_nhs_payments_gbp"))])
    rows.sort()
    west = [r for r in rows if r[2]]
    check_figures("practices", (len(rows), len(west), sum(r[11] is None for r in rows)), (7001, 56, 244))
    return Package(
        "practices-2019-20", "General practices of England: lists, ages, doctors and payments, 2019/20",
        "For each of 7,001 practices its list, the ages and sexes of its patients in April 2020, full-time equivalent "
        "doctors, payments, deprivation, rurality and contract. The 56 practices of the former NHS West "
        "Kent CCG are marked.",
        "NHS payments 2019/20, patients of April 2020, workforce of 2019, IMD 2019; clinical commissioning groups of "
        "2019/20",
        [HEEC],
        ["Missing: the ages and sexes of 244 practices, doctors of 112, the deprivation score of 78, contract of 110, "
         "dispensing of 106 and rurality of 103.",
         "Practices that closed or opened in the year have odd figures: 115 have no registered patients, one had 2 in "
         "April 2020. Payments are negative where more was paid back (all payments of 6 practices, QOF of 3).",
         "Ages and lists are of patients that are registered, more than live in England: lists hold people who "
         "moved away."],
    ).add("practices", practice_fields("2019/20") + [
        key("ccg", "code of its clinical commissioning group"), key("ccg_name", "the group's name"),
        field("patients", "number", "registered patients in April 2020", "people", minimum=0),
        field("share_male", "number", "male patients", "proportion", minimum=0, maximum=1),
        field("mean_age", "number", "mean age of its patients", "years", minimum=0),
        field("share_18", "number", "patients aged 18 and over", "proportion", minimum=0, maximum=1),
        field("share_50", "number", "patients aged 50 and over", "proportion", minimum=0, maximum=1),
        field("share_65", "number", "patients aged 65 and over", "proportion", minimum=0, maximum=1),
        field("doctors", "number", "general practitioners", "full-time equivalents", minimum=0),
        field("qof_payments", "number", "payments for quality (QOF)", "pounds"),
        field("nhs_payments", "number", "all payments of the NHS", "pounds"),
    ], ["practice"], rows)
