#!/usr/bin/env python3
"""Turns the JSON lines of regression-peers.sh into the table of README.md, after it has checked that the answers agree.

usage: regression-table.py RESULTS PEER_DATA README
"""

import datetime
import json
import math
import os
import platform
import re
import sys

import numpy

# Peers stop at a gradient or a change of their own choosing: their coefficients are good to some 1e-6 of a standard
# deviation of the columns, and a deviance near its least is flat.
COEFFICIENTS = 1e-4
DEVIANCE = 1e-8
OURS = "pophealth"


def least(lines, case, peer, threads, what):
    values = [r[what] for r in lines if (r["case"], r["peer"], str(r["threads"])) == (case, peer, threads)]
    return min(values) if values else float("nan")


def shown(value, form=".3f", unit=""):
    """A number, or a dash where nothing was measured."""
    return "–" if math.isnan(value) else f"{value:{form}}{unit}"


def any_of(lines, case, peer):
    return next(r for r in lines if (r["case"], r["peer"]) == (case, peer))


def difference(folder, case, peer):
    """The greatest difference of the coefficients; absorbed factors have none."""
    ours = numpy.load(os.path.join(folder, f"coef_{case}_{OURS}.npy"))
    theirs = numpy.load(os.path.join(folder, f"coef_{case}_{peer.replace('@', '_')}.npy"))
    if len(theirs) < len(ours):
        # Only the four numeric columns have coefficients where all factors are absorbed.
        ours = ours[1:1 + len(theirs)]
    return float(numpy.max(numpy.abs(ours - theirs)))


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as stream:
        found = re.search(r"model name\s*: (.*)", stream.read())
    return found.group(1) if found else platform.processor()


def main(arguments):
    results, folder, readme = arguments
    with open(results, encoding="utf-8") as stream:
        lines = [json.loads(line) for line in stream if line.startswith("{")]
    rows, wrong = [], []
    for case in sorted({r["case"] for r in lines}):
        own = any_of(lines, case, OURS)
        seconds = {t: least(lines, case, OURS, t, "cpu_min_s" if t == "1" else "min_s") for t in "12"}
        memory = max(r["peak_rss_mb"] - r["rss_before_fit_mb"] for r in lines
                     if r["case"] == case and r["peer"] == OURS)
        a_pass = seconds["1"] / own["rows"] / max(1, own["iters"]) * 1e9
        rows.append(f"| **{case}** | **this** | **{shown(seconds['1'])}** | **{shown(seconds['2'])}** | | | | "
                    f"{own['iters']} | {a_pass:.1f} | {memory:.0f} |")
        for peer in sorted({r["peer"] for r in lines if r["case"] == case} - {OURS}):
            their = any_of(lines, case, peer)
            apart = difference(folder, case, peer)
            flat = abs(their["deviance"] / own["deviance"] - 1) if their["deviance"] is not None else 0.0
            if not (apart <= COEFFICIENTS and flat <= DEVIANCE):
                wrong.append(f"{case} {peer}: coefficients differ by {apart:.1e}, deviance by {flat:.1e}")
            times = {t: least(lines, case, peer, t, "cpu_min_s" if t == "1" else "min_s") for t in "12"}
            used = max(r["peak_rss_mb"] - r["rss_before_fit_mb"] for r in lines
                       if r["case"] == case and r["peer"] == peer)
            ratio = [shown(times[t] / seconds[t], ".1f", "×") for t in "12"]
            rows.append(f"| {case} | {peer} | {shown(times['1'])} | {shown(times['2'])} | {ratio[0]} | {ratio[1]} | "
                        f"{apart:.0e} | {their['iters']} | | {used:.0f} |")
    if wrong:
        sys.exit("the answers do not agree:\n" + "\n".join(wrong))
    core = next(r["blas_core"] for r in lines if r["peer"] == OURS)
    text = (
        "| case | program | CPU s, 1 thread | wall s, 2 threads | CPU ratio | wall ratio | coefficients apart | "
        "passes | ns a row and pass | MB above the data |\n|---|---|---|---|---|---|---|---|---|---|\n"
        + "\n".join(rows)
        + f"\n\n{processor()}, {os.cpu_count()} processors, OpenBLAS core {core}, "
        f"{datetime.date.today():%-d %B %Y}, load average {os.getloadavg()[2]:.0f} "
        "(seconds on the clock mean little where it is above the number of processors); the least of "
        f"{sum(r['peer'] == OURS for r in lines)} processes of ours and {sum(r['peer'] != OURS for r in lines)} "
        "of the peers, in turns.\n")
    with open(readme, encoding="utf-8") as stream:
        page = stream.read()
    start, end = "<!-- peers -->\n", "<!-- /peers -->"
    before, rest = page.split(start)
    after = rest.split(end, 1)[1]
    with open(readme, "w", encoding="utf-8") as stream:
        stream.write(before + start + text + end + after)
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])
