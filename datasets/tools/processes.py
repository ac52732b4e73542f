"""What is fitted to the estimates of all districts: written by the program, described here."""

import csv
import os

from .package import Package, SEX, age, complete, field, key, single_ages

FIRST_STEP = 2000
FIGURES = [
    ("areas", "integer", "districts that were pooled", None),
    ("first_step", "integer", "mid-year at the start of the first step", None),
    ("national_coefficient", "number", "autocorrelation of the level that all districts share", None),
    ("national_innovation", "number", "standard deviation of its yearly innovation", None),
    ("local_coefficient", "number", "autocorrelation of the districts' own levels", None),
    ("local_variance", "number", "stationary variance of a typical district's own level", None),
    ("change_variance", "number", "variance of L(t+1) - coefficient x L(t) of a typical district beyond the chance of "
     "counts", None),
    ("variance_degrees_of_freedom", "number", "prior degrees of freedom of a district's variance; empty where the "
     "districts do not differ", None),
    ("mean_own_coefficient", "number", "mean of the districts' own estimates of their autocorrelation", None),
    ("coefficient_weight", "number", "weight of what a district's own estimate differs from that mean", None),
]


def _rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _number(text):
    return None if text == "" else float(text)


def make(folder):
    """The package from the three files that `pophealth datasets fit` wrote to a folder."""
    pools, levels, pattern = (_rows(folder, f"{name}.csv") for name in ("pools", "levels", "age-pattern"))
    bases = sorted({int(r["base"]) for r in pools})
    components = ["fertility", "migration"]
    limits = {
        "areas": {"minimum": 1}, "first_step": {}, "national_coefficient": {"minimum": 0, "maximum": 0.98},
        "local_coefficient": {"minimum": 0, "maximum": 0.98}, "coefficient_weight": {"minimum": 0, "maximum": 1},
        "mean_own_coefficient": {"minimum": -1, "maximum": 1},
    }
    return Package(
        "local-processes", "How fertility and net migration of districts varied, pooled over England",
        "Parameters of the processes from which simulated futures draw: autocorrelations and variances of the level of "
        "births and of net migration, pooled over the 296 districts of England, as they were known at each base year, "
        "and the age pattern of net migration.",
        f"fitted to the mid-year estimates of mid-{FIRST_STEP} to each base year",
        [{"title": "fitted by this project with `pophealth datasets fit`", "path": "datasets/fit.py"},
         {"title": "ONS mid-year estimates, rebased (package mid-year-estimates-districts)",
          "path": "mid-year-estimates-districts/population.csv"}],
        ["Results of a model, not data: `ComponentPool` in the library's reference tells the estimators and their "
         "sources. Anyone can fit them again from the packages beside this one: `python3 datasets/fit.py PROGRAM`.",
         "Births are those implied by the children of age 0, deaths those under national mortality, in every district "
         "and step. A level is the logarithm of births over those of the national rates of the last step, or net "
         "migrants for each person at the start.",
         "Nothing that was estimated after the base year is used, except that estimates are as revised later."],
        "rebased",
    ).add("pools", [
        field("base", "integer", "base year: the last mid-year whose estimates are used", required=True),
        key("component", "fertility or net migration", enum=components),
        *(field(name, kind, description, unit, required=name != "variance_degrees_of_freedom",
                **limits.get(name, {"minimum": 0})) for name, kind, description, unit in FIGURES),
    ], ["base", "component"], [
        [int(r["base"]), r["component"], int(r["areas"]), int(r["first_step"]),
         *(_number(r[name]) for name, *_ in FIGURES[2:])] for r in pools
    ], checks=[complete(["base"], "component", components)]).add("levels", [
        field("base", "integer", "base year", required=True),
        key("component", "fertility or net migration", enum=components),
        field("step", "integer", "mid-year at the start of the step", required=True),
        field("level", "number", "level of all districts together", required=True),
    ], ["base", "component", "step"], [
        [int(r["base"]), r["component"], int(r["step"]), float(r["level"])] for r in levels
    ], checks=[{"kind": "no-gap", "by": ["base", "component"], "column": "step"}]).add("age-pattern", [
        SEX, age(90),
        *(field(str(base), "number", "net migrants of the sex and age for one net migrant more than expected, base year "
                f"{base}", required=True) for base in bases),
    ], ["sex", "age"], [
        [r["sex"], r["age"], *(float(r[str(base)]) for base in bases)] for r in pattern
    ], checks=[complete(["sex"], "age", single_ages(90)), complete(["age"], "sex", ["female", "male"])])
