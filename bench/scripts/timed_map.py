"""Runs a map over a notebook's function with the engine, and tells how long it took. timed_map.py CELLS.json RESULT.json

The time is that from the end of the notebook's definitions to that of the job: with the start of the other kernels and their
definitions, and all results in a file, but without the start of the engine, as others are timed without that of Jupyter.
"""

import json
import pathlib
import subprocess
import sys

LAUNCHER = pathlib.Path(__file__).resolve().parents[2] / "camel-notebook"
CONFIG = """
jobs:
  call:
    notebook: call.ipynb
    map: {{function: work, over: {{range: [0, {calls}]}}}}
"""


def main(cells_file, result):
    with open(cells_file) as file:
        define, _, calls = json.load(file)
    folder = pathlib.Path(result).parent
    cell = {"cell_type": "code", "id": "define", "metadata": {}, "source": define, "outputs": [], "execution_count": None}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": kernel, "cells": [cell]}
    (folder / "call.ipynb").write_text(json.dumps(notebook))
    (folder / "call.yaml").write_text(CONFIG.format(calls=calls))
    run = [str(LAUNCHER), "run", "call.yaml", "--outputs", "out", "--progress", "none"]
    subprocess.run(run, cwd=folder, check=True, stdout=sys.stderr)
    record = json.loads((folder / "out/call/call/call_call.json").read_text())["data"]
    count, total = 0, 0
    with open(folder / "out/call/call/call_call_results.jsonl") as lines:
        for line in lines:
            count += 1
            total += json.loads(line)["value"]
    defined = sum(cell["seconds"] for cell in record["cells"])
    with open(result, "w") as file:
        json.dump({"seconds": record["run_seconds"] - defined, "sum": total, "count": count}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
