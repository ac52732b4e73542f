"""Makes the data that ours and other software are timed on; what is there already stays.

usage: PEER_DATA=FOLDER generate.py PART…

PART: a b c d e (the regressions, 1.1 GB in all), stream (case d as CSV, 540 MB), tables (a CSV file of 5 million rows,
228 MB), projection, indicators, elementary, quantiles (a year's
draws, 437 MB). Every part has its own seed.
"""
import os
import sys

import numpy

FOLDER = os.environ.get("PEER_DATA", "")


def path(name):
    return os.path.join(FOLDER, name)


def save(name, array):
    # Whole or not at all: what is there already is taken for complete.
    numpy.save(path(name + ".part.npy"), array)
    os.rename(path(name + ".part.npy"), path(name + ".npy"))


def case_a():
    """Poisson with offset, 10⁶ × 20."""
    random, n, p = numpy.random.default_rng(101), 1_000_000, 20
    x = random.standard_normal((n, p))
    x[:, 1] = 0.5 * x[:, 0] + numpy.sqrt(.75) * x[:, 1]
    x[:, 2] = (x[:, 2] > 0.8) * 1.0
    b = numpy.concatenate([[-6.0], numpy.linspace(-.25, .25, p)])
    off = numpy.log(random.gamma(4, 25, n))
    save("a_off", off)
    save("a_y", random.poisson(numpy.exp(b[0] + x @ b[1:] + off)).astype(float))
    save("a_X", x)


def case_b():
    """Logistic, 10⁶ × 20."""
    random, n, p = numpy.random.default_rng(102), 1_000_000, 20
    x = random.standard_normal((n, p))
    x[:, 3] = (x[:, 3] > 1.0) * 1.0
    b = numpy.concatenate([[-2.0], numpy.linspace(-.4, .4, p)])
    save("b_y", (random.random(n) < 1 / (1 + numpy.exp(-(b[0] + x @ b[1:])))).astype(float))
    save("b_X", x)


def case_c():
    """Linear, 10⁶ × 50."""
    random, n, p = numpy.random.default_rng(103), 1_000_000, 50
    x = random.standard_normal((n, p))
    x[:, 7] += 10
    save("c_y", 3 + x @ numpy.linspace(-1, 1, p) + random.standard_normal(n) * 2)
    save("c_X", x)


def case_d():
    """Poisson with offset, 5·10⁶ rows, factors of 20, 2 and 300 levels, 4 columns."""
    random, n = numpy.random.default_rng(104), 5_000_000
    age = random.choice(20, n, p=numpy.linspace(1.5, .5, 20) / 20).astype(numpy.int32)
    sex = random.integers(0, 2, n).astype(numpy.int32)
    weights = random.gamma(2, 1, 300)
    area = random.choice(300, n, p=weights / weights.sum()).astype(numpy.int32)
    z = random.standard_normal((n, 4))
    of_area, of_age = random.standard_normal(300) * .2, numpy.linspace(-1.5, 2.0, 20)
    off = numpy.log(random.uniform(.1, 5, n))
    eta = -3.0 + of_age[age] + .15 * sex + of_area[area] + z @ numpy.array([.2, -.1, .05, .3]) + off
    for name, array in [("age", age), ("sex", sex), ("area", area), ("off", off)]:
        save("d_" + name, array)
    save("d_y", random.poisson(numpy.exp(eta)).astype(float))
    save("d_Z", z)


def case_e():
    """Linear, 10⁴ × 1,000."""
    random, n, p = numpy.random.default_rng(105), 10_000, 1000
    x = random.standard_normal((n, p))
    b = random.standard_normal(p) * .1
    save("e_y", 1 + x @ b + random.standard_normal(n))
    save("e_X", x)


def stream():
    """Case d as CSV with every digit, so that the file holds the same doubles as the arrays."""
    import polars
    columns = {name: numpy.load(path(f"d_{name}.npy")) for name in ("y", "off", "age", "sex", "area")}
    columns["y"] = columns["y"].astype(int)
    z = numpy.load(path("d_Z.npy"))
    polars.DataFrame({**columns, **{f"z{j}": z[:, j] for j in range(4)}}).write_csv(path("stream.csv.part"))
    os.rename(path("stream.csv.part"), path("stream.csv"))


def tables(rows=5_000_000):
    """Two whole numbers, two fractions, two short words."""
    random = numpy.random.default_rng(20261122)
    areas = numpy.array([f"E07{n:06d}" for n in range(300)])
    sexes = numpy.array(["female", "male"])
    with open(path("tables.csv.part"), "w", encoding="ascii") as file:
        file.write("id,deaths,rate,person_years,area,sex\n")
        for first in range(0, rows, 100_000):
            n = min(100_000, rows - first)
            deaths = random.poisson(40, n) * 17
            rate, years = random.normal(0, 1, n), random.gamma(2, 500, n)
            area, sex = areas[random.integers(0, 300, n)], sexes[random.integers(0, 2, n)]
            file.write("".join(
                f"{first + i},{deaths[i]},{rate[i]:.6f},{years[i]:.3f},{area[i]},{sex[i]}\n" for i in range(n)))
    os.rename(path("tables.csv.part"), path("tables.csv"))


