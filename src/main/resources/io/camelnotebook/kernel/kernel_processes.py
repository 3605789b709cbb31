"""The processes of this machine, as far as a kernel host has to know them: whose they are, and how to end them.

Every kernel finds its mark in the environment variable CAMEL_NOTEBOOK_KERNEL and passes it on to its children: HOST.ID, by
which what has left its process group is known as well.
"""

import os
import signal
import sys

LINUX = sys.platform.startswith("linux")
MARK = "CAMEL_NOTEBOOK_KERNEL"


def children():
    """The pids of the host's children, zombies included; none where the system has no /proc."""
    if not LINUX:
        return []
    me = os.getpid()
    try:
        with open(f"/proc/self/task/{me}/children", "rb") as file:
            return [int(pid) for pid in file.read().split()]
    except FileNotFoundError:  # a Linux built without CONFIG_PROC_CHILDREN
        return [pid for pid in processes() if parent(pid) == me]


def descendants(pid):
    """The pids of the process and of all its descendants that are not orphans; only itself where there is no /proc."""
    found = [pid]
    for parent_of_some in found:
        try:
            for thread in os.listdir(f"/proc/{parent_of_some}/task"):
                with open(f"/proc/{parent_of_some}/task/{thread}/children", "rb") as file:
                    found.extend(int(child) for child in file.read().split())
        except OSError:  # it has just ended, or there is no such file
            pass
    return found


def processes():
    """The pids of all processes; none where the system has no /proc."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit()] if LINUX else []


def parent(pid):
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The command's name stands in brackets and may hold anything, brackets too.
            return int(file.read().rpartition(b")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def mark_of(pid):
    """The mark in the environment that the process was started with, or None."""
    try:
        with open(f"/proc/{pid}/environ", "rb") as file:
            for variable in file.read().split(b"\0"):
                name, _, value = variable.partition(b"=")
                if name == MARK.encode():
                    return value.decode(errors="replace")
    except OSError:  # gone, or another user's
        pass
    return None


def kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass


def signal_group(leader, number):
    try:
        os.killpg(leader, number)
    except OSError:  # the group is empty, or holds another user's processes only
        pass


def sweep(mark, leaders):
    """Kills what the kernels of a host that is no more have left: their groups, and all that bears their mark."""
    for leader in leaders:
        signal_group(leader, signal.SIGKILL)
    found = True
    while found:
        found = [pid for pid in processes() if (mark_of(pid) or "").startswith(mark + ".")]
        for pid in found:
            kill(pid)
