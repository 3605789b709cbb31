"""Tests of the notebooks that bench/parallel measures: pytest src/test/python"""

import pathlib
import sys

import pytest

BENCH = pathlib.Path(__file__).parents[3] / "bench"

sys.dont_write_bytecode = True
sys.path.insert(0, str(BENCH))

import functions  # noqa: E402


@pytest.mark.parametrize("workload", functions.KINDS)
def test_it_is_known_what_the_calls_of_a_workload_give(workload):
    sizes = {"turns_a_second": 1000, "array_bytes": 800}
    namespace = {}
    for cell in functions.cells(workload, "sequential", 7, 2, **sizes):
        exec(cell, namespace)
    assert sum(namespace["results"]) == functions.expected(workload, 7, **sizes)


@pytest.mark.parametrize("contender", functions.TITLES)
@pytest.mark.parametrize("workload", functions.KINDS)
def test_the_cells_of_each_way_are_python(workload, contender):
    for cell in functions.cells(workload, contender, 7, 2, 1000, 800):
        compile(cell, workload, "exec")