def indicators():
    """Counts of 10⁶ rows in 100,000 groups; areas by age band; areas by decile."""
    random, n = numpy.random.default_rng(106), 1_000_000
    people = random.integers(1_000, 10_001, n).astype(float)
    save("indicators_people", people)
    save("indicators_events", numpy.floor(people * random.uniform(0.001, 0.3, n)))
    # Every group has a row.
    groups = numpy.r_[random.permutation(100_000), random.integers(0, 100_000, n - 100_000)]
    save("indicators_group", groups.astype(numpy.int32))
    # 10,000 areas × 19 bands, more events the older.
    people = numpy.floor(random.uniform(500, 5_000, (10_000, 19)))
    save("indicators_dsr_people", people.ravel())
    risk = 0.001 * numpy.exp(0.25 * numpy.arange(19)) * random.lognormal(0, 0.2, (10_000, 1))
    save("indicators_dsr_events", random.binomial(people.astype(int), numpy.minimum(0.5, risk)).astype(float).ravel())
    # 10,000 areas × 20 bands: a Gompertz curve with an infant hump.
    people = numpy.floor(random.uniform(400, 4_000, (10_000, 20)))
    age = numpy.r_[0.5, 3, numpy.arange(7.5, 90, 5), 93]
    risk = numpy.exp(-10 + 0.095 * age) + (age < 1) * 0.004
    deaths = random.binomial(people.astype(int), numpy.minimum(0.5, risk * random.lognormal(0, 0.1, (10_000, 1))))
    save("indicators_life_people", people.ravel())
    # Without deaths in the open band there is no life expectancy.
    deaths[:, -1] = numpy.maximum(deaths[:, -1], 1)
    save("indicators_life_deaths", deaths.astype(float).ravel())
    # 300 areas × 10 deciles of life expectancy.
    people = numpy.floor(random.uniform(5_000, 20_000, (300, 10)))
    errors = 30 / numpy.sqrt(people)
    save("indicators_sii_people", people.ravel())
    save("indicators_sii_errors", errors.ravel())
    save("indicators_sii_values",
         (75 + 0.8 * numpy.arange(10) + random.normal(0, 1, (300, 1)) + errors * random.normal(0, 1, (300, 10))).ravel())


def projection():
    """Rates, people and shocks of 300 areas over 25 years in 1,000 simulations."""
    random, areas, years, simulations = numpy.random.default_rng(1), 300, 25, 1_000
    age = numpy.arange(91)
    death = numpy.minimum(0.9, numpy.exp(-9.5 + 0.092 * age))[None, None, :] * random.lognormal(0, .08, (areas, 2, 1))
    death[..., 0] = 0.004
    # The step of the UN has one survival ratio for the last closed group and the open one.
    death[..., 90] = death[..., 89]
    people = (1500 * numpy.exp(-((age - 40) / 38.) ** 2))[None, None, :] * random.lognormal(0, .3, (areas, 2, 1))
    births = numpy.zeros((areas, 91))
    births[:, 15:50] = 0.11 * numpy.exp(-((age[15:50] - 31) / 6.5) ** 2) * random.lognormal(0, .1, (areas, 1))
    moves = (12 * numpy.exp(-((age - 24) / 8.) ** 2) + 0.4)[None, None, :] * random.lognormal(0, .5, (areas, 2, 1))
    shape = (years, simulations)
    save("projection_death", death.ravel())
    save("projection_people", people.ravel())
    save("projection_births", births.ravel())
    save("projection_moves", moves.ravel())
    response = (0.02 - 0.00015 * age).clip(0.002)
    response[90] = response[89]
    save("projection_response", response)
    save("projection_index", numpy.cumsum(random.normal(-1.0, 1.5, shape), 0))
    save("projection_fertility", numpy.exp(numpy.cumsum(random.normal(0, .03, shape), 0)))
    save("projection_migration", (1 + numpy.cumsum(random.normal(0, .08, shape), 0)).clip(.2, 3))


def elementary():
    random = numpy.random.default_rng(107)
    save("elementary_log", numpy.exp(random.uniform(-20, 20, 4_096)))
    save("elementary_exp", random.uniform(-20, 20, 4_096))


def quantiles():
    """People of 300 areas × 2 sexes × 91 ages in 1,000 simulations."""
    random = numpy.random.default_rng(108)
    middle = 1_500 * random.lognormal(0, 0.5, (300 * 2 * 91, 1))
    save("quantiles_year", (middle * random.lognormal(0, 0.1, (len(middle), 1_000))).ravel())


# What makes each part, and the file that is written last.
PARTS = {"a": (case_a, "a_X.npy"), "b": (case_b, "b_X.npy"), "c": (case_c, "c_X.npy"), "d": (case_d, "d_Z.npy"),
         "e": (case_e, "e_X.npy"), "stream": (stream, "stream.csv"), "tables": (tables, "tables.csv"),
         "projection": (projection, "projection_migration.npy"),
         "indicators": (indicators, "indicators_sii_values.npy"),
         "elementary": (elementary, "elementary_exp.npy"), "quantiles": (quantiles, "quantiles_year.npy")}


def main(parts):
    if not FOLDER or not set(parts) <= set(PARTS):
        sys.exit(__doc__)
    os.makedirs(FOLDER, exist_ok=True)
    for part in parts:
        make, last = PARTS[part]
        if not os.path.exists(path(last)):
            print(f"making the data of {part}", file=sys.stderr)
            make()


if __name__ == "__main__":
    main(sys.argv[1:])
