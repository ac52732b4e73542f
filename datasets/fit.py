"""Makes the packages that are fitted to the others, with the program.

usage: python3 datasets/fit.py PROGRAM

PROGRAM is the built `pophealth`; the packages beside this file are what it fits to.
"""

import os
import subprocess
import sys
import tempfile

# Leaves no cache folder among the packages.
sys.dont_write_bytecode = True

from tools import processes


def main(arguments):
    if len(arguments) != 1:
        sys.exit("usage: python3 datasets/fit.py PROGRAM")
    target = os.path.dirname(os.path.abspath(__file__))
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [arguments[0], "datasets", "fit", "--output", folder], check=True,
            env={**os.environ, "POPHEALTH_DATASETS": target})
        package = processes.make(folder)
        size, rows = package.write(target)
    print(f"{package.about['name']:30} {size:>10,} bytes  {', '.join(f'{n:,}' for n in rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
