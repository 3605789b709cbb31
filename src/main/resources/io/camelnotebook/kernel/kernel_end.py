"""How a forked kernel ends: the processes that its notebook has left running, its exit hooks, and itself."""

import asyncio
import atexit
import ctypes
import gc
import io
import os
import signal
import sys
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


class QuickExit:
    """Ends a kernel after its exit hooks, without taking apart what it shares with the server.

    Python clears all modules when it ends, which touches, and so copies, all that was loaded ahead: as much work as the
    rest of a small kernel. What the notebook itself has made is still let go, so that finalizers are called and files written.
    """

    def __init__(self):
        """To be made before anything else registers for the exit: what is registered first is called last."""
        self.shared = frozenset()
        self.is_allowed = False
        atexit.register(self.leave)

    def share(self, modules):
        """Before any fork, for which it would mean to copy them: the names of the modules that are loaded ahead."""
        self.shared = frozenset(modules)

    def allow(self):
        """The kernel has come to its end by itself."""
        self.is_allowed = True

    def leave(self):
        if not self.is_allowed:
            return
        for namespace in self.own_namespaces():
            clear(namespace)
        gc.collect()
        flush_files()
        # The C libraries' own hooks are still called.
        ctypes.PyDLL(None).exit(0)

    def own_namespaces(self):
        own = [name for name in sys.modules if name not in self.shared]
        return [vars(module) for module in map(sys.modules.pop, own) if hasattr(module, "__dict__")]


def clear(namespace):
    """As Python clears modules: names that begin with one underscore first, and builtins never."""
    for private in True, False:
        for name in list(namespace):
            if name != "__builtins__" and private == (name.startswith("_") and not name.startswith("__")):
                namespace[name] = None


def flush_files():
    kinds = {io.BufferedRandom, io.BufferedWriter, io.TextIOWrapper}
    for each in gc.get_objects():
        if type(each) in kinds and not each.closed:
            try:
                each.flush()
            except (OSError, ValueError):  # ValueError: it was detached
                pass
