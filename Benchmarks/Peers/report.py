"""Checks that the answers agree and writes the table of a part into README.md.

usage: report.py machine                                   a line of JSON: what the machine is
       report.py table PART RESULTS PEER_DATA README.md    from the lines of JSON in RESULTS/PART-*.jsonl
"""
import datetime
import glob
import json
import math
import os
import re
import sys

from answers import disagreement

OURS = "pophealth"
# Heading of a part's units, and what one is.
UNITS = {"regression": "row and pass", "tables": "row", "projection": "cell update", "quantiles": "draw",
         "indicators": "row", "elementary": "number"}
# Processor seconds that the specification of the indicators quotes for PHEindicatormethods 2.1 on R 4.5, on a machine of
# this class; R was not run here. SII with 10⁵ draws, where ours has a closed form.
QUOTED = {"dsr": 6.8, "groups": 19, "proportions": 0.23, "life-expectancy": 30, "sii": 97}
# The order of the rows; other parts keep that of the alphabet.
INDICATORS = ["proportions", "groups", "dsr", "life-expectancy", "sii", "lsoas-fresh", "lsoas-reused", "lsoas-blocks"]
# So many of what was quoted are in a run of ours.
RUNS = {"sii": 100}


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as stream:
        found = re.search(r"model name\s*: (.*)", stream.read())
    print(json.dumps({"processor": found.group(1) if found else "unknown", "processors": os.cpu_count(),
                      "date": datetime.date.today().isoformat(), "load": os.getloadavg()[1]}))


def read(part, folder):
    """The machines and the results of a part."""
    machines, results = [], []
    for file in sorted(glob.glob(os.path.join(folder, part + "-*.jsonl"))):
        with open(file, encoding="utf-8") as stream:
            for line in map(json.loads, stream):
                (machines if "processor" in line else results).append(line)
    if not results:
        sys.exit(f"no results of {part} in {folder}")
    results.sort(key=lambda r: INDICATORS.index(r["case"]) if part == "indicators" else r["case"])
    kinds = {(m["processor"], m["processors"]) for m in machines}
    if len(kinds) > 1:
        sys.exit(f"results of {part} come from unlike machines: {kinds}; run all of it on one")
    return machines, results


class Program:
    """What one program did of a case."""

    def __init__(self, lines, case, program):
        self.lines = [r for r in lines if (r["case"], r["program"]) == (case, program)]
        self.case, self.name, self.more = case, program, self.lines[0]["more"]

    def least(self, threads, what):
        return min((r[what] for r in self.lines if r["threads"] == threads), default=math.nan)

    @property
    def cpu(self):
        return self.least(1, "cpu_s")

    @property
    def wall(self):
        return self.least(2, "wall_s")

    @property
    def memory(self):
        """MB above the data, on one thread."""
        return max(0, max(r["peak_mb"] - r["before_mb"] for r in self.lines if r["threads"] == 1))

    def nanoseconds(self):
        """Of a unit, on one thread."""
        if "passes" in self.more and self.more["passes"] is None:
            return math.nan
        units = self.more.get("units") or self.more["rows"] * self.more.get("passes", 1)
        return self.cpu / units * 1e9


def number(value, digits=3):
    """So many significant digits, or nothing where nothing was measured."""
    if math.isnan(value):
        return ""
    if value == 0:
        return "0"
    places = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:,.{places}f}".replace(",", "\u2009")


def whole(value):
    return "" if value is None else f"{value:.0f}"


def ratio(theirs, ours):
    return "" if math.isnan(theirs / ours) else f"{number(theirs / ours, 2)}×"


def row(cells, bold=False):
    return "| " + " | ".join(f"**{cell}**" if bold and cell else cell for cell in cells) + " |"


