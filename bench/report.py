"""The generated part of docs/benchmarks.md: tables of the medians, and the goals beside what was reached."""

from __future__ import annotations

import collections
import re
import statistics
from collections.abc import Callable
from dataclasses import dataclass

from contenders import STARTS, TITLES
from results import Measured, Results
from workloads import KINDS

BEGIN = "<!-- begin: written by bench/run, do not edit -->"
END = "<!-- end: written by bench/run -->"

POOL = "papermill-pool"

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Goal:
    """What a workload should reach."""

    workload: str
    count: int
    text: str
    measured: Callable[[Measured, str], float | None]
    """Of a workload's measurements and the contender that is ours."""
    bound: float
    at_least: bool
    unit: str = "×"


def _times_less(figure: str, other: str = POOL) -> Callable[[Measured, str], float | None]:
    return lambda measured, ours: measured.ratio(other, ours, figure)


def _times_of(figure: str, other: str) -> Callable[[Measured, str], float | None]:
    return lambda measured, ours: measured.ratio(ours, other, figure)


def _engine_share(measured: Measured, ours: str) -> float | None:
    share = measured.median(ours, lambda entry: entry["own_cpu"] / entry["cpu"])
    return None if share is None else 100 * share


def _goals() -> list[Goal]:
    goals = []
    for workload, count, cpu, wall in (
        ("trivial", 100, 10, 15),
        ("explorer", 40, 3.3, 3.8),
        ("chatty", 4, 6, 6),
        ("many", 4, 12, 14),
        ("text", 2, 5, 5),
        ("image", 2, 1.7, 2),
    ):
        goals.append(Goal(workload, count, f"{cpu}× less CPU", _times_less("cpu"), cpu, True))
        goals.append(Goal(workload, count, f"{wall}× faster", _times_less("wall"), wall, True))
    goals += [
        Goal("explorer", 40, "CPU at most 1.3× the floor's", _times_of("cpu", "floor"), 1.3, False),
        Goal("text", 2, "peak memory under a third", _times_less("peak_pss"), 3, True),
        Goal("cpu", 20, "engine under 1 % of the CPU time", _engine_share, 1, False, " %"),
        Goal("cpu", 20, "wall time at most 1.02× the floor's", _times_of("wall", "floor"), 1.02, False),
        Goal("cold", 1, "wall time at most 1× `papermill`'s", _times_of("wall", "papermill"), 1, False),
    ]
    order = list(KINDS)
    return sorted(goals, key=lambda goal: order.index(goal.workload))


