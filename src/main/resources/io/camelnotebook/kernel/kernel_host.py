"""The kernel host: starts kernel processes, signals them, and tells how each of them ended.

A single-threaded child of the engine that speaks a line of JSON each way over stdin and stdout. In:

    {"op": "spawn", "id", "argv", "env", "cwd", "log", "memory"}    memory: the bytes it may have, if there is a limit
    {"op": "signal", "id", "signal"}        to the kernel's whole process group; nothing if it has ended
    {"op": "own", "path"}                   a folder to remove at the end, with all that is in it
    {"op": "quit"}                          the same as the end of the input

Out:

    {"event": "up", "mark"}
    {"event": "spawned", "id", "pid"}       the program of argv has replaced the fork
    {"event": "failed", "id", "error"}      it could not, and why
    {"event": "exit", "id", "code" or "signal", "cpu_seconds", "peak_memory_bytes"}
        with "memory_used", "memory_limit"  if it was killed for that

At the end of the input, which is also how the death of the engine shows, every kernel is killed with all its descendants.
Only the host reaps its kernels, so a signal never reaches a process that merely got the same pid later.

Every kernel finds its mark in the environment variable CAMEL_NOTEBOOK_KERNEL and passes it on to its children. On Linux
the host adopts orphans (it is their subreaper), reads their mark, and kills those whose kernel has ended. A host that was
killed itself can't: for that case `kernel_host.py sweep MARK PID...` kills what its kernels left behind.

Needs Python 3.9, nothing but the standard library and the modules beside it, and starts in about 20 ms: mind what you import.
"""

import json
import os
import select
import signal
import sys

from kernel_memory import MemoryWatch
from kernel_processes import LINUX, MARK, children, kill, mark_of, signal_group, sweep

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
SECONDS_TO_END = 10


def load_prctl():
    """The system call prctl, or None where there is none or Python was built without ctypes."""
    if not LINUX:
        return None
    try:
        import ctypes
    except ImportError:
        return None
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]
    return prctl


def connect(descriptor, *standard):
    """Makes the standard streams say and hear what the descriptor does, and closes it."""
    for stream in standard:
        os.dup2(descriptor, stream)
    os.close(descriptor)


