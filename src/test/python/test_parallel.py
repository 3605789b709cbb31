"""Tests of parallel, on real kernels as plain Jupyter starts them: pytest src/test/python/test_parallel.py"""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import threading
import time

import pytest
from jupyter_client.manager import KernelManager

MODULES = pathlib.Path(__file__).parents[2] / "main/resources/io/camelnotebook/kernel"
STARTS = ["forkserver", "spawn", "fork"]
# On a machine that is busy with other things.
PATIENCE = 60


class Notebook:
    """A kernel in a folder with nothing but the one file, and the cells that are run in it."""

    def __init__(self, folder, **variables):
        self.folder = folder
        shutil.copy(MODULES / "camel_notebook_parallel.py", folder)
        self.manager = KernelManager(kernel_name="python3")
        # By this one ipykernel knows pytest, and leaves to that what workers print.
        inherited = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
        self.manager.start_kernel(cwd=str(folder), env={**inherited, "CAMEL_NOTEBOOK_THREADS": "2", **variables})
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.run("import os, time\nfrom camel_notebook_parallel import *")

    def run(self, code):
        """What the cell prints. An error that it raises is printed, too, if the last line is `# fails`."""
        printed, failed = [], []

        def output(message):
            content = message["content"]
            if "traceback" in content:
                failed.append(plain("\n".join(content["traceback"])))
            printed.append(content.get("text") or content.get("data", {}).get("text/plain", ""))

        # What is sent right after an error would be aborted otherwise.
        self.client.execute_interactive(
            code, timeout=PATIENCE, allow_stdin=False, stop_on_error=False, output_hook=output
        )
        if not code.rstrip().endswith("# fails"):
            assert not failed, failed[0]
        return "".join(printed + failed).strip()

    def run_in_background(self, code):
        """Sends a cell, and returns at once with a function that waits for its error or the lack of it."""
        thread_result = []
        thread = threading.Thread(target=lambda: thread_result.append(self.run(code)), daemon=True)
        thread.start()

        def finished():
            thread.join(PATIENCE)
            assert thread_result, "the cell did not end"
            return thread_result[0]

        return finished

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    kernel = Notebook(tmp_path_factory.mktemp("notebook"))
    yield kernel
    kernel.close()


@pytest.fixture(scope="module")
def without_cloudpickle(tmp_path_factory):
    folder = tmp_path_factory.mktemp("without")
    (folder / "hidden").mkdir()
    (folder / "hidden/cloudpickle.py").write_text("raise ImportError('hidden')")
    kernel = Notebook(folder, PYTHONPATH=str(folder / "hidden"))
    yield kernel
    kernel.close()


@pytest.fixture(scope="module")
def with_arrays(tmp_path_factory):
    kernel = Notebook(tmp_path_factory.mktemp("arrays"))
    kernel.run(COUNT_SEGMENTS)
    yield kernel
    kernel.close()


@pytest.fixture
def own_notebook(tmp_path):
    """A kernel that the test may kill."""
    kernel = Notebook(tmp_path)
    yield kernel
    kernel.close()


def processes_of(mark):
    """The processes with that in their environment."""
    found = []
    for process in pathlib.Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if process.name.isdigit() and mark.encode() in (process / "environ").read_bytes():
                if (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    found.append(int(process.name))
    return found


def children_of(pid):
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):  # a thread may have ended
            found += map(int, (task / "children").read_text().split())
    return found


def until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.01)


# -- the trap, and what is carried --------------------------------------------------------------------------------------


def test_the_naive_attempt_with_a_process_pool_under_spawn_fails(notebook):
    told = notebook.run(
        "import concurrent.futures, multiprocessing\n"
        "def naive(x): return x + 1\n"
        "with concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context('spawn')) as pool:\n"
        "    list(pool.map(naive, [1]))\n# fails"
    )
    assert "BrokenProcessPool" in told or "Can't get attribute 'naive'" in told
    assert notebook.run("with parallel(1) as pool: print(list(pool.map(naive, [1])))") == "[2]"


