"""Tests of a kernel's channels over one socket, with real kernels: pytest src/test/python"""

import json
import queue
import signal
import socket
import struct
import threading
import time
import uuid

import pytest
from test_fork_server import PLAIN, Server

SHELL, CONTROL, IOPUB = range(3)


class Engine:
    """The engine's end of a kernel's socket."""

    def __init__(self, server, name="kernel"):
        self.server, self.name = server, name
        self.path = str(server.folder / f"{name}.socket")
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(self.path)
        self.listening.listen()
        self.arrived = queue.Queue()
        connection = {"transport": "ipc", "ip": self.path, "key": "", "signature_scheme": "hmac-sha256"}
        connection["socket"] = self.path
        (server.folder / f"{name}.json").write_text(json.dumps(connection))
        environment = {**server.environment, "JPY_PARENT_PID": str(server.process.pid)}
        # With it ipykernel leaves the file descriptors alone.
        environment.pop("PYTEST_CURRENT_TEST", None)
        argv = [server.python, "-m", "ipykernel_launcher", "-f", str(server.folder / f"{name}.json"), PLAIN[-1]]
        log = str(server.folder / f"{name}.log")
        server.request(op="spawn", id=name, argv=argv, env=environment, cwd=str(server.folder), log=log)
        assert server.event()["event"] == "spawned"
        self.kernel, _ = self.listening.accept()
        self.threads = [threading.Thread(target=self.read, args=[self.kernel])]
        self.threads.append(threading.Thread(target=self.accept, daemon=True))
        for thread in self.threads:
            thread.start()

    def accept(self):
        while True:
            try:
                fork, _ = self.listening.accept()
            except OSError:
                return
            with fork:
                self.read(fork)

    def read(self, connection):
        with connection.makefile("rb") as file:
            while start := file.read(5):
                channel, count = struct.unpack("!BI", start)
                lengths = struct.unpack(f"!{count}Q", file.read(8 * count))
                frames = [file.read(length) for length in lengths]
                first = frames.index(b"<IDS|MSG>") + 2
                self.arrived.put((channel, *map(json.loads, frames[first : first + 4]), frames[first + 4 :]))

    def send(self, channel, kind, content, buffers=()):
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": "s", "version": "5.3"}
        header["date"] = "2026-01-01T00:00:00Z"
        frames = [b"<IDS|MSG>", b"", *(json.dumps(part).encode() for part in (header, {}, {}, content)), *buffers]
        lengths = struct.pack(f"!{len(frames)}Q", *map(len, frames))
        self.kernel.sendall(struct.pack("!BI", channel, len(frames)) + lengths + b"".join(frames))
        return header["msg_id"]

    def begin(self, code):
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False}
        return self.send(SHELL, "execute_request", {**content, "stop_on_error": False})

    def next(self, request):
        """The next message that the request caused: channel, type, content and buffers."""
        while True:
            channel, header, parent, _, content, buffers = self.arrived.get(timeout=30)
            if parent.get("msg_id") == request:
                return channel, header["msg_type"], content, buffers

    def finish(self, request):
        """What the request caused, as pairs; text in pieces is made whole."""
        heard, missing = [], {"reply", "idle"}
        while missing:
            channel, kind, content, _ = self.next(request)
            if channel != IOPUB:
                missing.discard("reply")
            elif kind == "stream":
                name, text = content["name"], content["text"]
                heard.append((name, heard.pop()[1] + text if heard and heard[-1][0] == name else text))
            elif kind == "error":
                heard.append((kind, content["ename"]))
            elif "data" in content:
                heard.append((kind, content["data"].get("text/plain")))
            elif content.get("execution_state") == "idle":
                missing.discard("idle")
        return heard

    def run(self, code):
        return self.finish(self.begin(code))

    def await_text(self, request, text):
        while True:
            _, kind, content, _ = self.next(request)
            if kind == "stream" and text in content["text"]:
                return

    def close(self):
        self.listening.close()
        self.kernel.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("kernels"), over_sockets=True)
    yield server
    assert server.close() == 0


@pytest.fixture
def engine(server):
    engine = Engine(server, f"kernel-{uuid.uuid4().hex[:8]}")
    yield engine
    server.request(op="signal", id=engine.name, signal=signal.SIGKILL)
    assert server.event()["event"] == "exit"
    engine.close()


WHO = """
import os
kernel = get_ipython().kernel
assert kernel.session.pid == os.getpid() and kernel.session is get_ipython().displayhook.session
assert get_ipython().displayhook.topic == f"kernel.{kernel.ident}.execute_result".encode()
print(kernel.ident, kernel.session.session, kernel.session.bsession.decode())
"""


def test_kernels_are_of_one_make_and_not_one_kernel(server, engine):
    (_, first), = engine.run(WHO)
    other = Engine(server, "other")
    (_, second), = other.run(WHO)
    server.request(op="signal", id="other", signal=signal.SIGKILL)
    assert server.event()["event"] == "exit"
    other.close()
    assert not set(first.split()) & set(second.split())


def test_a_server_for_sockets_makes_no_other_kernels(server):
    _, _, answer = server.spawn()
    assert answer["event"] == "failed"
    assert "another transport" in answer["error"]


def test_outputs_keep_their_order(engine):
    code = "import sys\nprint('a'); print('b', file=sys.stderr); display(1); print('c', end='')\n2"
    expected = [("stdout", "a\n"), ("stderr", "b\n"), ("display_data", "1"), ("stdout", "c"), ("execute_result", "2")]
    assert engine.run(code) == expected


