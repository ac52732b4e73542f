#!/usr/bin/env python3
"""Writes the output of every command in the README and the guides anew.

A fenced block that opens with ```console holds commands and their output: a line `$ pophealth ...` and what it prints.
A line of one `…` stands for lines that are left out: what comes before it must open the output, what comes after it
must close it. `make guides` runs this; the tests hold each block against the program.

usage: python3 notebooks-docs/refresh.py PROGRAM FILE...
"""

import pathlib
import shlex
import subprocess
import sys


def shown(output, old):
    """The output cut as the old text was: the first lines, `…`, the last lines."""
    lines = output.splitlines()
    if "…" not in old:
        return lines
    cut = old.index("…")
    tail = len(old) - cut - 1
    return lines[:cut] + ["…"] + (lines[-tail:] if tail else [])


def run(program, line):
    words = shlex.split(line)
    result = subprocess.run([program, *words[1:]], capture_output=True, text=True)
    return result.stdout + (result.stderr if result.returncode else "")


def refreshed(program, text):
    result, block, command, old = [], False, None, []

    def close():
        if command is not None:
            result.extend(shown(run(program, command), old))

    for line in text.splitlines():
        if block and (line.startswith("$ ") or line == "```"):
            close()
            command, old = None, []
            if line == "```":
                block = False
            elif line.startswith("$ pophealth"):
                command = line[2:]
            result.append(line)
        elif command is not None:
            old.append(line)
        else:
            block = block or line == "```console"
            result.append(line)
    return "\n".join(result) + "\n"


if __name__ == "__main__":
    for name in sys.argv[2:]:
        path = pathlib.Path(name)
        path.write_text(refreshed(sys.argv[1], path.read_text(encoding="utf-8")), encoding="utf-8")
