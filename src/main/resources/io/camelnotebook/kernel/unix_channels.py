"""The channels of a forked kernel over one Unix domain socket, in place of six ZeroMQ sockets and their threads.

It is the same ipykernel with the same messages; only what carries them is another. The kernel connects to the
engine's socket. What of it needs no socket is made in the server already.

There is one thread beside the main one, which reads: requests, which it hands to the loop of the thread that they are
for, and what programs write to the file descriptors 1 and 2. Whoever has something to say sends it by itself.
"""

import asyncio
import atexit
import collections
import inspect
import os
import select
import signal
import sys
import threading
import time
import uuid

import zmq
from ipykernel import version_info
from ipykernel.control import ControlThread
from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.kernelbase import Kernel
from jupyter_client.session import new_id
from tornado.ioloop import IOLoop
from unix_streams import Streams
from unix_wire import Unread, Wire
from zmq.eventloop.zmqstream import ZMQStream

SHELL, CONTROL, IOPUB = range(3)


# Older ones make things of the event loop's with the kernel.
OLDEST_MADE_AHEAD = (7,)


class Channels:
    """All that a kernel hears and says, and the kernel itself."""

    def __init__(self, application):
        """In the server: makes the kernel as far as it is the same for all, unless its ipykernel does not bear that."""
        self.application = application
        self.wire = Wire()
        self.outputs = Outputs(self.wire)
        self.control_thread = LateThread()
        self.shell = Requests(self.wire, SHELL)
        self.control = ControlRequests(self.wire, CONTROL, self.control_thread)
        if version_info >= OLDEST_MADE_AHEAD:
            self.kernel = self.make_kernel()
        else:
            self.kernel = None

    def attach(self, path):
        """In the fork: lets its application, which is not initialized yet, use the engine's socket at that path."""
        application, self.path = self.application, path
        if self.kernel is not None:
            renew(application.session, self.kernel)
        application.init_poller = application.init_heartbeat = lambda: None
        application.write_connection_file = application.log_connection_info = lambda: None
        application.init_sockets = self.open
        application.init_kernel = self.start
        # It says at each start that there will be no debugger.
        application.log.addFilter(lambda record: "debugpy_stream" not in str(record.msg))

    def open(self):
        application = self.application
        # In place of what closes ZeroMQ's sockets.
        atexit.register(application.reset_io)
        self.wire.open(self.path)
        self.streams = Streams(self.wire)
        application.configure_tornado_logger()
        application.iopub_thread = self.outputs
        application.iopub_socket = self.outputs.background_socket
        os.register_at_fork(after_in_child=self.forget)

    def forget(self):
        """In a fork of the notebook's own, where no lock must stay with a thread that is not there."""
        self.wire.forget()
        self.streams.forget()

    def make_kernel(self):
        application = self.application
        Kernel._supports_kernel_subshells = False
        factory = application.kernel_class
        has_subshells = "shell_channel_thread" in factory.class_traits()
        subshells = {"shell_channel_thread": NoShellThread()} if has_subshells else {}
        kernel = factory.instance(
            parent=application,
            session=application.session,
            control_stream=self.control,
            shell_stream=self.shell,
            control_thread=self.control_thread,
            iopub_thread=self.outputs,
            iopub_socket=self.outputs.background_socket,
            log=application.log,
            profile_dir=application.profile_dir,
            user_ns=application.user_ns,
            **subshells,
        )
        # It waits for outputs that take another way than replies.
        kernel._execute_sleep = 0
        return kernel

    def start(self):
        self.shell.io_loop = IOLoop.current()
        kernel = self.kernel or self.make_kernel()
        # As they are by now.
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr
        self.application.kernel = kernel
        self.application.displayhook.get_execution_count = lambda: kernel.execution_count
        Listener(self.wire, self.streams, {SHELL: self.shell, CONTROL: self.control}).start()


def renew(session, kernel):
    """Gives a kernel that was made in another process the identity of one that is made now."""
    session.pid = os.getpid()
    session.session = new_id()
    kernel.ident = str(uuid.uuid4())
    kernel.shell.displayhook.topic = kernel._topic("execute_result")


class Outputs(IOPubThread):
    """What ipykernel takes for its IOPub thread. There is none: what it is given to do is done at once."""

    def __init__(self, wire):
        self.wire = wire
        self.socket = self.thread = self.io_loop = None
        self.background_socket = BackgroundSocket(self)

    def start(self):
        pass

    def stop(self):
        pass

    def close(self):
        pass

    def schedule(self, f):
        f()

    def send_multipart(self, frames, *_, **__):
        self.wire.send(IOPUB, frames)


