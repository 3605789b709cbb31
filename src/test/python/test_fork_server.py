"""Tests of the fork server with real processes: pytest src/test/python"""

import contextlib
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time

import pytest
from jupyter_client import BlockingKernelClient

FOLDER = pathlib.Path(__file__).parents[2] / "main/resources/io/camelnotebook/kernel"
PLAIN = ["-f", "connection.json", "--HistoryManager.hist_file=:memory:"]


class Server:
    """A fork server and the kernels it forks."""

    def __init__(self, folder, modules=(), without=None, arguments=PLAIN, env=None, idle=300, python=sys.executable, over_sockets=False):
        self.folder, self.python, self.kernels = folder, python, 0
        self.environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "CAMEL_NOTEBOOK_KERNEL": "-" * 64, **(env or {})}
        order = {"arguments": arguments, "modules": list(modules), "without": without or {}, "idle": idle}
        order["socket"] = over_sockets
        self.process = subprocess.Popen(
            [python, str(FOLDER / "fork_server.py"), json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self.environment,
        )
        self.said = []
        self.up = self.event()

    def event(self):
        """The next event; None when the server has ended."""
        for line in self.process.stdout:
            if line.startswith(b'{"event"'):
                return json.loads(line)
            self.said.append(line.decode())
        return None

    def request(self, **request):
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def spawn(self, cwd=None, **variables):
        """Asks for a kernel; returns its id, its connection file, and what the server answers."""
        self.kernels += 1
        name = f"k{self.kernels}"
        connection = self.folder / f"{name}.json"
        connection.write_text(json.dumps(connection_info()))
        self.request(
            op="spawn",
            id=name,
            argv=[self.python, "-m", "ipykernel_launcher", "-f", str(connection), PLAIN[-1]],
            env={**self.environment, "JPY_PARENT_PID": str(self.process.pid), **variables},
            cwd=str(cwd or self.folder),
            log=str(self.folder / f"{name}.log"),
        )
        return name, connection, self.event()

    @contextlib.contextmanager
    def kernel(self, cwd=None, **variables):
        """A kernel that answers, as a function from code to what it prints."""
        name, connection, answer = self.spawn(cwd, **variables)
        assert answer["event"] == "spawned", answer
        client = BlockingKernelClient(connection_file=str(connection))
        client.load_connection_file()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=30)
            yield lambda code: printed(client, code)
            client.shutdown()
            event = self.end_of(name)
            assert event.get("code") == 0, event
        finally:
            client.stop_channels()

    def end_of(self, name):
        """How a kernel ended that was asked to. One that hangs is killed, so that a test fails and does not hang as well."""
        killer = threading.Timer(10, lambda: self.request(op="signal", id=name, signal=int(signal.SIGKILL)))
        killer.start()
        try:
            return self.event()
        finally:
            killer.cancel()

    def close(self):
        if not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            return self.process.wait(20)
        finally:
            self.process.kill()
            self.process.stdout.close()


