"""What carries a forked kernel's messages: one Unix domain socket of the engine's, to which the kernel connects.

Each message of either side is

    channel (1 byte: 0 shell, 1 control, 2 iopub), number of frames (4 bytes), length of each frame (8 bytes each),
    and the frames themselves, with the numbers in network order.

A fork of the notebook's own connects for each message that it sends, and waits until the engine has closed that
connection: so what it says is heard before what its parent says when it has waited for it.
"""

import collections
import os
import socket
import struct
import threading

START = struct.Struct("!BI")
JOINED_UP_TO = 65536
# How many buffers the system takes at once.
MOST_BUFFERS = 512
SECONDS_FOR_A_FORK = 3


class Wire:
    """The socket: sends whole messages, one after the other, from any thread, and whatever interrupts it."""

    def __init__(self):
        # Reentrant, for what signal handlers and finalizers say.
        self.lock = threading.RLock()
        self.waiting = collections.deque()
        self.sending = False

    def open(self, path):
        self.path, self.pid = path, os.getpid()
        self.socket = self.connect()

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


class Unread:
    """What has come of messages that are not whole yet."""

    def __init__(self):
        self.data = bytearray()

    def messages(self, data):
        """Takes what has come now; yields the messages that are whole with it, each as its channel and frames."""
        self.data += data
        message = self.take()
        while message:
            yield message
            message = self.take()

    def take(self):
        if len(self.data) < START.size:
            return None
        channel, count = START.unpack_from(self.data)
        body = START.size + 8 * count
        if len(self.data) < body:
            return None
        lengths = struct.unpack_from(f"!{count}Q", self.data, START.size)
        if len(self.data) < body + sum(lengths):
            return None
        frames = []
        for length in lengths:
            frames.append(bytes(self.data[body : body + length]))
            body += length
        del self.data[:body]
        return channel, frames
