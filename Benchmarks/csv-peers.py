"""Makes the CSV file of the reader's timings and times other readers on it.

usage: csv-peers.py make FILE [ROWS]        5 million rows are 228 MB: two whole numbers, two fractions, two short words
       csv-peers.py time READER FILE RUNS   READER: polars, pandas, pyarrow or duckdb; POLARS_MAX_THREADS and
                                            DUCKDB_THREADS say how many threads

Seconds of one run are noise on a machine that others use: run the readers in turn, several times, and compare minima.
"""
import os
import resource
import sys
import time


def make(path, rows):
    import numpy as np

    random = np.random.default_rng(20261122)
    areas = np.array([f"E07{n:06d}" for n in range(300)])
    sexes = np.array(["female", "male"])
    with open(path, "w") as file:
        file.write("id,deaths,rate,person_years,area,sex\n")
        for first in range(0, rows, 100_000):
            n = min(100_000, rows - first)
            deaths = random.poisson(40, n) * 17
            rate = random.normal(0, 1, n)
            years = random.gamma(2, 500, n)
            area = areas[random.integers(0, 300, n)]
            sex = sexes[random.integers(0, 2, n)]
            file.write("".join(
                f"{first + i},{deaths[i]},{rate[i]:.6f},{years[i]:.3f},{area[i]},{sex[i]}\n" for i in range(n)))


def reader(name, path):
    if name == "polars":
        import polars
        return lambda: polars.read_csv(path)
    if name == "pandas":
        import pandas
        return lambda: pandas.read_csv(path)
    if name == "pyarrow":
        import pyarrow.csv
        return lambda: pyarrow.csv.read_csv(path)
    if name == "duckdb":
        import duckdb
        connection = duckdb.connect()
        connection.execute(f"set threads = {int(os.environ.get('DUCKDB_THREADS', os.cpu_count()))}")
        return lambda: connection.execute(f"create or replace table t as select * from read_csv('{path}')")
    sys.exit(__doc__)


def measure(name, path, runs):
    read = reader(name, path)
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        table = read()
        print(f"{name} wall {time.perf_counter() - wall:.3f} s, CPU {time.process_time() - cpu:.3f} s")
        del table
    print(f"{name} peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if len(sys.argv) > 2 and sys.argv[1] == "make":
    make(sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 5_000_000)
elif len(sys.argv) == 5 and sys.argv[1] == "time":
    measure(sys.argv[2], sys.argv[3], int(sys.argv[4]))
else:
    sys.exit(__doc__)