class Host:
    def __init__(self):
        self.pids = {}
        self.ids = {}
        self.doing = "start"
        self.pid = os.getpid()
        self.mark = f"{self.pid}.{os.urandom(4).hex()}"
        self.prctl = load_prctl()
        self.ending = False
        self.owned = []
        self.memory = MemoryWatch()
        self.input, self.output = 0, 1

    def run(self):
        wake = self.isolate()
        self.tell(event="up", mark=self.mark)
        poll = select.poll()
        poll.register(self.input, select.POLLIN)
        poll.register(wake, select.POLLIN)
        try:
            self.serve(poll, wake)
        finally:
            self.end()

    def serve(self, poll, wake):
        unread = b""
        while not self.ending:
            for descriptor, _ in self.wait(poll):
                data = os.read(descriptor, 65536)
                if descriptor == wake:
                    self.ending = self.ending or signal.SIGTERM in data
                    self.reap()
                elif data:
                    *lines, unread = (unread + data).split(b"\n")
                    for line in lines:
                        self.obey(json.loads(line))
                else:
                    self.ending = True
            for pid in self.memory.excesses(self.orphans):
                signal_group(pid, signal.SIGKILL)

    def wait(self, poll):
        return poll.poll(self.memory.milliseconds_to_wait())

    def orphans(self, kernel):
        """What has lost its parent and descends from that kernel."""
        mark = f"{self.mark}.{self.ids[kernel]}"
        return [pid for pid in children() if pid not in self.ids and mark_of(pid) == mark]

    def isolate(self):
        """Makes the host, and so every fork of it, independent of what it inherited; returns where signals show."""
        for descriptor in os.listdir("/dev/fd"):
            try:
                if int(descriptor) > 2:
                    os.set_inheritable(int(descriptor), False)
            except OSError:  # the one that listed the folder
                pass
        try:
            os.setsid()
        except OSError:  # already the leader of a group
            pass
        if self.prctl:
            self.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        for number in signal.valid_signals():
            if signal.getsignal(number) == signal.SIG_IGN:
                signal.signal(number, signal.SIG_DFL)
        # Handlers, not SIG_IGN: exec resets a handler to the default, so kernels need no undoing.
        for number in signal.SIGCHLD, signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGPIPE:
            signal.signal(number, lambda *_: None)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        wake, self.waker = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(self.waker, False)
        signal.set_wakeup_fd(self.waker, warn_on_full_buffer=False)
        return wake

    def tell(self, **event):
        line = json.dumps(event).encode() + b"\n"
        try:
            while line:
                line = line[os.write(self.output, line) :]
        except OSError:  # nobody listens any more
            self.ending = True

    def obey(self, request):
        operation = request["op"]
        if operation == "spawn":
            self.spawn(request)
        elif operation == "signal":
            if request["id"] in self.pids:
                signal_group(self.pids[request["id"]], request["signal"])
        elif operation == "own":
            self.owned.append(request["path"])
        elif operation == "quit":
            self.ending = True

    def spawn(self, request):
        name = request["id"]
        reader, writer = os.pipe()
        try:
            pid = os.fork()
        except OSError as e:  # too many processes, or too little memory
            os.close(reader)
            os.close(writer)
            self.tell(event="failed", id=name, error=f"cannot start another process: {e.strerror}")
            return
        if pid == 0:
            os.close(reader)
            self.become_kernel(request, writer)
        os.close(writer)
        with open(reader, "rb") as pipe:
            error = pipe.read()  # ends when exec closes the other end, or with the reason why it did not come to that
        if error:
            os.waitpid(pid, 0)
            self.tell(event="failed", id=name, error=error.decode(errors="replace"))
        else:
            self.pids[name] = pid
            self.ids[pid] = name
            if "memory" in request:
                self.memory.limit(pid, request["memory"])
            self.tell(event="spawned", id=name, pid=pid)

    def become_kernel(self, request, writer):
        """In the fork: never returns."""
        argv = request["argv"]
        try:
            self.settle(request)
            self.doing = f"run {argv[0]}"
            os.execvpe(argv[0], argv, {**request["env"], MARK: self.mark_for(request)})
        except FileNotFoundError as e:
            # A script without its interpreter is "not found" too, although it is there for all to see.
            broken = self.doing.startswith("run") and os.path.exists(argv[0])
            reason = "the file is there, but not the interpreter it names" if broken else e.strerror
            os.write(writer, f"cannot {self.doing}: {reason}".encode())
        except BaseException as e:
            os.write(writer, self.complaint(e))
        finally:
            os._exit(127)

    def settle(self, request):
        """In the fork: gives the process its session, its standard streams and its working directory."""
        self.doing = "start a session"
        os.setsid()
        if self.prctl:
            self.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            if os.getppid() != self.pid:  # the host had died before it could be asked to take this process along
                os._exit(127)
        connect(os.open(os.devnull, os.O_RDONLY), 0)
        log = request["log"]
        self.doing = f"write to the log {log}"
        connect(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOCTTY, 0o600), 1, 2)
        self.doing = f"enter the working directory {request['cwd']}"
        os.chdir(request["cwd"])

    def mark_for(self, request):
        return f"{self.mark}.{request['id']}"

    def complaint(self, error):
        return f"cannot {self.doing}: {getattr(error, 'strerror', None) or error}".encode()

    def reap(self):
        """Buries whatever has ended, and ends what it left behind."""
        try:
            while self.bury(os.WNOHANG):
                pass
        except ChildProcessError:
            return
        for pid in children():
            if pid not in self.ids and not self.has_kernel(pid):
                kill(pid)

    def has_kernel(self, orphan):
        """Whether the kernel that the orphan descends from still runs; one without our mark may be any kernel's."""
        host, _, name = (mark_of(orphan) or "").rpartition(".")
        return name in self.pids if host == self.mark else bool(self.ids)

    def bury(self, options):
        """Waits for one child and tells if it was a kernel; false if there is none to bury now."""
        pid, status, usage = os.wait4(-1, options)
        name = self.ids.pop(pid, None)
        if name is not None:
            del self.pids[name]
            signal_group(pid, signal.SIGKILL)
            code = os.waitstatus_to_exitcode(status)
            self.tell(
                event="exit",
                id=name,
                **({"code": code} if code >= 0 else {"signal": -code}),
                cpu_seconds=usage.ru_utime + usage.ru_stime,
                peak_memory_bytes=usage.ru_maxrss * (1024 if LINUX else 1),
                **self.memory.forget(pid),
            )
        return pid != 0

    def end(self):
        """Kills all there is. A process that not even SIGKILL ends must not hold the host."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS_TO_END)
        try:
            for pid in self.ids:
                signal_group(pid, signal.SIGKILL)
            while True:
                # Each death may hand over orphans.
                for pid in children():
                    kill(pid)
                self.bury(0)
        except ChildProcessError:
            pass
        for path in self.owned:
            remove(path)


def remove(folder):
    """Removes a folder of files and folders; shutil would take longer to import than to do it."""
    for path, folders, files in os.walk(folder, topdown=False):
        for name in files:
            os.unlink(os.path.join(path, name))
        for name in folders:
            os.rmdir(os.path.join(path, name))
    try:
        os.rmdir(folder)
    except OSError:  # somebody else was faster
        pass


if __name__ == "__main__":
    if sys.argv[1:2] == ["sweep"]:
        signal.alarm(SECONDS_TO_END)
        sweep(sys.argv[2], [int(leader) for leader in sys.argv[3:]])
    else:
        Host().run()
