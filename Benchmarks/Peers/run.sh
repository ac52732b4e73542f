#!/usr/bin/env bash
# Runs other software and ours back to back on the same files, checks that the answers agree, and writes the tables of
# Benchmarks/README.md.
#
# usage: Benchmarks/Peers/run.sh [PART | PART:CASE]…
#
#   regression      fits a, b, c, d and e            glum, scikit-learn, NumPy, pyfixest
#   stream          case d from a file, with less memory than the file has bytes
#   tables          CSV, 5 million rows              polars, pandas, DuckDB, pyarrow
#   projection      case l of the ensembles          NumPy
#   quantiles       five of every cell of a year     NumPy
#   indicators      proportions, rates, slopes …     NumPy and SciPy
#   elementary      exp and log of an array          NumPy
#
# Without arguments everything. In the environment:
#   ROUNDS          how often everything is run (3); what is told is the least of all runs
#   PEER_SCRATCH    where the other software, the data and the results go (Benchmarks/.peers, 4 GB)
#   PEER_DATA       the folder of the data alone
#   PYTHON          a Python that has requirements.txt installed; otherwise one is made in PEER_SCRATCH
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/.."
scratch=${PEER_SCRATCH:-$PWD/.peers}
export PEER_DATA=${PEER_DATA:-$scratch/data}
rounds=${ROUNDS:-3}
swift=${SWIFT:-swift}
# The address space in MB that the fit from a file may have; the file has 540.
limit=500

usage() {
  sed -n '5,20s/^# \{0,1\}//p' "$here/run.sh" >&2
  exit 2
}
all_cases() {
  case $1 in
  regression) echo a b c d e ;;
  stream) echo d ;;
  tables) echo read ;;
  projection) echo l ;;
  quantiles) echo year ;;
  indicators) echo proportions groups dsr life-expectancy sii lsoas-fresh lsoas-reused lsoas-blocks ;;
  elementary) echo exp log ;;
  *) usage ;;
  esac
}

[ $# -gt 0 ] || set -- regression stream tables projection quantiles indicators elementary
for word in "$@"; do
  known=" $(all_cases "${word%%:*}") " || exit 2
  [ "${word#*:}" = "$word" ] || [[ $known == *" ${word#*:} "* ]] || usage
done
[ "$(uname)" = Linux ] || {
  echo "memory is read from /proc: this needs Linux" >&2
  exit 1
}
mkdir -p "$scratch/results" "$PEER_DATA"
export PYTHONDONTWRITEBYTECODE=1

# The other software, in an environment of its own.
if [ -z "${PYTHON:-}" ]; then
  PYTHON=$scratch/python/bin/python
  if ! cmp -s "$here/requirements.txt" "$scratch/python/installed.txt"; then
    python3 -c 'import ensurepip, venv' 2>/dev/null || {
      echo "python3 cannot make environments; on Debian: apt-get install python3-venv" >&2
      exit 1
    }
    echo "installing the peers into $scratch/python" >&2
    python3 -m venv --clear "$scratch/python"
    "$PYTHON" -m pip install --quiet --disable-pip-version-check --only-binary :all: -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$scratch/python/installed.txt"
  fi
fi

$swift build -c release --product peers >&2
program=$($swift build -c release --show-bin-path)/peers

ours() { "$program" "$@" >>"$results"; }
# peer THREADS SCRIPT ARGUMENTS…: NumPy's OpenBLAS may take a processor with AVX-512 for an older one.
peer() {
  local threads=$1 script=$2 core=${OPENBLAS_CORETYPE:-}
  shift 2
  [ -n "$core" ] || ! grep -qs avx512f /proc/cpuinfo || core=SkylakeX
  env ${core:+OPENBLAS_CORETYPE=$core} THREADS="$threads" OMP_NUM_THREADS="$threads" OPENBLAS_NUM_THREADS="$threads" \
    NUMBA_NUM_THREADS="$threads" RAYON_NUM_THREADS="$threads" "$PYTHON" "$here/$script.py" "$@" >>"$results"
}
# begin PART CASE: results of a case begin anew with what the machine is.
begin() {
  results=$scratch/results/$1-$2.jsonl
  echo "$1 $2" >&2
  "$PYTHON" "$here/report.py" machine >"$results"
}
make_data() { "$PYTHON" "$here/generate.py" "$@"; }
# Processes take turns, ours and another, so that both see the same neighbours on a shared machine.
in_turns() {
  local round
  for round in $(seq "$rounds"); do "$@" "$round"; done
}

regression_turn() {
  local case=$1 round=$2 threads each peers repeats=2
  case $case in
  a | b) peers="glum_F glum_se_F sklearn" ;;
  c) peers="glum_F numpy_normal sklearn" ;;
  d) peers="glum glum_se" repeats=1 ;;
  e) peers="glum_F numpy_normal numpy_lstsq" ;;
  esac
  # Some 15 s a fit.
  [ "$case$round" != d1 ] || peers="$peers pyfixest"
  for each in $peers; do
    for threads in 1 2; do
      ours regression "$case" $threads 3
      peer $threads regression "$case" "$each" $repeats
    done
  done
}
run_regression() {
  make_data "$1"
  begin regression "$1"
  in_turns regression_turn "$1"
}

run_stream() {
  make_data d stream
  begin stream d
  # Both are fitted to the end, so that what is left between them is rounding.
  TOLERANCE=1e-12 ours regression d 1 1
  (ulimit -v $((limit * 1024)) && TOLERANCE=1e-12 ours stream "$PEER_DATA/stream.csv")
}

tables_turn() {
  local each threads
  for each in polars pandas pyarrow duckdb; do
    for threads in 1 2; do
      ours tables "$PEER_DATA/tables.csv" $threads 3
      peer $threads tables "$PEER_DATA/tables.csv" $each 2
    done
  done
}
run_tables() {
  make_data tables
  begin tables read
  in_turns tables_turn
}

arrays_turn() {
  ours "$1" "$2" 1 5
  peer 1 arrays "$1" "$2" 3
}
run_arrays() {
  make_data "$1"
  begin "$1" "$2"
  in_turns arrays_turn "$1" "$2"
}

# NumPy works on one thread.
indicators_turn() {
  ours indicators "$1" 1 5
  ours indicators "$1" 2 5
  peer 1 indicators "$1" 3
}
run_indicators() {
  make_data indicators
  begin indicators "$1"
  in_turns indicators_turn "$1"
}

projection_turn() {
  local threads
  for threads in 1 2; do
    ours ensemble l $threads 2
    peer $threads projection l 1
  done
}
run_projection() {
  make_data projection
  begin projection "$1"
  # One simulation without shocks, in which the two must agree.
  ours ensemble certain 1 1
  peer 1 projection certain 1
  in_turns projection_turn
}

for word in "$@"; do
  part=${word%%:*}
  cases=${word#"$part"}
  cases=${cases#:}
  for case in ${cases:-$(all_cases "$part")}; do
    case $part in
    quantiles | elementary) run_arrays "$part" "$case" ;;
    *) "run_$part" "$case" ;;
    esac
  done
  "$PYTHON" "$here/report.py" table "$part" "$scratch/results" "$PEER_DATA" README.md
done
