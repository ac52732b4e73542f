"""What the West Kent Health and Care Partnership says of its place: quoted claims, never data."""

from .package import Package, field, key

PRESENTATION = "West Kent Health and Care Partnership, presentation, 2021"


def make(_):
    rows = [
        ["female-share-kent", "population", "50.9% of the people of Kent as a whole are female", "share-female",
         0.509, None, PRESENTATION],
        ["life-expectancy-female", "life expectancy", "women live to 84.3 years", "life-expectancy-female", 84.3, None,
         PRESENTATION],
        ["life-expectancy-male", "life expectancy", "men live to 81.4 years", "life-expectancy-male", 81.4, None,
         PRESENTATION],
        ["over-85s-double", "ageing", "the number of people aged over 85 will double by 2035", "ratio-85-and-over", 2,
         2035, PRESENTATION],
        ["population-size", "population", "about 491,000 people", "population", 491000, None, PRESENTATION],
        ["aged-65-to-84-third", "ageing", "the number of people aged 65 to 84 will increase by about one third by 2035",
         "ratio-65-84", 1.333, 2035, PRESENTATION],
    ]
    return Package(
        "west-kent-claims", "What the West Kent Health and Care Partnership says of its population",
        "Quoted figures of the partnership's own documents, to be printed beside figures computed from data.",
        "Presentation of 2021", [{"title": PRESENTATION, "path": "not held in a public repository; quoted as printed"}],
        ["These are quoted claims, never data: nothing is computed from them.",
         "The presentation names no base year for population, life expectancy and the increases to 2035, so year is "
         "missing for the first two.",
         "“About one third” stands as 1.333; over 85 is read as aged 85 and over.",
         "indicators.csv holds the partnership's two lists, 13 indicators better than the national average and 6 "
         "worse, and its figures of smoking, weight and life expectancy. Which indicator tests a claim, and the remarks, are "
         "this project's; the partnership names no period.",
         "The share of women is that of Kent as a whole, not of West Kent."],
        licenses=[{"name": "notspecified", "title": "Single figures quoted with their source; no licence is stated"}],
    ).add("claims", [
        key("id", "short name of the claim"), key("topic", "what it is about"), key("statement", "the claim in words"),
        key("measure", "what is measured: population (people), share-female (proportion), life-expectancy-… (years "
            "at birth), ratio-… (people of the age band in the year over those of the base year)"),
        field("value", "number", "the figure, in the unit of its measure", required=True),
        field("year", "integer", "year that the figure is for, where the source names one"),
        key("source", "where it was said"),
    ], ["id"], sorted(rows)).add("indicators", [
        key("claim", "short name of the claim"),
        field("order", "integer", "place in the partnership's lists", required=True),
        key("list", "better or worse than the national average, or a figure", enum=["better", "worse", "figure"]),
        key("statement", "the claim in words"),
        field("direction", "string", "what the claim says of the measure beside the areas of `beside`",
              enum=["higher", "lower"]),
        field("beside", "string", "slugs of the areas that it is compared with, separated by |"),
        field("value", "number", "the figure that is claimed, in the unit of the indicator"),
        field("decimals", "integer", "digits behind the point of the figure that is claimed"),
        field("indicator", "string", "indicator of the package `indicators` that tests it; empty where there is none"),
        field("also", "string", "indicators of other sources that bear on it, separated by |"),
        field("index", "string", "measure of ons-health-index that bears on it"),
        field("fingertips", "integer", "number of the indicator in Fingertips whose figure of England bears on it"),
        field("said", "integer", "year in which it was said", required=True),
        key("remark", "what the figures can and cannot say of the claim, or what would be needed"),
        key("source", "where it was said"),
    ], ["claim"], indicator_claims())


CRUDE = "Registers count who is recorded, of all ages together: not need, and not standardised for age."
SURVEY = "A survey of adults (Active Lives), by their own report of height and weight."
DEATHS = "The deaths of one year, so a wide interval; first band 0-4; Chiang II."
ADMISSIONS = "Hospital admissions by district and age, with counts, would be needed"
SCREENED = ("Counts of those eligible and screened by district would be needed; the index has the mean of three "
            "programmes.")


