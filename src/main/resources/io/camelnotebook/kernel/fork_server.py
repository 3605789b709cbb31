"""The fork server: a kernel host whose kernels are forks of itself, ipykernels that need not start any more.

    python fork_server.py '{"arguments": [...], "modules": [...], "without": {...}, "idle": 300}'

It is run by the kernels' own Python, with their environment, and speaks the protocol of kernel_host.py. Before it says
"up" it makes the application, the profile and the shell of a kernel, and imports the modules that the kernels' notebooks
import first thing. A fork then only opens its sockets. What of that state belongs to one process, and what a notebook
could tell it by, is made anew in the fork; see `Kernel`. Beside "mark", "up" holds

    "refused"   {module: reason}: modules that were not preloaded and should not be tried again
    "reads"     the environment variables that were read on the way: a kernel with other values can't be forked
    "watch"     files and folders; when one of them changes, this server is out of date

and one more request is obeyed: {"op": "retire"}, to end as soon as there are no kernels. A server that has neither
kernels nor requests for "idle" seconds retires by itself. It never has a second thread and never makes a zmq context.

Needs Linux, Python 3.9 and ipykernel 6.17.
"""

import json
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, FOLDER)
from kernel_host import Host, connect  # noqa: E402
from kernel_processes import MARK  # noqa: E402
from kernel_end import QuickExit, end_children  # noqa: E402
from preload import EnvironmentReads, Preloader, hand_over_streams, import_roots  # noqa: E402


def leave_no_trace():
    """No kernel may find our folder on its path; with -P or PYTHONSAFEPATH only one of these was there.

    Nor may it take a module of ours for one of the notebook's that has the same name.
    """
    sys.path[:] = [folder for folder in sys.path if folder != FOLDER]
    for name, module in list(sys.modules.items()):
        if name != "__main__" and (getattr(module, "__file__", None) or "").startswith(FOLDER + os.sep):
            del sys.modules[name]
    for path in list(sys.path_importer_cache):
        if path.startswith(FOLDER):
            del sys.path_importer_cache[path]


leave_no_trace()
QUICK_EXIT = QuickExit()

import atexit  # noqa: E402
import gc  # noqa: E402
import importlib.util  # noqa: E402
import select  # noqa: E402
import signal  # noqa: E402
import time  # noqa: E402

OLDEST_IPYKERNEL = (6, 17)
# Made for each kernel, whatever libraries say of them.
OWN_VARIABLES = {MARK, "JPY_PARENT_PID"}
LOADED_LATE = (
    "faulthandler",
    "ipykernel.debugger",
    "ipykernel.heartbeat",
    "ipykernel.parentpoller",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.pylabtools",
    "pdb",
    "psutil",
    "tornado.platform.asyncio",
)
# What IPython's configuration may replace, and we make before it could be asked.
CLASSES = {"shell_class", "compiler_class"}


class Forked(BaseException):
    """Leaves the server's loop in a fork, so that a kernel does not run on top of the server's stack."""


