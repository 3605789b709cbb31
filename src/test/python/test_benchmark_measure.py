"""Tests of the benchmark's measuring: pytest src/test/python. They need Linux, as the benchmark does."""

import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

BENCH = pathlib.Path(__file__).parents[3] / "bench"

sys.dont_write_bytecode = True
sys.path.insert(0, str(BENCH))

from measure import measure  # noqa: E402

BURN = "import time\nwhile time.process_time() < 0.5: pass\n"

DAEMON = f"""
import os
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        {BURN.strip().replace(chr(10), chr(10) + " " * 8)}
    os._exit(0)
os.wait()
"""


def python(code, *, prefix=()):
    return [*prefix, sys.executable, "-S", "-E", "-c", code]


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_the_processor_time_of_a_daemon_s_is_counted_though_nobody_waited_for_it():
    taken = measure(python(DAEMON))
    assert taken.exit == 0
    assert 0.5 <= taken.cpu < 1.5
    assert taken.settled > taken.wall
    assert taken.left_behind == 0


def test_a_command_s_own_time_is_told_apart_from_that_of_its_children():
    taken = measure(python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}])"))
    assert taken.cpu >= 0.5
    assert taken.own_cpu < taken.cpu - 0.5 + 0.02


def test_the_time_of_a_killed_child_is_counted():
    code = f"""
import os, signal
pid = os.fork()
if pid == 0:
    {BURN.strip().replace(chr(10), chr(10) + " " * 4)}
    signal.pause()
import time
while sum(map(int, open(f"/proc/{{pid}}/stat").read().rpartition(")")[2].split()[11:13])) < 45: time.sleep(0.02)
os.kill(os.getpid(), signal.SIGKILL)
"""
    taken = measure(python(code), grace=1)
    assert taken.exit == -signal.SIGKILL
    assert taken.cpu >= 0.45
    assert taken.left_behind == 1


def test_peak_memory_is_that_of_the_whole_tree_with_shared_pages_counted_once():
    code = """
import os, time
held = bytearray(b"x") * (100 << 20)
children = []
for _ in range(4):
    pid = os.fork()
    if pid == 0:
        time.sleep(1.5)
        os._exit(0)
    children.append(pid)
for pid in children: os.waitpid(pid, 0)
"""
    taken = measure(python(code))
    assert taken.exit == 0
    assert taken.samples > 3
    assert 100 << 20 <= taken.peak_pss < 150 << 20


def test_a_command_that_takes_too_long_is_ended_with_all_it_started(tmp_path):
    note = tmp_path / "pid"
    code = f"""
import os, signal, time
if os.fork() == 0:
    os.setsid()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    open({str(note)!r}, "w").write(str(os.getpid()))
time.sleep(600)
"""
    taken = measure(python(code), limit=2)
    assert taken.exit is None
    assert taken.trouble.startswith("ended after 2 s")
    assert taken.left_behind == 2
    assert not is_alive(int(note.read_text()))


def test_nothing_goes_on_when_the_benchmark_itself_is_killed(tmp_path):
    note = tmp_path / "pid"
    command = python(f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(600)")
    benchmark = subprocess.Popen(
        [sys.executable, "-B", "-c", f"import sys; sys.path.insert(0, {str(BENCH)!r})\n"
         f"from measure import measure\nmeasure({command!r})"]
    )
    wait_until(lambda: note.exists() and note.read_text())
    benchmark.kill()
    benchmark.wait()
    wait_until(lambda: not is_alive(int(note.read_text())))


def test_output_goes_to_the_log_and_the_environment_is_the_given_one(tmp_path):
    log = tmp_path / "log"
    taken = measure(python("import os; print(os.environ['A'], os.getcwd())"), env={"A": "b"}, cwd=tmp_path, log=log)
    assert taken.exit == 0
    assert log.read_text() == f"b {os.path.realpath(tmp_path)}\n"


def test_a_command_that_is_not_there_is_an_error():
    with pytest.raises(RuntimeError):
        measure(["/no/such/command"])


def wait_until(condition):
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
