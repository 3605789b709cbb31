"""Imports modules before kernels are forked, and finds out which of them must not be.

A library is loaded ahead only if no notebook can tell: it belongs to the standard library or to site-packages, and its
import starts neither threads nor processes, keeps no file open, sets no signal handler, and prints nothing, for that
would be missing from the cell that imports it.
"""

import functools
import importlib.util
import io
import os
import signal
import site
import sys
import sysconfig
import tempfile
import warnings


# jemalloc, which comes with pyarrow and so with pandas, holds its thread still during a fork and starts it anew after.
FORK_AWARE_THREADS = {"jemalloc_bg_thd"}


class Preloader:
    """Imports modules one by one.

    refused: what must not be tried, module by module, with the reason; grows when that is found out
    names: the top-level names of all modules that were loaded on the way
    """

    def __init__(self, refused, relaunch):
        """A module that must not be loaded can't be unloaded: relaunch(refused) has to start from nothing."""
        self.refused = dict(refused)
        self.relaunch = relaunch
        self.names = set()

    def load(self, modules):
        before = set(sys.modules)
        for name in modules:
            if name in self.refused:
                continue
            if not is_installed(name):
                self.refused[name] = "is not installed where libraries are"
                continue
            reason = self.trouble_of(name)
            if reason:
                self.relaunch({**self.refused, name: reason})
        for name, use in USES.items():
            if name in sys.modules and name not in before and name not in self.refused:
                reason = observe(lambda use=use: use())
                if reason:
                    self.relaunch({**self.refused, name: reason})
        self.names = {name.partition(".")[0] for name in set(sys.modules) - before}

    def trouble_of(self, name):
        before = set(sys.modules)
        # As a cell would: warnings about the importing module are shown to __main__.
        trouble = observe(lambda: exec(f"import {name}", {"__name__": "__main__"}))
        strangers = [loaded for loaded in set(sys.modules) - before if not is_library_s(sys.modules[loaded])]
        return trouble or (f"imports {min(strangers)}, which was not installed" if strangers else None)


class CellStream(io.TextIOBase):
    """What libraries take for a kernel's sys.stdout or sys.stderr before there is a kernel.

    Some keep what they find when they are imported, as the stream of a logging handler, say. It is the real one later.
    """

    encoding = "UTF-8"
    errors = None

    def __init__(self, number):
        self.number = number
        self.real = None
        self.was_used = False

    def write(self, text):
        if self.real is not None:
            return self.real.write(text)
        self.was_used = True
        return len(text)

    def flush(self):
        if self.real is not None:
            self.real.flush()

    def fileno(self):
        return self.number if self.real is None else self.real.fileno()

    def writable(self):
        return True


STREAMS = {"stdout": CellStream(1), "stderr": CellStream(2)}


def hand_over_streams():
    """In a kernel whose streams are open."""
    for name, stream in STREAMS.items():
        stream.real = getattr(sys, name)


def observe(action):
    """Does it, and tells what it did beside that a fork would not have; None if nothing."""
    files, handlers, show = open_files(), signal_handlers(), warnings.showwarning
    warned = []
    warnings.showwarning = lambda message, *_, **__: warned.append(message)
    streams = {name: getattr(sys, name) for name in STREAMS}
    with tempfile.TemporaryFile() as said:
        kept = [(number, os.dup(number)) for number in (1, 2)]
        for name, stream in STREAMS.items():
            stream.was_used = False
            setattr(sys, name, stream)
            os.dup2(said.fileno(), stream.number)
        try:
            action()
        except BaseException:
            # The notebook will see the same, and it knows where.
            pass
        finally:
            for name, stream in streams.items():
                setattr(sys, name, stream)
                if stream is not None:
                    stream.flush()
            for number, copy in kept:
                os.dup2(copy, number)
                os.close(copy)
            warnings.showwarning = show
        printed = os.fstat(said.fileno()).st_size or any(stream.was_used for stream in STREAMS.values())
    if printed or warned:
        return "prints when it is imported"
    if open_files() - files:
        return "keeps files open when it is imported"
    if signal_handlers() != handlers:
        return "handles signals when it is imported"
    if has_children():
        return "starts processes when it is imported"
    if threads() and not threads_end_at_a_fork():
        return "starts threads when it is imported"
    return None


def threads():
    """The names of the threads beside the only one there should be, without those that a fork does not break."""
    found = []
    for task in os.listdir("/proc/self/task"):
        with open(f"/proc/self/task/{task}/comm") as file:
            found.append((int(task), file.read().strip()))
    return [name for task, name in found if task != os.getpid() and name not in FORK_AWARE_THREADS]


def threads_end_at_a_fork():
    """Whether the threads end before a fork and come back when they are needed, as those of OpenBLAS do."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    return not threads()


def open_files():
    found = set()
    for name in os.listdir("/proc/self/fd"):
        try:
            found.add((name, os.readlink(f"/proc/self/fd/{name}")))
        except OSError:  # the one that listed the folder
            pass
    return found


def signal_handlers():
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


def has_children():
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def import_roots():
    """The folders that libraries are installed in, and the interpreter: their times tell when that has changed."""
    paths = {sysconfig.get_path(name) for name in ("purelib", "platlib")} | set(site.getsitepackages())
    paths.add(site.getusersitepackages())
    paths.add(os.path.join(sys.prefix, "pyvenv.cfg"))
    paths.add(os.path.realpath(sys.executable))
    return sorted(path for path in paths if os.path.exists(path))


def is_installed(name):
    """Whether the module is part of Python or was installed: one of the user's own may be another tomorrow."""
    try:
        spec = importlib.util.find_spec(name.partition(".")[0])
    except (ImportError, ValueError):
        return False
    if spec is None:
        return False
    return spec.origin in ("built-in", "frozen") or (spec.origin is not None and is_in_library(spec.origin))


def is_library_s(module):
    path = getattr(module, "__file__", None)
    return not isinstance(path, str) or not os.path.isabs(path) or is_in_library(path)


def is_in_library(path):
    return path.startswith(libraries())


@functools.lru_cache
def libraries():
    own = [sysconfig.get_path(key) for key in ("stdlib", "platstdlib", "purelib", "platlib")]
    return tuple(folder + os.sep for folder in [*own, *site.getsitepackages(), site.getusersitepackages()])


def use_matplotlib():
    """Without pyplot, which would choose a backend and number its figures."""
    from matplotlib import font_manager
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.plot([1, 2], [1, 2], label="a")
    axes.set_title("a")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png", bbox_inches="tight")
    # Forks would share the position in these files, and read wherever another has left it.
    font_manager._get_font.cache_clear()


def use_pandas():
    import pandas

    frame = pandas.read_csv(io.StringIO("a,b\n1.5,x\n2.5,y\n"))
    frame.describe()
    frame.groupby("b").mean()
    frame._repr_html_()
    repr(frame)


# A first use costs as much again as the import.
USES = {"matplotlib.figure": use_matplotlib, "pandas": use_pandas}


class EnvironmentReads:
    """Notes which environment variables are asked for through os.environ, until the end."""

    def __init__(self):
        class Noted(dict):
            names = set()

            def __getitem__(self, name):
                self.names.add(name)
                return super().__getitem__(name)

        self.plain = os.environ._data
        self.noted = Noted(self.plain)
        os.environ._data = self.noted

    def end(self):
        """The names."""
        self.plain.clear()
        self.plain.update(self.noted)
        os.environ._data = self.plain
        return {os.fsdecode(name) for name in self.noted.names}
