"""Runs a notebook's functions in parallel, in worker processes: a concurrent.futures.Executor.

    from camel_notebook import parallel

    with parallel(workers=4) as pool:
        for similarity in pool.map(compare, pairs):
            ...

Functions, lambdas, closures and classes of the notebook travel by value, as they are when a call is submitted, by
cloudpickle where that can be imported. Arrays of 1 MB and more travel once, in shared memory.

In a kernel that camel-notebook starts, ``parallel`` is in ``camel_notebook``. This file is also complete in itself: beside
a notebook in any Jupyter it is used by ``from camel_notebook_parallel import parallel``. It needs Python 3.9, on Linux or
macOS, and nothing but the standard library; numpy, pandas, cloudpickle, tqdm and joblib are used where they are.
"""

from __future__ import annotations

# A worker waits until all of these are imported: what only a notebook needs, or only some, is imported where it is used.
import _thread
import atexit
import collections
import contextlib
import functools
import gc
import io
import itertools
import linecache
import marshal
import mmap
import os
import pickle
import queue
import select
import signal
import socket
import struct
import sys
import threading
import time
import traceback
import types
import warnings
import weakref
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import TYPE_CHECKING, Any, Callable, Iterable, Iterator

if TYPE_CHECKING:
    import ast
    import subprocess

try:
    import cloudpickle
except ImportError:
    cloudpickle = None

__all__ = ["CallInterrupted", "ParallelExecutor", "WorkerDied", "parallel"]

# A buffer from this size on is worth a place of its own in shared memory.
LARGE_BYTES = 1 << 20

# A chunk is to take so long: long beside what handing it over takes, and short enough to share the last ones evenly.
CHUNK_SECONDS = 0.05
# A worker gives back what is left of a chunk that takes longer than this: the calls before were no measure for it.
CHUNK_LIMIT_SECONDS = 4 * CHUNK_SECONDS
CHUNK_BYTES = 4 << 20
CHUNK_GROWTH = 32
# Results that nobody has asked for yet, before no more calls are made.
UNREAD_BYTES = 256 << 20

SECONDS_TO_HEED_INTERRUPT = 1.0
SECONDS_TO_END = 5.0
# After so long without a call a worker lets go of shared memory, which it gets again with the next call that needs it.
IDLE_SECONDS = 10.0
FUNCTIONS_KEPT = 16

# Imported before workers are forked where functions need them: no thread of theirs would be lost in the forks.
PRELOADED = ("numpy", "scipy", "pandas", "sklearn", "pyarrow")

SHARE = "CAMEL_NOTEBOOK_THREADS"
COMPUTE_THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
    "BLIS_NUM_THREADS",
)

STARTS = ("forkserver", "spawn", "fork")


class WorkerDied(BrokenExecutor):
    """A worker process ended in the middle of a call: it was killed, crashed or left by os._exit()."""


class CallInterrupted(RuntimeError):
    """A call that was running in a worker when the notebook was interrupted."""


def parallel(
    workers: int | None = None,
    *,
    progress: bool | str = False,
    start: str | None = None,
    initializer: Callable | None = None,
    initargs: tuple = (),
    max_workers: int | None = None,
) -> ParallelExecutor:
    """Makes a pool of worker processes, a concurrent.futures.Executor; see ParallelExecutor."""
    return ParallelExecutor(
        workers,
        progress=progress,
        start=start,
        initializer=initializer,
        initargs=initargs,
        max_workers=max_workers,
    )


# -- the pool ----------------------------------------------------------------------------------------------------------


class ParallelExecutor(Executor):
    """An executor whose calls run in processes of their own, and which carries what a notebook defines.

    Processes start when there are calls for them, at most as many as `workers`. One that dies fails the call that it ran,
    with WorkerDied, and is replaced. All end with the pool, and with the kernel however that ends.
    """

    def __init__(
        self,
        workers: int | None = None,
        *,
        progress: bool | str = False,
        start: str | None = None,
        initializer: Callable | None = None,
        initargs: tuple = (),
        max_workers: int | None = None,
    ) -> None:
        """Makes the pool.

        workers: how many processes at most; by default this job's share of the machine, as camel-notebook says it in
            CAMEL_NOTEBOOK_THREADS, or else the CPUs that this process may use. max_workers is another name for it
        progress: whether maps show a progress bar; a text is its description
        start: "forkserver" (forks of a clean process of the pool's own; the default on Linux), "spawn" (a new Python
            for each; the default elsewhere) or "fork" (forks of this process, which has threads)
        initializer: called with initargs in each worker before its first call

        Raises ValueError for a number of workers below 1 or an unknown start.
        """
        if workers is not None and max_workers is not None:
            raise ValueError("parallel: say workers or max_workers, not both, which are the same")
        workers = workers if workers is not None else max_workers
        if workers is None:
            workers = default_workers()
        if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
            raise ValueError(f"parallel: workers must be a whole number from 1 on, not {workers!r}")
        if not hasattr(socket, "send_fds"):
            raise NotImplementedError("parallel: needs Linux or macOS, as it passes files between processes")
        self._progress = progress
        self._max_workers = workers
        store = Store()
        first = None if initializer is None else (parcel_of_function(initializer, store), parcel((tuple(initargs), {}), store))
        self._crew = Crew(workers, starter(start, workers), store, first)
        # A pool that is forgotten still does what it was given, as other executors do.
        self._finalizer = weakref.finalize(self, self._crew.close, False)

    @property
    def workers(self) -> int:
        """How many processes there are at most."""
        return self._max_workers

    def submit(self, fn: Callable, /, *args: Any, **kwargs: Any) -> Future:
        """Submits one call of the function; as Executor.submit. Function and arguments are taken as they are now."""
        store = self._crew.store
        task = Task("call", parcel_of_function(fn, store), parcel((args, kwargs), store), told(fn), Call(self._crew))
        self._crew.add([task])
        return task.future

    def map(
        self,
        fn: Callable,
        *iterables: Iterable,
        timeout: float | None = None,
        chunksize: int | None = None,
        progress: bool | str | None = None,
    ) -> Iterator:
        """Calls the function with the items of the iterables; yields the results in their order.

        The iterables are read as far as the workers need it, on the thread that asks for results, so that they may be
        endless. Calls go to workers in chunks; how large these are is found by measuring unless chunksize says it.

        Raises what a call raised when its result is due, and concurrent.futures.TimeoutError if a result is not there
        within timeout seconds of this call of map.
        """
        if chunksize is not None and chunksize < 1:
            raise ValueError(f"parallel: chunksize must be a whole number from 1 on, not {chunksize!r}")
        end = None if timeout is None else time.monotonic() + timeout
        wanted = self._progress if progress is None else progress
        bar = Progress(wanted, told(fn), length(iterables)) if wanted else None
        mapping = Mapping(self, self._crew, fn, iterables, chunksize, end, bar)
        self._crew.maps.add(mapping)
        mapping.fill()
        return mapping.results()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Takes no more calls, and ends the workers when all calls are done, or all that run with cancel_futures."""
        try:
            if not cancel_futures:
                self._crew.complete_maps(wait)
            self._crew.close(cancel_futures)
            if wait:
                self._crew.join()
        except KeyboardInterrupt:
            self._crew.close(True)
            self._crew.interrupt()
            raise

    def terminate_workers(self) -> None:
        """Ends the pool and what runs in it at once, by SIGTERM; its calls fail with WorkerDied or are cancelled."""
        self._crew.end_workers(signal.SIGTERM)

    def kill_workers(self) -> None:
        """Ends the pool and what runs in it at once, by SIGKILL; its calls fail with WorkerDied or are cancelled."""
        self._crew.end_workers(signal.SIGKILL)

    def joblib(self) -> contextlib.AbstractContextManager:
        """Within it joblib.Parallel, and all that uses it, such as scikit-learn, computes with this pool."""
        return joblib_with(self)

    def __enter__(self) -> ParallelExecutor:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: types.TracebackType | None) -> None:
        if kind is not None and not issubclass(kind, Exception):
            self._crew.close(True)
            self._crew.interrupt()
        self.shutdown(wait=True, cancel_futures=kind is not None)


def default_workers() -> int:
    """The engine's share for this job; without one, how many CPUs this process may use."""
    share = os.environ.get(SHARE, "")
    return int(share) if share.isdigit() and int(share) > 0 else available_cpus()


