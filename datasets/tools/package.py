"""Writes one data package: CSV files and the `datapackage.json` that describes them.

Every check that a package declares is run here before anything is written, and a tolerance that is wider than
the figures need is refused as well as one that is too narrow.
"""

import csv
import gzip
import hashlib
import io
import json
import os
from decimal import Decimal

OGL = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
SEXES = ["female", "male"]


def read(folder, path):
    """Rows of a raw CSV file (plain or gzip) as dictionaries."""
    full = os.path.join(folder, path)
    opener = gzip.open if path.endswith(".gz") else open
    with opener(full, "rt", encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def github(repository, commit, title):
    return {"title": title, "path": f"https://github.com/{repository}/tree/{commit}"}


def whole(text):
    """A count: fails on a fraction instead of rounding it away."""
    value = float(text)
    if value != int(value):
        raise ValueError(f"{text} is not a whole number")
    return int(value)


def number(value):
    """Shortest text that reads back as the same number, without exponent and without a trailing `.0`."""
    if value is None:
        return ""
    if isinstance(value, (str, int)):
        return str(value)
    text = repr(value)
    if "e" in text:
        text = format(Decimal(text), "f")
    return text[:-2] if text.endswith(".0") else text


def age_order(label):
    """Sorts ages by their lower bound; newborns of the year (`birth`) come before age 0."""
    return -1 if label == "birth" else int(label.rstrip("+").split("-")[0])


def single_ages(open_age):
    return [str(age) for age in range(open_age)] + [f"{open_age}+"]


def field(name, kind, description, unit=None, **constraints):
    result = {"name": name, "type": kind, "description": description}
    if unit:
        result["unit"] = unit
    if constraints:
        result["constraints"] = constraints
    return result


def key(name, description, **constraints):
    return field(name, "string", description, required=True, **constraints)


AREA = key("area", "official code (nine characters) of the area")
SEX = key("sex", "female or male", enum=SEXES)


def age(open_age):
    return key("age", f"completed years at the mid-year; {open_age}+ is open")


def midyear_columns(years, description="residents at 30 June {year}", unit="people", **constraints):
    return [
        field(str(year), "number", description.format(year=year, next=year + 1), unit, required=True,
              **(constraints or {"minimum": 0}))
        for year in years
    ]


def complete(by, column, values):
    return {"kind": "complete", "by": by, "column": column, "values": values}


def sum_of_parts(total, parts, measures, tolerance, reason):
    return {"kind": "sum-of-parts", "column": "area", "total": total, "parts": parts, "measures": measures,
            "tolerance": tolerance, "reason": reason}


class Resource:
    def __init__(self, name, fields, primary_key, rows, checks=()):
        self.name, self.fields, self.primary_key = name, fields, primary_key
        self.rows, self.checks = rows, list(checks)
        self.names = [f["name"] for f in fields]

    def column(self, name):
        return self.names.index(name)

    def verify(self):
        """Keys, constraints and the checks that need no other package."""
        keys = [self.column(name) for name in self.primary_key]
        seen = set()
        for row in self.rows:
            if len(row) != len(self.fields):
                raise ValueError(f"{self.name}: {len(row)} cells in {row[:3]}")
            identity = tuple(row[k] for k in keys)
            if identity in seen:
                raise ValueError(f"{self.name}: {identity} twice")
            seen.add(identity)
            for value, described in zip(row, self.fields):
                limits = described.get("constraints", {})
                missing = value is None or value == ""
                if missing and limits.get("required"):
                    raise ValueError(f"{self.name}: {described['name']} missing in {identity}")
                if missing:
                    continue
                if value < limits.get("minimum", value) or value > limits.get("maximum", value):
                    raise ValueError(f"{self.name}: {described['name']} = {value} in {identity}")
                if value not in limits.get("enum", [value]):
                    raise ValueError(f"{self.name}: {described['name']} = {value} in {identity}")
        for check in self.checks:
            {"complete": self._complete, "no-gap": self._no_gap, "sum-of-parts": self._sum_of_parts,
             "identity": self._identity, "matches": lambda _: None}[check["kind"]](check)

    def _groups(self, by):
        columns = [self.column(name) for name in by]
        groups = {}
        for row in self.rows:
            groups.setdefault(tuple(row[c] for c in columns), []).append(row)
        return groups

    def _complete(self, check):
        column = self.column(check["column"])
        for group, rows in self._groups(check["by"]).items():
            if sorted(row[column] for row in rows) != sorted(check["values"]):
                raise ValueError(f"{self.name}: {check['column']} incomplete in {group}")

    def _no_gap(self, check):
        column = self.column(check["column"])
        for group, rows in self._groups(check["by"]).items():
            values = sorted(row[column] for row in rows)
            if values != list(range(values[0], values[-1] + 1)):
                raise ValueError(f"{self.name}: gap in {check['column']} of {group}")

    def _sum_of_parts(self, check):
        column = self.column(check["column"])
        others = [name for name in self.primary_key if name != check["column"]]
        worst = 0
        for group, rows in self._groups(others).items():
            for measure in check["measures"]:
                at = self.column(measure)
                cells = {row[column]: row[at] for row in rows}
                parts = [c for c in cells if c != check["total"]] if check["parts"] == "*" else check["parts"]
                if cells[check["total"]] is None:
                    continue
                worst = max(worst, abs(sum(cells[part] for part in parts) - cells[check["total"]]))
        if worst != check["tolerance"]:
            raise ValueError(f"{self.name}: parts differ from {check['total']} by {worst}, not {check['tolerance']}")

    def _identity(self, check):
        told = check["expression"]
        result, previous = self.column(told["result"]), self.column(told["previous"])
        terms = [(self.column(name), sign) for name, sign in told["terms"].items()]
        order = self.column(told["order"])
        for group, rows in self._groups(told["by"]).items():
            rows = sorted(rows, key=lambda row: row[order])
            for before, row in zip(rows, rows[1:]):
                change = sum(sign * row[at] for at, sign in terms)
                if abs(before[previous] + change - row[result]) > check["tolerance"]:
                    raise ValueError(f"{self.name}: accounting broken in {group} {row[order]}")


class Package:
    def __init__(self, name, title, description, vintage, sources, notes, series=None, licenses=(OGL,)):
        self.about = {
            "name": name, "title": title, "description": description, "version": "1.0.0", "vintage": vintage,
            "licenses": list(licenses), "sources": sources, "notes": notes, "series": series,
        }
        self.resources = []

    def add(self, *resource, **more):
        self.resources.append(Resource(*resource, **more))
        return self

    def resource(self, name):
        return next(r for r in self.resources if r.name == name)

    def write(self, folder):
        target = os.path.join(folder, self.about["name"])
        os.makedirs(target, exist_ok=True)
        described = []
        for resource in self.resources:
            resource.verify()
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(resource.names)
            writer.writerows([number(value) for value in row] for row in resource.rows)
            data = text.getvalue().encode("utf-8")
            path = resource.name + ".csv"
            with open(os.path.join(target, path), "wb") as stream:
                stream.write(data)
            described.append({
                "name": resource.name, "path": path, "format": "csv", "mediatype": "text/csv",
                "encoding": "utf-8", "bytes": len(data),
                "hash": "sha256:" + hashlib.sha256(data).hexdigest(), "rows": len(resource.rows),
                "schema": {"fields": resource.fields, "primaryKey": resource.primary_key},
                "checks": resource.checks,
            })
        with open(os.path.join(target, "datapackage.json"), "w", encoding="utf-8", newline="\n") as stream:
            json.dump({**self.about, "resources": described}, stream, indent=2, ensure_ascii=False)
            stream.write("\n")
        return sum(r["bytes"] for r in described), [r["rows"] for r in described]
