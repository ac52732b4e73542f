"""Seconds and memory of the programs that ours is compared with; imported by them, not run.

A program tells of a case in one line of JSON: part, case, program, threads, cpu_s and wall_s (the least of its runs),
before_mb and peak_mb (resident memory before the first run and at most since), core (of OpenBLAS), and more.
"""
import gc
import json
import os
import time

import numpy

THREADS = int(os.environ.get("THREADS", "1"))
FOLDER = os.environ.get("PEER_DATA", "")


def load(name, mapped=False):
    """An array of the folder with the data."""
    return numpy.load(os.path.join(FOLDER, name + ".npy"), mmap_mode="r" if mapped else None)


def megabytes(figure):
    with open("/proc/self/status", encoding="utf-8") as status:
        line = next(line for line in status if line.startswith(figure + ":"))
    return int(line.split()[1]) / 1024


class Measured:
    """Runs of the same work: one to warm up, whose memory counts, then `repeats` on the clock."""

    def __init__(self, work, repeats):
        # The most memory is counted anew, so that making the data does not hide what the work takes.
        with open("/proc/self/clear_refs", "w", encoding="ascii") as command:
            command.write("5")
        self.before = megabytes("VmRSS")
        self.value = work()
        self.wall, self.cpu = float("inf"), float("inf")
        for _ in range(repeats):
            self.value = None
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            self.value = work()
            self.wall = min(self.wall, time.perf_counter() - wall)
            self.cpu = min(self.cpu, time.process_time() - cpu)
        self.peak = megabytes("VmHWM")

    def report(self, part, case, program, answers=None, more=None):
        """Prints the line; answers are an array, compared with ours later on."""
        if answers is not None:
            numpy.save(os.path.join(FOLDER, f"answers_{part}_{case}_{program}.npy"), answers)
        print(json.dumps({
            "part": part, "case": case, "program": program, "threads": THREADS, "cpu_s": self.cpu,
            "wall_s": self.wall, "before_mb": self.before, "peak_mb": self.peak, "core": core(), "more": more or {}}))


def core():
    """The processor that NumPy's OpenBLAS takes this one for."""
    import threadpoolctl
    found = [pool.get("architecture") for pool in threadpoolctl.threadpool_info() if pool["user_api"] == "blas"]
    return found[0] if found else None