DEFINED = """
import functools, math, dataclasses, enum
from itertools import count
offset = 100

def helper(x): return x + offset

def plain_function(x): return helper(x)

def twice(fn):
    @functools.wraps(fn)
    def wrapper(*arguments): return 2 * fn(*arguments)
    return wrapper

@twice
def decorated(x): return x + 1

def factorial(n): return 1 if n == 0 else n * factorial(n - 1)

def is_even(n): return n == 0 or is_odd(n - 1)
def is_odd(n): return n != 0 and is_even(n - 1)

def make_adder(n):
    def again(x, depth): return x if depth == 0 else again(x, depth - 1) + n
    return lambda x: again(x, 1)

def power(x, exponent=1): return math.pow(x, exponent)

class Base:
    scale = 3

class Model(Base):
    def __init__(self, weight): self.weight = weight
    def score(self, x): return super().scale * self.weight * x + offset
    def __eq__(self, other): return isinstance(other, Model) and other.weight == self.weight
    @staticmethod
    def still(x): return -x
    @classmethod
    def of(cls, x): return cls(x)

@dataclasses.dataclass
class Point:
    x: int
    colour: "Colour" = None

class Colour(enum.Enum):
    RED = 1
"""

USED = """
with parallel(2{start}) as pool:
    assert list(pool.map(plain_function, range(3))) == [100, 101, 102]
    assert list(pool.map(lambda x, y: x * y + offset, (n for n in range(3)), count(1))) == [100, 102, 106]
    assert list(pool.map(decorated, [1, 2])) == [4, 6]
    assert list(pool.map(factorial, [5, 20])) == [120, 2432902008176640000]
    assert list(pool.map(is_even, [4, 5])) == [True, False]
    assert list(pool.map(make_adder(7), [1])) == [8]
    assert list(pool.map(functools.partial(power, exponent=2), [3])) == [9.0]
    assert list(pool.map(Model(2).score, [1, 2])) == [106, 112]
    assert list(pool.map(Model.still, [1])) == [-1]
    assert list(pool.map(Model.of, [1])) == [Model(1)]
    assert list(pool.map(Model, [1, 2])) == [Model(1), Model(2)]
    assert pool.submit(lambda points: [Point(p.x + 1, Colour.RED) for p in points], [Point(1)]).result() == [Point(2, Colour.RED)]
    assert list(pool.map(math.sqrt, [4.0])) == [2.0]
    assert list(pool.map(len, [[1], []])) == [1, 0]
    assert pool.submit(lambda *, key: key, key="k").result() == "k"
"""


@pytest.mark.parametrize("start", STARTS)
def test_what_a_notebook_defines_is_carried(notebook, start):
    notebook.run(DEFINED)
    notebook.run(USED.format(start=f", start={start!r}"))


@pytest.mark.parametrize("start", STARTS)
def test_what_a_notebook_defines_is_carried_without_cloudpickle(without_cloudpickle, start):
    assert "hidden" in without_cloudpickle.run("import cloudpickle\n# fails")
    without_cloudpickle.run(DEFINED)
    without_cloudpickle.run(USED.format(start=f", start={start!r}"))


def test_what_cannot_be_carried_is_named_with_a_remedy(notebook, without_cloudpickle):
    told = notebook.run("import threading\nlock = threading.Lock()\nwith parallel(1) as pool: pool.submit(lambda: lock)\n# fails")
    assert "<lambda> cannot go to another process" in told
    assert "make it within the function" in told
    told = without_cloudpickle.run(
        "def local():\n    class Hidden: pass\n    return Hidden\nhidden = local()\n"
        "with parallel(1) as pool: pool.submit(lambda: hidden())\n# fails"
    )
    assert "cannot hand a worker the class local.<locals>.Hidden" in told
    assert "pip install cloudpickle" in told


@pytest.mark.parametrize("kernel", ["notebook", "without_cloudpickle"])
def test_what_was_defined_anew_since_is_used_by_the_next_call(kernel, request):
    run = request.getfixturevalue(kernel).run
    run("def inner(): return 1\ndef outer(): return inner()\npool = parallel(1)\nprint(pool.submit(outer).result())")
    run("def inner(): return 2")
    assert run("print(pool.submit(outer).result())") == "2"
    run("class Thing:\n    def value(self): return 3")
    run("thing = Thing()\nprint(pool.submit(lambda: thing.value()).result())")
    run("class Thing:\n    def value(self): return 4\nthing = Thing()")
    assert run("print(pool.submit(lambda: thing.value()).result(), list(pool.map(lambda t: t.value(), [thing])))") == "4 [4]"
    run("pool.shutdown()")


