"""How a forked kernel ends the processes that its notebook has left running, before its exit hooks are called."""

import asyncio
import os
import signal
import time

# A child that heeds SIGTERM does so at once; what is left is killed by the server as soon as the kernel has ended.
SECONDS_TO_HEED = 0.5


async def end_children(kernel):
    """In place of ipykernel's own, which takes a child that nobody has waited for for one that lives, and so hangs."""
    asked = set()
    end, pause = time.monotonic() + SECONDS_TO_HEED, 0.002
    while time.monotonic() < end:
        children = living_children()
        for pid in children - asked:
            terminate(pid)
        asked |= children
        if not children:
            return
        await asyncio.sleep(pause)
        pause = min(0.05, 2 * pause)


def terminate(pid):
    try:
        os.kill(pid, signal.SIGTERM)
    except OSError:  # gone, or another user's
        pass


def living_children():
    """The pids of this process's descendants in its own process group, without those that have ended."""
    group, found, unread = os.getpgrp(), set(), [os.getpid()]
    while unread:
        for pid in children_of(unread.pop()):
            state, its_group = state_of(pid)
            if its_group == group and state not in "ZX":
                found.add(pid)
                unread.append(pid)
    return found


def children_of(parent):
    pids = []
    try:
        for task in os.listdir(f"/proc/{parent}/task"):
            with open(f"/proc/{parent}/task/{task}/children") as file:
                pids += map(int, file.read().split())
    except OSError:  # it has just ended, or a Linux built without CONFIG_PROC_CHILDREN
        pass
    return pids


def state_of(pid):
    """The letter of its state, and its process group."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # The command's name stands in brackets and may hold anything, brackets too.
            state, _, group = file.read().rpartition(b")")[2].split()[:3]
        return state.decode(), int(group)
    except (OSError, ValueError):
        return "X", 0
