"""Who runs the workloads: the command of each contender, and where it leaves the executed notebooks."""

from __future__ import annotations

import collections
import json
import os
import pathlib
import re
from dataclasses import dataclass

import environment
from outputs import digests_of_file, mistake
from workloads import Notebook, Workload

SCRIPTS = pathlib.Path(__file__).with_name("scripts")

STARTS = ("fork", "warm", "fresh")
"""Ours, the best that a build has first."""

TITLES = {
    "papermill-process": "papermill, a `Process` for each",
    "papermill-pool": "papermill in a `Pool`",
    "papermill": "`papermill in out`",
    "nbclient": "nbclient, asynchronous",
    "nbconvert": "`jupyter nbconvert --execute`",
    "ours-fork": "camel-notebook, `fork`",
    "ours-warm": "camel-notebook, `warm`",
    "ours-fresh": "camel-notebook, `fresh`",
    "ours-execute": "`camel-notebook execute in out`",
    "floor": "floor: no kernel",
}

_SCRIPTED = {
    "papermill-process": "papermill_process.py",
    "papermill-pool": "papermill_pool.py",
    "nbclient": "nbclient_async.py",
    "floor": "floor.py",
}


@dataclass(frozen=True)
class Starts:
    """The kernel starts that a build's commands can be asked for; a build without the option starts every kernel fresh."""

    of_run: tuple[str, ...]
    of_execute: tuple[str, ...]

    @staticmethod
    def of_this_build() -> Starts:
        return Starts(_starts(environment.help_of("run")), _starts(environment.help_of("execute")))

    def told(self) -> str:
        """Those of this build, as a fact to report."""
        return ", ".join(self.of_run or ("fresh",))

    def option(self, command: str, start: str) -> list[str] | None:
        """The option to give, or None if this build cannot start kernels so."""
        if command == "execute":
            return ["--kernel-start", start] if start in self.of_execute else None
        if self.of_run:
            return ["--kernel-start", start] if start in self.of_run else None
        return [] if start == "fresh" else None


def _starts(help_text: str) -> tuple[str, ...]:
    named = re.search(r"--kernel-start=([a-z|]+)", help_text)
    return tuple(start for start in STARTS if named and start in named.group(1).split("|"))


def names(workload: str, starts: Starts) -> list[str]:
    """The contenders that there are for a workload, in this build."""
    if workload == "cold":
        # First without any option, as it is typed.
        return ["papermill", "ours-execute", *_ours("execute", starts)]
    return ["papermill-process", "papermill-pool", "nbclient", "nbconvert", *_ours("run", starts), "floor"]


def _ours(command: str, starts: Starts) -> list[str]:
    return [f"ours-{start}" for start in STARTS if starts.option(command, start) is not None]


@dataclass(frozen=True)
class Attempt:
    """One contender at one workload, in a folder of its own that was just made."""

    contender: str
    workload: Workload
    folder: pathlib.Path
    python: pathlib.Path
    width: int
    starts: Starts

    def command(self) -> list[str]:
        out = self.folder / "out"
        out.mkdir()
        configs = self.folder / f"{self.workload.name}.json"
        configs.write_text(json.dumps({n.name: {"notebook": n.path, **n.config} for n in self.workload.notebooks}))
        programs = self.python.parent
        if self.workload.name == "cold":
            (notebook,) = self.workload.notebooks
            return [*self._single(programs), notebook.path, str(out / f"{notebook.name}.ipynb")]
        if self.contender == "nbconvert":
            # One notebook a command, so many at a time, as in a shell.
            limit = "--ExecutePreprocessor.iopub_timeout=60"
            words = f"{programs}/jupyter nbconvert --to notebook --execute {limit} --output-dir".split()
            paths = "\0".join(n.path for n in self.workload.notebooks)
            (self.folder / "paths").write_text(paths)
            return ["xargs", "-0", "-a", "paths", "-P", str(self.width), "-n", "1", *words, str(out)]
        if self.contender in _SCRIPTED:
            script = SCRIPTS / _SCRIPTED[self.contender]
            modules = self.workload.libraries if self.contender == "floor" else []
            return [str(self.python), str(script), str(configs), str(out), str(self.width), *modules]
        option = self.starts.option("run", self._start())
        run = [str(environment.LAUNCHER), "run", str(configs), "--outputs", str(out), "-j", str(self.width)]
        return [*run, "--progress", "none", *option]

    def _single(self, programs: pathlib.Path) -> list[str]:
        if self.contender == "papermill":
            return [str(programs / "papermill")]
        return [str(environment.LAUNCHER), "execute", *(self.starts.option("execute", self._start()) or [])]

    def _start(self) -> str:
        return self.contender[len("ours-") :]

    def mistake(self) -> str | None:
        """What is wrong with the executed notebooks, or None."""
        for notebook in self.workload.notebooks:
            try:
                wrong = mistake(notebook.expected, self._digests(notebook))
            except (OSError, ValueError, KeyError) as e:
                wrong = f"{type(e).__name__}: {e}"
            if wrong:
                return f"{notebook.name}: {wrong}"
        return None

    def kernel_starts(self) -> dict[str, int]:
        """How many kernels were really started in which way, by our own records; empty for others."""
        if not self.contender.startswith("ours-") or self.workload.name == "cold":
            return {}
        records = (json.loads(path.read_bytes()) for path in (self.folder / "out").glob("*/*/*.json"))
        return dict(collections.Counter(str(record["data"]["kernel"].get("start")) for record in records))

    def _digests(self, notebook: Notebook) -> list[dict]:
        out = self.folder / "out"
        if self.contender == "floor":
            return json.loads((out / f"{notebook.name}.digests.json").read_bytes())
        if self.contender.startswith("ours-") and self.workload.name != "cold":
            name = notebook.name
            return digests_of_file(os.fspath(out / name / name / f"{name}_{name}.ipynb"))
        return digests_of_file(os.fspath(out / f"{notebook.name}.ipynb"))