def test_a_worker_is_in_the_notebook_s_folder_and_finds_its_modules(notebook):
    notebook.run("os.makedirs('own', exist_ok=True)\nopen('own/my_own.py', 'w').write('answer = 42')")
    notebook.run("pool = parallel(1)\npool.submit(int).result()\nimport sys\nsys.path.append(os.path.abspath('own'))")
    notebook.run("def ask():\n    import my_own\n    return my_own.answer, os.getcwd()")
    assert notebook.run("print(pool.submit(ask).result() == (42, os.getcwd()))\npool.shutdown()") == "True"


# -- an executor --------------------------------------------------------------------------------------------------------


def test_it_is_an_executor(notebook):
    notebook.run(
        """
import concurrent.futures as futures
pool = parallel(2)
assert isinstance(pool, futures.Executor)
calls = [pool.submit(pow, 2, n) for n in range(5)]
assert {call.result() for call in futures.as_completed(calls)} == {1, 2, 4, 8, 16}
assert futures.wait(calls).not_done == set()
pool.shutdown()
pool.shutdown()
try:
    pool.submit(int)
except RuntimeError as e:
    assert "after shutdown" in str(e)
else:
    raise AssertionError
"""
    )


def test_waiting_calls_can_be_cancelled_and_running_ones_end(notebook):
    notebook.run(
        """
pool = parallel(1)
running = pool.submit(time.sleep, 0.3)
while not running.running(): time.sleep(0.01)
waiting = [pool.submit(int) for _ in range(3)]
assert waiting[0].cancel() and not running.cancel()
pool.shutdown(wait=True, cancel_futures=True)
assert running.done() and not running.cancelled() and all(call.cancelled() for call in waiting)
"""
    )


def test_all_workers_can_be_ended_at_once(notebook):
    notebook.run(
        """
def long(name):
    open(name, "w").close()
    time.sleep(100)
for how, number in ("terminate_workers", 15), ("kill_workers", 9):
    pool = parallel(2)
    calls = [pool.submit(long, f"{how}{n}") for n in range(5)]
    while not all(os.path.exists(f"{how}{n}") for n in range(2)): time.sleep(0.01)
    getattr(pool, how)()
    assert all(f"killed by signal {number}" in str(call.exception()) for call in calls[:2]), calls
    assert all(call.cancelled() for call in calls[2:])
"""
    )


def test_a_pool_that_is_closed_does_all_calls_first(notebook):
    notebook.run(
        """
with parallel(2) as pool:
    calls = [pool.submit(time.sleep, 0.01) for _ in range(10)]
    squares = pool.map(lambda x: x * x, range(100), chunksize=2)
    for_their_effect = pool.map(lambda n: open(f"effect{n}", "w").close(), (n for n in range(30)))
assert all(call.done() for call in calls)
assert list(squares) == [x * x for x in range(100)]
assert all(os.path.exists(f"effect{n}") for n in range(30))
pool = parallel(2)
squares = pool.map(lambda x: x * x, range(100))
pool.shutdown(wait=False)
assert list(squares) == [x * x for x in range(100)]
"""
    )


def test_a_map_reads_as_far_as_it_must_and_ends_in_time(notebook):
    notebook.run(
        """
import itertools, concurrent.futures
read = []
def endless():
    for n in itertools.count():
        read.append(n)
        yield n
with parallel(2) as pool:
    for result in pool.map(lambda x: (time.sleep(0.01), x)[1], endless(), chunksize=1):
        if result == 10: break
    assert 10 < len(read) < 30, len(read)
    results = pool.map(time.sleep, [0, 0.5], timeout=0.2, chunksize=1)
    assert next(results) is None
    try:
        next(results)
    except concurrent.futures.TimeoutError:
        pass
    else:
        raise AssertionError
"""
    )


def test_what_a_map_cannot_read_or_carry_is_raised_after_the_results_before_it(notebook):
    notebook.run(
        """
import threading
def broken():
    yield 1
    yield 2
    raise KeyError("broken")
for items, kind in (broken(), KeyError), ([1, 2, threading.Lock()], Exception):
    with parallel(2) as pool:
        results = pool.map(lambda x: x, items, chunksize=1)
        assert [next(results), next(results)] == [1, 2]
        try:
            next(results)
        except kind:
            pass
        else:
            raise AssertionError
"""
    )


