"""The channels of a forked kernel over one Unix domain socket, in place of six ZeroMQ sockets and their threads.

It is the same ipykernel with the same messages; only what carries them is another. The kernel connects to the
engine's socket, and each message of either side is

    channel (1 byte: 0 shell, 1 control, 2 iopub), number of frames (4 bytes), length of each frame (8 bytes each),
    and the frames themselves, with the numbers in network order.

There is one thread beside the main one, which reads: requests, which it hands to the loop of the thread that they are
for, and what programs write to the file descriptors 1 and 2. Whoever has something to say sends it by itself. A fork of
the notebook's own connects for each message that it sends, and waits until the engine has closed that connection: so
what it says is heard before what its parent says when it has waited for it.
"""

import asyncio
import atexit
import collections
import contextvars
import inspect
import os
import select
import signal
import socket
import struct
import sys
import threading
import time

import zmq
from ipykernel.control import ControlThread
from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.kernelbase import Kernel
from tornado.ioloop import IOLoop
from zmq.eventloop.zmqstream import ZMQStream

SHELL, CONTROL, IOPUB = range(3)
START = struct.Struct("!BI")
JOINED_UP_TO = 65536
# How many buffers the system takes at once.
MOST_BUFFERS = 512
# What ipykernel reads at once from a file descriptor; text that is cut there is decoded like its.
PIPE_BUFFER_SIZE = 1000
PIPE_CAPACITY = 65536
SECONDS_FOR_A_FORK = 3


def attach(application, path):
    """Lets an IPKernelApp that is not initialized yet make its channels over the engine's socket at that path."""
    channels = Channels(application, path)
    application.init_poller = application.init_heartbeat = lambda: None
    application.write_connection_file = application.log_connection_info = lambda: None
    application.init_sockets = channels.open
    application.init_kernel = channels.make_kernel
    # It says at each start that there will be no debugger.
    application.log.addFilter(lambda record: "debugpy_stream" not in str(record.msg))


class Channels:
    """All that a kernel hears and says."""

    def __init__(self, application, path):
        self.application, self.path = application, path

    def open(self):
        application = self.application
        # In place of what closes ZeroMQ's sockets.
        atexit.register(application.reset_io)
        self.wire = Wire(self.path)
        self.streams = Streams(self.wire)
        application.configure_tornado_logger()
        application.iopub_thread = Outputs(self.wire)
        application.iopub_socket = application.iopub_thread.background_socket
        os.register_at_fork(after_in_child=self.forget)

    def forget(self):
        """In a fork of the notebook's own, where no lock must stay with a thread that is not there."""
        self.wire.forget()
        self.streams.forget()

    def make_kernel(self):
        application = self.application
        shell, control_thread = Requests(self.wire, SHELL), LateThread()
        control = ControlRequests(self.wire, CONTROL, control_thread)
        shell.io_loop = IOLoop.current()
        Kernel._supports_kernel_subshells = False
        factory = application.kernel_class
        has_subshells = "shell_channel_thread" in factory.class_traits()
        subshells = {"shell_channel_thread": NoShellThread()} if has_subshells else {}
        kernel = application.kernel = factory.instance(
            parent=application,
            session=application.session,
            control_stream=control,
            shell_stream=shell,
            control_thread=control_thread,
            iopub_thread=application.iopub_thread,
            iopub_socket=application.iopub_socket,
            log=application.log,
            profile_dir=application.profile_dir,
            user_ns=application.user_ns,
            **subshells,
        )
        # It waits for outputs that take another way than replies.
        kernel._execute_sleep = 0
        application.displayhook.get_execution_count = lambda: kernel.execution_count
        Listener(self.wire, self.streams, {SHELL: shell, CONTROL: control}).start()


class Wire:
    """The socket: sends whole messages, one after the other, from any thread, and whatever interrupts it."""

    def __init__(self, path):
        self.path, self.pid = path, os.getpid()
        self.socket = self.connect()
        # Reentrant, for what signal handlers and finalizers say.
        self.lock = threading.RLock()
        self.waiting = collections.deque()
        self.sending = False

    def connect(self):
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self.path)
        return connection

    def forget(self):
        self.lock = threading.RLock()
        self.waiting.clear()
        self.sending = False
        self.socket.close()

    def send(self, channel, frames):
        frames = [frame if isinstance(frame, bytes) else flat(frame) for frame in frames]
        lengths = [len(frame) for frame in frames]
        start = START.pack(channel, len(frames)) + struct.pack(f"!{len(lengths)}Q", *lengths)
        if os.getpid() != self.pid:
            self.send_from_fork([start, *frames])
        else:
            small = sum(lengths) < JOINED_UP_TO
            self.waiting.append(Parts([b"".join([start, *frames])] if small else [start, *frames]))
            self.drain()

    def drain(self):
        with self.lock:
            if self.sending:
                # We have interrupted ourselves, and will go on with what waits.
                return
            self.sending = True
            try:
                while self.waiting:
                    if self.waiting[0].send(self.socket):
                        self.waiting.popleft()
            except OSError:
                # Nobody listens any more. As with ZeroMQ, the notebook doesn't hear of it.
                self.waiting.clear()
            finally:
                self.sending = False

    def send_from_fork(self, parts):
        try:
            with self.connect() as connection:
                connection.settimeout(SECONDS_FOR_A_FORK)
                connection.sendall(b"".join(parts))
                connection.shutdown(socket.SHUT_WR)
                connection.recv(1)
        except OSError:
            pass