def test_what_programs_write_belongs_to_the_cell(engine):
    heard = engine.run("import os\nprint('a')\n_ = os.system('echo b; echo c >&2')")
    assert heard == [("stdout", "a\nb\n"), ("stderr", "c\n")]
    assert engine.run("_ = os.write(1, b'x' * 60000)") == [("stdout", "x" * 60000)]


def test_threads_and_tasks_speak_for_their_cell(engine):
    thread = "import threading\nt = threading.Thread(target=print, args=['t'])\nt.start(); t.join()"
    assert engine.run(thread) == [("stdout", "t\n")]
    late = "import asyncio\nasync def late():\n    await asyncio.sleep(0.5)\n    print('late')\n"
    request = engine.begin(late + "task = asyncio.create_task(late())")
    assert engine.finish(request) == []
    engine.await_text(request, "late")


def test_what_is_not_flushed_is_heard_soon(engine):
    request = engine.begin("import time\nprint('now')\ntime.sleep(30)")
    started = time.monotonic()
    engine.await_text(request, "now")
    assert time.monotonic() - started < 10


def test_a_fork_is_heard_before_its_parent_goes_on(engine):
    # Python 3.12 and newer warn of forks beside threads.
    engine.run("import warnings; warnings.simplefilter('ignore')")
    code = "import os\nif not (pid := os.fork()):\n    print('child'); os._exit(0)\n"
    assert engine.run(code + "_ = os.waitpid(pid, 0)\nprint('parent')") == [("stdout", "child\nparent\n")]
    code = "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n"
    ((_, text),) = engine.run(code + "    pool.map(print, 'ab')\nprint('c')")
    assert sorted(text) == sorted("a\nb\nc\n") and text.endswith("c\n")


def test_an_interrupt_by_message_comes_through(engine):
    request = engine.begin("import time\nprint('go', flush=True)\nwhile True:\n    time.sleep(0.1)")
    engine.await_text(request, "go")
    # Not to be lost just before a long sleep begins: Python would notice it only after that.
    engine.send(CONTROL, "interrupt_request", {})
    assert engine.finish(request) == [("error", "KeyboardInterrupt")]


def test_interrupts_in_a_flood_break_no_message(engine):
    for _ in range(5):
        request = engine.begin("n = 0\nwhile True:\n    n += 1; print(n, 'x' * 90000, flush=True)")
        engine.await_text(request, "20 x")
        engine.server.request(op="signal", id=engine.name, signal=signal.SIGINT)
        *streams, error = engine.finish(request)
        assert error == ("error", "KeyboardInterrupt")
        numbers = [int(word) for _, text in streams for word in text.split() if word.isdigit()]
        assert numbers == list(range(21, 21 + len(numbers)))
    assert engine.run("1") == [("execute_result", "1")]


def test_signal_handlers_may_print(engine):
    code = """
        import signal, sys
        count = 0
        def note(*_):
            global count
            count += 1
            print("alarm", file=sys.stderr, flush=True)
        signal.signal(signal.SIGALRM, note)
        signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)
        for i in range(3000):
            print(i, flush=True)
        signal.setitimer(signal.ITIMER_REAL, 0)
        """
    heard = engine.run("if 1:" + code)
    assert "".join(text for name, text in heard if name == "stdout") == "".join(f"{i}\n" for i in range(3000))
    alarms = "".join(text for name, text in heard if name == "stderr")
    assert engine.run(f"count == {alarms.count('alarm')} > 0") == [("execute_result", "True")]


def test_large_messages_and_buffers_are_whole(engine):
    assert [len(text) for _, text in engine.run("print('ü' * 25_000_000)")] == [25_000_001]
    engine.run(
        "from ipykernel.comm import Comm\ncomm = Comm('target')\n"
        "comm.on_msg(lambda m: comm.send({'n': len(m['buffers'])}, buffers=[bytes(b) for b in m['buffers']]))"
    )
    request = engine.begin("print(comm.comm_id, end='')")
    ((_, comm_id),) = engine.finish(request)
    many = [b"ab" * 50_000, b"", *([b"c"] * 1500)]
    request = engine.send(SHELL, "comm_msg", {"comm_id": comm_id, "data": {}}, many)
    while True:
        _, kind, content, buffers = engine.next(request)
        if kind == "comm_msg":
            break
    assert content["data"] == {"n": len(many)}
    assert buffers == many


def test_a_shutdown_comes_through_and_exit_hooks_are_run(server):
    engine = Engine(server, "to-shut-down")
    engine.run("import atexit\n_ = atexit.register(lambda: open('hook', 'w').close())")
    request = engine.begin("import time\nfor i in range(600):\n    time.sleep(0.1)\n    print(i, flush=True)")
    engine.await_text(request, "0")
    shutdown = engine.send(CONTROL, "shutdown_request", {"restart": False})
    assert engine.next(shutdown)[1] == "status"
    server.request(op="signal", id=engine.name, signal=signal.SIGINT)
    event = server.event()
    assert (event["event"], event["code"]) == ("exit", 0)
    assert (server.folder / "hook").exists()
    engine.close()


def test_a_kernel_that_nobody_hears_goes_on(server):
    engine = Engine(server, "unheard")
    code = "import time\nprint('go', flush=True)\ntime.sleep(1)\nfor i in range(99):\n    print(i, flush=True)\n"
    request = engine.begin(code + "open('end', 'w').close()")
    engine.await_text(request, "go")
    engine.kernel.shutdown(socket.SHUT_RDWR)
    engine.close()
    deadline = time.monotonic() + 30
    while not (server.folder / "end").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (server.folder / "end").exists()
    server.request(op="signal", id=engine.name, signal=signal.SIGKILL)
    assert server.event()["signal"] == signal.SIGKILL