def test_an_error_shows_the_worker_s_traceback_with_the_cell_s_source(notebook):
    told = notebook.run(
        "def divide(x):\n    return 1 / x  # the line\n"
        "with parallel(2) as pool:\n    for y in pool.map(divide, [1, 2, 0, 4]): print(y)\n# fails"
    )
    assert told.startswith("1.0\n0.5")
    worker, _, caller = told.partition("was the direct cause of")
    assert "return 1 / x  # the line" in worker and "in divide" in worker
    assert "ZeroDivisionError: division by zero" in caller
    assert "camel_notebook_parallel.py" not in worker


def test_errors_and_results_that_cannot_be_carried_fail_their_own_call_only(notebook):
    notebook.run(
        """
class Awkward(Exception):
    def __init__(self, code, reason): super().__init__(f"{code} {reason}")
def awkward(x):
    if x == 1: raise Awkward(5, "x")
    if x == 2: return (n for n in ())
    if x == 3: raise StopIteration
    return x
pool = parallel(1)
told = [str(pool.submit(awkward, x).exception()) for x in (0, 1, 2)]
print(told)
assert told[0] == "None" and "Awkward: 5 x" in told[1] and "generator" in told[2] and "cannot be handed back" in told[2]
results = pool.map(awkward, [0, 0, 3], chunksize=3)
assert next(results) == 0 == next(results)
try:
    next(results)
except RuntimeError as e:
    assert "awkward raised StopIteration" in str(e)
pool.shutdown()
"""
    )


def test_an_initializer_is_called_in_each_worker_and_its_failure_is_told(notebook):
    notebook.run(
        """
def prepare(value):
    import builtins
    builtins.prepared = value
with parallel(2, initializer=prepare, initargs=(7,)) as pool:
    assert set(pool.map(lambda _: prepared, range(10), chunksize=1)) == {7}
with parallel(max_workers=1, initializer=lambda: 1 / 0) as pool:
    error = pool.submit(int).exception()
assert "initializer" in str(error) and "division by zero" in str(error)
"""
    )


def test_it_is_usable_from_asyncio_joblib_and_tqdm(notebook):
    notebook.run(
        """
import asyncio, joblib, tqdm
def cube(x): return x ** 3
with parallel(2) as pool:
    async def ask(): return await asyncio.gather(*(asyncio.get_running_loop().run_in_executor(pool, cube, n) for n in range(4)))
    assert await ask() == [0, 1, 8, 27]
    with pool.joblib():
        assert joblib.Parallel()(joblib.delayed(cube)(n) for n in range(200)) == [n ** 3 for n in range(200)]
        pids = set(joblib.Parallel()(joblib.delayed(lambda: (time.sleep(0.05), os.getpid())[1])() for _ in range(6)))
        assert os.getpid() not in pids and len(pids) == 2
    assert list(tqdm.tqdm(pool.map(cube, range(3)), total=3, disable=True)) == [0, 1, 8]
"""
    )


# -- chunks and progress ------------------------------------------------------------------------------------------------

COUNT_TASKS = """
import camel_notebook_parallel
sizes = []
make_chunk = camel_notebook_parallel.Chunk.__init__
def noted(self, items, first):
    sizes.append(len(items))
    make_chunk(self, items, first)
camel_notebook_parallel.Chunk.__init__ = noted
"""


def test_chunks_are_as_large_as_the_calls_are_short(notebook):
    notebook.run(COUNT_TASKS)
    notebook.run(
        """
try:
  with parallel(2) as pool:
    assert list(pool.map(abs, range(500_000))) == list(range(500_000))
    assert max(sizes) > 5_000 and len(sizes) < 200, sizes
    sizes.clear()
    list(pool.map(lambda _: time.sleep(0.1), range(6)))
    assert sizes == [1] * 6, sizes
    sizes.clear()
    list(pool.map(abs, range(10), chunksize=4))
    assert sizes == [4, 4, 2], sizes
finally:
    camel_notebook_parallel.Chunk.__init__ = make_chunk
"""
    )


def test_what_a_worker_cannot_do_soon_is_given_back_and_shared(notebook):
    notebook.run(
        """
def first_fast_then_slow(n):
    if n >= 3_000: time.sleep(0.1)
    return n, os.getpid()
with parallel(2) as pool:
    results = list(pool.map(first_fast_then_slow, range(3_010)))
assert [n for n, _ in results] == list(range(3_010))
assert len({pid for _, pid in results[3_000:]}) == 2
"""
    )


