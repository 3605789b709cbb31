"""Tests of what the benchmark runs and reports: pytest src/test/python. They need Linux, as the benchmark does."""

import json
import pathlib
import subprocess
import sys

import pytest

BENCH = pathlib.Path(__file__).parents[3] / "bench"

sys.dont_write_bytecode = True
sys.path.insert(0, str(BENCH))

import cells  # noqa: E402
import outputs  # noqa: E402
import report  # noqa: E402
import workloads  # noqa: E402
from contenders import Attempt, Starts, names  # noqa: E402
from results import Results  # noqa: E402

FACTS = {"cores": "2", "kernel starts of this build": "fresh"}

NO_OPTION = Starts((), ())
ALL = Starts(("fork", "warm", "fresh"), ())


def entry(contender, repetition, cpu, wrong=None):
    figures = {"wall": 2 * cpu, "cpu": cpu, "own_cpu": cpu / 10, "others_cpu": 0.0, "settled": 2 * cpu}
    rest = {"workload": "trivial", "count": 100, "kernel_starts": {}, "left_behind": 0, "peak_pss": 10**8}
    return {"contender": contender, "repetition": repetition, "wrong": wrong, **figures, **rest}


@pytest.fixture
def results(tmp_path):
    return Results(tmp_path / "results.json", FACTS, append=False)


@pytest.mark.parametrize("name", [name for name in workloads.KINDS if name != "cold"])
def test_the_generator_knows_what_the_cells_of_its_notebooks_put_out(name, tmp_path):
    made = workloads.generate(name, tmp_path, workloads.KINDS[name].quick_count, cells.QUICK_SCALE)
    attempt = Attempt("floor", made, tmp_path, pathlib.Path(sys.executable), 2, NO_OPTION)
    subprocess.run(attempt.command(), check=True)
    assert attempt.mistake() is None


def test_a_workload_is_the_same_each_time_and_no_two_of_its_notebooks_are(tmp_path):
    first = workloads.generate("trivial", tmp_path, 3, cells.QUICK_SCALE)
    second = workloads.generate("trivial", tmp_path, 3, cells.QUICK_SCALE)
    assert first == second
    assert len({json.dumps(notebook.expected) for notebook in first.notebooks}) == 3


def test_doubling_makes_the_same_number_as_going_all_steps():
    x = 4711
    for _ in range(1001):
        x = (x * 1103515245 + 12345) % (1 << 31)
    assert cells._churned(4711, 1001) == x


