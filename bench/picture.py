"""Draws the picture of the medians, with the contenders' Python: picture.py RESULTS PICTURE"""

from __future__ import annotations

import pathlib
import sys

import matplotlib

matplotlib.use("agg")
# The same results give the same file, to the byte.
matplotlib.rcParams.update({"svg.hashsalt": "benchmarks", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False})

import matplotlib.pyplot as plt  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from contenders import TITLES  # noqa: E402
from results import Results  # noqa: E402

COLOURS = {
    "papermill-process": "#c6dbef",
    "papermill-pool": "#4292c6",
    "papermill": "#08519c",
    "nbclient": "#9e9ac8",
    "nbconvert": "#54278f",
    "ours-execute": "#7f2704",
    "ours-fork": "#d94801",
    "ours-warm": "#fd8d3c",
    "ours-fresh": "#fdbe85",
    "floor": "#969696",
}


def draw(results: Results, path: str) -> None:
    workloads = results.workloads()
    measured = [results.of(*workload) for workload in workloads]
    there = [name for name in COLOURS if any(name in m.contenders() for m in measured)]
    figure, axes = plt.subplots(2, 1, figsize=(11, 7), sharex=True, layout="constrained")
    for axis, figure_name, title in zip(axes, ("cpu", "wall"), ("CPU seconds of all processes", "Wall seconds")):
        shown = set()
        for place, m in enumerate(measured):
            present = [name for name in there if name in m.contenders()]
            width = 0.84 / len(present)
            for index, name in enumerate(present):
                value = m.median(name, figure_name)
                if not value:
                    continue
                x = place + (index - (len(present) - 1) / 2) * min(width, 0.12)
                label = TITLES[name].replace("`", "") if name not in shown else None
                shown.add(name)
                axis.bar(x, value, width=min(width, 0.12) * 0.92, color=COLOURS[name], label=label)
        axis.set_yscale("log")
        axis.yaxis.set_major_formatter(matplotlib.ticker.FuncFormatter(lambda value, _: f"{value:g}"))
        axis.set_ylabel(f"{title} (log scale)")
        axis.grid(axis="y", color="#dddddd", linewidth=0.6)
        axis.set_axisbelow(True)
        axis.tick_params(axis="x", length=0, labelbottom=True)
    axes[1].set_xticks(range(len(workloads)), [f"{name}\n{count} notebook{'s' * (count > 1)}" for name, count in workloads])
    handles = {label: bar for axis in axes for bar, label in zip(*axis.get_legend_handles_labels())}
    order = [TITLES[name].replace("`", "") for name in there if TITLES[name].replace("`", "") in handles]
    figure.legend([handles[label] for label in order], order, loc="outside upper center", ncols=5, frameon=False)
    pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None} if path.endswith(".svg") else None, dpi=110)


if __name__ == "__main__":
    draw(Results.read(pathlib.Path(sys.argv[1])), sys.argv[2])
