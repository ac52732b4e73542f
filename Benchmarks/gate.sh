#!/usr/bin/env bash
# The guard of the project's speed: every case against its committed ratio to a reference loop.
# usage: Benchmarks/gate.sh check | update | table
#   check    exit 1 where a case has become slower by more than its slack; faster passes with a notice; exit 0 with a
#            message, and nothing compared, on a machine unlike the one that the thresholds are of
#   update   writes the thresholds and figures of this machine, and the table of README.md
#   table    measures and prints ns a unit, the share of the floor and the committed figures
set -euo pipefail
cd "$(dirname "$0")"
thresholds=Thresholds
figures=$thresholds/figures.json
records=$(mktemp)
said=$(mktemp)
# Apart: the two come through different pipes, and a line of one may land in the middle of a line of the other.
errors=$(mktemp)
trap 'rm -f "$records" "$said" "$errors"' EXIT
export BENCHMARK_RECORDS=$records
swift=${SWIFT:-swift}

build() { $swift build -c release --product guard >"$said" 2>&1 || { cat "$said" >&2; exit 1; }; }
guard() { .build/release/guard "$@"; }
# The benchmark package's own check; its words in $said. Returns its success.
measure() { $swift package benchmark "$@" --no-progress >"$said" 2>"$errors"; }

case ${1:-} in
check)
  build
  status=0
  guard same-machine "$figures" || status=$?
  if [ $status = 3 ]; then
    echo "make bench-thresholds writes those of this machine." >&2
    exit 0
  elif [ $status != 0 ]; then exit $status; fi
  # A spell of noise passes; a slower kernel stays: what fails is measured again, three times at most.
  again=()
  for attempt in 1 2 3 4; do
    if measure thresholds check --path "$thresholds" "${again[@]}"; then slower=
    else
      grep -q 'benchmarkThreshold\(Regression\|Improvement\)' "$errors" || { cat "$said" "$errors" >&2; exit 1; }
      if grep -q '^Deviations better' "$said"; then
        sed -n '/^Deviations better/,/^$/p' "$said"
        echo "notice: faster than the committed thresholds; make bench-thresholds records it"
      fi
      slower=$(sed -n 's/^Deviations worse than threshold for [A-Za-z]*:\(.*\)$/\1/p' "$said" | sort -u)
      if [ -z "$slower" ] && grep -q benchmarkThresholdRegression "$errors"; then cat "$said" "$errors" >&2; exit 1; fi
    fi
    if [ -z "$slower" ]; then
      echo "every case is within its slack"
      exit 0
    fi
    [ $attempt = 4 ] || echo "slower than the slack allows, measuring again:" $slower >&2
    again=(--filter "$(paste -sd'|' <<<"$slower")")
  done
  cat "$said" >&2
  exit 1
  ;;
update)
  build
  machine=$(mktemp)
  guard machine >"$machine"
  # Five measurements, of which the middle one counts: where memory comes to lie differs from process to process.
  for round in 1 2 3 4 5; do
    rm -rf "$thresholds.$round"
    measure thresholds update --path "$thresholds.$round" || { cat "$said" "$errors" >&2; exit 1; }
  done
  rm -rf "$thresholds"
  mkdir "$thresholds"
  for file in "$thresholds.1"/*.json; do
    name=${file##*/}
    middle=$(cat "$thresholds".[1-5]/"$name" | sed -n 's/.*: *\([0-9][0-9]*\).*/\1/p' | sort -n | sed -n 3p)
    sed "s/: *[0-9][0-9]*/: $middle/" "$file" >"$thresholds/$name"
  done
  rm -rf "$thresholds".[1-5]
  guard figures "$machine" "$records" >"$figures.new"
  mv "$figures.new" "$figures"
  guard table "$records" "$figures" >"$machine"
  ./insert.sh bench "$machine"
  rm -f "$machine"
  ;;
table)
  build
  guard machine
  measure || { cat "$said" "$errors" >&2; exit 1; }
  guard table "$records" "$figures"
  ;;
*)
  sed -n '2,8s/^# //p' "$0" >&2
  exit 2
  ;;
esac
