"""The far side of the Jupyter protocol, with faults on demand: a kernel that does what a cell's text says.

    fake_kernel.py CONNECTION_FILE [--mute] [--forgetful] [--silent] [--reserved] [--fated] [--slots N]

With --slots it is one of at most N that live at once in its working directory: one too many leaves the file too-many.
With --fated the file fates.json there says how it ends, see Fate.
A cell is a line of words, the first of which is a method of Behaviour below; any other cell is answered as if it had run
and printed its own text. The sockets are real ZeroMQ sockets, the process is a real process.
"""

import datetime
import fcntl
import hashlib
import hmac
import json
import os
import signal
import sys
import time
import uuid
from random import Random

import zmq


class Wire:
    def __init__(self, connection_file):
        with open(connection_file) as file:
            self.info = json.load(file)
        self.key = self.info["key"].encode()
        self.session = uuid.uuid4().hex
        self.context = context = zmq.Context()
        self.shell = self.bind(context, zmq.ROUTER, "shell_port")
        self.control = self.bind(context, zmq.ROUTER, "control_port")
        self.iopub = self.bind(context, zmq.PUB, "iopub_port")

    def close(self):
        """Waits until what was sent is on its way."""
        self.context.destroy()

    def bind(self, context, kind, port):
        socket = context.socket(kind)
        socket.linger = 1000
        socket.set_hwm(0)
        socket.bind(f"tcp://{self.info['ip']}:{self.info[port]}")
        return socket

    def receive(self, socket):
        """The next message, or None, as in IPython, if it is of an engine that takes our port for that of a kernel of its own."""
        frames = socket.recv_multipart()
        at = frames.index(b"<IDS|MSG>")
        identities, signature, parts = frames[:at], frames[at + 1], frames[at + 2 : at + 6]
        if not hmac.compare_digest(self.sign(parts), signature):
            print("dropped a message with a wrong signature", file=sys.stderr)
            return None
        header, _, _, content = map(json.loads, parts)
        return identities, header, content

    def sign(self, parts):
        mac = hmac.new(self.key, digestmod=hashlib.sha256)
        for part in parts:
            mac.update(part)
        return mac.hexdigest().encode()

    def frames(self, kind, parent, content, metadata=None):
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self.session,
            "username": "fake",
            "date": datetime.datetime.now(datetime.timezone.utc).isoformat(),
            "version": "5.3",
        }
        parts = [json.dumps(part).encode() for part in (header, parent, metadata or {}, content)]
        return [b"<IDS|MSG>", self.sign(parts), *parts]


def changed(part, random):
    """Bytes flipped, cut off, cut out or repeated."""
    part = bytearray(part)
    at, to = sorted(random.randrange(len(part) + 1) for _ in range(2))
    how = random.randrange(4)
    if how == 0:
        for _ in range(random.randrange(1, 4)):
            if part:
                part[random.randrange(len(part))] ^= 1 << random.randrange(8)
    elif how == 1:
        del part[at:]
    elif how == 2:
        del part[at:to]
    else:
        part[at:at] = part[at:to]
    return bytes(part)


class Fate:
    """How this attempt ends: fates.json has a list for the environment's WORD, whose last holds for all further attempts.

    Every attempt leaves lines in the file lives: its word, its number, what happened, and when in nanoseconds.
    """

    def __init__(self):
        self.word = os.environ["WORD"]
        with open("fates.json") as file:
            endings = json.load(file)[self.word]
        self.attempt = 1
        if os.path.exists("lives"):
            with open("lives") as file:
                self.attempt += sum(line.startswith(f"{self.word} ") and " begins " in line for line in file)
        self.ending = endings[min(self.attempt, len(endings)) - 1]
        self.note("begins")

    def note(self, event):
        with open("lives", "a") as file:
            file.write(f"{self.word} {self.attempt} {event} {time.monotonic_ns()}\n")