def test_a_text_that_lacks_a_character_or_an_image_that_was_cut_is_a_mistake():
    (stream,) = [{"output_type": "stream", "name": "stdout", "text": ["one\n", "two"]}]
    assert outputs.mistake([{"stdout": outputs.of_text("one\ntwo")}], [outputs.digest([stream])]) is None
    assert "stdout" in outputs.mistake([{"stdout": outputs.of_text("one\ntwo\n")}], [outputs.digest([stream])])
    cut = {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgoAAAANSUhEUg=="}}
    assert "not_png" in outputs.mistake([{}], [outputs.digest([cut])])
    error = {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}
    assert "errors" in outputs.mistake([{}], [outputs.digest([error])])
    assert outputs.mistake([{}, {}], [outputs.digest([])]) == "1 cells instead of 2"


def test_a_cell_that_never_ran_is_a_mistake(tmp_path):
    made = workloads.generate("trivial", tmp_path, 1, cells.QUICK_SCALE)
    with pytest.raises(ValueError, match="cell 0 was not executed"):
        outputs.digests_of_file(made.notebooks[0].path)


def test_a_ratio_is_the_median_of_those_within_each_repetition(results):
    for repetition, (theirs, ours) in enumerate([(10, 1), (40, 2), (90, 3)]):
        results.add(entry("papermill-pool", repetition, theirs))
        results.add(entry("ours-fork", repetition, ours))
    measured = results.of("trivial", 100)
    assert measured.ratio("papermill-pool", "ours-fork", "cpu") == 20
    assert measured.median("papermill-pool", "wall") == 80


def test_a_measurement_with_one_wrong_output_has_no_figures_and_is_told(results):
    results.add(entry("papermill-pool", 0, 10))
    results.add(entry("papermill-pool", 1, 90, wrong="trivial_001: cell 1: stdout is wrong"))
    results.add(entry("ours-fresh", 0, 2))
    results.add(entry("ours-fresh", 1, 3))
    measured = results.of("trivial", 100)
    assert measured.median("papermill-pool", "cpu") == 10
    assert measured.ratio("papermill-pool", "ours-fresh", "cpu") == 5
    told = "- papermill in a `Pool`: 1 of 2 failed, which have no figures: trivial_001: cell 1: stdout is wrong."
    assert told in report.text(results, "picture.svg")


def test_a_contender_that_was_never_right_has_no_figures(results):
    results.add(entry("papermill-pool", 0, 10, wrong=f"stdout is {'7f' * 32}"))
    results.add(entry("papermill-pool", 1, 10, wrong="exit status 1"))
    results.add(entry("ours-fresh", 0, 2))
    measured = results.of("trivial", 100)
    assert measured.median("papermill-pool", "cpu") is None
    assert measured.ratio("papermill-pool", "ours-fresh", "cpu") is None
    text = report.text(results, "picture.svg")
    assert "| camel-notebook, `fork` | not in this build | | | | |" in text
    assert "| papermill in a `Pool` | wrong | | | | |" in text
    assert "2 of 2 failed, which have no figures: stdout is 7f7f7f7f, and others." in text
    assert "| trivial, 100 | | 10× less CPU | none: papermill failed | |" in text


def test_a_run_goes_on_where_it_was_left_but_not_with_other_programs(results, tmp_path):
    results.add(entry("ours-fork", 0, 1))
    again = Results(tmp_path / "results.json", FACTS, append=True)
    assert again.has("trivial", 100, "ours-fork", 0)
    assert not again.has("trivial", 100, "ours-fork", 1)
    with pytest.raises(ValueError, match="cores"):
        Results(tmp_path / "results.json", {**FACTS, "cores": "4"}, append=True)


def test_goals_stand_beside_what_was_reached(tmp_path):
    results = Results(tmp_path / "results.json", {"kernel starts of this build": "fork, warm, fresh"}, append=False)
    results.add(entry("papermill-pool", 0, 12))
    results.add(entry("ours-fork", 0, 1))
    text = report.text(results, "picture.svg")
    assert "| trivial, 100 | fork | 10× less CPU | 12.0× | met |" in text
    assert "| trivial, 100 | fork | 15× faster | 12.0× | **missed** |" in text
    assert "| explorer, 40 | | 3.3× less CPU | not measured | |" in text


def test_kernels_that_were_started_in_another_way_than_asked_for_are_told(tmp_path):
    results = Results(tmp_path / "results.json", {"kernel starts of this build": "fork, warm, fresh"}, append=False)
    results.add({**entry("ours-fork", 0, 1), "kernel_starts": {"fork": 90, "fresh: no fork here": 10}})
    text = report.text(results, "picture.svg")
    assert "- camel-notebook, `fork`: of 100 kernels, 10 `fresh: no fork here` by their records." in text


def test_what_people_wrote_survives_the_next_run():
    page = f"# Title\n\nBefore.\n\n{report.BEGIN}\nold\n{report.END}\n\nAfter.\n"
    once = report.replaced(page, "new\n")
    assert once == f"# Title\n\nBefore.\n\n{report.BEGIN}\n\nnew\n\n{report.END}\n\nAfter.\n"
    assert report.replaced(once, "new\n") == once
    with pytest.raises(ValueError, match="begin"):
        report.replaced("no lines for the tables", "new")


def test_the_page_has_a_place_for_the_tables():
    page = (BENCH.parent / "docs/benchmarks.md").read_text(encoding="utf-8")
    assert "new tables" in report.replaced(page, "new tables\n")


def test_only_the_starts_that_a_build_has_take_part():
    assert "ours-fresh" in names("trivial", NO_OPTION)
    assert "ours-fork" not in names("trivial", NO_OPTION)
    assert NO_OPTION.option("run", "fresh") == []
    assert [name for name in names("trivial", ALL) if name.startswith("ours")] == ["ours-fork", "ours-warm", "ours-fresh"]
    assert ALL.option("run", "warm") == ["--kernel-start", "warm"]
    assert names("cold", ALL) == ["papermill", "ours-execute"]
    assert names("cold", Starts((), ("fork", "fresh"))) == ["papermill", "ours-execute", "ours-fork", "ours-fresh"]
