#!/usr/bin/env bash
# Puts a file between the markers <!-- NAME --> and <!-- /NAME --> of README.md.
# usage: Benchmarks/insert.sh NAME FILE
set -euo pipefail
cd "$(dirname "$0")"
grep -qx "<!-- $1 -->" README.md && grep -qx "<!-- /$1 -->" README.md || { echo "README.md has no markers of $1" >&2; exit 1; }
awk -v name="$1" -v file="$2" '
  $0 == "<!-- " name " -->" { print; while ((getline line < file) > 0) print line; inside = 1; next }
  $0 == "<!-- /" name " -->" { inside = 0 }
  !inside { print }' README.md >README.md.new
mv README.md.new README.md