def indicator_claims():
    rows = []

    def add(claim, group, statement, remark, direction="", beside="england", value=None, decimals=None, indicator="",
            also="", index="", fingertips=None):
        rows.append([claim, len(rows) + 1, group, statement, direction, beside, value, decimals, indicator, also,
                     index, fingertips, 2021, remark, PRESENTATION])

    def better(claim, statement, remark, direction="lower", **evidence):
        add(claim, "better", statement, remark, direction, **evidence)

    def worse(claim, statement, remark, **evidence):
        add(claim, "worse", statement, remark, "higher", **evidence)

    def figure(claim, statement, remark, value, decimals, **evidence):
        add(claim, "figure", statement, remark, "", "", value, decimals, **evidence)

    better("excess-weight-year-6", "fewer children in Year 6 with excess weight", "Measured at school.",
           indicator="year-6-overweight")
    better("physical-inactivity", "fewer adults who are physically inactive",
           "The survey's figures of districts come without intervals or people asked; counts or limits (Active Lives, "
           "Fingertips 93015) would be needed.", index="sedentary_behaviour", fingertips=93015)
    better("alcohol-admissions", "fewer hospital stays for alcohol-related harm",
           ADMISSIONS + ", and England's on the same definition.", index="alcohol_misuse")
    better("breast-screening", "more women screened for breast cancer", SCREENED, "higher",
           index="cancer_screening_attendance")
    better("cervical-screening", "more women screened for cervical cancer", SCREENED, "higher",
           index="cancer_screening_attendance")
    better("bowel-screening", "more people screened for bowel cancer", SCREENED, "higher",
           index="cancer_screening_attendance")
    better("low-birth-weight", "fewer births at term of low weight",
           "Births at term by weight and district, and England's, would be needed.", index="low_birth_weight")
    better("under-18-conceptions", "fewer conceptions under 18",
           "The counts follow exactly from the published rates and the girls of mid-2018.",
           indicator="under-18-conceptions")
    better("asthma-admissions", "fewer emergency admissions for asthma under 19", ADMISSIONS + ".")
    better("epilepsy-admissions", "fewer emergency admissions for epilepsy under 19", ADMISSIONS + ".")
    better("circulatory-mortality", "fewer deaths from circulatory disease under 75",
           "A proxy: deaths considered preventable, not all; standardised for age.",
           indicator="preventable-cardiovascular-mortality")
    better("cancer-mortality", "fewer deaths from cancer under 75",
           "Deaths from cancer by district and age would be needed.")
    better("suicide", "fewer suicides", "Suicides by district over three years, and England's, would be needed.",
           index="suicides")
    worse("substance-admissions", "more admissions for substance misuse at 15 to 24", ADMISSIONS + ".")
    worse("hypertension", "more hypertension", CRUDE, indicator="hypertension",
          also="hypertension-practices|hypertension-districts")
    worse("diabetes", "more diabetes (17+)", CRUDE, indicator="diabetes", also="diabetes-districts")
    worse("coronary-heart-disease", "more coronary heart disease", CRUDE, indicator="coronary-heart-disease",
          also="coronary-heart-disease-practices|coronary-heart-disease-districts")
    worse("serious-mental-illness", "more serious mental illness", CRUDE, indicator="serious-mental-illness",
          also="serious-mental-illness-districts")
    worse("falls-admissions", "more emergency admissions for falls at 65 and over", ADMISSIONS + ".",
          fingertips=22401)
    figure("smoking", "12% smoke",
           "The survey that such figures are taken from; four small samples, so a wide interval.", 12, 0,
           indicator="adult-smoking", also="smoking")
    add("smoking-beside", "figure", "fewer smoke than in Kent and England",
        "Smokers aged 15 and over as practices record them.", "lower", "kent|england", indicator="smoking",
        also="adult-smoking|smoking-practices")
    figure("overweight", "58% are overweight or obese", SURVEY, 58, 0, indicator="adult-overweight")
    add("overweight-beside", "figure", "fewer are overweight than in Kent and England", SURVEY, "lower",
        "kent|england", indicator="adult-overweight")
    for sex, people, years in (("male", "men", 81.4), ("female", "women", 84.3)):
        figure(f"life-expectancy-{sex}", f"{people} live to {years} years", DEATHS, years, 1,
               indicator=f"life-expectancy-{sex}")
        add(f"life-expectancy-{sex}-beside", "figure", f"{people} live longer than in England", DEATHS, "higher",
            indicator=f"life-expectancy-{sex}")
    return sorted(rows)
