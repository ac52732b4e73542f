#!/usr/bin/env bash
# Times our regression and its peers back to back on the same data, checks that the answers agree, and writes the table
# into README.md.
#
# usage: PEER_DATA=FOLDER PEER_RUN=run.sh PYTHON=python3 Benchmarks/regression-peers.sh [CASE…]
#
#   PEER_DATA  the .npy files of the cases a to e (a_X, a_y, a_off, …, d_Z, d_age, …)
#   PEER_RUN   a program that fits a case with a peer: `PYTHON=… THREADS=n run.sh CASE PEER REPEATS`, one JSON line
#   PYTHON     a Python that has NumPy and the peers
#   ROUNDS     how often everything is run (3); what is told is the least of all runs
#   PEERS_a …  the peers of a case
#
# Processes take turns, ours and a peer's, so that both see the same neighbours on a shared machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${PEER_DATA:?the folder of the .npy files}" "${PEER_RUN:?the program that runs a peer}"
export PEER_DATA PYTHON=${PYTHON:-python3}
rounds=${ROUNDS:-3}
results=${RESULTS:-$(mktemp)}
: "${PEERS_a=glum_F glum_se_F sklearn}" "${PEERS_b=glum_F glum_se_F sklearn}" "${PEERS_c=glum_F numpy_normal sklearn}"
: "${PEERS_d=glum glum_se pyfixest_fe}" "${PEERS_e=glum_F numpy_normal numpy_lstsq}"
cases=("$@")
[ ${#cases[@]} -gt 0 ] || cases=(a b c d e)

cd "$here"
swift build -c release --product regression-peers >&2
ours=$(swift build -c release --show-bin-path)/regression-peers

for _ in $(seq "$rounds"); do
  for case in "${cases[@]}"; do
    peers=PEERS_$case
    for peer in ${!peers}; do
      for threads in 1 2; do
        "$ours" "$case" "$threads" 3 >>"$results"
        THREADS=$threads "$PEER_RUN" "$case" "$peer" 3 >>"$results"
      done
    done
  done
done
"$PYTHON" "$here/regression-table.py" "$results" "$PEER_DATA" "$here/README.md"