def replaced(page: str, text: str) -> str:
    """The page with its generated part exchanged; all else is as people wrote it."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page needs the two lines between which the tables go: {BEGIN} and {END}")
    return f"{before}{BEGIN}\n\n{text}\n{END}{after}"


def text(results: Results, picture: str) -> str:
    parts = [f"![CPU and wall seconds of each contender at each workload]({picture})", _goal_table(results)]
    for workload, count in results.workloads():
        missing = _missing(workload, results)
        parts.append(_workload_table(workload, count, results.of(workload, count), missing))
    parts.append(_facts(results))
    return "\n\n".join(parts) + "\n"


def ours(measured: Measured) -> str | None:
    """The contender that stands for us: what is typed without options, or the best start that the build has."""
    there = measured.contenders()
    return next((f"ours-{start}" for start in ("execute", *STARTS) if f"ours-{start}" in there), None)


def _goal_table(results: Results) -> str:
    lines = [
        "## Goals",
        "",
        "Against papermill in a pool of the same width, unless it says otherwise.",
        "",
        "| Workload | Ours | Goal | Measured | |",
        "|---|---|---|---|---|",
    ]
    for goal in _goals():
        title = f"{goal.workload}, {goal.count}"
        measured = results.of(goal.workload, goal.count)
        our = ours(measured)
        value = goal.measured(measured, our) if our else None
        if value is None:
            failed = POOL in measured.contenders() and not measured.is_right(POOL)
            lines.append(f"| {title} | | {goal.text} | {'none: papermill failed' if failed else 'not measured'} | |")
            continue
        reached = value >= goal.bound if goal.at_least else value <= goal.bound
        verdict = "met" if reached else "**missed**"
        lines.append(f"| {title} | {our[len('ours-'):]} | {goal.text} | {_number(value)}{goal.unit} | {verdict} |")
    return "\n".join(lines)


def _missing(workload: str, results: Results) -> list[str]:
    """The ways to start kernels that the measured build does not have."""
    if workload == "cold":
        return []
    there = results.facts["kernel starts of this build"].split(", ")
    return [f"ours-{start}" for start in STARTS if start not in there]


def _workload_table(workload: str, count: int, measured: Measured, missing: list[str]) -> str:
    our = ours(measured)
    notebooks = "1 notebook" if count == 1 else f"{count} notebooks"
    lines = [
        f"## {workload}: {KINDS[workload].title}; {notebooks}",
        "",
        "| Contender | Wall s | CPU s | Peak memory | Wall, × ours | CPU, × ours |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    notes = []
    for contender in sorted([*measured.contenders(), *missing], key=list(TITLES).index):
        if contender in missing:
            lines.append(f"| {TITLES[contender]} | not in this build | | | | |")
            continue
        title = f"**{TITLES[contender]}**" if contender == our else TITLES[contender]
        notes += _failures(contender, measured)
        if not measured.is_right(contender):
            lines.append(f"| {title} | wrong | | | | |")
            continue
        figures = [_number(measured.median(contender, figure)) for figure in ("wall", "cpu")]
        ratios = [_number(measured.ratio(contender, our, figure)) if our else "–" for figure in ("wall", "cpu")]
        memory = measured.median(contender, "peak_pss")
        shown = "–" if memory is None else f"{memory / 1e6:,.0f} MB"
        lines.append(f"| {' | '.join([title, *figures, shown, *ratios])} |")
        notes += _notes(contender, measured)
    lines += ["", f"Medians of {_repetitions(measured)}." + _disturbance(measured), ""]
    return "\n".join([*lines, *(f"- {note}" for note in notes)]).rstrip()


def _repetitions(measured: Measured) -> str:
    number = measured.repetitions()
    if number == 1:
        return "1 repetition, so they say little"
    whole = all(len(measured.of(contender)) == number for contender in measured.contenders())
    return f"{number} repetitions" + ("" if whole else ", the last of which was not finished")


def _disturbance(measured: Measured) -> str:
    share = statistics.median(e["others_cpu"] / (e["cpu"] + e["others_cpu"]) for e in measured.entries)
    return f" Other programs, the sampler of memory among them, took {100 * share:.0f} % of the CPU time meanwhile."


def _failures(contender: str, measured: Measured) -> list[str]:
    wrong = measured.wrong(contender)
    if not wrong:
        return []
    counted = f"{len(wrong)} of {len(measured.of(contender))} failed, which have no figures"
    return [f"{TITLES[contender]}: {counted}: {_HASH.sub(_beginning, wrong[0])}{', and others' if len(set(wrong)) > 1 else ''}."]


def _beginning(digest: re.Match) -> str:
    return digest[0][:8]


def _notes(contender: str, measured: Measured) -> list[str]:
    entries = measured.of(contender)
    notes = []
    left = max(e["left_behind"] for e in entries)
    if left:
        notes.append(f"{TITLES[contender]} left up to {left} processes behind, which had to be killed.")
    if contender.startswith("ours-"):
        asked = contender[len("ours-") :]
        starts: collections.Counter = collections.Counter()
        for entry in entries:
            starts.update(entry["kernel_starts"])
        others = [f"{count} `{start}`" for start, count in starts.items() if _way(start) != asked]
        if others:
            notes.append(f"{TITLES[contender]}: of {sum(starts.values())} kernels, {', '.join(others)} by their records.")
    return notes


def _way(start: str) -> str:
    """A record's start without the reason that may follow it."""
    return start.partition(":")[0]


def _facts(results: Results) -> str:
    lines = ["## Measured with", "", "| | |", "|---|---|"]
    return "\n".join(lines + [f"| {name} | {value} |" for name, value in results.facts.items()])


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
