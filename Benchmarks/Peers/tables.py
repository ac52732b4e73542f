"""Reads a CSV file whole with other software and tells sums of its columns.

usage: PEER_DATA=FOLDER THREADS=1 tables.py FILE PROGRAM [REPEATS]

PROGRAM: polars, pandas, pyarrow or duckdb (into a table of its own, in memory).
"""
import os
import sys

from measured import THREADS, Measured

NUMBERS = ["id", "deaths", "rate", "person_years"]


def polars(path):
    import polars as package
    return lambda: package.read_csv(path), lambda table: table.to_pandas()


def pandas(path):
    import pandas as package
    return lambda: package.read_csv(path), lambda table: table


def pyarrow(path):
    import pyarrow.csv
    pyarrow.set_cpu_count(THREADS)
    # Its reader brings a second thread along unless told not to.
    options = pyarrow.csv.ReadOptions(use_threads=THREADS > 1)
    return lambda: pyarrow.csv.read_csv(path, read_options=options), lambda table: table.to_pandas()


def duckdb(path):
    import duckdb as package
    connection = package.connect()
    connection.execute(f"set threads = {THREADS}")

    def read():
        connection.execute("create or replace table t as select * from read_csv(?)", [path])
    return read, lambda _: connection.execute("select * from t").df()


def main(path, program, repeats="3"):
    readers = {"polars": polars, "pandas": pandas, "pyarrow": pyarrow, "duckdb": duckdb}
    if program not in readers:
        sys.exit(__doc__)
    os.environ["POLARS_MAX_THREADS"] = str(THREADS)
    read, frame = readers[program](path)
    measured = Measured(read, int(repeats))
    table = frame(measured.value)
    sums = {name: float(table[name].astype(float).sum()) for name in NUMBERS}
    measured.report("tables", "read", program, more={
        "rows": len(table), "female": int((table["sex"] == "female").sum()), "areas": table["area"].nunique(), **sums})


if __name__ == "__main__":
    if not 3 <= len(sys.argv) <= 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
