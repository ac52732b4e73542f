"""Sums of practices by decile of deprivation, from the output of `pophealth indicator quantile`.

usage: pophealth indicator quantile … --format csv | python3 deciles.py AREA
Practices without a decile or without one of the counts are left out, and told on standard error.
"""

import csv
import sys

MEASURES = [("hypertension", "hypertension", "list"), ("smoking", "smokers", "aged_15_plus")]
sums, left_out = {}, 0
for row in csv.DictReader(sys.stdin):
    if row["status"] != "ok" or not all(row[name] for _, *names in MEASURES for name in names):
        left_out += 1
        continue
    for measure, events, people in MEASURES:
        cell = sums.setdefault((measure, int(row["quantile"])), [0, 0, 0])
        cell[0] += 1
        cell[1] += int(row[events])
        cell[2] += int(row[people])
for (measure, decile), (practices, events, people) in sorted(sums.items()):
    print(f"{sys.argv[1]},{measure},{decile},{practices},{events},{people}")
print(f"{sys.argv[1]}: {left_out} practices left out", file=sys.stderr)