def test_a_progress_bar_is_shown_on_request(notebook):
    assert "inc: 100%" in notebook.run(
        "os.environ['TQDM_NOTEBOOK'] = '0'\nimport sys\nsys.modules['tqdm.auto'] = None\n"
        "def inc(x): return x + 1\n"
        "with parallel(2, progress=True) as pool: assert len(list(pool.map(inc, range(100)))) == 100"
    )
    shown = notebook.run("sys.modules['tqdm'] = None\nwith parallel(2) as pool: _ = list(pool.map(inc, range(9), progress='Adding'))")
    assert "Adding: 9 of 9" in shown
    notebook.run("for name in 'tqdm', 'tqdm.auto': del sys.modules[name]")
    shown = notebook.run("with parallel(2, progress=True) as pool: _ = list(pool.map(inc, range(9)))")
    assert "HBox" in shown or "inc:" in shown


# -- large arrays -------------------------------------------------------------------------------------------------------

COUNT_SEGMENTS = """
import gc, itertools, numpy, camel_notebook_parallel
def segments():
    files = [f"/proc/self/fd/{fd}" for fd in os.listdir("/proc/self/fd") if os.path.islink(f"/proc/self/fd/{fd}")]
    return len({os.stat(file).st_ino for file in files if "camel-notebook" in os.readlink(file)})
made = []
make_segment = camel_notebook_parallel.Segment.__init__
def noted(self, buffers):
    made.append(sum(b.nbytes for b in buffers))
    make_segment(self, buffers)
camel_notebook_parallel.Segment.__init__ = noted
"""


def test_a_large_array_is_handed_over_once(with_arrays):
    with_arrays.run(
        """
big = numpy.arange(500_000.0)
pool = parallel(2)
assert [call.result() for call in [pool.submit(lambda a, i: a[i], big, i) for i in range(50)]] == list(range(50))
for i in range(3): assert pool.submit(lambda i: big[i], i).result() == i
assert list(pool.map(lambda i: big[i], range(100))) == list(range(100))
assert len(made) <= 2, made
"""
    )
    with_arrays.run("big[5] = -1\nassert pool.submit(lambda: big[5]).result() == -1")
    with_arrays.run(
        """
import pandas
made.clear()
frame = pandas.DataFrame({"a": big, "b": big + 1, "key": "x"})
calls = [pool.submit(lambda f, n: float(f.a.sum()) + n, frame, n) for n in range(10)]
assert [call.result() for call in calls] == [float(frame.a.sum()) + n for n in range(10)]
assert len(made) <= 3, made
del frame, calls
pool.shutdown()
"""
    )


def test_a_worker_has_arrays_for_itself_and_hands_back_large_ones(with_arrays):
    with_arrays.run(
        """
big = numpy.arange(500_000.0)
def change(a):
    a[0] += 1
    return a
with parallel(1) as pool:
    for _ in range(3):
        changed = pool.submit(change, big).result()
        assert changed[0] == 1 and big[0] == 0
        changed[1] = 5
    assert list(pool.map(lambda row: row.sum(), big.reshape(1000, 500)[:3])) == [row.sum() for row in big.reshape(1000, 500)[:3]]
"""
    )


def test_no_shared_memory_is_left(with_arrays):
    before = set(os.listdir("/dev/shm"))
    with_arrays.run(
        """
big = numpy.arange(500_000.0)
pool = parallel(2)
for _ in range(3): pool.submit(numpy.sum, big).result()
assert segments() == 1
del big
gc.collect()
assert segments() == 0
for n in range(40): pool.submit(numpy.sum, numpy.full(200_000, n)).result()
assert pool.submit(segments).result() == 0
assert segments() == 0, segments()
pool.shutdown()
"""
    )
    # What the tests beside this one have there comes and goes.
    until(lambda: set(os.listdir("/dev/shm")) <= before)
    assert children_of(with_arrays.pid) == []


