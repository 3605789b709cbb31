"""An ipykernel that is made in two steps: what all kernels share in a fork server, the rest in each of its forks."""

import atexit
import importlib.util
import json
import os
import signal
import sys
import time

from kernel_end import end_children
from own_modules import import_beside
from preload import hand_over_streams

OLDEST_IPYKERNEL = (6, 17)
LOADED_LATE = (
    "faulthandler",
    "ipykernel.debugger",
    "ipykernel.heartbeat",
    "ipykernel.parentpoller",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.pylabtools",
    "IPython.extensions.storemagic",
    "pdb",
    "psutil",
    "tornado.platform.asyncio",
)
# What IPython's configuration may replace, and we make before it could be asked.
CLASSES = {"shell_class", "compiler_class"}


class Kernel:
    """An ipykernel: made by the server as far as it goes, and completed by each fork."""

    def __init__(self, arguments, over_socket):
        """over_socket: whether its forks will be given sockets of the engine's."""
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
        self.shell_class = type(self.shell)
        self.shell_class.instance = self.give_shell
        # Not at the top: what is read from the environment on the way is to be noted.
        self.channels = import_beside("unix_channels").Channels(self.application) if over_socket else None

    def give_shell(self, **traits):
        """In place of what would make a kernel's shell."""
        del self.shell_class.instance
        self.shell.parent = traits["parent"]
        self.shell.kernel = traits["kernel"]
        return self.shell

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
        with open(self.connection_file(), encoding="utf-8") as file:
            self.socket = json.load(file).get("socket")
        if bool(self.socket) != bool(self.channels):
            raise ValueError("this server makes kernels for another transport")

    def connection_file(self):
        return self.arguments[self.arguments.index("-f") + 1]

    def run(self):
        """In the fork: serves the notebook until it is over."""
        from IPython.core.application import BaseIPythonApplication

        application, shell = self.application, self.shell
        connection_file = self.connection_file()
        application.argv = self.arguments
        for settings in application.config, application.cli_config:
            settings.IPKernelApp["connection_file"] = connection_file
        application.connection_file = connection_file
        application.parent_handle = int(os.environ["JPY_PARENT_PID"])
        shell.starting_dir = os.getcwd()
        shell.history_manager.dir_hist[:] = [type(entry)(shell.starting_dir) for entry in shell.history_manager.dir_hist]
        if self.channels:
            self.channels.attach(self.socket)
        init_kernel = application.init_kernel

        def make_kernel():
            init_kernel()
            # It is to run before the sockets are closed, so it must be registered after they were opened.
            atexit.unregister(shell.atexit_operations)
            atexit.register(shell.atexit_operations)

        application.init_kernel = make_kernel
        # Its part is done; the rest is IPKernelApp's own.
        BaseIPythonApplication.initialize = lambda application, argv=None: None
        try:
            application.initialize(self.arguments)
        finally:
            BaseIPythonApplication.initialize = self.start_application
        if not self.channels:
            atexit.register(end_control, application)
        hand_over_streams()
        start_below(application.start)


def end_control(application):
    """Ends the thread of the control channel.

    ipykernel's hooks, all of which are called later than this one, end the IOPub thread first. What the control thread
    has then to flush waits for that for ever, and the end of the process for the control thread.
    """
    control = application.control_thread
    if control and control.is_alive():
        control.stop()
        control.join()


def start_below(start):
    """For recursion to end where it does in a fresh kernel: two callers deeper in the stack, one of them by exec."""
    exec("start()", {"start": start})


def load_what_kernels_load_late():
    """Imports what a kernel imports by itself between its start and the end of its first cell."""
    for name in LOADED_LATE:
        try:
            importlib.import_module(name)
        except ImportError:
            pass
