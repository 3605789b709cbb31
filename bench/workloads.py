"""The workloads: notebooks made from a fixed seed, no two alike, and what each of their cells has to put out."""

from __future__ import annotations

import json
import pathlib
import random
from dataclasses import dataclass

from cells import LIBRARIES, MAKERS, NOTHING, Cell, Scale

SEED = 20240229


@dataclass(frozen=True)
class Notebook:
    name: str
    path: str
    config: dict
    expected: list[dict]


@dataclass(frozen=True)
class Workload:
    name: str
    folder: str
    notebooks: list[Notebook]
    libraries: list[str]
    """The modules that the notebooks import, for the floor."""


@dataclass(frozen=True)
class Kind:
    """A workload before it is made."""

    title: str
    count: int
    quick_count: int
    parts: dict[str, float]
    """The kinds of its notebooks, each with its share."""


def _alone(title: str, part: str, count: int, quick_count: int) -> Kind:
    return Kind(title, count, quick_count, {part: 1})


KINDS = {
    "trivial": _alone("5 tiny cells", "trivial", 100, 4),
    "explorer": _alone("pandas and matplotlib, 4 plots", "explorer", 40, 2),
    "chatty": _alone("20,000 flushed lines, 2,000 displays", "chatty", 4, 1),
    "many": _alone("300 tiny cells", "many", 4, 1),
    "text": _alone("50 MB of text", "text", 2, 1),
    "image": _alone("an image of 20 MB", "image", 2, 1),
    "cpu": _alone("2 s of pure Python", "cpu", 20, 2),
    "mixed": Kind(
        "all of the above",
        200,
        7,
        {"trivial": 0.7, "explorer": 0.2, "many": 0.05, "cpu": 0.03, "chatty": 0.01, "text": 0.005, "image": 0.005},
    ),
    "cold": _alone("one trivial notebook from a cold shell", "trivial", 1, 1),
}


def generate(name: str, folder: pathlib.Path, count: int, scale: Scale) -> Workload:
    """Writes a workload's notebooks and their data into a folder of its own."""
    kind = KINDS[name]
    folder = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(f"{SEED}/{name}")
    parts = _shares(kind.parts, count)
    chance.shuffle(parts)
    notebooks = []
    for index, part in enumerate(parts):
        notebook_name = f"{part}_{index:03d}"
        data = folder / f"{notebook_name}.csv"
        config = {"data_url": str(data), "output_label": notebook_name, "number": chance.randrange(1000, 10_000)}
        cells = [Cell(f"config = {config!r}", NOTHING), *MAKERS[part](config, scale)]
        path = folder / f"{notebook_name}.ipynb"
        path.write_text(json.dumps(_document(cells)), encoding="utf-8")
        notebooks.append(Notebook(notebook_name, str(path), config, [cell.expected for cell in cells]))
    libraries = sorted({library for part in parts for library in LIBRARIES.get(part, [])})
    return Workload(name, str(folder), notebooks, libraries)


def _shares(parts: dict[str, float], count: int) -> list[str]:
    """Count names in the proportions given, at least one of each as long as there is room; the first gets the rest."""
    names: list[str] = []
    for part, share in list(parts.items())[:0:-1]:
        names += [part] * max(1, round(share * count))
    names = names[:count]
    return names + [next(iter(parts))] * (count - len(names))


def _document(cells: list[Cell]) -> dict:
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": [
            {
                "id": f"cell-{index}",
                "cell_type": "code",
                "execution_count": None,
                "metadata": {"tags": ["parameters"]} if index == 0 else {},
                "outputs": [],
                "source": cell.source,
            }
            for index, cell in enumerate(cells)
        ],
    }