def test_a_worker_that_has_let_go_of_something_gets_it_again(with_arrays):
    with_arrays.run(
        """
import sys
big = numpy.arange(500_000.0)
def sum_of_big(): return big.sum(), segments()
with parallel(1) as pool:
    assert pool.submit(sum_of_big).result() == (big.sum(), 1)
    others = [lambda n=n: n for n in range(40)]
    assert [pool.submit(other).result() for other in others] == list(range(40))
    assert pool.submit(sum_of_big).result()[0] == big.sum()
    def rest_sooner(): sys.modules["camel_notebook_parallel"].IDLE_SECONDS = 0.05
    pool.submit(rest_sooner).result()
    time.sleep(0.5)
    assert pool.submit(segments).result() == 0
    assert pool.submit(sum_of_big).result() == (big.sum(), 1)
with parallel(1) as pool:
    for n in range(5):
        big = numpy.full(500_000, n)
        assert pool.submit(sum_of_big).result() == (500_000 * n, 1)
"""
    )


def test_a_pool_is_of_no_use_in_another_process(notebook):
    notebook.run(
        """
pool = parallel(1)
pool.submit(int).result()
reader, writer = os.pipe()
if os.fork() == 0:
    try:
        pool.submit(int)
    except RuntimeError as e:
        os.write(writer, str(e).encode())
    os._exit(0)
assert b"belongs to the process that made it" in os.read(reader, 1000)
assert pool.submit(abs, -1).result() == 1
os.wait()
pool.shutdown()
"""
    )


# -- ends ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", STARTS)
def test_a_worker_that_dies_is_told_at_once_and_replaced(notebook, start):
    notebook.run(
        f"""
def leave(how):
    if how == 9: os.kill(os.getpid(), 9)
    os._exit(how)
with parallel(2, start={start!r}) as pool:
    other = pool.submit(time.sleep, 0.2)
    for how, told in (9, "was killed by signal 9 (SIGKILL)"), (3, "ended with exit status 3"):
        begun = time.monotonic()
        error = pool.submit(leave, how).exception()
        assert isinstance(error, WorkerDied), error
        assert told in str(error) and "while it ran leave" in str(error), error
    assert other.exception() is None
    assert pool.submit(abs, -1).result() == 1
    try:
        list(pool.map(leave, [4, 4, 4], chunksize=3))
    except WorkerDied as e:
        assert "calls 0 to 2 of leave" in str(e), e
    else:
        raise AssertionError
"""
    )


STUBBORN = """
def stubborn(_):
    open("running" + str(os.getpid()), "w").close()
    while True:
        try:
            time.sleep(100)
        except KeyboardInterrupt:
            pass
"""


def await_workers(kernel, count=2):
    """Waits until that many calls run, each of which leaves a file; returns their processes."""
    until(lambda: len(list(kernel.folder.glob("running*"))) == count)
    return [int(path.name[len("running") :]) for path in kernel.folder.glob("running*")]


@pytest.fixture
def interrupted(notebook):
    """The shared kernel, with no call running."""
    notebook.run(STUBBORN)
    yield notebook
    for path in notebook.folder.glob("running*"):
        path.unlink()


@pytest.mark.parametrize("start", STARTS)
def test_an_interrupt_leaves_no_process(interrupted, start):
    before = children_of(interrupted.pid)
    ended = interrupted.run_in_background(
        f"with parallel(2, start={start!r}) as pool:\n    list(pool.map(stubborn, range(10)))\n# fails"
    )
    await_workers(interrupted)
    interrupted.manager.interrupt_kernel()
    assert "KeyboardInterrupt" in ended()
    assert set(children_of(interrupted.pid)) <= set(before)


def test_an_interrupt_ends_what_a_pool_that_stays_is_doing(interrupted):
    interrupted.run(
        "import concurrent.futures\npool = parallel(2)\n"
        "def slow(n):\n    open(f'running{os.getpid()}', 'w').close()\n    time.sleep(100)"
    )
    ended = interrupted.run_in_background(
        "calls = [pool.submit(slow, n) for n in range(9)]\nconcurrent.futures.wait(calls)\n# fails"
    )
    await_workers(interrupted)
    interrupted.manager.interrupt_kernel()
    assert "KeyboardInterrupt" in ended()
    interrupted.run("done = concurrent.futures.wait(calls, timeout=20)\nassert not done.not_done, done")
    interrupted.run(
        "assert [call.cancelled() for call in calls] == [False] * 2 + [True] * 7\n"
        "assert all(isinstance(call.exception(), CallInterrupted) for call in calls[:2])\n"
        "assert pool.submit(abs, -1).result() == 1\npool.shutdown()"
    )


