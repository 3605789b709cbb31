"""The memory of kernels that may have only so much.

Nothing in a plain Unix limits what a group of processes really uses. Limits on address space (RLIMIT_AS, RLIMIT_DATA) count
what libraries and their threads only reserve, and count each process for itself; control groups need rights that a user
seldom has. So the memory is looked at a few times a second, and a kernel with too much of it is killed. Between two looks
it can take more.

What counts is memory in RAM of the kernel and its descendants. On Linux a page that several processes share counts for each
of them in part (PSS), so that what a fork server loaded, or a pool of workers inherited, is not counted several times. There
that takes long to find out for large processes; so it is asked only if the sum of their resident memory, which is quick to
read and never less, is above the limit. On other systems `ps` tells the resident memory, shared or not. Not seen are swapped
memory, files in /dev/shm that nobody has mapped, memory of GPUs, and what is left of the work of a daemon of another user.
"""

import os
import time

from kernel_processes import LINUX, descendants

SECONDS_BETWEEN = 0.2 if LINUX else 1


class MemoryWatch:
    """Which kernels may have how much. Not for several threads."""

    def __init__(self):
        self.limits = {}
        self.found = {}
        self.next = 0

    def limit(self, kernel, limit):
        """That kernel, by its pid, and its descendants may have so many bytes together."""
        self.limits[kernel] = limit

    def forget(self, kernel):
        """The kernel is gone; says what it was killed for, if it was that."""
        self.limits.pop(kernel, None)
        return self.found.pop(kernel, {})

    def milliseconds_to_wait(self):
        """Until the next look; None if nobody has to be looked at."""
        if not self.limits:
            return None
        return max(0, self.next - time.monotonic()) * 1000

    def excesses(self, orphans):
        """The kernels that have too much, if it is time to look; orphans(pid) are a kernel's descendants without parent."""
        if not self.limits or time.monotonic() < self.next:
            return []
        measure = resident_and_proportional if LINUX else resident_by_ps()
        over = []
        for kernel, limit in self.limits.items():
            if kernel not in self.found:
                used = measure([kernel, *orphans(kernel)], limit)
                if used > limit:
                    self.found[kernel] = {"memory_used": used, "memory_limit": limit}
                    over.append(kernel)
        self.next = time.monotonic() + SECONDS_BETWEEN
        return over


def resident_and_proportional(leaders, limit):
    pids = {pid for leader in leaders for pid in descendants(leader)}
    used = sum(map(resident, pids))
    return used if used <= limit else sum(map(proportional, pids))


def resident(pid):
    """The bytes of a process that are in RAM, shared or not; 0 if it has ended."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def proportional(pid):
    """The same, with its part of what it shares; as above on a Linux before 4.14, or where reading it is forbidden."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", "rb") as file:
            for line in file:
                if line.startswith(b"Pss:"):
                    return int(line.split()[1]) * 1024
    except (OSError, IndexError):
        pass
    return resident(pid)


def resident_by_ps():
    """What measures processes by a table that ps has printed just now."""
    import subprocess

    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL).stdout
    rows = [[int(number) for number in line.split()] for line in table.splitlines()]

    def measure(leaders, limit):
        family, size = set(leaders), 0
        while len(family) > size:
            size = len(family)
            family.update(pid for pid, parent, _ in rows if parent in family)
        return sum(kibibytes * 1024 for pid, _, kibibytes in rows if pid in family)

    return measure