class ForkServer(Host):
    def __init__(self, order):
        super().__init__()
        self.idle_seconds = order["idle"]
        self.retired = False
        self.mark_memory = find_mark()
        self.input = os.dup(0)
        self.output = os.dup(1)
        self.launched_with = dict(os.environ)
        connect(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)

    def run(self, order):
        """Serves until the end; raises Forked in each kernel."""
        self.wake = self.isolate()
        reads = EnvironmentReads()
        self.kernel = Kernel(order["arguments"])
        preloader = Preloader(order["without"], relaunch=lambda without: self.relaunch({**order, "without": without}))
        # Imported with what a kernel has by then.
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        gc.disable()
        # As in a cell: libraries ask for get_ipython when they are imported, and set themselves up by what it says.
        with self.kernel.shell.builtin_trap:
            preloader.load(order["modules"])
        gc.enable()
        self.reads = reads.end() - OWN_VARIABLES
        self.own_names = preloader.names
        self.environment = {
            name: value for name, value in os.environ.items() if self.launched_with.get(name) != value
        }
        self.environment.pop("MPLBACKEND", None)
        gc.collect()
        # The collector would write to what is shared, and so make it be copied.
        gc.freeze()
        self.tell(
            event="up",
            mark=self.mark,
            refused=preloader.refused,
            reads=sorted(self.reads),
            watch=import_roots(),
        )
        poll = select.poll()
        poll.register(self.input, select.POLLIN)
        poll.register(self.wake, select.POLLIN)
        self.serve(poll, self.wake)

    def wait(self, poll):
        if self.ids:
            return super().wait(poll)
        events = poll.poll(0 if self.retired else self.idle_seconds * 1000)
        self.ending = self.ending or not events
        return events

    def obey(self, request):
        if request["op"] == "retire":
            self.retired = True
        else:
            super().obey(request)

    def relaunch(self, order):
        """Starts again from nothing, as the same process with the same pipes."""
        with open("/proc/self/cmdline", "rb") as file:
            command = file.read().split(b"\0")[:-1]
        command[-1] = json.dumps(order).encode()
        os.dup2(self.input, 0)
        os.dup2(self.output, 1)
        os.execve(sys.executable, command, self.launched_with)

    def spawn(self, request):
        difference = self.difference(request)
        if difference:
            self.tell(event="failed", id=request["id"], error=f"cannot be forked: {difference}")
        else:
            super().spawn(request)

    def difference(self, request):
        """Why a kernel that is started afresh would not be like a fork; None if it would be."""
        for name in self.reads:
            if request["env"].get(name) != self.launched_with.get(name):
                return f"the environment variable {name} is read when libraries are loaded, and has another value"
        try:
            entries = os.listdir(request["cwd"])
        except OSError:  # the fork will say so, or Python can't look there either
            entries = []
        for entry in entries:
            name = entry.partition(".")[0]
            if name in self.own_names and is_module(request["cwd"], entry):
                return f"{entry} in the working directory takes the place of a library's module"
        return None

    def become_kernel(self, request, writer):
        try:
            self.settle(request)
            self.doing = "become a kernel"
            signal.set_wakeup_fd(-1)
            for descriptor in self.input, self.output, self.wake, self.waker:
                os.close(descriptor)
            mark = self.mark_for(request)
            self.mark_memory(mark)
            set_environment({**request["env"], **self.environment, MARK: mark})
            self.kernel.settle(request["argv"])
            os.close(writer)
        except BaseException as e:
            os.write(writer, self.complaint(e))
            os._exit(127)
        raise Forked


