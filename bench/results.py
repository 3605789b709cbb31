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
        if not append and path.exists():
            os.replace(path, path.with_suffix(".old.json"))
        elif path.exists():
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
        draft.write_text(json.dumps({"facts": self.facts, "entries": self.entries}, indent=1))
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

    def wrong(self, contender: str) -> str | None:
        """Why a contender has no figures: one wrong output is enough."""
        return next((e["wrong"] for e in self._of(contender) if e["wrong"]), None)

    def median(self, contender: str, figure: str | Callable[[dict], float]) -> float | None:
        if self.wrong(contender):
            return None
        return _median([_value(e, figure) for e in self._of(contender)])

    def ratio(self, contender: str, other: str, figure: str | Callable[[dict], float]) -> float | None:
        """The median of a contender's figure by the other's, each pair from the same repetition."""
        if self.wrong(contender) or self.wrong(other):
            return None
        others = {e["repetition"]: _value(e, figure) for e in self._of(other)}
        pairs = [(_value(e, figure), others.get(e["repetition"])) for e in self._of(contender)]
        return _median([a / b for a, b in pairs if a is not None and b])

    def _of(self, contender: str) -> list[dict]:
        return [e for e in self.entries if e["contender"] == contender]


def _value(entry: dict, figure: str | Callable[[dict], float]) -> float | None:
    return entry[figure] if isinstance(figure, str) else figure(entry)


def _median(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None