def test_the_death_of_the_kernel_leaves_no_process(own_notebook, tmp_path):
    mark = f"CAMEL_TEST_MARK={tmp_path.name}"
    own_notebook.run(f"os.environ['CAMEL_TEST_MARK'] = {tmp_path.name!r}\n{STUBBORN}")
    own_notebook.run(
        f"pools = [parallel(2, start=start) for start in {STARTS}]\n"
        "calls = [pool.submit(stubborn, n) for pool in pools for n in range(4)]"
    )
    workers = await_workers(own_notebook, 6)
    os.kill(own_notebook.pid, signal.SIGKILL)
    until(lambda: processes_of(mark) == [] and not any(map(runs, workers)))


def runs(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_pool_that_nobody_keeps_does_what_it_was_given(notebook):
    notebook.run(
        """
assert list(parallel(2).map(lambda x: (time.sleep(0.02), x)[1], range(20), chunksize=1)) == list(range(20))
assert parallel(1).submit(lambda: (time.sleep(0.2), 5)[1]).result() == 5
"""
    )


def test_a_pool_that_is_forgotten_ends(notebook):
    before = set(children_of(notebook.pid))
    notebook.run("pool = parallel(2)\npool.submit(int).result()")
    assert len(set(children_of(notebook.pid)) - before) == 1
    notebook.run("import gc\ndel pool\n_ = gc.collect()")
    until(lambda: set(children_of(notebook.pid)) <= before)


# -- the share of the machine, and other things a user sees ----------------------------------------------------------------


def test_there_are_as_many_workers_as_the_engine_says_or_cpus(notebook):
    assert notebook.run("print(parallel().workers)") == "2"
    assert notebook.run(
        "del os.environ['CAMEL_NOTEBOOK_THREADS']\nimport camel_notebook_parallel\n"
        "camel_notebook_parallel.cpu_quotas = lambda: []\n"
        "print(parallel().workers == len(os.sched_getaffinity(0)))\n"
        "camel_notebook_parallel.cpu_quotas = lambda: [1.5]\nprint(parallel().workers)\n"
        "os.environ['CAMEL_NOTEBOOK_THREADS'] = '2'"
    ).split() == ["True", "1"]
    for wrong in "0", "True", "1.5":
        assert "workers must be a whole number" in notebook.run(f"parallel({wrong})\n# fails")


def test_workers_share_the_threads_for_computing(notebook):
    ask = "lambda: (os.environ['OMP_NUM_THREADS'], parallel().workers)"
    told = notebook.run(f"os.environ['CAMEL_NOTEBOOK_THREADS'] = '6'\nwith parallel(2) as pool: print(pool.submit({ask}).result())")
    assert told == "('3', 3)"
    notebook.run("os.environ['CAMEL_NOTEBOOK_THREADS'] = '2'")


@pytest.mark.parametrize("start", STARTS)
def test_workers_have_random_numbers_of_their_own(notebook, start):
    notebook.run(
        f"""
import numpy, random
def draw(_):
    time.sleep(0.1)
    return os.getpid(), random.random(), numpy.random.random()
with parallel(2, start={start!r}) as pool:
    drawn = list(pool.map(draw, range(4), chunksize=1))
assert len({{pid for pid, _, _ in drawn}}) == 2
assert len({{r for _, r, _ in drawn}}) == len({{n for _, _, n in drawn}}) == 4, drawn
"""
    )


@pytest.mark.parametrize("start", STARTS)
def test_what_workers_print_is_seen_in_the_notebook(notebook, start):
    printed = notebook.run(
        f"with parallel(1, start={start!r}) as pool: pool.submit(print, 'said by a worker').result()\ntime.sleep(0.3)"
    )
    assert "said by a worker" in printed


def test_importing_the_module_costs_nothing_until_parallel_is_used():
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); sys.dont_write_bytecode = True; before = set(sys.modules)\n"
        "from camel_notebook import record\n"
        "assert not {'camel_notebook_parallel', 'concurrent.futures', 'cloudpickle', 'numpy'} & set(sys.modules)\n"
        "from camel_notebook import parallel\n"
        "assert 'numpy' not in sys.modules and 'multiprocessing' not in sys.modules\n"
        "assert parallel.__module__ == 'camel_notebook_parallel'"
    )
    subprocess.run([sys.executable, "-c", code, str(MODULES)], check=True)
