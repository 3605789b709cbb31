"""The fork server: a kernel host whose kernels are forks of itself, ipykernels that need not start any more.

    python fork_server.py '{"arguments": [...], "modules": [...], "without": {...}, "idle": 300, "socket": true}'

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

import gc
import json
import os
import select
import signal
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import openssl_exit  # noqa: E402, F401, I001
from forked_kernel import Kernel  # noqa: E402
from kernel_end import QuickExit  # noqa: E402
from kernel_host import Host, connect  # noqa: E402
from kernel_processes import MARK  # noqa: E402
from own_modules import leave_no_trace  # noqa: E402
from preload import EnvironmentReads, Preloader, import_roots  # noqa: E402

leave_no_trace()
QUICK_EXIT = QuickExit()

# Made for each kernel, whatever libraries say of them.
OWN_VARIABLES = {MARK, "JPY_PARENT_PID"}


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
        self.kernel = Kernel(order["arguments"], order["socket"])
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
        QUICK_EXIT.share(sys.modules)
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
    kernel.run()
    QUICK_EXIT.allow()
