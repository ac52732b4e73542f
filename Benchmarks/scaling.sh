#!/usr/bin/env bash
# Times the library over three decades of rows, columns, areas and simulations; writes the table into README.md between its
# markers and the chart into scaling.svg. Fails where something grows faster than theory says.
# usage: Benchmarks/scaling.sh
set -euo pipefail
cd "$(dirname "$0")"
swift=${SWIFT:-swift}
$swift build -c release --product scaling >&2
table=$(mktemp)
trap 'rm -f "$table"' EXIT
status=0
"$($swift build -c release --show-bin-path)/scaling" --svg scaling.svg >"$table" || status=$?
[ $status -le 1 ] || exit $status
cat "$table"
./insert.sh scaling "$table"
exit $status
