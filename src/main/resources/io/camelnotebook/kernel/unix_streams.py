"""sys.stdout and sys.stderr of a kernel whose messages go over a Unix domain socket."""

import collections
import contextvars
import os
import select
import sys

from ipykernel.iostream import OutStream

# What ipykernel reads at once from a file descriptor; text that is cut there is decoded like its.
PIPE_BUFFER_SIZE = 1000
PIPE_CAPACITY = 65536


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
            self.forward(stream)

    def forward(self, stream):
        # Whoever flushes has not written it: it belongs to the cell that runs.
        contextvars.Context().run(self.forward_for_the_cell, stream)

    def forward_for_the_cell(self, stream):
        # ipykernel 6.29 to 6.31 would take the request during which this thread was started.
        if hasattr(stream, "_parent_header_global"):
            stream._parent_header.set(stream._parent_header_global)
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
