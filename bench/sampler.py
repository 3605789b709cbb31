"""Samples the memory of all processes below one, until its own input ends; then prints the peak as JSON.

Memory is PSS: a page that n processes share counts as an n-th in each, so the sum is what the tree really takes. That is
dear to read, so a sample is left out where it cannot be a new peak, and sampling takes a tenth of one core at most.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time

from processes import descendants

INTERVAL = 0.08
# A pause is at least this many times as long as the sample before it.
REST = 9
# Of a command that ended before so many samples, the peak was most likely missed.
FEWEST = 3
# A machine that begins to kill or swap would tell nothing, and harm others: the measured command is ended before that.
LEAST_AVAILABLE = 0.04


def resident(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def proportional(pid: int) -> int:
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                if line.startswith(b"Pss:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass  # it ended meanwhile
    return 0


def memory_is_short() -> bool:
    facts = {}
    with open("/proc/meminfo") as file:
        for line in file:
            name, value = line.split(":")
            facts[name] = int(value.split()[0])
    return facts["MemAvailable"] < LEAST_AVAILABLE * facts["MemTotal"]


def watch(root: int) -> dict:
    peak = samples = 0
    short = False
    while True:
        begun = time.perf_counter()
        processes = descendants(root)
        if sum(map(resident, processes)) > peak:
            peak = max(peak, sum(map(proportional, processes)))
        if processes:
            samples += 1
        if not short and memory_is_short():
            short = True
            os.kill(root, signal.SIGTERM)
        pause = max(INTERVAL, REST * (time.perf_counter() - begun))
        if select.select([sys.stdin], [], [], pause)[0]:
            return {"peak_pss": peak if samples >= FEWEST else None, "samples": samples, "memory_was_short": short}


if __name__ == "__main__":
    print("ready", flush=True)
    print(json.dumps(watch(int(sys.argv[1]))))