class Kernel:
    """An ipykernel: made by the server as far as it goes, and completed by each fork."""

    def __init__(self, arguments):
        import ipykernel

        if tuple(ipykernel.version_info[:2]) < OLDEST_IPYKERNEL:
            sys.exit(f"ipykernel {ipykernel.__version__} is older than {'.'.join(map(str, OLDEST_IPYKERNEL))}")
        from IPython.core.application import BaseIPythonApplication
        from ipykernel.compiler import XCachingCompiler
        from ipykernel.ipkernel import IPythonKernel
        from ipykernel.kernelapp import IPKernelApp
        from ipykernel.zmqshell import ZMQInteractiveShell

        self.start_application = BaseIPythonApplication.initialize
        self.application = IPKernelApp.instance()
        self.start_application(self.application, arguments)
        settings = self.application.config
        if self.application.kernel_class is not IPythonKernel or CLASSES & set(settings.get("IPythonKernel", {})):
            sys.exit("IPython's configuration asks for a kernel, a shell or a compiler of another class")
        self.shell = ZMQInteractiveShell.instance(
            config=settings, profile_dir=self.application.profile_dir, compiler_class=XCachingCompiler
        )
        self.launcher = importlib.util.find_spec("ipykernel_launcher").origin
        with open(self.launcher, encoding="utf-8") as file:
            takes_cwd_away = "cwd()" in file.read()  # as newer ones do
        without_cwd = sys.flags.isolated or getattr(sys.flags, "safe_path", False)
        self.launcher_leaves_cwd = not (takes_cwd_away or without_cwd)
        IPythonKernel._progressively_terminate_all_children = end_children
        # Compiles and caches what the first cell would.
        self.shell.transform_cell("first = 1\n")
        load_what_kernels_load_late()
        # Not at the top: what is read from the environment on the way is to be noted.
        self.unix_channels = import_beside("unix_channels")

    def settle(self, argv):
        """In the fork: makes anew what belongs to one process."""
        import random
        import tempfile

        for number in signal.valid_signals():
            if signal.getsignal(number) not in (signal.SIG_DFL, None):
                signal.signal(number, signal.SIG_DFL)
        # As Python starts.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        time.tzset()
        random.seed()
        tempfile.tempdir = None
        tempfile._name_sequence = None
        modules = sys.modules
        if "uuid" in modules:
            modules["uuid"]._node = None
            modules["uuid"]._last_timestamp = None
        if "numpy.random" in modules:
            modules["numpy.random"].seed()
        if "multiprocessing.process" in modules:
            process = modules["multiprocessing.process"]
            process.current_process().authkey = os.urandom(32)
        if hasattr(sys, "orig_argv"):
            sys.orig_argv[:] = argv
        launcher = argv.index("-m") + 2
        sys.argv[:] = [self.launcher, *argv[launcher:]]
        if self.launcher_leaves_cwd:
            sys.path.insert(0, os.getcwd())
        self.arguments = argv[launcher:]

    def run(self):
        """In the fork: serves the notebook until it is over."""
        from IPython.core.application import BaseIPythonApplication

        application, shell = self.application, self.shell
        connection_file = self.arguments[self.arguments.index("-f") + 1]
        application.argv = self.arguments
        for settings in application.config, application.cli_config:
            settings.IPKernelApp["connection_file"] = connection_file
        application.connection_file = connection_file
        application.parent_handle = int(os.environ["JPY_PARENT_PID"])
        shell.starting_dir = os.getcwd()
        shell.history_manager.dir_hist[:] = [type(entry)(shell.starting_dir) for entry in shell.history_manager.dir_hist]
        shell_class = type(shell)

        def instance(**traits):
            del shell_class.instance
            shell.parent = traits["parent"]
            shell.kernel = traits["kernel"]
            # It is to run before the sockets are closed, so it must be registered after they were opened.
            atexit.unregister(shell.atexit_operations)
            atexit.register(shell.atexit_operations)
            return shell

        shell_class.instance = instance
        with open(connection_file, encoding="utf-8") as file:
            path = json.load(file).get("socket")
        if path:
            self.unix_channels.attach(application, path)
        # Its part is done; the rest is IPKernelApp's own.
        BaseIPythonApplication.initialize = lambda application, argv=None: None
        try:
            application.initialize(self.arguments)
        finally:
            BaseIPythonApplication.initialize = self.start_application
        hand_over_streams()
        start_below(application.start)


def start_below(start):
    """For recursion to end where it does in a fresh kernel: two callers deeper in the stack, one of them by exec."""
    exec("start()", {"start": start})


def import_beside(name):
    """Imports a module of ours."""
    sys.path.insert(0, FOLDER)
    try:
        return importlib.import_module(name)
    finally:
        leave_no_trace()


def load_what_kernels_load_late():
    """Imports what a kernel imports by itself between its start and the end of its first cell."""
    for name in LOADED_LATE:
        try:
            importlib.import_module(name)
        except ImportError:
            pass


def is_module(folder, entry):
    path = os.path.join(folder, entry)
    if os.path.isdir(path):
        return os.path.exists(os.path.join(path, "__init__.py"))
    return entry.endswith((".py", ".pyc", ".so"))


def set_environment(wanted):
    """Makes the environment exactly that."""
    for name in set(os.environ) - set(wanted):
        del os.environ[name]
    for name, value in wanted.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def find_mark():
    """What writes a kernel's mark to where the system shows the environment that a process was started with.

    Forks of a kernel that outlive it are known by their mark, and a fork shows the environment of its first ancestor
    that was started by exec: ours.
    """
    import ctypes

    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_void_p
    address, room = getenv(MARK.encode()), len(os.environ.get(MARK, ""))

    def write(mark):
        if address and len(mark) <= room:
            ctypes.memmove(address, mark.encode().ljust(room, b"\0"), room)

    return write


def serve(order):
    """Returns in each kernel, and nowhere else."""
    server = ForkServer(order)
    try:
        server.run(order)
    except Forked:
        return server.kernel
    except SystemExit as e:
        os.write(2, f"{e}\n".encode())
        os._exit(1)
    finally:
        if os.getpid() == server.pid:
            server.end()
    # What the shell and the libraries have registered for the exit is for kernels.
    os._exit(0)


if __name__ == "__main__":
    # Not below an except: what a cell raises would name what was caught there as its context.
    kernel = serve(json.loads(sys.argv[-1]))
    loaded = set(sys.modules)
    kernel.run()
    QUICK_EXIT.allow(loaded)
