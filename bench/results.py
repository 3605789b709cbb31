"""The raw results: a JSON file with the machine's facts and one entry a measurement."""

from __future__ import annotations

import json
import os
import pathlib
import statistics
from collections.abc import Callable


class Results:
    """What was measured, kept after each measurement, so that a run can go on where it was left."""

    def __init__(self, path: pathlib.Path, facts: dict, append: bool) -> None:
        self._path = path
        self.facts = facts
        self.entries: list[dict] = []
        if append and path.exists():
            earlier = json.loads(path.read_text())
            differing = [key for key in {**earlier["facts"], **facts} if earlier["facts"].get(key) != facts.get(key)]
            if differing:
                raise ValueError(
                    f"{path} was measured with another {', '.join(differing)}: only measurements of the same programs on "
                    "the same machine go together; start anew without --append"
                )
            self.entries = earlier["entries"]

    @staticmethod
    def read(path: pathlib.Path) -> Results:
        return Results(path, json.loads(path.read_text())["facts"], append=True)

    def has(self, workload: str, count: int, contender: str, repetition: int) -> bool:
        return any(
            (e["workload"], e["count"], e["contender"], e["repetition"]) == (workload, count, contender, repetition)
            for e in self.entries
        )

    def add(self, entry: dict) -> None:
        self.entries.append(entry)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        draft = self._path.with_suffix(".part")
        # A line for each, to be read as a difference.
        entries = ",\n".join(map(json.dumps, self.entries))
        draft.write_text(f'{{"facts": {json.dumps(self.facts, indent=1)},\n"entries": [\n{entries}\n]}}\n')
        os.replace(draft, self._path)

    def workloads(self) -> list[tuple[str, int]]:
        """Name and number of notebooks of each that was measured, in the order of the measurements."""
        return list(dict.fromkeys((e["workload"], e["count"]) for e in self.entries))

    def of(self, workload: str, count: int) -> Measured:
        return Measured([e for e in self.entries if (e["workload"], e["count"]) == (workload, count)])


class Measured:
    """All measurements of one workload."""

    def __init__(self, entries: list[dict]) -> None:
        self.entries = entries

    def contenders(self) -> list[str]:
        return list(dict.fromkeys(e["contender"] for e in self.entries))

    def repetitions(self) -> int:
        return max(e["repetition"] for e in self.entries) + 1

    def wrong(self, contender: str) -> list[str]:
        """What was wrong with a contender, for each measurement that has no figures: one wrong output is enough."""
        return [e["wrong"] for e in self.of(contender) if e["wrong"]]

    def is_right(self, contender: str) -> bool:
        """Whether at least one measurement of a contender has figures."""
        return any(self._right(contender))

    def median(self, contender: str, figure: str | Callable[[dict], float]) -> float | None:
        return _median([_value(e, figure) for e in self._right(contender)])

    def ratio(self, contender: str, other: str, figure: str | Callable[[dict], float]) -> float | None:
        """The median of a contender's figure by the other's, each pair from the same repetition."""
        others = {e["repetition"]: _value(e, figure) for e in self._right(other)}
        pairs = [(_value(e, figure), others.get(e["repetition"])) for e in self._right(contender)]
        return _median([a / b for a, b in pairs if a is not None and b])

    def _right(self, contender: str) -> list[dict]:
        return [e for e in self.of(contender) if not e["wrong"]]

    def of(self, contender: str) -> list[dict]:
        return [e for e in self.entries if e["contender"] == contender]


def _value(entry: dict, figure: str | Callable[[dict], float]) -> float | None:
    return entry[figure] if isinstance(figure, str) else figure(entry)


def _median(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