class Behaviour:
    """What a cell can ask for. Every method gets the request and the cell's further words."""

    def __init__(self, wire, fate=None):
        self.wire = wire
        self.its_fate = fate
        self.count = 0

    def publish(self, request, kind, content):
        self.wire.iopub.send_multipart([kind.encode(), *self.wire.frames(kind, request["header"], content)])

    def status(self, request, state):
        self.publish(request, "status", {"execution_state": state})

    def reply(self, request, content, kind="execute_reply"):
        frames = self.wire.frames(kind, request["header"], content)
        request["socket"].send_multipart([*request["identities"], *frames])

    def ok(self, request):
        self.reply(request, {"status": "ok", "execution_count": self.count})

    def stream(self, request, text, name="stdout"):
        self.publish(request, "stream", {"name": name, "text": text})

    def result(self, request, text):
        content = {"execution_count": self.count, "data": {"text/plain": text}, "metadata": {}}
        self.publish(request, "execute_result", content)

    # Faults.

    def late_idle(self, request, seconds):
        self.ok(request)
        time.sleep(float(seconds))
        self.status(request, "idle")

    def no_idle(self, request):
        self.ok(request)

    def idle_before_reply(self, request):
        self.status(request, "idle")
        time.sleep(0.05)
        self.ok(request)

    def late_output(self, request, seconds):
        """Output that comes long after the reply, as 50 MB of it may on a busy machine."""
        self.status({"header": {}}, "starting")
        self.ok(request)
        time.sleep(float(seconds))
        self.stream(request, "late")
        self.status(request, "idle")

    def reply_before_input(self, request):
        """With another count in the reply, as from a cell that changes its kernel's."""
        self.reply(request, {"status": "ok", "execution_count": 9})
        time.sleep(0.05)
        self.publish(request, "execute_input", {"code": "", "execution_count": 1})
        self.status(request, "idle")

    def idle_before_result(self, request):
        self.ok(request)
        self.status(request, "idle")
        time.sleep(0.01)
        self.result(request, "late")

    def no_status(self, request):
        self.reply(request, {"execution_count": self.count})
        self.status(request, "idle")

    def no_status_but_error(self, request):
        self.publish(request, "error", {"ename": "Oops", "evalue": "said by an output only", "traceback": []})
        self.reply(request, {"execution_count": self.count})
        self.status(request, "idle")

    def abort(self, request):
        self.reply(request, {"status": "abort"})
        self.status(request, "idle")

    def error(self, request, ename, evalue=""):
        content = {"ename": ename, "evalue": evalue, "traceback": [f"{ename}: {evalue}"]}
        self.publish(request, "error", content)
        self.reply(request, {"status": "error", "execution_count": self.count, **content})
        self.status(request, "idle")

    def wrong_signature(self, request):
        frames = self.wire.frames("stream", request["header"], {"name": "stdout", "text": "forged"})
        frames[1] = b"0" * 64
        self.wire.iopub.send_multipart([b"stream", *frames])
        self.finish(request)

    def garbage(self, request):
        for frames in (
            [b"garbage"],
            [b""],
            [b"<IDS|MSG>"],
            [b"<IDS|MSG>", b"", b"{}", b"{}", b"{}"],
            [b"\xff" * 100, b"<IDS|MSG>", self.wire.sign([b"{", b"{}", b"{}", b"{}"]), b"{", b"{}", b"{}", b"{}"],
            [b"x", b"<IDS|MSG>", self.wire.sign([b"[]", b"3", b"null", b'""']), b"[]", b"3", b"null", b'""'],
        ):
            self.wire.iopub.send_multipart(frames)
        self.finish(request)

    def odd_contents(self, request):
        """Well signed, but with fields missing or of the wrong type."""
        for kind, content in (
            ("clear_output", {"wait": "perhaps"}),
            ("stream", {}),
            ("stream", {"name": 3, "text": ["a"]}),
            ("display_data", {}),
            ("display_data", {"data": "text", "metadata": 1, "transient": None}),
            ("execute_result", {"data": {"text/plain": "kept"}, "execution_count": "seven"}),
            ("error", {"traceback": "not a list"}),
            ("display_data", {"data": {"text/plain": "shown"}, "metadata": {}, "transient": {"display_id": "d"}}),
            ("update_display_data", {"transient": {"display_id": "d"}}),
            ("update_display_data", {"data": 7, "transient": {"display_id": "d"}}),
            ("status", {}),
            ("no_such_type", {"a": 1}),
            ("", {}),
        ):
            self.publish(request, kind, content)
        self.finish(request)

    def mutated(self, request, seed, messages):
        """Output messages with changed bytes, half of them signed again; what follows them is in order."""
        random = Random(int(seed))
        for _ in range(int(messages)):
            kind, content = random.choice(
                [
                    ("stream", {"name": "stdout", "text": "changed \u00e9\n"}),
                    ("display_data", {"data": {"text/plain": "d"}, "metadata": {}, "transient": {"display_id": "i"}}),
                    ("update_display_data", {"data": {"text/plain": "u"}, "metadata": {}, "transient": {"display_id": "i"}}),
                    ("execute_result", {"data": {"text/html": "<b>"}, "metadata": {}, "execution_count": 12}),
                    ("error", {"ename": "E", "evalue": "v", "traceback": ["t", "u"]}),
                    ("clear_output", {"wait": False}),
                    ("comm_open", {"comm_id": "c", "target_name": "t", "data": {}}),
                ]
            )
            frames = self.wire.frames(kind, request["header"], content)
            part = random.randrange(2, 6)
            frames[part] = changed(frames[part], random)
            if random.random() < 0.5:
                frames[1] = self.wire.sign(frames[2:6])
            self.wire.iopub.send_multipart([kind.encode(), *frames])
        self.stream(request, "in order", "stderr")
        self.finish(request)

    def reply_of_others(self, request):
        """The reply says that it answers another request."""
        self.reply({**request, "header": {**request["header"], "msg_id": "another"}}, {"status": "ok"})
        self.status(request, "idle")

    def reply_no_json(self, request):
        frames = self.wire.frames("execute_reply", request["header"], {"status": "ok"})
        frames[5] = frames[5][:-1]
        frames[1] = self.wire.sign(frames[2:6])
        request["socket"].send_multipart([*request["identities"], *frames])
        self.status(request, "idle")

    def stray(self, request):
        self.stream({"header": {"msg_id": "somebody else's"}}, "not yours")
        self.stream({"header": {}}, "nobody's")
        self.finish(request)

    def die(self, request, number):
        self.stream(request, "last words")
        time.sleep(0.05)
        os.kill(os.getpid(), int(number))

    def leave(self, request, code):
        self.stream(request, "last words")
        time.sleep(0.05)
        os._exit(int(code))

    def finish_and_leave(self, request, seconds):
        """Dies after the cell is over, before anybody asks for the next one."""
        self.finish(request)
        time.sleep(float(seconds))
        self.wire.close()
        os._exit(3)

    def reply_and_leave(self, request):
        """Dies between the reply and the idle status."""
        self.ok(request)
        self.wire.close()
        os._exit(3)

    def flood(self, request, messages):
        for i in range(int(messages)):
            self.stream(request, f"line {i}\n")
        self.finish(request)

    def sleep(self, request, seconds):
        """Can be interrupted; answers ok even then, as Octave's kernel does."""
        try:
            time.sleep(float(seconds))
        except KeyboardInterrupt:
            pass
        self.finish(request)

    def sleep_deaf(self, request, seconds):
        """Ignores interrupts."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        time.sleep(float(seconds))
        self.finish(request)

    def sleep_immortal(self, request, seconds):
        """Ignores interrupts and SIGTERM."""
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self.sleep_deaf(request, seconds)

    def note(self, request):
        """Appends the environment's WORD to the file executions, so that one too many is seen."""
        with open("executions", "a") as file:
            file.write(os.environ["WORD"] + "\n")
        self.finish(request)

    def fate(self, request):
        """What is left of its fate once it has started; a success records a value."""
        fate = self.its_fate
        fate.note("ends")
        if fate.ending == "SUCCESS":
            scrap = {"name": "value", "data": f"of {fate.word}", "encoder": "json", "version": 1}
            data = {"application/scrapbook.scrap.json+json": scrap}
            self.publish(request, "display_data", {"data": data, "metadata": {}})
            self.finish(request)
        elif fate.ending == "CONNECTION_ERROR":
            self.error(request, "ConnectionError")
        elif fate.ending == "VALUE_ERROR":
            self.error(request, "ValueError")
        elif fate.ending == "TIMEOUT":
            self.sleep_abort(request, 60)
        elif fate.ending == "LEFT_BY_ITSELF":
            self.leave(request, 3)
        elif fate.ending == "KILLED_BY_SIGNAL":
            self.die(request, signal.SIGSEGV)
        else:
            raise ValueError(fate.ending)

    def sleep_abort(self, request, seconds):
        """Answers abort when interrupted, as IRkernel and Bash's kernel do."""
        try:
            time.sleep(float(seconds))
            self.finish(request)
        except KeyboardInterrupt:
            self.abort(request)

    def sleep_fragile(self, request, seconds):
        """An interrupt kills the kernel, as it does Deno's."""
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        time.sleep(float(seconds))
        self.finish(request)

    def sleep_or_leave(self, request, seconds):
        """An interrupt ends the kernel, which calls that a success, as xeus-python does."""
        signal.signal(signal.SIGINT, lambda number, frame: os._exit(0))
        time.sleep(float(seconds))
        self.finish(request)

    def sleep_until_message(self, request, seconds):
        """Is interrupted by a message and by no signal, and answers abort then, as Kotlin's kernel does."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        if not self.wire.control.poll(float(seconds) * 1000):
            self.finish(request)
            return
        identities, header, _ = self.wire.receive(self.wire.control)
        interrupt = {"header": header, "identities": identities, "socket": self.wire.control}
        self.reply(interrupt, {"status": "ok"}, header["msg_type"].replace("request", "reply"))
        self.abort(request)

    def error_without_name(self, request):
        """Prints what is wrong and does not say it in the reply, as tslab does."""
        self.stream(request, "Error: no\n", "stderr")
        self.reply(request, {"status": "error", "execution_count": self.count})
        self.status(request, "idle")

    def finish(self, request):
        self.ok(request)
        self.status(request, "idle")

    def execute(self, request, code):
        self.count += 1
        self.status(request, "busy")
        self.publish(request, "execute_input", {"code": code, "execution_count": self.count})
        words = code.split()
        method = getattr(self, words[0], None) if words else None
        if method is None:
            self.stream(request, code)
            self.finish(request)
        else:
            method(request, *words[1:])


def take_slot(slots):
    """Locks are given back by the operating system, however the process ends."""
    for slot in range(slots):
        file = open(f"slot-{slot}", "w")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file
        except OSError:
            file.close()
    open("too-many", "w").close()


def main():
    # Kept, as its end would give the lock back.
    slot = take_slot(int(sys.argv[-1])) if "--slots" in sys.argv else None  # noqa: F841
    fate = Fate() if "--fated" in sys.argv else None
    if fate and fate.ending == "NO_START":
        sys.exit("it is not to start")
    try:
        wire = Wire(sys.argv[1])
    except zmq.ZMQError as e:
        sys.exit(str(e))
    if "--mute" in sys.argv:
        time.sleep(3600)
    if "--forgetful" in sys.argv:
        wire.receive(wire.shell)
    behaviour = Behaviour(wire, fate)
    poller = zmq.Poller()
    poller.register(wire.shell, zmq.POLLIN)
    poller.register(wire.control, zmq.POLLIN)
    while True:
        for socket, _ in poller.poll():
            message = wire.receive(socket)
            if message is None:
                continue
            identities, header, content = message
            request = {"header": header, "identities": identities, "socket": socket}
            if header["msg_type"] == "kernel_info_request":
                silent = "--silent" in sys.argv
                if not silent:
                    behaviour.status(request, "busy")
                info = {
                    "status": "ok",
                    "protocol_version": "5.3",
                    "implementation": "fake",
                    "implementation_version": "1",
                    "language_info": {"name": "fake", "version": "1", "file_extension": ".fake"},
                }
                if "--reserved" in sys.argv:
                    del info["language_info"]
                behaviour.reply(request, info, "kernel_info_reply")
                if not silent:
                    behaviour.status(request, "idle")
            elif header["msg_type"] == "shutdown_request":
                behaviour.reply(request, {"status": "ok", "restart": False}, "shutdown_reply")
                return
            elif header["msg_type"] == "execute_request":
                behaviour.execute(request, content["code"])


if __name__ == "__main__":
    main()
