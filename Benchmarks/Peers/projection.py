"""Projects case l with NumPy: 300 areas × 2 sexes × 91 ages × 25 years × 1,000 simulations.

usage: PEER_DATA=FOLDER THREADS=1 projection.py l|certain [REPEATS]

The step of the UN with half of the migrants at each end; births are the rates times the mean of the women at start and end.
Work arrays of an area and 125 simulations stay in the second cache, with the simulations one after the other in memory; the
exponential of the index of mortality is taken once a year, simulation and age and shared by all areas. It is the best of
four layouts. certain: one simulation without any shock.
"""
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy
from measured import THREADS, Measured, load

AGES, BLOCK = 91, 125
SHARE_OF_BOYS = 105 / 205
PROBABILITIES = [.025, .1, .5, .9, .975]


class Case:
    def __init__(self, certain):
        self.death, self.people, self.moves = (
            load("projection_" + name).reshape(-1, 2, AGES) for name in ("death", "people", "moves"))
        self.births = load("projection_births").reshape(-1, AGES)
        self.index, self.fertility, self.migration = (
            load("projection_" + name) for name in ("index", "fertility", "migration"))
        self.response = load("projection_response")
        if certain:
            # Mortality on its trend, one less a year; one simulation.
            years = len(self.index)
            self.index = -numpy.arange(1.0, years + 1)[:, None]
            self.fertility = self.migration = numpy.ones((years, 1))
        self.years, self.simulations = self.index.shape

    def area(self, i, factors):
        """Births, deaths, people, people aged 65 or more and 85 or more, by year and simulation."""
        out = numpy.empty((self.years, 5, self.simulations))
        for start in range(0, self.simulations, BLOCK):
            block = slice(start, min(start + BLOCK, self.simulations))
            n = block.stop - block.start
            people = numpy.repeat(self.people[i][:, :, None], n, 2)
            alive, exposed, half = (numpy.empty_like(people) for _ in range(3))
            for t in range(self.years):
                numpy.multiply(self.death[i][:, :, None], factors[t, :, block], out=alive)
                numpy.minimum(alive, .99, out=alive)
                numpy.subtract(1, alive, out=alive)
                numpy.multiply(self.moves[i][:, :, None], self.migration[t, block] * .5, out=half)
                people += half
                exposed[...] = people
                people *= alive
                out[t, 1, block] = exposed.sum((0, 1)) - people.sum((0, 1))
                oldest = people[:, -1] + people[:, -2]
                people[:, 1:] = people[:, :-1]
                people[:, -1] = oldest
                people[:, 0] = 0
                people += half
                women = exposed[1, 15:50]
                women += people[1, 15:50]
                born = (self.births[i, 15:50] @ women) * self.fertility[t, block] * .5
                newborns = 1 - (1 - alive[:, 0]) * .85
                boys = born * SHARE_OF_BOYS
                survivors = boys * newborns[0], (born - boys) * newborns[1]
                out[t, 1, block] += born - survivors[0] - survivors[1]
                people[0, 0] += survivors[0]
                people[1, 0] += survivors[1]
                total = people.sum(0)
                out[t, 0, block], out[t, 2, block] = born, total.sum(0)
                out[t, 3, block], out[t, 4, block] = total[65:].sum(0), total[85:].sum(0)
        return out

    def run(self):
        """The five figures of every area and year in their quantiles and mean."""
        factors = numpy.exp(self.index[:, None, :] * self.response[None, :, None])
        areas = range(len(self.people))
        if THREADS > 1:
            with ThreadPoolExecutor(THREADS) as pool:
                figures = numpy.stack(list(pool.map(lambda i: self.area(i, factors), areas)))
        else:
            figures = numpy.stack([self.area(i, factors) for i in areas])
        quantiles = numpy.quantile(figures, PROBABILITIES, axis=-1)
        return numpy.concatenate([figures.mean(-1)[None], quantiles])


def main(name, repeats="1"):
    case = Case(certain=name == "certain")
    measured = Measured(case.run, int(repeats))
    cells = len(case.people) * 2 * AGES * case.years * case.simulations
    measured.report("projection", name, "numpy", measured.value.ravel(), {"units": cells})


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 3 or sys.argv[1] not in ("l", "certain"):
        sys.exit(__doc__)
    main(*sys.argv[1:])