def table(part, results, data):
    """The rows of a part's table; every case must agree with ours."""
    extra = ["passes"] if part == "regression" else []
    heads = ["case", "program", "CPU s, 1 thread", "wall s, 2 threads", "CPU ratio", "wall ratio", "answers apart",
             *extra, "ns a " + UNITS[part], "MB above the data"]
    rows, wrong = [row(heads), "|" + "---|" * len(heads)], []
    for case in dict.fromkeys(r["case"] for r in results if r["case"] != "certain"):
        own = Program(results, case, OURS)
        rows.append(row(
            [case, "this", number(own.cpu), number(own.wall), "", "", "", *[whole(own.more.get(e)) for e in extra],
             number(own.nanoseconds()), f"{own.memory:.0f}"], bold=True))
        for name in sorted({r["program"] for r in results if r["case"] == case} - {OURS}):
            other = Program(results, case, name)
            apart, complaint = disagreement(part, own, other, data)
            if complaint:
                wrong.append(f"{part} {case}, {name}: {complaint}")
            # A program that works on one thread is compared with ours on two by its time on one.
            wall = other.wall if not math.isnan(other.wall) else other.least(1, "wall_s")
            rows.append(row(
                [case, name, number(other.cpu), number(other.wall), ratio(other.cpu, own.cpu), ratio(wall, own.wall),
                 apart, *[whole(other.more.get(e)) for e in extra], number(other.nanoseconds()),
                 f"{other.memory:.0f}"]))
        if part == "indicators" and case in QUOTED:
            rows.append(row([case, "PHEindicatormethods, *quoted*", number(QUOTED[case], 2), "",
                             ratio(QUOTED[case], own.cpu / RUNS.get(case, 1)), "", "", *["" for _ in extra], "", ""]))
    if wrong:
        sys.exit("the answers do not agree:\n" + "\n".join(wrong))
    return "\n".join(rows)


def stream(results, data):
    """Case d from a file, which has no rival here: a sentence."""
    (own,) = [r for r in results if r["part"] == "stream"]
    (memory,) = [r for r in results if r["part"] == "regression"]
    apart, complaint = disagreement("stream", Program([own], "d", OURS), Program([memory], "d", OURS), data)
    if complaint:
        sys.exit(f"stream: {complaint}")
    size = os.path.getsize(os.path.join(data, "stream.csv")) / 1e6
    return (f"Case d from a CSV file of {size:.0f} MB in an address space of 500 MB: {number(own['cpu_s'])} s of processor "
            f"time on one thread for {own['more']['passes']:.0f} passes, {own['peak_mb']:.0f} MB resident, coefficients "
            f"{apart} apart from those of the fit in memory (both at tolerance 1e-12).")


def day(text):
    return f"{datetime.date.fromisoformat(text):%-d %B %Y}"


def where(part, machines, results):
    """A line on the machine: processor, core of OpenBLAS, dates, load, how many processes."""
    cores = {name: sorted({r["core"] for r in results if (r["program"] == OURS) == own and r["core"]})
             for name, own in [("ours", True), ("theirs", False)]}
    dates = list(dict.fromkeys(day(m["date"]) for m in sorted(machines, key=lambda m: m["date"])))
    counts = [sum((r["program"] == OURS) == own for r in results) for own in (True, False)]
    core = "/".join(dict.fromkeys(cores["ours"] + cores["theirs"]))
    return (f"{machines[0]['processor']}, {machines[0]['processors']} processors, OpenBLAS core {core}, "
            f"{' and '.join(dates)}, load average at the start of a case at most {max(m['load'] for m in machines):.1f}"
            + (f"; the least of {counts[0]} processes of ours and {counts[1]} of the others, in turns."
               if part != "stream" else "."))


def main(part, folder, data, readme):
    machines, results = read(part, folder)
    body = stream(results, data) if part == "stream" else table(part, results, data)
    text = f"{body}\n\n{where(part, machines, results)}\n"
    with open(readme, encoding="utf-8") as file:
        page = file.read()
    start, end = f"<!-- peers {part} -->\n", f"<!-- /peers {part} -->"
    if page.count(start) != 1 or page.count(end) != 1:
        sys.exit(f"{readme} has no place for the table of {part}: {start.strip()} … {end}")
    before, rest = page.split(start)
    with open(readme, "w", encoding="utf-8") as file:
        file.write(before + start + text + end + rest.split(end)[1])
    print(text)


if __name__ == "__main__":
    if sys.argv[1:] == ["machine"]:
        machine()
    elif len(sys.argv) == 6 and sys.argv[1] == "table":
        main(*sys.argv[2:])
    else:
        sys.exit(__doc__)
