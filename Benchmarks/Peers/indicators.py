"""Works out columns of indicators with NumPy and SciPy, vectorised: the same statistics as ours, without its checks of
every row and its join of age bands by name.

usage: PEER_DATA=FOLDER indicators.py CASE [REPEATS]

CASE: proportions groups lsoas-fresh lsoas-reused lsoas-blocks dsr life-expectancy sii
"""
import sys

import numpy
from measured import Measured, load

# Critical values at 95% and 99.8%.
Z = [1.959963984540054, 3.090232306167813]
EUROPEAN_2013 = numpy.array([
    5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000.])
KEPT = 1_000_000
SMALL_AREAS = 67_510_000
# A block's columns stay in the second cache.
BLOCK = 16_384


def column(name):
    return load("indicators_" + name)


def wilson(x, n):
    """Proportions and the limits of Wilson (1927): value, lower and upper at 95%, lower and upper at 99.8%."""
    p = x / n
    columns = [p]
    for z in Z:
        middle = 2 * x + z * z
        reach = z * numpy.sqrt(z * z + 4 * x * (1 - p))
        scale = 0.5 / (n + z * z)
        columns += [(middle - reach) * scale, (middle + reach) * scale]
    return columns


def wilson_into(x, n, columns, scratch):
    """The same without fresh memory: what a careful author writes."""
    p, middle, reach = columns[0], scratch[0][:len(x)], scratch[1][:len(x)]
    numpy.divide(x, n, out=p)
    for level, z in enumerate(Z):
        lower, upper = columns[1 + 2 * level], columns[2 + 2 * level]
        numpy.subtract(1, p, out=reach)
        reach *= x
        reach *= 4
        reach += z * z
        numpy.sqrt(reach, out=reach)
        reach *= z
        numpy.multiply(x, 2, out=middle)
        middle += z * z
        numpy.subtract(middle, reach, out=lower)
        numpy.add(middle, reach, out=upper)
        numpy.add(n, z * z, out=middle)
        numpy.divide(0.5, middle, out=middle)
        lower *= middle
        upper *= middle


def kept(columns):
    """What is compared: the first rows of each column and the sum of all."""
    return numpy.concatenate([part for c in columns for part in (c[:KEPT], [c.sum()])])


def blocks(count):
    return [slice(start, min(start + BLOCK, count)) for start in range(0, count, BLOCK)]


def proportions():
    x, n = column("events"), column("people")
    return lambda: wilson(x, n), kept, len(x)


def groups():
    x, n, codes = column("events"), column("people"), column("group")

    def work():
        return wilson(numpy.bincount(codes, x, 100_000), numpy.bincount(codes, n, 100_000))
    return work, kept, len(x)


def small_areas():
    return numpy.resize(column("events"), SMALL_AREAS), numpy.resize(column("people"), SMALL_AREAS)


def fresh():
    x, n = small_areas()
    return lambda: wilson(x, n), kept, len(x)


def reused():
    x, n = small_areas()
    scratch = [numpy.zeros(BLOCK) for _ in range(2)]
    columns = []

    def work():
        # Made by the run that warms up, so that they count as memory.
        columns.extend(numpy.empty(len(x)) for _ in range(5 - len(columns)))
        for b in blocks(len(x)):
            wilson_into(x[b], n[b], [c[b] for c in columns], scratch)
        return columns
    return work, kept, len(x)


def by_block():
    x, n = small_areas()
    columns = [numpy.zeros(BLOCK) for _ in range(5)]
    scratch = [numpy.zeros(BLOCK) for _ in range(2)]

    def each(consume):
        for b in blocks(len(x)):
            block = [c[:b.stop - b.start] for c in columns]
            wilson_into(x[b], n[b], block, scratch)
            consume(b, block)

    def work():
        first = [0.0]

        def consume(_, block):
            first[0] += block[4][0]
        each(consume)
        return first

    def answers(_):
        rows = [numpy.zeros(KEPT) for _ in range(5)]
        sums = [0.0] * 5

        def consume(b, block):
            for c, found in enumerate(block):
                room = max(0, min(KEPT - b.start, len(found)))
                if room:
                    rows[c][b.start:b.start + room] = found[:room]
                sums[c] += found.sum()
        each(consume)
        return numpy.concatenate([part for c in range(5) for part in (rows[c], [sums[c]])])
    return work, answers, len(x)


