#!/usr/bin/env bash
# Fits case d from a CSV file with less memory than the file has bytes, and compares the coefficients with those of the
# fit in memory.
#
# usage: PEER_DATA=FOLDER PYTHON=python3 Benchmarks/regression-stream.sh [MEGABYTES]
#
#   PEER_DATA  the .npy files of case d; the CSV file is written there once
#   PYTHON     a Python that has NumPy and pandas
#   MEGABYTES  the address space that the fit may have (500)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${PEER_DATA:?the folder of the .npy files}"
export PEER_DATA
python=${PYTHON:-python3}
limit=${1:-500}
csv=$PEER_DATA/d.csv

cd "$here"
swift build -c release --product regression-peers >&2
ours=$(swift build -c release --show-bin-path)/regression-peers
if [ ! -e "$csv" ]; then
  "$python" - "$csv" <<'PYTHON'
import os, sys
import numpy, pandas
def load(name):
    return numpy.load(os.path.join(os.environ["PEER_DATA"], f"d_{name}.npy"))
z = load("Z")
# Every digit, so that the file holds the same doubles as the arrays.
pandas.DataFrame({"y": load("y").astype(int), "off": load("off"), "age": load("age"), "sex": load("sex"),
                  "area": load("area"), **{f"z{j}": z[:, j] for j in range(4)}}).to_csv(sys.argv[1], index=False)
PYTHON
fi
echo "file: $(($(stat -c %s "$csv") / 1000000)) MB; address space: $limit MB" >&2
# Both are fitted to the end, so that what is left between them is rounding.
export TOLERANCE=1e-12
"$ours" d 1 1
(ulimit -v $((limit * 1024)) && "$ours" stream "$csv")
"$python" - <<'PYTHON'
import os, sys
import numpy
def load(name):
    return numpy.load(os.path.join(os.environ["PEER_DATA"], name))
a, b = load("coef_d_pophealth.npy"), load("coef_d_pophealth_streamed.npy")
apart = float(numpy.max(numpy.abs(a - b) / numpy.maximum(1, numpy.abs(a))))
print(f"coefficients apart: {apart:.1e}")
sys.exit(0 if apart <= 1e-12 else "the fit from the file is not the fit in memory")
PYTHON
