"""Measures a command with everything it starts: wall time, CPU time and peak memory. Linux only.

The command runs below a small process of its own, which adopts every orphan and waits for all of them to end, daemons
too. So the kernel itself adds up their CPU time. What it cannot add are processes whose parent ignores SIGCHLD.
"""

from __future__ import annotations

import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

from processes import adopt_orphans, descendants, end_with_parent, own_cpu_seconds

FOLDER = pathlib.Path(__file__).parent


@dataclass(frozen=True)
class Measurement:
    """What a command took, in seconds and bytes."""

    exit: int | None
    """The command's exit status, negative for a signal; None if it was ended because it took too long or too much."""
    wall: float
    """Until the command itself ended."""
    settled: float
    """Until the last of its processes ended."""
    cpu: float
    """User and system time of all processes."""
    own_cpu: float
    """The part of it that the command's own process took, without its children."""
    others_cpu: float
    """What the rest of the machine took meanwhile: what disturbed the measurement."""
    peak_pss: int | None
    """None if the command ended before enough samples were taken."""
    samples: int
    left_behind: int
    """How many processes had to be killed because they outlived the command by more than the grace."""
    trouble: str | None
    """Why the command was ended, if it was."""


def measure(
    command: list[str],
    *,
    cwd: str | os.PathLike = ".",
    env: dict[str, str] | None = None,
    log: str | os.PathLike = os.devnull,
    limit: float = 900,
    grace: float = 30,
) -> Measurement:
    """Runs a command to its end, for at most limit seconds. Its output, and what it did not catch, go to the log."""
    spec = {"command": command, "cwd": str(cwd), "env": env, "log": str(log), "limit": limit, "grace": grace}
    busy = _busy_seconds()
    parent = _start(["measure.py", json.dumps(spec)])
    sampler = _start(["sampler.py", str(parent.pid)])
    try:
        sampler.stdout.readline()  # it is ready
        answer = parent.communicate("go\n")[0]
        memory = sampler.communicate()[0]
    except BaseException:
        # The parent ends the command with all its processes, and the sampler ends with its input.
        parent.terminate()
        parent.wait()
        sampler.communicate()
        raise
    if parent.returncode != 0:
        raise RuntimeError(f"measuring failed: see above, and {log}")
    taken, sampled = json.loads(answer), json.loads(memory)
    if sampled.pop("memory_was_short"):
        taken["trouble"] = "the machine's memory ran out"
    others = max(0.0, _busy_seconds() - busy - taken["cpu"])
    return Measurement(others_cpu=others, **taken, **sampled)


def _start(arguments: list[str]) -> subprocess.Popen:
    script, *rest = arguments
    command = [sys.executable, "-B", str(FOLDER / script), *rest]
    # A session of its own, for Ctrl-C to reach the benchmark alone, which then ends the rest in order.
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def _busy_seconds() -> float:
    with open("/proc/stat") as file:
        user, nice, system, _, _, irq, softirq = map(int, file.readline().split()[1:8])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


class _Stopped(BaseException):
    """Somebody wants the measurement to end."""


def _stop(number: int, frame: object) -> None:
    raise _Stopped


def _run(spec: dict) -> dict:
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGALRM, _stop)
    end_with_parent()
    adopt_orphans()
    sys.stdin.readline()
    status, trouble, own_cpu = None, None, 0.0
    with open(spec["log"], "ab") as log:
        begun = time.perf_counter()
        process = subprocess.Popen(
            spec["command"],
            cwd=spec["cwd"],
            env=spec["env"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        signal.setitimer(signal.ITIMER_REAL, spec["limit"])
        # Not yet reaped, so that its own times can still be read.
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        wall = time.perf_counter() - begun
        signal.setitimer(signal.ITIMER_REAL, 0)
        own_cpu = own_cpu_seconds(process.pid)
        status = process.wait()
    except _Stopped:
        wall = time.perf_counter() - begun
        trouble = f"ended after {wall:.0f} s"
    left_behind = _settle(0 if trouble else spec["grace"])
    settled = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "exit": status,
        "wall": wall,
        "settled": settled,
        "cpu": used.ru_utime + used.ru_stime,
        "own_cpu": own_cpu,
        "left_behind": left_behind,
        "trouble": trouble,
    }


def _settle(grace: float) -> int:
    """Waits until no process is left; kills those that take longer than the grace, and says how many."""
    try:
        # Zero would mean never.
        signal.setitimer(signal.ITIMER_REAL, max(grace, 0.001))
        while True:
            os.wait()
    except ChildProcessError:
        signal.setitimer(signal.ITIMER_REAL, 0)
        return 0
    except _Stopped:
        pass
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    killed: set[int] = set()
    while True:
        # Again and again, for those that were being started meanwhile.
        for pid in descendants(os.getpid()):
            killed.add(pid)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        try:
            os.wait()
        except ChildProcessError:
            return len(killed)


if __name__ == "__main__":
    print(json.dumps(_run(json.loads(sys.argv[1]))))