def standardised():
    """Dobson's limits with Byar's of the count; every area has ten events or more."""
    x, n = (column(name).reshape(-1, 19) for name in ("dsr_events", "dsr_people"))

    def work():
        weights = EUROPEAN_2013 / EUROPEAN_2013.sum()
        share = weights / n
        count = x.sum(1)
        rate = (share * x).sum(1)
        scale = numpy.sqrt((share * share * x).sum(1) / count)
        columns = [rate * 1e5]
        for z in Z:
            lower = count * (1 - 1 / (9 * count) - z / (3 * numpy.sqrt(count))) ** 3
            upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * numpy.sqrt(count + 1))) ** 3
            columns += [(rate + scale * (limit - count)) * 1e5 for limit in (lower, upper)]
        return columns
    return work, kept, x.size


def life_expectancy():
    """Chiang's second method with the open band's variance of Silcocks, at every age."""
    deaths, people = (column(name).reshape(-1, 20) for name in ("life_deaths", "life_people"))
    widths = numpy.r_[1, 4, numpy.full(17, 5.0)]
    shares = numpy.r_[0.1, numpy.full(18, 0.5)]

    def work():
        rate = deaths / people
        e, variance = numpy.empty_like(rate), numpy.empty_like(rate)
        e[:, -1] = 1 / rate[:, -1]
        variance[:, -1] = 1 / (deaths[:, -1] * rate[:, -1] ** 2)
        q = widths * rate[:, :-1] / (1 + widths * rate[:, :-1] * (1 - shares))
        spread = numpy.divide(
            q * q * (1 - q), deaths[:, :-1], out=numpy.zeros_like(q), where=deaths[:, :-1] > 0)
        for band in range(18, -1, -1):
            width, rest = widths[band], (1 - shares[band]) * widths[band]
            chance, later = q[:, band], e[:, band + 1]
            variance[:, band] = spread[:, band] * (rest + later) ** 2 + (1 - chance) ** 2 * variance[:, band + 1]
            e[:, band] = width - rest * chance + (1 - chance) * later
        reach = Z[0] * numpy.sqrt(variance)
        return [e, e - reach, e + reach]
    return work, lambda columns: numpy.concatenate([c.ravel() for c in columns]), deaths.size


def slopes():
    """Slope index with normal limits, relative index with Fieller's."""
    people, values, errors = (column("sii_" + name).reshape(-1, 10) for name in ("people", "values", "errors"))
    calls = 100

    def once():
        share = people / people.sum(1, keepdims=True)
        offset = numpy.cumsum(share, 1) - share / 2 - 0.5
        lever = share * offset / (share * offset * offset).sum(1, keepdims=True)
        square = errors * errors
        slope, middle = (lever * values).sum(1), (share * values).sum(1)
        slope_v, middle_v = (lever * lever * square).sum(1), (share * share * square).sum(1)
        covariance = (share * lever * square).sum(1)
        bottom, top = middle - slope / 2, middle + slope / 2
        index, lower, upper, ratio_lower, ratio_upper = top / bottom, [], [], [], []
        for z in Z:
            reach = z * numpy.sqrt(slope_v)
            lower.append(slope - reach)
            upper.append(slope + reach)
            clearance = bottom * bottom - z * z * (middle_v + slope_v / 4 - covariance)
            product = top * bottom - z * z * (middle_v - slope_v / 4)
            turning = slope * slope * middle_v - 2 * slope * middle * covariance + middle * middle * slope_v
            root = numpy.sqrt(z * z * turning - z ** 4 * (middle_v * slope_v - covariance * covariance))
            ratio_lower.append((product - root) / clearance)
            ratio_upper.append((product + root) / clearance)
        return [slope, *lower, *upper, index, *ratio_lower, *ratio_upper]

    def work():
        for _ in range(calls):
            found = once()
        return found
    return work, numpy.concatenate, calls * people.size


CASES = {
    "proportions": proportions, "groups": groups, "lsoas-fresh": fresh, "lsoas-reused": reused,
    "lsoas-blocks": by_block, "dsr": standardised, "life-expectancy": life_expectancy, "sii": slopes}


def main(name, repeats="3"):
    work, answers, units = CASES[name]()
    measured = Measured(work, int(repeats))
    measured.report("indicators", name, "numpy", answers(measured.value), {"units": units})


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3 or sys.argv[1] not in CASES:
        sys.exit(__doc__)
    main(*sys.argv[1:])
