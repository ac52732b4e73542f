#!/usr/bin/env bash
# Times whole commands: the least of 20 runs of each, loading of figures included, output thrown away.
# usage: Benchmarks/timings.sh PROGRAM
set -euo pipefail
program=$1

least() {
  local best=999999999 start end
  for _ in $(seq 20); do
    start=${EPOCHREALTIME/./}
    "$program" "$@" >/dev/null 2>&1
    end=${EPOCHREALTIME/./}
    [ $((end - start)) -lt "$best" ] && best=$((end - start))
  done
  printf '%7.3f s  pophealth %s\n' "$(echo "$best" | awk '{print $1 / 1e6}')" "$*"
}

grep -m1 'model name' /proc/cpuinfo 2>/dev/null || uname -a
least project west-kent
least project west-kent --simulations 1000 --seed 1
least project england --assumptions ons-npp-2018 --detail single --format csv
least project english-districts --detail total --format csv
least project english-districts --detail single --format csv
least backtest
least datasets verify
