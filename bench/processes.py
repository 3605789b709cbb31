"""Linux's processes: who descends from whom, and who looks after orphans."""

from __future__ import annotations

import ctypes
import os
import signal

_PR_SET_PDEATHSIG = 1
_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans() -> None:
    """From now on, descendants of this process whose parent ends become its children, daemons among them."""
    _prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent() -> None:
    """This process gets SIGTERM when its parent ends."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def descendants(root: int) -> list[int]:
    """The ids of all processes below root, without root."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parent = int(stat_fields(int(name))[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(name))
    found: list[int] = []
    todo = [root]
    while todo:
        below = children.get(todo.pop(), [])
        found += below
        todo += below
    return found


def stat_fields(pid: int) -> list[bytes]:
    """The fields of /proc/pid/stat after the name: state, parent, and so on. Raises OSError if the process is gone."""
    with open(f"/proc/{pid}/stat", "rb") as file:
        text = file.read()
    # The name is in parentheses, and may itself have spaces and parentheses.
    return text[text.rindex(b")") + 2 :].split()


def own_cpu_seconds(pid: int) -> float:
    """User and system time of a process itself, all threads, without its children; also of one not yet waited for."""
    fields = stat_fields(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"prctl({option}): {os.strerror(code)}")
