"""Kernels for jupyter_client that have imported ipykernel before they start: forks of one process that has.

Importing it is most of what a kernel's start costs, and is the same for all. Nothing else is shared: a fork begins where a
fresh kernel would begin to import it. See forking/sitecustomize.py.
"""

import json
import os
import pathlib
import select
import signal
import subprocess
import sys

KERNEL = ["-m", "ipykernel_launcher"]
FORKING = pathlib.Path(__file__).with_name("forking")


class Kernels:
    """The process that is forked; it ends with the one that made it."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, *KERNEL],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(FORKING)},
            start_new_session=True,
        )

    def launch(self, command, env=None, cwd=None, **_):
        """Stands in for jupyter_client's launch_kernel."""
        if command[1:3] != KERNEL:
            raise ValueError(f"only ipykernel can be forked, not {command}")
        environment = {**(os.environ if env is None else env), "JPY_PARENT_PID": str(self.process.pid)}
        order = {"arguments": command[3:], "env": environment, "cwd": cwd or os.getcwd()}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        return Fork(int(self.process.stdout.readline()))


class Fork:
    """What jupyter_client uses of a Popen. It knows that a kernel exited, not how."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid = pid
        self.handle = os.pidfd_open(pid)
        self.returncode = None

    def poll(self):
        return self.wait(0)

    def wait(self, timeout=None):
        if self.returncode is None and select.select([self.handle], [], [], timeout)[0]:
            os.close(self.handle)
            self.returncode = 1
        return self.returncode

    def send_signal(self, number):
        if self.poll() is None:
            signal.pidfd_send_signal(self.handle, number)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)