def connection_info():
    sockets = [socket.socket() for _ in range(5)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    channels = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
    common = {"transport": "tcp", "ip": "127.0.0.1", "key": "secret", "signature_scheme": "hmac-sha256"}
    return {**common, **dict(zip(channels, ports))}


def printed(client, code):
    text = []

    def output(message):
        content = message["content"]
        text.append(content.get("text") or "\n".join(content.get("traceback", [])))

    client.execute_interactive(code, timeout=30, allow_stdin=False, output_hook=output)
    return "".join(text).strip()


@pytest.fixture
def serve(tmp_path):
    """Starts fork servers, and ends them."""
    servers = []

    def start(**options):
        servers.append(Server(tmp_path, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def library(tmp_path, monkeypatch):
    """Writes a module of that source where installed libraries are, as far as the server can tell; returns its name."""
    folder = tmp_path / "user-site"
    monkeypatch.setenv("PYTHONUSERBASE", str(folder))
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site = folder / "lib" / version / "site-packages"
    site.mkdir(parents=True)
    # A virtual environment has no user site, so the folder must also be on the path.
    monkeypatch.setenv("PYTHONPATH", str(site))

    def write(source, name="a_library"):
        (site / f"{name}.py").write_text(source)
        return name

    return write


def test_a_fork_is_a_kernel(serve):
    server = serve()
    with server.kernel() as run:
        assert run("print(6 * 7)") == "42"
        assert run("import sys; print(sys.argv[0].endswith('ipykernel_launcher.py'), '' in sys.path)") == "True True"


def test_modules_are_loaded_before_the_kernel_asks_for_them(serve):
    server = serve(modules=["pandas", "matplotlib.pyplot"])
    assert server.up["refused"] == {}
    with server.kernel() as run:
        assert run("import sys; print('pandas' in sys.modules, 'matplotlib.pyplot' in sys.modules)") == "True True"
        assert run("import matplotlib.pyplot as plt; print(plt.get_backend(), plt.get_fignums())").endswith("inline []")


def test_two_forks_do_not_share_their_random_numbers(serve):
    server = serve(modules=["numpy", "uuid", "multiprocessing"])
    question = (
        "import multiprocessing, numpy, random, secrets, tempfile, uuid\n"
        "print(random.random(), numpy.random.random(), numpy.random.default_rng().random(), secrets.token_hex(),"
        " uuid.uuid4(), uuid.uuid1().time, tempfile.mktemp(), multiprocessing.current_process().authkey.hex())"
    )
    answers = []
    for _ in range(2):
        with server.kernel() as run:
            answers.append(run(question).split())
    assert len(answers[0]) == 8
    assert [a for a, b in zip(*answers) if a == b] == []


def test_a_module_that_prints_when_it_is_imported_is_left_to_the_notebook(serve, library):
    server = serve(modules=[library("print('welcome')")])
    assert server.up["refused"] == {"a_library": "prints when it is imported"}
    with server.kernel() as run:
        assert run("import a_library") == "welcome"


def test_a_module_that_warns_its_importer_is_left_to_the_notebook(serve, library):
    name = library("import warnings; warnings.warn('old', DeprecationWarning, stacklevel=2)")
    assert list(serve(modules=[name]).up["refused"]) == [name]


def test_a_module_that_starts_a_thread_is_left_to_the_notebook_and_the_others_are_loaded(serve, library):
    name = library("import threading, time; threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()")
    server = serve(modules=[name, "wave"])
    assert server.up["refused"] == {name: "starts threads when it is imported"}
    with server.kernel() as run:
        assert run(f"import sys; print({name!r} in sys.modules, 'wave' in sys.modules)") == "False True"


@pytest.mark.parametrize(
    "source, reason",
    [
        ("import signal; signal.signal(signal.SIGUSR1, lambda *_: None)", "handles signals"),
        ("import os; opened = os.open('/dev/zero', os.O_RDONLY)", "keeps files open"),
        ("import subprocess; child = subprocess.Popen(['sleep', '1000'])", "starts processes"),
    ],
)
def test_a_module_that_does_more_than_a_fork_can_hand_on_is_left_to_the_notebook(serve, library, source, reason):
    assert serve(modules=[library(source)]).up["refused"] == {"a_library": f"{reason} when it is imported"}


def test_a_stream_that_a_module_keeps_is_that_of_the_kernel(serve, library):
    name = library("import logging; logging.getLogger('a').addHandler(logging.StreamHandler())")
    server = serve(modules=[name])
    assert server.up["refused"] == {}
    with server.kernel() as run:
        assert run(f"import {name}, logging, sys; logging.getLogger('a').warning('logged')") == "logged"


@pytest.mark.parametrize("source", ["raise ValueError('broken')", "import sys; sys.exit(3)"])
def test_a_module_that_cannot_be_imported_fails_in_the_notebook_only(serve, library, source):
    name = library(source)
    with serve(modules=[name, "no_such_module"]).kernel() as run:
        assert ("ValueError: broken" if "Value" in source else "SystemExit: 3") in plain(run(f"import {name}"))


def plain(text):
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_what_a_module_sets_in_the_environment_reaches_the_kernel(serve, library):
    server = serve(modules=[library("import os; os.environ['SET_BY_LIBRARY'] = '1'")])
    with server.kernel(OF_THE_JOB="2") as run:
        assert run("import os; print(os.environ['SET_BY_LIBRARY'], os.environ['OF_THE_JOB'])") == "1 2"


def test_a_kernel_for_which_a_library_would_have_read_another_variable_is_not_forked(serve, library):
    server = serve(modules=[library("import os; level = os.environ.get('LIBRARY_LEVEL')")])
    assert "LIBRARY_LEVEL" in server.up["reads"]
    _, _, answer = server.spawn(LIBRARY_LEVEL="5")
    assert answer["event"] == "failed"
    assert "the environment variable LIBRARY_LEVEL" in answer["error"]
    with server.kernel(ANOTHER="5") as run:
        assert run("1") == ""


def test_modules_of_the_user_are_not_loaded_and_hide_libraries_as_ever(serve, tmp_path, library):
    name = library("origin = 'library'")
    server = serve(modules=[name, "my_own"])
    own = tmp_path / "project"
    own.mkdir()
    (own / "my_own.py").write_text("origin = 'project'")
    with server.kernel(cwd=own) as run:
        assert run("import my_own; print(my_own.origin)") == "project"
    (own / "a_library.py").write_text("origin = 'project'")
    _, _, answer = server.spawn(cwd=own)
    assert answer["event"] == "failed"
    assert "a_library.py in the working directory" in answer["error"]


def test_modules_of_the_user_may_be_called_as_ours(serve, tmp_path):
    own = tmp_path / "project"
    own.mkdir()
    names = [path.stem for path in FOLDER.glob("*.py")]
    for name in names:
        (own / f"{name}.py").write_text("origin = 'project'")
    with serve().kernel(cwd=own) as run:
        assert run(f"import {', '.join(names)}; print({{module.origin for module in [{', '.join(names)}]}})") == "{'project'}"


def test_a_library_that_imports_a_module_of_the_user_is_left_to_the_notebook(serve, tmp_path, library, monkeypatch):
    name = library("import my_own")
    (tmp_path / "my_own.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ['PYTHONPATH']}")
    server = serve(modules=[name])
    assert server.up["refused"] == {name: "imports my_own, which was not installed"}


def test_an_error_in_a_cell_has_no_context_of_ours(serve):
    with serve().kernel() as run:
        traceback = plain(run("1 / 0"))
    assert "ZeroDivisionError" in traceback
    assert "fork_server" not in traceback
    assert "During handling" not in traceback


def test_hooks_for_the_exit_run_in_the_kernel_and_not_in_the_server(serve, tmp_path):
    server = serve()
    code = "import atexit, os; atexit.register(lambda: open('exits', 'a').write(f'{os.getpid()} '))"
    with server.kernel() as run:
        run(code)
        pid = run("import os; print(os.getpid())")
    assert (tmp_path / "exits").read_text() == f"{pid} "
    assert server.close() == 0
    assert (tmp_path / "exits").read_text() == f"{pid} "


def test_a_working_directory_that_is_not_there_fails_one_kernel_only(serve, tmp_path):
    server = serve()
    _, _, answer = server.spawn(cwd=tmp_path / "nowhere")
    assert answer["event"] == "failed"
    assert "cannot enter the working directory" in answer["error"]
    with server.kernel() as run:
        assert run("print(1)") == "1"


def test_the_time_zone_is_that_of_the_kernel(serve):
    server = serve(env={"TZ": "UTC"})
    with server.kernel(TZ="Asia/Tokyo") as run:
        assert run("import time; print(time.strftime('%z'))") == "+0900"


def test_a_kernel_that_is_killed_is_told_at_once(serve):
    server = serve()
    name, _, answer = server.spawn()
    os.kill(answer["pid"], signal.SIGKILL)
    assert server.event()["signal"] == signal.SIGKILL


def test_a_fork_of_a_kernel_that_outlives_it_ends_while_other_kernels_go_on(serve):
    server = serve()
    with server.kernel() as other:
        with server.kernel() as run:
            orphan = int(run(MAKE_ORPHAN))
            mark = pathlib.Path(f"/proc/{orphan}/environ").read_bytes()
            assert f"CAMEL_NOTEBOOK_KERNEL={server.up['mark']}.k2\0".encode() in mark
        deadline = time.monotonic() + 20
        while pathlib.Path(f"/proc/{orphan}").exists():
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert other("print(1)") == "1"


MAKE_ORPHAN = """
import os, time, warnings
warnings.simplefilter("ignore")  # of forks beside threads, from Python 3.12 on
reader, writer = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.write(writer, str(os.getpid()).encode())
        time.sleep(1000)
    os._exit(0)
print(os.read(reader, 20).decode())
"""


def test_the_server_ends_with_its_input_and_takes_its_kernels_along(serve):
    server = serve()
    _, _, answer = server.spawn()
    assert server.close() == 0
    with pytest.raises(ProcessLookupError):
        os.kill(answer["pid"], 0)


def test_an_idle_server_ends(serve):
    server = serve(idle=1)
    assert server.event() is None
    assert server.process.wait(10) == 0


def test_a_retired_server_ends_with_its_last_kernel(serve):
    server = serve()
    with server.kernel() as run:
        server.request(op="retire")
        assert run("print(1)") == "1"
    assert server.event() is None


def test_a_configuration_with_a_kernel_of_its_own_is_not_forked(serve):
    server = serve(arguments=[*PLAIN, "--IPKernelApp.kernel_class=ipykernel.inprocess.ipkernel.InProcessKernel"])
    assert server.up is None
    assert "of another class" in "".join(server.said)


def test_a_module_that_is_not_installed_is_named(serve):
    assert serve(modules=["nowhere_to_be_found", "json"]).up["refused"] == {
        "nowhere_to_be_found": "is not installed where libraries are"
    }


def test_what_the_notebook_made_is_let_go_at_the_exit(serve, tmp_path):
    (tmp_path / "own.py").write_text(
        "class Held:\n    def __del__(self, open=open):\n        open('collected', 'w').close()\nheld = Held()\n"
        "kept = open('of_a_module', 'w')\nkept.write('all')"
    )
    with serve().kernel() as run:
        run("import own, json; json.kept = open('of_a_library', 'w'); _ = json.kept.write('all')")
        run("cycle = [open('of_a_cycle', 'w')]; cycle.append(cycle); _ = cycle[0].write('all')")
    assert (tmp_path / "collected").exists()
    assert [(tmp_path / f"of_a_{place}").read_text() for place in ("module", "library", "cycle")] == ["all"] * 3


def test_an_error_in_a_cell_keeps_no_file_from_being_written(serve, tmp_path):
    with serve().kernel() as run:
        run("def fail():\n    kept = open('of_a_frame', 'w')\n    kept.write('all')\n    1 / 0\nfail()")
    assert (tmp_path / "of_a_frame").read_text() == "all"