def available_cpus() -> int:
    """The CPUs that this process may use, as affinity and control groups limit them; at least one."""
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min([cpus, *(int(quota) for quota in cpu_quotas())]))


def cpu_quotas() -> list[float]:
    """How many CPUs' time the control groups of this process have, each that has a limit."""
    found = []
    for path in control_groups():
        try:
            if path.endswith("cpu.max"):
                with open(path) as file:
                    quota, period = file.read().split()
            else:
                with open(path) as file, open(path.replace("quota", "period")) as other:
                    quota, period = file.read(), other.read()
            if quota != "max" and int(quota) > 0:
                found.append(int(quota) / int(period))
        except (OSError, ValueError):  # no such group here, as in a container
            pass
    return found


def control_groups() -> list[str]:
    """The files that limit this process's CPU time, in both versions of control groups."""
    root, paths = "/sys/fs/cgroup", []
    try:
        with open("/proc/self/cgroup") as file:
            lines = file.read().splitlines()
    except OSError:
        return []
    for number, controllers, path in (line.split(":", 2) for line in lines):
        parts = [part for part in path.split("/") if part]
        for depth in range(len(parts) + 1):
            below = "/".join(["", *parts[:depth]])
            if number == "0":
                paths.append(f"{root}{below}/cpu.max")
            elif "cpu" in controllers.split(","):
                paths.append(f"{root}/{controllers}{below}/cpu.cfs_quota_us")
    return paths


def told(fn: Callable) -> str:
    """A function as error messages name it."""
    while isinstance(fn, functools.partial):
        fn = fn.func
    return getattr(fn, "__qualname__", None) or type(fn).__qualname__


def length(iterables: tuple) -> int | None:
    """How many calls a map makes, if that is known beforehand."""
    try:
        return min((len(each) for each in iterables), default=0)
    except TypeError:
        return None


class Task:
    """What is to be done by one worker: a call, or a chunk of a map's calls."""

    __slots__ = ("kind", "function", "arguments", "name", "future", "limit", "unwanted")

    def __init__(
        self, kind: str, function: Parcel, arguments: Parcel, name: str, future: Future, limit: float | None = None
    ) -> None:
        self.kind, self.function, self.arguments = kind, function, arguments
        self.name, self.future, self.limit = name, future, limit
        # Whether it was interrupted, perhaps before there was a process to signal.
        self.unwanted = False

    def release(self) -> None:
        """Lets go of the memory that it was handed over with, whoever still looks at its future."""
        del self.function, self.arguments

    def mentions(self, module: str) -> bool:
        return any(module.encode() in each.data for each in (self.function, self.arguments))


class Call(Future):
    """The future of a submitted call. Whoever is interrupted while waiting for it interrupts the pool."""

    def __init__(self, crew: Crew) -> None:
        super().__init__()
        self._crew = crew

    def result(self, timeout: float | None = None) -> Any:
        try:
            return super().result(timeout)
        except KeyboardInterrupt:
            if not self.done():
                self._crew.interrupt()
            raise

    def exception(self, timeout: float | None = None) -> BaseException | None:
        try:
            return super().exception(timeout)
        except KeyboardInterrupt:
            self._crew.interrupt()
            raise


# -- a map: its chunks, and how large they are --------------------------------------------------------------------------


class Chunk:
    """Calls of a map that go to a worker together."""

    __slots__ = ("items", "first", "size", "bytes", "future", "settled")

    def __init__(self, items: Any, first: int) -> None:
        self.items, self.first, self.size = items, first, len(items)
        self.bytes = 0
        self.future: Future | None = Future()
        # Whether its map has taken note of what became of it; only then its results may be read.
        self.settled = False


class ChunkSize:
    """Finds out how many calls make a good chunk, from how long they take and how large their arguments are."""

    def __init__(self, fixed: int | None) -> None:
        self.fixed = fixed
        self.largest = 1
        self.seconds: float | None = None
        self.bytes = 0.0

    def next(self) -> int:
        if self.fixed is not None:
            return self.fixed
        if self.seconds is None:
            return 1
        size = min(CHUNK_SECONDS / max(self.seconds, 1e-9), CHUNK_BYTES / max(self.bytes, 1), self.largest * CHUNK_GROWTH)
        return max(1, int(size))

    def sent(self, calls: int, size: int) -> None:
        self.bytes = max(self.bytes / 2, size / calls)

    def done(self, calls: int, seconds: float, size: int) -> None:
        self.largest = max(self.largest, calls)
        self.bytes = max(self.bytes, size / calls)
        latest = seconds / calls
        # Of few and short calls not much is known; the longer ones count more.
        self.seconds = latest if self.seconds is None or seconds > CHUNK_SECONDS / 4 else (self.seconds + latest) / 2


class Source:
    """What a map's calls are made with, piece by piece. One array or range is cut, not read item by item."""

    def __init__(self, iterables: tuple) -> None:
        self.kind = "each" if len(iterables) == 1 else "star"
        self.whole = iterables[0] if len(iterables) == 1 and is_cut(iterables[0]) else None
        self.items = None if self.whole is not None else iter(iterables[0]) if len(iterables) == 1 else zip(*iterables)
        self.position = 0

    def take(self, size: int) -> Any:
        """The next items, as many as that or fewer; empty at the end."""
        if self.whole is not None:
            items = self.whole[self.position : self.position + size]
        else:
            items = list(itertools.islice(self.items, size))
        self.position += len(items)
        return items


def is_cut(iterable: Any) -> bool:
    numpy = sys.modules.get("numpy")
    return type(iterable) is range or (numpy is not None and type(iterable) is numpy.ndarray and iterable.ndim > 0)