def flat(buffer):
    view = memoryview(buffer)
    return view.cast("B") if view.c_contiguous else view.tobytes("A")


class Parts:
    """A message on its way."""

    def __init__(self, buffers):
        self.buffers = buffers
        self.left = sum(len(buffer) for buffer in buffers)
        self.sent = []

    def send(self, connection):
        """Sends some of it; returns whether that was the rest.

        A KeyboardInterrupt may come between any two instructions of ours, but not between the sending and the noting of
        how much was sent if neither of them is one.
        """
        self.sent.extend(map(connection.sendmsg, [self.rest()]))
        return sum(self.sent) == self.left

    def rest(self):
        skip = sum(self.sent)
        if not skip:
            return self.buffers[:MOST_BUFFERS]
        rest = []
        for buffer in self.buffers:
            if skip < len(buffer):
                rest.append(memoryview(buffer)[skip:])
            skip = max(0, skip - len(buffer))
        return rest[:MOST_BUFFERS]


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


class Streams:
    """sys.stdout and sys.stderr: makes ipykernel's streams send by themselves, on whatever thread.

    They are its own; it is their class that changes, so that nobody can tell them from any others.
    """

    def __init__(self, wire):
        self.wire = wire
        self.watched = {}
        self.late = collections.deque()
        self.wake_reader, self.wake_writer = os.pipe()
        self.asleep = False
        self.flush_now = OutStream._flush
        OutStream._flush = OutStream.flush = lambda stream: self.flush(stream)
        OutStream._schedule_flush = lambda stream: self.flush_later(stream)
        OutStream._setup_stream_redirects = lambda stream, name: self.watch(stream, name)
        OutStream.close = lambda stream: self.close(stream)

    def forget(self):
        for stream in self.watched.values():
            stream._buffer_lock = self.wire.lock

    def flush(self, stream):
        if self.wire.lock._is_owned():
            # We have interrupted ourselves in the middle of this, and text that is written is flushed soon anyway.
            return
        with self.wire.lock:
            if stream._is_master_process():
                self.forward_all(stream)
            self.flush_now(stream)

    def flush_later(self, stream):
        if not stream._flush_pending:
            stream._flush_pending = True
            self.late.append(stream)
            if self.asleep:
                self.asleep = False
                os.write(self.wake_writer, b"!")

    def watch(self, stream, name):
        reader, writer = os.pipe()
        stream._original_stdstream_fd = getattr(sys, name).fileno()
        stream._original_stdstream_copy = os.dup(stream._original_stdstream_fd)
        os.dup2(writer, stream._original_stdstream_fd)
        os.set_blocking(reader, False)
        stream._fid, stream._exc = reader, None
        # With two locks, one thread could have either and wait for the other: signal handlers may print at any time.
        stream._buffer_lock = self.wire.lock
        stream._readable = select.poll()
        stream._readable.register(reader, select.POLLIN)
        self.watched[reader] = stream

    def forward_all(self, stream):
        """What programs have written by now belongs to what is flushed now."""
        readable = getattr(stream, "_readable", None)
        for _ in range(PIPE_CAPACITY // PIPE_BUFFER_SIZE):
            if readable is None or not readable.poll(0):
                return
            # Whoever flushes has not written it.
            contextvars.Context().run(self.forward, stream)

    def forward(self, stream):
        with self.wire.lock:
            try:
                data = os.read(stream._fid, PIPE_BUFFER_SIZE)
            except BlockingIOError:
                return
            stream.write(data.decode(errors="replace"))
        os.write(stream._original_stdstream_copy, data)

    def close(self, stream):
        if self.watched.pop(stream._fid, None):
            os.dup2(stream._original_stdstream_copy, stream._original_stdstream_fd)
            os.close(stream._original_stdstream_copy)
        stream.pub_thread = None


class Listener:
    """Reads all that there is to read, and flushes what was printed some time ago, on a thread of its own."""

    def __init__(self, wire, streams, requests):
        self.wire, self.streams, self.requests = wire, streams, requests
        self.unread = bytearray()

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
        self.unread += data
        while self.take_message():
            pass
        return bool(data)

    def take_message(self):
        if len(self.unread) < START.size:
            return False
        channel, count = START.unpack_from(self.unread)
        body = START.size + 8 * count
        if len(self.unread) < body:
            return False
        lengths = struct.unpack_from(f"!{count}Q", self.unread, START.size)
        if len(self.unread) < body + sum(lengths):
            return False
        frames = []
        for length in lengths:
            frames.append(bytes(self.unread[body : body + length]))
            body += length
        del self.unread[:body]
        self.requests[channel].arrived(frames)
        return True
