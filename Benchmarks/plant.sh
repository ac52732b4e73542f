#!/usr/bin/env bash
# Shows that the gate is awake: plants a slowdown of a quarter in three kernels, one at a time, in a copy of the checkout,
# and expects the gate to fail each time; first it must pass with nothing planted.
# usage: Benchmarks/plant.sh [--here]
#   From a checkout whose thresholds are this machine's; builds Benchmarks four times. --here plants in this checkout, whose
#   builds serve again, and puts every file back; it must have no changes that are not committed.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
said=$scratch/said
copy=$root
if [ "${1:-}" != --here ]; then
  copy=$scratch/copy
  mkdir "$copy"
  cp -a "$root/." "$copy/"
fi
cd "$copy"

# Repeats a quarter of a kernel's work: each plant replaces one line, and says so when the line has gone.
plant() { # NAME FILE LINE REPLACEMENT
  local name=$1 file=$2 line=$3 replacement=$4
  grep -qF -- "$line" "$file" || { echo "plant.sh: $file no longer holds: $line" >&2; exit 1; }
  cp "$file" "$scratch/kept"
  LINE=$line REPLACEMENT=$replacement awk '
    index($0, ENVIRON["LINE"]) && !done { print ENVIRON["REPLACEMENT"]; done = 1; next } { print }' "$scratch/kept" >"$file"
  trap 'cp "$scratch/kept" "$copy/'"$file"'"; rm -rf "$scratch"' EXIT
  if Benchmarks/gate.sh check >"$said" 2>&1; then
    echo "MISSED  $name"
    missed=1
  elif ! grep -q '^Deviations worse' "$said"; then
    cat "$said" >&2
    echo "FAILED  $name: nothing was compared" >&2
    missed=1
  else
    echo "caught  $name: $(sed -n '/^slower/!s/^Deviations worse than threshold for [A-Za-z]*:\(.*\)$/\1/p' "$said" | sort -u | tr '\n' ' ')"
  fi
  cp "$scratch/kept" "$file"
  trap 'rm -rf "$scratch"' EXIT
}

missed=0
Benchmarks/gate.sh check >"$said" 2>&1 || { cat "$said"; echo "the gate fails with nothing planted"; exit 1; }
grep -q "nothing is compared" "$said" && { cat "$said"; exit 1; }
echo "passes  with nothing planted"
# A fifth of every segment's rows goes through the pass once more, and a fifth of that fifth …: a quarter in all.
plant "the IRLS pass" Sources/Regression/Fitting/ColumnPass.swift '    var sums = WorkingTotals()' \
  '    var sums = WorkingTotals()
    if range.count > 4 * block.blockLength {
      let waste = UnsafeMutablePointer<Double>.allocate(capacity: 1 << 19)
      defer { waste.deallocate() }
      let part = range.lowerBound..<(range.lowerBound + range.count / 5)
      _ = add(rows, part, block, point: point, score: waste, gram: waste + 1024)
    }'
# People pass into the next age group twice, from the same start.
plant "the ageing step" Sources/Demography/CohortStep.swift '    rows.age(start, death, migration, share: h, into' \
  '    rows.age(start, death, migration, share: h, into: &population, deaths: &deaths)
    rows.age(start, death, migration, share: h, into: &population, deaths: &deaths)'
# Every fourth vector of rows is worked out twice.
plant "Wilson interval" Sources/CKernels/intervals.c '  for (; i + VEC <= rows; i += VEC)' \
  '  for (; i + VEC <= rows; i += VEC) for (int again = 0; again <= (i % (4 * VEC) == 0); again++)'
exit $missed