class Mapping:
    """One map: reads its iterables ahead, as far as the workers need it, and puts the results in order."""

    def __init__(
        self,
        pool: ParallelExecutor,
        crew: Crew,
        fn: Callable,
        iterables: tuple,
        chunksize: int | None,
        end: float | None,
        bar: Progress | None,
    ) -> None:
        # Nobody else may have the pool: it is not to end before the map does.
        self.pool = pool
        self.crew, self.end, self.bar = crew, end, bar
        self.function, self.name = parcel_of_function(fn, crew.store), told(fn)
        self.source = Source(iterables)
        self.sizes = ChunkSize(chunksize)
        self.chunks: collections.deque[Chunk] = collections.deque()
        self.finished: queue.SimpleQueue[Chunk] = queue.SimpleQueue()
        self.running = 0
        self.unread_bytes = 0
        self.exhausted = self.is_read = False
        self.has_length = length(iterables) is not None

    def complete(self, wait: bool) -> None:
        """Makes all calls, whether or not anybody has asked for their results yet, as there will be no other time."""
        if self.is_read and not self.has_length:
            return
        if not wait:
            self.sizes.fixed = self.sizes.next()
        while not self.exhausted or (wait and self.running):
            self.fill(ahead=2 * self.crew.size if wait else sys.maxsize, unread=sys.maxsize)
            if wait and self.running:
                self.settle(self.finished.get())

    def fill(self, ahead: int | None = None, unread: int = UNREAD_BYTES) -> None:
        """Hands out as many chunks as keep the workers busy until somebody asks for a result."""
        ahead = ahead or 2 * self.crew.size
        while not self.exhausted and self.running < ahead and self.unread_bytes < unread:
            position = self.source.position
            try:
                items = self.source.take(self.sizes.next())
                if len(items) == 0:
                    self.exhausted = True
                    return
                chunk = Chunk(items, position)
                self.hand_out([chunk])
            except Exception as e:
                # It is raised when its turn has come, after the results before it.
                chunk = Chunk((), position)
                chunk.future.set_exception(e)
                chunk.settled = self.exhausted = True
            else:
                self.sizes.sent(chunk.size, chunk.bytes)
            self.chunks.append(chunk)

    def hand_out(self, chunks: list[Chunk], first: bool = False) -> None:
        """Gives chunks to the crew, before all others if first is true."""
        limit, tasks = CHUNK_LIMIT_SECONDS if self.sizes.fixed is None else None, []
        for chunk in chunks:
            arguments = parcel(chunk.items, self.crew.store)
            chunk.bytes = arguments.size()
            name = self.name if chunk.size == 1 else f"calls {chunk.first} to {chunk.first + chunk.size - 1} of {self.name}"
            tasks.append(Task(self.source.kind, self.function, arguments, name, chunk.future, limit))
        self.crew.add(tasks, first)
        for chunk in chunks:
            self.running += 1
            chunk.future.add_done_callback(lambda _, chunk=chunk, put=self.finished.put: put(chunk))

    def results(self) -> Iterator:
        self.is_read = True
        try:
            while True:
                chunk = self.next_chunk()
                if chunk is None:
                    break
                # The future knows the chunk, and would keep itself and its results.
                future, chunk.future = chunk.future, None
                reply = future.result()
                values, error = reply.values()
                self.unread_bytes -= reply.size()
                del chunk, future, reply
                yield from values
                if error is not None:
                    raise error
        except KeyboardInterrupt:
            self.crew.interrupt()
            raise
        finally:
            self.exhausted = True
            self.crew.maps.discard(self)
            for chunk in self.chunks:
                future, chunk.future = chunk.future, None
                future.cancel()
            if self.bar is not None:
                self.bar.close()

    def next_chunk(self) -> Chunk | None:
        """Waits for the chunk whose results are due; None if there is none."""
        self.settle_all()
        self.fill()
        while self.chunks and not self.chunks[0].settled:
            self.wait()
            self.settle_all()
            self.fill()
        return self.chunks.popleft() if self.chunks else None

    def wait(self) -> None:
        left = None if self.end is None else self.end - time.monotonic()
        try:
            if left is not None and left <= 0:
                raise queue.Empty
            self.settle(self.finished.get(timeout=left))
        except queue.Empty:
            raise FutureTimeoutError(f"no result of {self.name} within the map's timeout") from None

    def settle_all(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self.settle(self.finished.get_nowait())

    def settle(self, chunk: Chunk) -> None:
        """Takes note of a chunk that is done, and hands out anew what its worker gave back."""
        self.running -= 1
        chunk.settled = True
        future = chunk.future
        if future.cancelled() or future.exception() is not None:
            return
        reply = future.result()
        if reply.done:
            self.sizes.done(reply.done, reply.seconds, max(reply.size(), chunk.bytes))
        self.unread_bytes += reply.size()
        if self.bar is not None:
            self.bar.advance(reply.done)
        if reply.error is None and reply.done < chunk.size:
            self.hand_out_rest(chunk, reply.done)
        chunk.items = None

    def hand_out_rest(self, chunk: Chunk, done: int) -> None:
        size, rest = self.sizes.next(), []
        for start in range(done, chunk.size, size):
            rest.append(Chunk(chunk.items[start : start + size], chunk.first + start))
        chunk.size = done
        place = self.chunks.index(chunk) + 1
        for number, each in enumerate(rest):
            self.chunks.insert(place + number, each)
        self.hand_out(rest, first=True)


class Progress:
    """A progress bar of a map: tqdm's where there is one, else a line of text that is written anew."""

    def __init__(self, wanted: bool | str, name: str, total: int | None) -> None:
        self.description = wanted if isinstance(wanted, str) else name
        self.total, self.done, self.shown = total, 0, 0.0
        self.bar = tqdm_bar(self.description, total)

    def advance(self, calls: int) -> None:
        self.done += calls
        if self.bar is not None:
            self.bar.update(calls)
        elif time.monotonic() - self.shown > 0.2:
            self.show()

    def show(self) -> None:
        self.shown = time.monotonic()
        of = "" if self.total is None else f" of {self.total}"
        print(f"\r{self.description}: {self.done}{of}", end="", file=sys.stderr, flush=True)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
        else:
            self.show()
            print(file=sys.stderr)


def tqdm_bar(description: str, total: int | None) -> Any:
    for name in "tqdm.auto", "tqdm":
        # The first draws widgets, and fails where a notebook has none.
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                module = __import__(name, fromlist=["tqdm"])
            return module.tqdm(total=total, desc=description)
        except ImportError:
            pass
    return None


# -- the crew: what is to be done, and a thread for each worker ---------------------------------------------------------


class Crew:
    """The tasks of a pool and its workers. Each worker process has one thread here, which gives it one task at a time."""

    def __init__(self, size: int, start: Starter, store: Store, first: tuple[Parcel, Parcel] | None) -> None:
        self.size, self.start, self.store, self.first = size, start, store, first
        self.changed = threading.Condition()
        self.tasks: collections.deque[Task] = collections.deque()
        self.idle = 0
        self.members: set[Member] = set()
        # Those whose results nobody has read to the end, so that they may have calls to make.
        self.maps: set[Mapping] = set()
        self.closed = False
        self.pid = os.getpid()

    def add(self, tasks: list[Task], first: bool = False) -> None:
        if os.getpid() != self.pid:
            raise RuntimeError("parallel: this pool belongs to the process that made it: make one here")
        with self.changed:
            # A map that goes on hands out what was given back to it, although no new calls are taken.
            if self.closed and not first:
                raise RuntimeError("cannot schedule new futures after shutdown")
            if first:
                self.tasks.extendleft(reversed(tasks))
            else:
                self.tasks.extend(tasks)
            for _ in range(min(len(self.tasks) - self.idle, self.size - len(self.members))):
                member = Member(self)
                self.members.add(member)
                member.start()
            self.changed.notify(len(tasks))

    def take(self) -> Task | None:
        """The next task; waits for one, and returns None if there will be none."""
        with self.changed:
            self.idle += 1
            while not self.tasks and not self.closed:
                self.changed.wait()
            self.idle -= 1
            return self.tasks.popleft() if self.tasks else None

    def left(self, member: Member) -> None:
        with self.changed:
            self.members.discard(member)
            last = self.closed and not self.members
        if last:
            self.end()

    def end(self) -> None:
        self.start.close()
        self.store.clear()

    def complete_maps(self, wait: bool) -> None:
        for mapping in list(self.maps):
            mapping.complete(wait)

    def close(self, cancel: bool) -> None:
        """Takes no more tasks; the workers end when all are done."""
        if os.getpid() != self.pid:
            return
        with self.changed:
            self.closed = True
            dropped = list(self.tasks) if cancel else []
            if cancel:
                self.tasks.clear()
            self.changed.notify_all()
            last = not self.members
        drop(dropped)
        if last:
            self.end()

    def join(self) -> None:
        for member in list(self.members):
            if member is not threading.current_thread():
                member.join()

    def cancel_waiting(self) -> None:
        with self.changed:
            dropped = list(self.tasks)
            self.tasks.clear()
        drop(dropped)

    def interrupt(self) -> None:
        """Cancels what waits and interrupts what runs; kills what takes no notice."""
        if os.getpid() != self.pid:
            return
        self.cancel_waiting()
        busy = self.signal_all(signal.SIGINT)
        end = time.monotonic() + SECONDS_TO_HEED_INTERRUPT
        try:
            with self.changed:
                while time.monotonic() < end and any(member.task is task for member, task in busy.items()):
                    self.changed.wait(0.05)
        finally:
            for member, task in busy.items():
                if member.task is task:
                    member.signal(signal.SIGKILL)

    def end_workers(self, number: int) -> None:
        self.close(True)
        self.signal_all(number)
        self.join()

    def signal_all(self, number: int) -> dict[Member, Task]:
        """Sends a signal to the workers that do something; returns what they do."""
        busy = {member: member.task for member in list(self.members) if member.task is not None}
        for member, task in busy.items():
            task.unwanted = True
            member.signal(number)
        return busy


def drop(tasks: list[Task]) -> None:
    for task in tasks:
        if task.future.cancel():
            task.future.set_running_or_notify_cancel()
        task.release()


class Member(threading.Thread):
    """The thread of one worker: starts its process, gives it tasks, and replaces it when it dies."""

    def __init__(self, crew: Crew) -> None:
        super().__init__(name="parallel", daemon=True)
        self.crew = crew
        self.process: WorkerProcess | None = None
        self.task: Task | None = None

    def run(self) -> None:
        try:
            while True:
                task = self.crew.take()
                if task is None:
                    break
                if task.future.set_running_or_notify_cancel():
                    self.task = task
                    self.perform(task)
                    task.release()
                    with self.crew.changed:
                        self.task = None
                        self.crew.changed.notify_all()
                del task
        finally:
            if self.process is not None:
                self.process.close()
            self.crew.left(self)

    def perform(self, task: Task) -> None:
        try:
            if self.process is None:
                self.process = self.begin(task)
            if task.unwanted:
                raise CallInterrupted("the call was interrupted before it began")
            reply = self.process.perform(task)
        except (OSError, EOFError) as e:
            error = self.death(task) if self.process is not None else BrokenExecutor(f"cannot start a worker: {e}")
            task.future.set_exception(error)
            return
        except BaseException as e:
            task.future.set_exception(e)
            return
        settle(task, reply)
        if reply.interrupted:
            self.crew.cancel_waiting()

    def begin(self, task: Task) -> WorkerProcess:
        wanted = [module for module in PRELOADED if module in sys.modules and task.mentions(module)]
        process = WorkerProcess(*self.crew.start.worker(wanted))
        if self.crew.first is not None:
            done = Future()
            first = Task("call", *self.crew.first, "the initializer", done)
            try:
                settle(first, process.perform(first))
                done.result()
            except BaseException as e:
                process.close()
                raise BrokenExecutor(f"the initializer of the workers failed: {type(e).__name__}: {e}") from e
        return process

    def death(self, task: Task) -> WorkerDied:
        process, self.process = self.process, None
        how = ending(process.end())
        return WorkerDied(f"worker process {process.pid} {how} while it ran {task.name}")

    def signal(self, number: int) -> None:
        process = self.process
        if process is not None:
            process.signal(number)


def settle(task: Task, reply: Reply) -> None:
    """Gives a reply to whom it is for. A chunk's is read by who reads the map, where it is also put in order."""
    if task.kind != "call":
        task.future.set_result(reply)
        return
    try:
        values, error = reply.values()
    except BaseException as e:
        values, error = [], e
    if error is not None:
        task.future.set_exception(error)
    else:
        task.future.set_result(values[0])


def ending(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "was lost"
    if code >= 0:
        return f"ended with exit status {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = "unknown"
    hint = ", as by the system for want of memory," if -code == signal.SIGKILL else ""
    return f"was killed by signal {-code} ({name}){hint}"


# -- what travels: pickles, and large buffers in shared memory ----------------------------------------------------------


class Segment:
    """Shared memory without a name, for buffers of one parcel. It is gone when the last process lets go of it."""

    numbers = itertools.count(1)

    def __init__(self, buffers: list[memoryview]) -> None:
        self.id = next(self.numbers)
        self.fd = anonymous_file()
        self.offsets, self.size = [], 0
        self.pid = os.getpid()
        for buffer in buffers:
            self.offsets.append(self.size)
            write_all(self.fd, buffer, self.size)
            self.size += -(-buffer.nbytes // mmap.PAGESIZE) * mmap.PAGESIZE
        os.ftruncate(self.fd, self.size)
        self.mapping: mmap.mmap | None = None

    def read(self, offset: int, length: int) -> memoryview:
        if self.mapping is None:
            self.mapping = mmap.mmap(self.fd, self.size, prot=mmap.PROT_READ)
        return memoryview(self.mapping)[offset : offset + length]

    def __del__(self) -> None:
        with contextlib.suppress(OSError, AttributeError):
            os.close(self.fd)


def anonymous_file() -> int:
    """A file in memory where the system has that, else one on disk; without a name, so that it can't be left behind."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("camel-notebook", os.MFD_CLOEXEC)
    import tempfile

    fd, path = tempfile.mkstemp(prefix="camel-notebook-")
    os.unlink(path)
    return fd


def write_all(fd: int, buffer: memoryview, offset: int) -> None:
    # One call of the system's writes no more than 2 GiB.
    rest = buffer.cast("B")
    while rest:
        written = os.pwrite(fd, rest[: 1 << 30], offset)
        rest, offset = rest[written:], offset + written


class Place:
    """Where a buffer is: a segment, and the bytes of it."""

    __slots__ = ("segment", "offset", "length", "fixed", "__weakref__")

    def __init__(self, segment: Segment, offset: int, length: int) -> None:
        self.segment, self.offset, self.length = segment, offset, length
        # Whether it was found to hold the buffer when nobody could write to that any more.
        self.fixed = False

    def holds(self, buffer: memoryview) -> bool:
        """Whether it has the buffer's bytes as they are now."""
        kept, numpy = self.segment.read(self.offset, self.length), sys.modules["numpy"]
        mine, theirs = numpy.frombuffer(kept, numpy.uint8), numpy.frombuffer(buffer, numpy.uint8)
        # In steps that stay in the processor's cache.
        steps = range(0, self.length, 1 << 18)
        return all(numpy.array_equal(mine[i : i + (1 << 18)], theirs[i : i + (1 << 18)]) for i in steps)


class Store:
    """The buffers of a pool that are in shared memory, so that each is put there once.

    A buffer is known by its address and looked at again each time, since a notebook may have changed it in place.
    """

    def __init__(self) -> None:
        self.places: weakref.WeakValueDictionary[tuple[int, int], Place] = weakref.WeakValueDictionary()
        self.seen: collections.OrderedDict[tuple[int, int], weakref.ref] = collections.OrderedDict()
        # What was handed over twice stays as long as its owner: it will be a third time.
        self.kept: dict[tuple[int, int], Place] = {}
        # The collector may come upon a pool, and so here, anywhere.
        self.lock = threading.RLock()

    def put(self, buffers: list[memoryview]) -> list[Place]:
        with self.lock:
            places = [self.find(buffer) for buffer in buffers]
            if len({place.segment for place in places if place is not None}) > SEGMENTS_AT_ONCE:
                places = [None] * len(buffers)
            new = [i for i, place in enumerate(places) if place is None]
            if new:
                segment = Segment([buffers[i] for i in new])
                for i, offset in zip(new, segment.offsets):
                    places[i] = Place(segment, offset, buffers[i].nbytes)
            for buffer, place in zip(buffers, places):
                self.note(buffer, place)
            return places

    def find(self, buffer: memoryview) -> Place | None:
        key = address(buffer)
        place = self.places.get(key) if key else None
        if place is None:
            return None
        fixed = key in self.kept and is_fixed(buffer)
        if not (fixed and place.fixed) and not place.holds(buffer):
            return None
        place.fixed = fixed
        return place

    def note(self, buffer: memoryview, place: Place) -> None:
        key, whose = address(buffer), owner(buffer.obj)
        if key is None:
            return
        self.places[key] = place
        known = self.seen.get(key)
        if known is None or known() is not whose:
            with contextlib.suppress(TypeError):  # not everything can be watched
                self.seen[key] = weakref.ref(whose)
            if len(self.seen) > ADDRESSES_SEEN:
                self.seen.popitem(last=False)
        elif self.kept.get(key) is not place:
            self.kept[key] = place
            weakref.finalize(whose, self.kept.pop, key, None).atexit = False


    def clear(self) -> None:
        """Lets go of what is not with a call: arrays may live long after the pool."""
        with self.lock:
            self.kept.clear()
            self.seen.clear()


ADDRESSES_SEEN = 256
# The system hands over at most 253 files with a message.
SEGMENTS_AT_ONCE = 64


def address(buffer: memoryview) -> tuple[int, int] | None:
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    return numpy.frombuffer(buffer, numpy.uint8).__array_interface__["data"][0], buffer.nbytes


def owner(array: Any) -> Any:
    """The array whose memory it is."""
    while isinstance(getattr(array, "base", None), type(array)):
        array = array.base
    return array


def is_fixed(buffer: memoryview) -> bool:
    """Whether nobody can write to it, through whatever array."""
    array = buffer.obj
    while array is not None and hasattr(array, "flags") and hasattr(array, "base"):
        if array.flags.writeable:
            return False
        array = array.base
    return array is None


class Parcel:
    """A pickled value with its large buffers in shared memory."""

    __slots__ = ("data", "places", "id", "setting")

    def __init__(self, data: bytes, places: list[Place]) -> None:
        self.data, self.places = data, places
        self.id: bytes | None = None
        self.setting: Any = None

    def layout(self) -> list[tuple[int, int, int]]:
        return [(place.segment.id, place.offset, place.length) for place in self.places]

    def size(self) -> int:
        return len(self.data) + sum(place.length for place in self.places)


def parcel(value: Any, store: Store) -> Parcel:
    """Packs arguments."""
    buffers: list[memoryview] = []
    data = dumps(value, buffers)
    return Parcel(data, store.put(buffers) if buffers else [])


def parcel_of_function(fn: Callable, store: Store) -> Parcel:
    """Packs a function with all that it refers to, and what a worker needs beside: folders, and its source."""
    import hashlib

    buffers: list[memoryview] = []
    with io.BytesIO() as file:
        pickler = pickler_by_value(file, buffers)
        dump_by_value(pickler, fn)
        data = file.getvalue()
    packed = Parcel(data, store.put(buffers) if buffers else [])
    packed.setting = (working_directory(), list(sys.path), pickler.sources)
    packed.id = hashlib.blake2b(data + pickle.dumps((packed.layout(), packed.setting)), digest_size=16).digest()
    return packed


def working_directory() -> str | None:
    try:
        return os.getcwd()
    except OSError:  # it was removed
        return None


def dumps(value: Any, buffers: list[memoryview] | None) -> bytes:
    """Pickles a value. What is of __main__ goes by value: by reference nobody could load it."""
    keep = None if buffers is None else keeper(buffers)
    if cloudpickle is None or not cloudpickle.list_registry_pickle_by_value():
        try:
            data = pickle.dumps(value, 5, buffer_callback=keep)
            if b"__main__" not in data:
                return data
        except Exception:  # pickling calls what objects say; the other way may do, or tells why not
            pass
    if buffers is not None:
        buffers.clear()
    with io.BytesIO() as file:
        dump_by_value(pickler_by_value(file, buffers), value)
        return file.getvalue()


def dump_by_value(pickler: pickle.Pickler, value: Any) -> None:
    try:
        pickler.dump(value)
    except RecursionError as e:
        raise pickle.PicklingError(f"parallel: {told_kind(value)} is nested too deep to go to another process") from e
    except Exception as e:
        if isinstance(e, pickle.PicklingError) and str(e).startswith("parallel:"):
            raise
        remedy = "make it within the function, or hand over what it is made from"
        raise pickle.PicklingError(f"parallel: {told_kind(value)} cannot go to another process: {e}; {remedy}") from e


def told_kind(value: Any) -> str:
    return told(value) if callable(value) else f"a value of type {type(value).__qualname__}"


def keeper(buffers: list[memoryview]) -> Callable[[pickle.PickleBuffer], bool]:
    """What a pickler asks for each buffer: whether it stays within the pickle; keeps the others."""

    def stays(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes >= LARGE_BYTES:
            buffers.append(raw)
        return raw.nbytes < LARGE_BYTES

    return stays


def pickler_by_value(file: io.BytesIO, buffers: list[memoryview] | None) -> pickle.Pickler:
    return picklers()(file, protocol=5, buffer_callback=None if buffers is None else keeper(buffers))


@functools.lru_cache(maxsize=None)
def picklers() -> type:
    """The class of picklers that carry what a notebook defines: cloudpickle's, or our own."""

    class Noting(cloudpickle.Pickler if cloudpickle is not None else CodePickler):
        """Notes the sources of cells, for tracebacks and for inspect in the worker."""

        def __init__(self, *arguments: Any, **settings: Any) -> None:
            super().__init__(*arguments, **settings)
            self.sources: dict[str, tuple] = {}

        def reducer_override(self, value: Any) -> Any:
            if type(value) is types.FunctionType:
                name = value.__code__.co_filename
                if name not in self.sources and name in linecache.cache and not os.path.exists(name):
                    self.sources[name] = (*linecache.cache[name][:1], None, *linecache.cache[name][2:])
            return super().reducer_override(value)

    return Noting


class CodePickler(pickle.Pickler):
    """Carries functions and classes of a notebook where there is no cloudpickle.

    Functions travel as their code with the globals and cells that it uses, classes as their source. A worker makes them in
    its __main__, as if they had been defined there; so what comes later takes the place of what is there.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.space = Space()
        self.late = Late(self.space)

    def dump(self, value: Any) -> None:
        super().dump(Carried(value, self.late))

    def reducer_override(self, value: Any) -> Any:
        if type(value) is types.FunctionType and not can_be_imported(value):
            self.late.need(names_of(value.__code__), value.__globals__)
            return reduced_function(value, self.space)
        if isinstance(value, type) and value.__module__ == "__main__" and not Worker.is_this:
            return self.reduced_class(value)
        if isinstance(value, types.ModuleType):
            return import_module, (value.__name__,)
        if type(value) is types.CellType:
            full = (value.cell_contents,) if has_contents(value) else None
            return make_cell, (), full, None, None, fill_cell
        return NotImplemented

    def reduced_class(self, value: type) -> tuple:
        import ast

        notebook = vars(sys.modules["__main__"])
        if notebook.get(value.__qualname__) is not value:
            raise cannot_carry(f"the class {value.__qualname__}, as it is defined within a function or was defined anew")
        source, filename = source_of_class(value)
        tree = ast.parse(source)
        early = {name: notebook[name] for name in names_when_made(tree) if name in notebook and name != value.__name__}
        self.late.need({node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}, notebook)
        return make_class, ((id(value), source), filename, value.__name__, self.space, early)


class Carried:
    """A value, and after it what its functions find in their globals."""

    def __init__(self, value: Any, late: Late) -> None:
        self.value, self.late = value, late

    def __reduce__(self) -> tuple:
        return first_of, (self.value, self.late)


class Space:
    """The globals that functions of one pickle share."""

    def __reduce__(self) -> tuple:
        return make_space, ()


class Late:
    """What the functions before it need in their globals. More is found on the way, so that another one comes after it."""

    def __init__(self, space: Space) -> None:
        self.space, self.needed, self.told = space, {}, set()
        self.modules: set[str] = set()

    def need(self, names: set[str], namespace: dict[str, Any]) -> None:
        for name in sorted(names & namespace.keys() - self.told):
            self.told.add(name)
            self.needed[name] = namespace[name]
        for module in [namespace[name] for name in names & namespace.keys()]:
            if isinstance(module, types.ModuleType):
                self.modules |= {f"{module.__name__}.{name}" for name in names} & sys.modules.keys()

    def __reduce__(self) -> Any:
        if not self.needed and not self.modules:
            return type(None), ()
        following = Late(self.space)
        following.told = self.told
        content, modules, self.needed, self.modules = self.needed, sorted(self.modules), following.needed, following.modules
        return fill_space, (self.space, modules, content, following)


def first_of(value: Any, late: Any) -> Any:
    return value


def make_space() -> dict[str, Any]:
    # What a worker hands back must not change the notebook.
    return vars(sys.modules["__main__"]) if Worker.is_this else {"__name__": "__main__", "__builtins__": __builtins__}


def fill_space(space: dict[str, Any], modules: list[str], content: dict[str, Any], following: None) -> None:
    for module in modules:
        import_module(module)
    space.update(content)


def import_module(name: str) -> types.ModuleType:
    return __import__(name, fromlist=["*"])


def reduced_function(fn: types.FunctionType, space: Space) -> tuple:
    state = {name: getattr(fn, name) for name in ("__defaults__", "__kwdefaults__", "__dict__", "__doc__", "__qualname__")}
    made = (marshal.dumps(fn.__code__), space, fn.__name__, fn.__closure__)
    return make_function, made, {**state, "__module__": fn.__module__}, None, None, fill_function


def make_function(code: bytes, space: dict[str, Any], name: str, closure: tuple | None) -> types.FunctionType:
    return types.FunctionType(marshal.loads(code), space, name, None, closure)


def fill_function(fn: types.FunctionType, state: dict[str, Any]) -> None:
    for name, value in state.items():
        setattr(fn, name, value)


def has_contents(cell: types.CellType) -> bool:
    try:
        cell.cell_contents
    except ValueError:
        return False
    return True


def make_cell() -> types.CellType:
    return types.CellType()


def fill_cell(cell: types.CellType, state: tuple) -> None:
    cell.cell_contents = state[0]


def names_of(code: types.CodeType) -> set[str]:
    """The names that code looks up, with that of functions within it."""
    within = [names_of(each) for each in code.co_consts if isinstance(each, types.CodeType)]
    return set(code.co_names).union(*within)


def can_be_imported(value: Any) -> bool:
    if value.__module__ in ("__main__", None) or "<locals>" in value.__qualname__:
        return False
    found: Any = sys.modules.get(value.__module__)
    for name in value.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is value


def make_class(identity: tuple[int, str], filename: str, name: str, space: dict[str, Any], early: dict[str, Any]) -> type:
    space.update(early)
    if CLASSES_MADE.get(name) != identity or name not in space:
        exec(compile(identity[1], filename, "exec"), space)
        CLASSES_MADE[name] = identity
    return space[name]


# In a worker without cloudpickle, what the classes in its __main__ were made from.
CLASSES_MADE: dict[str, tuple[int, str]] = {}


def source_of_class(value: type) -> tuple[str, str]:
    """The latest definition of a class of the notebook, and the name of the cell it is in."""
    import ast

    main = getattr(sys.modules["__main__"], "__file__", None)
    cells = [name for name in linecache.cache if not os.path.exists(name)]
    for filename in [*reversed(cells), *([main] if main else [])]:
        text = "".join(linecache.getlines(filename))
        with contextlib.suppress(SyntaxError):
            for node in ast.parse(text).body:
                if isinstance(node, ast.ClassDef) and node.name == value.__name__:
                    first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
                    lines = text.splitlines(keepends=True)[first - 1 : node.end_lineno]
                    # Lines keep their numbers, for tracebacks.
                    return "\n" * (first - 1) + "".join(lines), filename
    raise cannot_carry(f"the class {value.__qualname__}, whose source cannot be found")


def names_when_made(node: ast.AST) -> set[str]:
    """The names that are looked up when a class is made, not only when its methods are called."""
    import ast

    found = {node.id} if isinstance(node, ast.Name) else set()
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, ast.AST):
                found |= names_when_made(each)
    return found


def cannot_carry(what: str) -> pickle.PicklingError:
    return pickle.PicklingError(f"parallel: cannot hand a worker {what}; cloudpickle can: pip install cloudpickle")


# -- the channel between the notebook and a worker ----------------------------------------------------------------------


class Channel:
    """Messages over a socket: a header of plain values, blobs of bytes, and open files."""

    HEADER = struct.Struct("<IB")

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock

    def send(self, header: Any, blobs: Iterable = (), files: list[int] | None = None) -> None:
        blobs = list(blobs)
        plain = pickle.dumps((header, [memoryview(blob).nbytes for blob in blobs]), 5)
        start = self.HEADER.pack(len(plain), len(files or ())) + plain
        if files:
            start = start[socket.send_fds(self.sock, [start], files) :]
        # Small ones go together, as each call of the system's costs more than a copy.
        if sum(memoryview(blob).nbytes for blob in blobs) < 1 << 16:
            self.sock.sendall(b"".join([start, *blobs]))
        else:
            self.sock.sendall(start)
            for blob in blobs:
                self.sock.sendall(blob)

    def receive(self) -> tuple[Any, list[bytearray], list[int]]:
        """The next message. Raises EOFError when the other side is gone."""
        start, files, _, _ = socket.recv_fds(self.sock, self.HEADER.size, 253, getattr(socket, "MSG_CMSG_CLOEXEC", 0))
        if not start:
            raise EOFError
        start += self.read(self.HEADER.size - len(start))
        size, _ = self.HEADER.unpack(start)
        header, sizes = pickle.loads(self.read(size))
        return header, [self.read(each) for each in sizes], files

    def read(self, size: int) -> bytearray:
        data = bytearray(size)
        rest = memoryview(data)
        while rest:
            count = self.sock.recv_into(rest)
            if count == 0:
                raise EOFError
            rest = rest[count:]
        return data

    def close(self) -> None:
        # Also where a fork of the notebook's own still has the socket open.
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.sock.close()


class Reply:
    """What a worker answers: results of as many calls as were done, and the error of the one after them."""

    __slots__ = ("done", "seconds", "data", "error", "interrupted")

    def __init__(self, header: tuple, blobs: list[bytearray]) -> None:
        _, self.done, self.seconds, has_error, self.interrupted = header
        self.error = blobs.pop() if has_error else None
        self.data = blobs

    def size(self) -> int:
        return sum(map(len, self.data))

    def values(self) -> tuple[list, BaseException | None]:
        """The results, and the error with the worker's traceback as its cause."""
        values = pickle.loads(self.data[0], buffers=self.data[1:]) if self.data else []
        return values, None if self.error is None else load_error(self.error)


class WorkerTraceback(Exception):
    """The traceback in the worker, as text."""

    def __str__(self) -> str:
        return f'\n"""\n{self.args[0]}"""'


def dump_error(error: BaseException) -> bytes:
    text = "".join(traceback.format_exception(type(error), error, below_us(error.__traceback__)))
    try:
        data = dumps(error, None)
    except Exception:
        data = None
    return pickle.dumps((data, f"{type(error).__qualname__}: {error}", text), 5)


def below_us(trace: types.TracebackType | None) -> types.TracebackType | None:
    """Without the frames that only tell how we call the function."""
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__ and trace.tb_next is not None:
        trace = trace.tb_next
    return trace


def load_error(packed: bytearray) -> BaseException:
    data, told_error, text = pickle.loads(packed)
    try:
        error = pickle.loads(data)
        if not isinstance(error, BaseException):
            raise TypeError
    except Exception:
        # Many exceptions cannot be made again from their arguments.
        error = RuntimeError(f"{told_error} (this exception could not be handed over from the worker)")
    error.__cause__ = WorkerTraceback(text)
    return error


class WorkerProcess:
    """A worker, seen from the notebook."""

    def __init__(self, channel: Channel, process: Process) -> None:
        self.channel, self.process, self.pid = channel, process, process.pid
        self.functions: set[bytes] = set()
        self.segments: dict[int, weakref.ref[Segment]] = {}

    def perform(self, task: Task) -> Reply:
        """Has it done. Raises OSError or EOFError if the worker dies."""
        while True:
            self.hand_over(task)
            header, blobs, _ = self.channel.receive()
            if header[0] != "need":
                return Reply(header, blobs)
            # It has let go of something while it had nothing to do.
            self.functions.clear()
            self.segments.clear()

    def hand_over(self, task: Task) -> None:
        gone = [number for number, segment in self.segments.items() if segment() is None]
        for number in gone:
            del self.segments[number]
        function = None if task.function.id in self.functions else (task.function.layout(), task.function.setting)
        parcels = [task.arguments] if function is None else [task.arguments, task.function]
        used = {place.segment.id: place.segment for each in parcels for place in each.places}
        new = [segment for number, segment in used.items() if number not in self.segments]
        header = (
            task.kind,
            task.function.id,
            function,
            task.arguments.layout(),
            task.limit,
            gone,
            [(segment.id, segment.size) for segment in new],
        )
        self.channel.send(header, [each.data for each in parcels], [segment.fd for segment in new])
        self.functions.add(task.function.id)
        for segment in new:
            self.segments[segment.id] = weakref.ref(segment)

    def signal(self, number: int) -> None:
        self.process.signal(number)

    def close(self) -> None:
        """Lets it end; kills it if it does not."""
        self.channel.close()
        self.process.wait(SECONDS_TO_END)

    def end(self) -> int | None:
        """Buries it; its exit status, or minus the signal that it was killed by."""
        self.channel.close()
        return self.process.wait(0.2)


# -- how workers start --------------------------------------------------------------------------------------------------

BOOT = (
    "import sys; sys.path[:] = eval(sys.argv[1]); import importlib.util as u; "
    "s = u.spec_from_file_location(*sys.argv[2:4]); m = u.module_from_spec(s); sys.modules[s.name] = m; "
    "s.loader.exec_module(m); m.begin(*sys.argv[4:])"
)


class Forking:
    """Held while this process has a file open that no fork of it may keep: a worker's end of a socket, a pipe of Popen's."""

    lock = threading.Lock()

    @classmethod
    def renew(cls) -> None:
        """In a fork, where whoever held it is not there."""
        cls.lock = threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=Forking.renew)


def starter(name: str | None, workers: int) -> Starter:
    if name is None:
        name = "forkserver" if sys.platform.startswith("linux") else "spawn"
    # Also a context of multiprocessing's.
    name = name.get_start_method() if hasattr(name, "get_start_method") else name
    if name not in STARTS:
        raise ValueError(f"parallel: start must be one of {', '.join(STARTS)}, not {name!r}")
    return {"forkserver": ForkServer, "spawn": Spawn, "fork": Fork}[name](workers)


def launch(role: str, sock: socket.socket, workers: int) -> subprocess.Popen:
    """Starts a Python that imports this file and begins in that role, with one end of a socket."""
    import subprocess

    command = [sys.executable, *subprocess._args_from_interpreter_flags(), "-c", BOOT, repr(sys.path)]
    arguments = [__name__, __file__, role, str(sock.fileno()), str(os.getpid())]
    # Until it can ignore interrupts, which are for the notebook.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen(
            command + arguments,
            stdin=subprocess.DEVNULL,
            pass_fds=[sock.fileno()],
            env=environment(workers),
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def environment(workers: int) -> dict[str, str]:
    """Workers share the notebook's threads for computing, and a pool within a worker is one of as many processes."""
    share = max(1, default_workers() // workers)
    variables = {**os.environ, SHARE: str(share)}
    for name in COMPUTE_THREADS:
        said = os.environ.get(name, "")
        variables[name] = str(min(int(said), share)) if said.isdigit() else said or str(share)
    return variables


class Process:
    """A child of this process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.code: int | None = None
        self.lock = threading.Lock()

    def signal(self, number: int) -> None:
        with self.lock:
            if self.code is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.pid, number)

    def wait(self, seconds: float) -> int | None:
        """Waits for it to end by itself for so long, then kills it; its exit status, or minus a signal; None if unknown."""
        end = time.monotonic() + seconds
        pause = 0.0005
        while not self.reaped(os.WNOHANG) and time.monotonic() < end:
            time.sleep(pause)
            pause = min(2 * pause, 0.02)
        if self.code is None:
            self.signal(signal.SIGKILL)
            self.reaped(0)
        return self.code

    def reaped(self, options: int) -> bool:
        with self.lock:
            if self.code is None:
                try:
                    pid, status = os.waitpid(self.pid, options)
                except ChildProcessError:  # somebody else has waited for it
                    return True
                if pid == 0:
                    return False
                self.code = os.waitstatus_to_exitcode(status)
        return True


class Starter:
    """How a pool's workers start."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def worker(self, modules: list[str]) -> tuple[Channel, Process]:
        """Starts one, which should have these modules. Raises OSError or EOFError if that fails."""
        raise NotImplementedError

    def close(self) -> None:
        """Ends what it needs beside the workers, which have ended."""


class Spawn(Starter):
    """Each worker is a new Python."""

    def worker(self, modules: list[str]) -> tuple[Channel, Process]:
        with Forking.lock:
            ours, theirs = socket.socketpair()
            with theirs:
                started = launch("worker", theirs, self.workers)
        # It is waited for here, and Popen need not know.
        started.returncode = 0
        return Channel(ours), Process(started.pid)


class Fork(Starter):
    """Each worker is a fork of the notebook's kernel: it has all that is loaded there, and none of its threads."""

    channels: weakref.WeakSet[Channel] = weakref.WeakSet()

    def worker(self, modules: list[str]) -> tuple[Channel, Process]:
        parent = os.getpid()
        with Forking.lock:
            ours, theirs = socket.socketpair()
            with theirs, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                sys.stdout.flush()
                pid = os.fork()
                if pid == 0:
                    self.become_worker(ours, theirs, parent)
            channel = Channel(ours)
            self.channels.add(channel)
        return channel, Process(pid)

    def become_worker(self, ours: socket.socket, theirs: socket.socket, parent: int) -> None:
        try:
            ours.close()
            for channel in list(self.channels):
                channel.sock.close()
            atexit._clear()
            for number in signal.valid_signals():
                if callable(signal.getsignal(number)):
                    signal.signal(number, signal.SIG_DFL)
            signal.set_wakeup_fd(-1)
            sys.stdin = open(os.devnull)
            sys.stdout = open(1, "w", closefd=False)
            sys.stderr = open(2, "w", closefd=False)
            Worker(theirs, parent).run()
        finally:
            os._exit(1)


class ForkServer(Starter):
    """Each worker is a fork of a process that has done nothing but import this file and what functions need."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self.lock = threading.RLock()
        self.channel: Channel | None = None
        self.loaded: set[str] = set()
        self.begin()

    def begin(self) -> None:
        with Forking.lock:
            ours, theirs = socket.socketpair()
            with theirs:
                started = launch("server", theirs, self.workers)
        started.returncode = 0
        self.channel, self.process = Channel(ours), Process(started.pid)
        self.loaded.clear()

    def worker(self, modules: list[str]) -> tuple[Channel, Process]:
        with self.lock:
            try:
                return self.fork(modules)
            except (OSError, EOFError):  # it was killed
                self.close()
            try:
                return self.fork(modules)
            except (OSError, EOFError):
                code = self.process.wait(0.2)
                self.close()
                raise OSError(f"the process that forks them {ending(code)}") from None

    def fork(self, modules: list[str]) -> tuple[Channel, Process]:
        if self.channel is None:
            self.begin()
        new = [module for module in modules if module not in self.loaded]
        with Forking.lock:
            ours, theirs = socket.socketpair()
            channel = Channel(ours)
            with theirs:
                self.channel.send(("fork", new), files=[theirs.fileno()])
        pid, _, _ = self.channel.receive()
        self.loaded.update(new)
        return channel, Forked(pid, self)

    def ask(self, *request: Any) -> Any:
        with self.lock:
            if self.channel is None:
                return None
            try:
                self.channel.send(request)
                return self.channel.receive()[0]
            except (OSError, EOFError):
                return None

    def close(self) -> None:
        with self.lock:
            if self.channel is not None:
                self.channel.close()
                self.channel = None
                self.process.wait(SECONDS_TO_END)


class Forked(Process):
    """A child of a fork server, which waits for it."""

    def __init__(self, pid: int, server: ForkServer) -> None:
        super().__init__(pid)
        self.server = server
        self.gone = False

    def reaped(self, options: int) -> bool:
        with self.lock:
            if not self.gone:
                code = self.server.ask("wait", self.pid, options == 0)
                if code == "runs":
                    return False
                self.code, self.gone = code, True
        return True

    def signal(self, number: int) -> None:
        with self.lock:
            if not self.gone:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(self.pid, number)


# -- within a worker ----------------------------------------------------------------------------------------------------


def begin(role: str, descriptor: str, parent: str) -> None:
    """What a new Python of ours does: never returns."""
    sock, parent_pid = socket.socket(fileno=int(descriptor)), int(parent)
    try:
        if role == "server":
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            sock = Server(sock, parent_pid).run()
            parent_pid = os.getppid()
        Worker(sock, parent_pid).run()
    finally:
        os._exit(1)


class Server:
    """The process that workers are forks of. It has one thread, and runs nothing of the notebook's."""

    def __init__(self, sock: socket.socket, parent: int) -> None:
        self.channel, self.parent = Channel(sock), parent
        self.children: set[int] = set()
        load_prctl()

    def run(self) -> socket.socket:
        """Serves until the end; returns in each worker, with its socket."""
        poll = select.poll()
        poll.register(self.channel.sock, select.POLLIN)
        watched = None
        with contextlib.suppress(OSError, AttributeError):  # not every system has it
            watched = os.pidfd_open(self.parent)
        if watched is not None:
            poll.register(watched, select.POLLIN)
        try:
            while os.getppid() == self.parent:
                # Without a pidfd the notebook's end shows by itself only if no fork of it has the socket.
                if [descriptor for descriptor, _ in poll.poll(1000) if descriptor == self.channel.sock.fileno()]:
                    sock = self.obey()
                    if sock is not None:
                        self.channel.sock.close()
                        if watched is not None:
                            os.close(watched)
                        return sock
        except (OSError, EOFError):
            pass
        for pid in self.children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        os._exit(0)

    def obey(self) -> socket.socket | None:
        """Does what is asked for; returns in a fork its socket."""
        (verb, *order), _, files = self.channel.receive()
        if verb == "fork":
            for module in order[0]:
                with contextlib.suppress(Exception):  # the function will say it, where it can be seen
                    __import__(module)
            # The collector would write to what is shared, and so make it be copied.
            gc.freeze()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                pid = os.fork()
            if pid == 0:
                return socket.socket(fileno=files[0])
            self.children.add(pid)
            os.close(files[0])
            self.channel.send(pid)
        else:
            self.channel.send(self.wait(*order))
        return None

    def wait(self, pid: int, long: bool) -> Any:
        if pid not in self.children:
            return None
        found, status = os.waitpid(pid, 0 if long else os.WNOHANG)
        if found == 0:
            return "runs"
        self.children.discard(pid)
        return os.waitstatus_to_exitcode(status)


@functools.lru_cache(maxsize=None)
def load_prctl() -> Callable | None:
    """The system call prctl, where there is one."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        import ctypes
    except ImportError:  # a Python without it
        return None
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return prctl


def die_with(parent: int) -> None:
    """Ends this process when its parent ends, whatever it is doing then."""
    prctl, set_death_signal = load_prctl(), 1
    if prctl is None or prctl(set_death_signal, signal.SIGKILL, 0, 0, 0) != 0:
        _thread.start_new_thread(watch, (parent,))
    elif os.getppid() != parent:
        os._exit(1)


def watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


class Worker:
    """Does one task after the other."""

    is_this = False

    def __init__(self, sock: socket.socket, parent: int) -> None:
        die_with(parent)
        Worker.is_this = True
        # Without cloudpickle all functions have the same globals, which are right for the latest.
        self.functions_kept = 1 if cloudpickle is None else FUNCTIONS_KEPT
        self.channel = Channel(sock)
        self.functions: collections.OrderedDict[bytes, tuple[Callable, set[int]]] = collections.OrderedDict()
        self.segments: dict[int, tuple[int, int]] = {}
        self.running = self.interrupted = False
        signal.signal(signal.SIGINT, self.interrupt)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        for stream in sys.stdout, sys.stderr:
            with contextlib.suppress(AttributeError, ValueError):
                stream.reconfigure(line_buffering=True)
        for name in "random", "numpy.random":
            if name in sys.modules:
                sys.modules[name].seed()

    def interrupt(self, *_: Any) -> None:
        """An interrupt is for the call that runs; there may be none."""
        if self.running:
            self.running, self.interrupted = False, True
            raise KeyboardInterrupt

    def run(self) -> None:
        with contextlib.suppress(OSError, EOFError):
            while True:
                self.serve()
        with contextlib.suppress(BaseException):
            atexit._run_exitfuncs()
        flush()
        os._exit(0)

    def serve(self) -> None:
        self.rest()
        (kind, name, function, layout, limit, gone, new), blobs, files = self.channel.receive()
        begun = time.perf_counter()
        self.let_go(set(gone))
        for (number, size), file in zip(new, files):
            self.forget(number)
            self.segments[number] = file, size
        if not self.has(name, function, layout):
            self.channel.send(("need",))
            return
        results: list[Any] = []
        error = self.attempt(kind, name, function, layout, limit, blobs, results)
        blobs, error = pack_results(results, error)
        flush()
        header = ("done", len(results), time.perf_counter() - begun, error is not None, self.interrupted)
        self.channel.send(header, blobs if error is None else [*blobs, dump_error(error)])

    def rest(self) -> None:
        """Lets go of shared memory if there is nothing to do for long."""
        if self.segments and not select.select([self.channel.sock], [], [], IDLE_SECONDS)[0]:
            self.let_go(set(self.segments))

    def let_go(self, numbers: set[int]) -> None:
        """Lets go of segments, and of the functions that hold them."""
        for number in numbers:
            self.forget(number)
        holding = [name for name, (_, held) in self.functions.items() if held & numbers]
        for name in holding:
            del self.functions[name]
        if holding:
            # A function and its globals know each other.
            gc.collect()

    def forget(self, number: int) -> None:
        if number in self.segments:
            os.close(self.segments.pop(number)[0])

    def has(self, name: bytes, function: tuple | None, layout: list) -> bool:
        needed = layout + (function[0] if function else [])
        return (function is not None or name in self.functions) and all(place[0] in self.segments for place in needed)

    def attempt(
        self, kind: str, name: bytes, function: tuple | None, layout: list, limit: float | None, blobs: list, results: list
    ) -> BaseException | None:
        """Makes the calls and adds their results; returns what the one after them raised, if it did."""
        self.interrupted = False
        try:
            self.running = True
            call = self.function(name, function, blobs)
            arguments = pickle.loads(blobs[0], buffers=self.buffers(layout))
            if kind == "call":
                results.append(call(*arguments[0], **arguments[1]))
            else:
                make_calls(itertools.starmap if kind == "star" else map, call, arguments, limit, results)
            self.running = False
        except KeyboardInterrupt as e:
            return CallInterrupted("the call was interrupted").with_traceback(e.__traceback__) if self.interrupted else e
        except BaseException as e:
            return e
        finally:
            self.running = False
        return None

    def function(self, name: bytes, packed: tuple | None, blobs: list) -> Callable:
        if packed is not None and name not in self.functions:
            layout, (folder, path, sources) = packed
            if sys.path != path:
                sys.path[:] = path
            if folder is not None and folder != working_directory():
                os.chdir(folder)
            linecache.cache.update(sources)
            self.functions[name] = pickle.loads(blobs[1], buffers=self.buffers(layout)), {place[0] for place in layout}
            if len(self.functions) > self.functions_kept:
                self.functions.popitem(last=False)
        self.functions.move_to_end(name)
        return self.functions[name][0]

    def buffers(self, layout: list[tuple[int, int, int]]) -> list[memoryview]:
        """The buffers: copies, of which only what is written to is really copied."""
        mapped = {}
        for number, _, _ in layout:
            if number not in mapped:
                file, size = self.segments[number]
                mapped[number] = memoryview(mmap.mmap(file, size, access=mmap.ACCESS_COPY))
        return [mapped[number][offset : offset + length] for number, offset, length in layout]


def make_calls(how: Callable, call: Callable, arguments: Any, limit: float | None, results: list) -> None:
    """Makes the calls of a chunk, all or as many as are begun within the limit of seconds."""
    count, rest = len(arguments), iter(arguments)
    cut: list[bool] = []

    def end() -> None:
        cut.append(True)
        rest.__setstate__(count)

    # A thread that takes the rest away costs less than a look at the clock after each call.
    timer = None if limit is None or count == 1 else threading.Timer(limit, end)
    if timer is not None:
        timer.daemon = True
        timer.start()
    try:
        results.extend(how(call, rest))
    finally:
        if timer is not None:
            timer.cancel()
    if len(results) < count and not cut:
        raise RuntimeError(f"{told(call)} raised StopIteration")


def pack_results(results: list, error: BaseException | None) -> tuple[list, BaseException | None]:
    """The pickled results; without those from the first one on that cannot be pickled, which is the error then."""
    buffers: list[memoryview] = []
    try:
        return [dumps(results, buffers), *buffers], error
    except Exception:
        good = 0
        try:
            for result in results:
                dumps(result, None)
                good += 1
        except Exception as e:
            error = pickle.PicklingError(f"the result of a call cannot be handed back: {e}")
        del results[good:]
        buffers.clear()
        return [dumps(results, buffers), *buffers], error


def flush() -> None:
    for stream in sys.stdout, sys.stderr:
        with contextlib.suppress(Exception):
            stream.flush()


# -- joblib -------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def joblib_with(pool: ParallelExecutor) -> Iterator[None]:
    import joblib
    from joblib.parallel import AutoBatchingMixin, ParallelBackendBase

    class Backend(AutoBatchingMixin, ParallelBackendBase):
        supports_retrieve_callback = True
        uses_threads = False
        supports_sharedmem = False

        def configure(self, n_jobs: int = 1, parallel: Any = None, **_: Any) -> int:
            self.parallel = parallel
            return self.effective_n_jobs(n_jobs)

        def effective_n_jobs(self, n_jobs: int) -> int:
            if n_jobs == 0:
                raise ValueError("n_jobs == 0 in Parallel has no meaning")
            return pool.workers if n_jobs is None or n_jobs < 0 else min(n_jobs, pool.workers)

        def submit(self, func: Callable, callback: Callable | None = None) -> Future:
            future = pool.submit(func)
            if callback is not None:
                future.add_done_callback(callback)
            return future

        apply_async = submit

        def retrieve_result_callback(self, out: Future) -> Any:
            return out.result()

        def abort_everything(self, ensure_ready: bool = True) -> None:
            pool._crew.cancel_waiting()

    joblib.register_parallel_backend("camel-notebook", Backend)
    with joblib.parallel_config(backend="camel-notebook", n_jobs=pool.workers):
        yield
