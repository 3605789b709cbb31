"""Tests of the limit of memory with real processes: pytest src/test/python"""

import contextlib
import os
import pathlib
import subprocess
import sys
import time

import pytest

FOLDER = pathlib.Path(__file__).parents[2] / "main/resources/io/camelnotebook/kernel"
sys.path.insert(0, str(FOLDER))
import kernel_memory  # noqa: E402

MIB = 1024 * 1024


@contextlib.contextmanager
def process(code):
    """A Python process that has printed a line."""
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as started:
        try:
            started.stdout.readline()
            yield started.pid
        finally:
            started.stdin.close()


HOLDS = "import sys; held = bytearray({} * 2**20); print('up', flush=True); sys.stdin.read()"
# A pool of workers that inherited what they all read.
SHARES = """
import os, sys
held = bytearray(100 * 2**20)
for _ in range(3):
    if os.fork() == 0:
        sys.stdin.read()
        os._exit(0)
print("up", flush=True)
sys.stdin.read()
"""
HOLDS_IN_A_CHILD = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {HOLDS.format(100)!r}], stdin=subprocess.PIPE, start_new_session=True)
sys.stdin.read()
"""


def watching(pid, mebibytes):
    watch = kernel_memory.MemoryWatch()
    watch.limit(pid, mebibytes * MIB)
    return watch


def test_a_process_with_too_much_is_found_and_what_it_had():
    with process(HOLDS.format(100)) as pid:
        assert watching(pid, 500).excesses(lambda kernel: []) == []
        watch = watching(pid, 50)
        assert watch.excesses(lambda kernel: []) == [pid]
        found = watch.forget(pid)
        assert 100 * MIB < found["memory_used"] < 150 * MIB and found["memory_limit"] == 50 * MIB
        assert watch.milliseconds_to_wait() is None


def test_children_count_even_if_they_left_the_group():
    with process(HOLDS_IN_A_CHILD) as pid:
        assert watching(pid, 50).excesses(lambda kernel: []) == [pid]


def test_orphans_count():
    with process(HOLDS.format(100)) as orphan, process(HOLDS.format(1)) as pid:
        assert watching(pid, 50).excesses(lambda kernel: []) == []
        assert watching(pid, 50).excesses(lambda kernel: [orphan]) == [pid]


@pytest.mark.skipif(not kernel_memory.LINUX, reason="other systems cannot tell")
def test_what_processes_share_counts_once():
    with process(SHARES) as pid:
        assert sum(map(kernel_memory.resident, kernel_memory.descendants(pid))) > 400 * MIB
        assert watching(pid, 200).excesses(lambda kernel: []) == []
        assert watching(pid, 80).excesses(lambda kernel: []) == [pid]


def test_nobody_is_looked_at_more_often_than_need_be():
    with process(HOLDS.format(1)) as pid:
        watch = watching(pid, 500)
        watch.excesses(lambda kernel: [])
        assert 0 < watch.milliseconds_to_wait() <= kernel_memory.SECONDS_BETWEEN * 1000
        watch.limit(pid, 1)
        assert watch.excesses(lambda kernel: []) == []


def test_a_process_that_has_ended_has_nothing():
    with process("print('up', flush=True)") as pid:
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert watching(pid, 1).excesses(lambda kernel: []) == []


def test_ps_tells_the_same_of_a_process_and_its_children():
    with process(HOLDS_IN_A_CHILD) as pid:
        start = time.monotonic()
        by_ps = kernel_memory.resident_by_ps()([pid], 0)
        assert time.monotonic() - start < 5
        by_proc = sum(map(kernel_memory.resident, kernel_memory.descendants(pid)))
        assert by_ps == pytest.approx(by_proc, rel=0.1)
