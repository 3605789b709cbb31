"""What bench/parallel measures: notebooks whose functions are called many times, and the ways to do that in parallel.

A measurement is a notebook of three cells: one makes what there is to compute, one gets ready for a way to compute it in
parallel, and the last, which alone is timed, does it, from the import of what it needs to the last result.
"""

from __future__ import annotations

from dataclasses import dataclass

TITLES = {
    "sequential": "a loop in the notebook",
    "module-pool": "`ProcessPoolExecutor` under `spawn`, the function in a temporary module",
    "loky": "joblib, with loky",
    "ours": "camel-notebook's `parallel`",
    "ours-map": "camel-notebook's `map`, a job of a config file",
}


@dataclass(frozen=True)
class Kind:
    """A workload: how many calls, and what one of them does."""

    title: str
    calls: int
    quick_calls: int
    seconds: float | None
    """How long a call computes; None if it uses the shared array."""


KINDS = {
    "second": Kind("calls of 1 s", 10, 4, 1.0),
    "millisecond": Kind("calls of 1 ms", 10_000, 500, 1e-3),
    "microsecond": Kind("calls of 1 µs", 1_000_000, 100_000, 1e-6),
    "array": Kind("calls that share an array", 100, 20, None),
}
ARRAY_BYTES = 200_000_000
QUICK_ARRAY_BYTES = 20_000_000

_WORK = """
def work(n):
    total = n
    for i in range({turns}):
        total += i
    return total
"""
_ARRAY_WORK = """
import numpy
big = numpy.ones({length})
def work(n):
    return sum(float(numpy.sqrt(part).sum()) for part in numpy.split(big, 100)) + n
"""
# The function is found in a file, and what it uses there must be handed over by hand.
_TEMPORARY_MODULE = """
import importlib, inspect, os, sys, tempfile
folder = tempfile.mkdtemp()
with open(os.path.join(folder, "the_function.py"), "w") as file:
    file.write("import numpy\\n" + inspect.getsource(work) + "def receive(array):\\n    global big\\n    big = array\\n")
sys.path.insert(0, folder)
importlib.invalidate_caches()
"""
_TIMED = {
    "sequential": "results = [work(n) for n in range({calls})]",
    "module-pool": """
import concurrent.futures, multiprocessing, the_function
with concurrent.futures.ProcessPoolExecutor({width}, multiprocessing.get_context("spawn"){initializer}) as pool:
    results = list(pool.map(the_function.work, range({calls}), chunksize={chunk}))
""",
    "loky": """
import joblib
results = joblib.Parallel(n_jobs={width})(joblib.delayed(work)({argument}) for n in range({calls}))
""",
    "ours": """
from camel_notebook import parallel
with parallel({width}) as pool:
    results = list(pool.map(work, range({calls})))
""",
}


def turns_of(seconds: float, turns_a_second: float) -> int:
    """How often the loop of a call must be run."""
    return max(1, round(seconds * turns_a_second))


def cells(workload: str, contender: str, calls: int, width: int, turns_a_second: float, array_bytes: int) -> list[str]:
    """The three cells; the last one is to be timed. Of a map in a config file the last one is the number of calls."""
    kind = KINDS[workload]
    shares = kind.seconds is None
    if shares:
        define = _ARRAY_WORK.format(length=array_bytes // 8)
    else:
        define = _WORK.format(turns=turns_of(kind.seconds, turns_a_second))
    if shares and contender == "loky":
        # It maps large arguments to memory; not so what a function refers to.
        define = define.replace("work(n)", "work(big, n)")
    if contender == "ours-map":
        return [define, "", str(calls)]
    timed = _TIMED[contender].format(
        calls=calls,
        width=width,
        # As multiprocessing.Pool chooses it.
        chunk=max(1, -(-calls // (4 * width))),
        initializer=", the_function.receive, (big,)" if shares else "",
        argument="big, n" if shares else "n",
    )
    return [define, _TEMPORARY_MODULE if contender == "module-pool" else "", timed]


def expected(workload: str, calls: int, turns_a_second: float, array_bytes: int) -> float:
    """The sum of all results."""
    kind = KINDS[workload]
    if kind.seconds is None:
        each = array_bytes // 8
    else:
        turns = turns_of(kind.seconds, turns_a_second)
        each = turns * (turns - 1) // 2
    return calls * each + calls * (calls - 1) // 2