class Requests(ZMQStream):
    """What ipykernel takes for the stream of a socket."""

    def __init__(self, wire, channel):
        self.wire, self.channel = wire, channel
        self.socket = self.callback = None
        self.waiting = collections.deque()
        self.bell = None

    def on_recv(self, callback, copy=True):
        self.callback = callback

    def send_multipart(self, frames, *_, **__):
        self.wire.send(self.channel, frames)

    def arrived(self, frames):
        """On the listener's thread."""
        self.waiting.append([zmq.Frame(frame) for frame in frames])
        if self.bell:
            os.write(self.bell[1], b"!")
        self.io_loop.add_callback(self.take)

    def take(self):
        if self.waiting and self.callback:
            result = self.callback(self.waiting.popleft())
            if inspect.isawaitable(result):
                asyncio.ensure_future(result)

    def flush(self, flag=zmq.POLLIN | zmq.POLLOUT, limit=None):
        """Handles what has come; there is never anything left to send."""
        taken = 0
        while flag & zmq.POLLIN and self.waiting and taken != limit:
            self.take()
            taken += 1
        return taken

    def getsockopt(self, option):
        """A file descriptor that is readable when requests wait, for the loops of graphical user interfaces."""
        if option != zmq.FD:
            raise AttributeError("this kernel has no ZeroMQ sockets; use --kernel-start fresh")
        if not self.bell:
            self.bell = os.pipe()
        return self.bell[0]

    def close(self, linger=None):
        pass


class ControlRequests(Requests):
    """Those that are heard while a cell runs."""

    io_loop = property(lambda self: self.thread.io_loop)

    def __init__(self, wire, channel, thread):
        self.thread = thread
        super().__init__(wire, channel)

    def arrived(self, frames):
        self.thread.ensure_started()
        super().arrived(frames)


class LateThread:
    """The control thread, which is made when the first request comes for it."""

    def __init__(self):
        self.thread = None

    @property
    def io_loop(self):
        if self.thread is None:
            self.thread = ControlThread(daemon=True)
        return self.thread.io_loop

    def ensure_started(self):
        if self.io_loop and self.thread.ident is None:
            self.thread.start()

    def is_alive(self):
        return self.thread is not None and self.thread.is_alive()


class NoShellThread:
    """What ipykernel 7 asks which thread runs cells, and takes for no thread that would run subshells."""

    parent_thread = threading.main_thread()

    def __bool__(self):
        return False


class Listener:
    """Reads all that there is to read, and flushes what was printed some time ago, on a thread of its own."""

    def __init__(self, wire, streams, requests):
        self.wire, self.streams, self.requests = wire, streams, requests
        self.unread = Unread()

    def start(self):
        # For whoever looks for a kernel's own threads: one of the same name is there in any ipykernel.
        thread = threading.Thread(target=self.run, name="IOPub", daemon=True)
        thread.pydev_do_not_trace = thread.is_pydev_daemon_thread = True
        thread.start()

    def run(self):
        # Signals are the main thread's.
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        poll, streams = select.poll(), self.streams
        connection = self.wire.socket.fileno()
        for descriptor in connection, streams.wake_reader, *streams.watched:
            poll.register(descriptor, select.POLLIN)
        due = None
        while True:
            streams.asleep = True
            if streams.late:
                streams.asleep = False
                due = due or time.monotonic() + OutStream.flush_interval
            else:
                due = None
            for descriptor, _ in poll.poll(due and max(0, (due - time.monotonic()) * 1000)):
                if descriptor == connection:
                    if not self.read():
                        poll.unregister(connection)
                elif descriptor == streams.wake_reader:
                    os.read(descriptor, 1)
                elif descriptor in streams.watched:
                    streams.forward(streams.watched[descriptor])
                else:
                    poll.unregister(descriptor)
            if due and time.monotonic() >= due:
                due = None
                while streams.late:
                    streams.late.popleft().flush()

    def read(self):
        """False at the end."""
        try:
            data = self.wire.socket.recv(262144)
        except OSError:
            data = b""
        for channel, frames in self.unread.messages(data):
            self.requests[channel].arrived(frames)
        return bool(data)
