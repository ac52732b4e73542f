"""Makes every data package of this folder from the source files.

usage: python3 datasets/make.py SOURCE_FOLDER

SOURCE_FOLDER holds the files that the packages name in `sources`, in the folders population, projections,
vital-events, geography, indicators and practices. The same sources give the same bytes. `packages.csv` names what
belongs here, so that a package that got lost is missed; those that fit.py makes with the program are among them.
"""

import os
import sys

# Leaves no cache folder among the packages.
sys.dont_write_bytecode = True

from tools import (
    areas, catalogue, claims, indicators, mortality, planning, population, practices, projections,
    registers, vital)

MAKERS = [
    areas.make, population.kent, population.districts, population.original, population.components, vital.deaths,
    vital.life_tables, mortality.england_wales, projections.npp_2018, projections.npp_2020, projections.subnational,
    planning.footprint, claims.make, planning.scenarios, practices.practices_2019_20, practices.registers_2022_23,
    registers.by_commissioning_group, registers.by_district, indicators.smoking, indicators.ons_indicators,
    indicators.health_index, indicators.england, indicators.conceptions, indicators.standards, catalogue.make,
]
# Made by fit.py.
FITTED = ["local-processes"]


def main(arguments):
    if len(arguments) != 1 or not os.path.isdir(arguments[0]):
        sys.exit("usage: python3 datasets/make.py SOURCE_FOLDER")
    target = os.path.dirname(os.path.abspath(__file__))
    names = []
    for make in MAKERS:
        package = make(arguments[0])
        names.append(package.about["name"])
        size, rows = package.write(target)
        print(f"{package.about['name']:30} {size:>10,} bytes  {', '.join(f'{n:,}' for n in rows)} rows")
    with open(os.path.join(target, "packages.csv"), "w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(f"{name}\n" for name in ["package", *sorted(names + FITTED)])


if __name__ == "__main__":
    main(sys.argv[1:])
