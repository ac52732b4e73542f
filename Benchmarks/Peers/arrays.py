"""Works on plain arrays with NumPy.

usage: PEER_DATA=FOLDER arrays.py PART CASE [REPEATS]

PART and CASE: elementary exp, elementary log (an array in the first caches, 2,000 passes); quantiles year (five quantiles of
every cell of a year's draws)
"""
import sys

import numpy
from measured import Measured, load


def elementary(function):
    x = load("elementary_" + function.__name__)
    y, passes = x.copy(), 2_000

    def work():
        for _ in range(passes):
            function(x, out=y)
        return y
    return work, lambda found: found, passes * len(x)


def quantiles():
    draws = load("quantiles_year").reshape(-1, 1_000)
    return (lambda: numpy.quantile(draws, [0.025, 0.1, 0.5, 0.9, 0.975], axis=-1),
            lambda found: found.T.ravel(), draws.size)


CASES = {("elementary", "exp"): lambda: elementary(numpy.exp), ("elementary", "log"): lambda: elementary(numpy.log),
         ("quantiles", "year"): quantiles}


def main(part, case, repeats="3"):
    work, answers, units = CASES[part, case]()
    measured = Measured(work, int(repeats))
    measured.report(part, case, "numpy", answers(measured.value), {"units": units})


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4 or tuple(sys.argv[1:3]) not in CASES:
        sys.exit(__doc__)
    main(*sys.argv[1:])
