"""With this on its path, `python -m ipykernel_launcher` imports what a kernel needs and then waits, before its first line.

For each order that it reads, one line of JSON, it forks; the fork goes on as a kernel, with the arguments, the environment
and the working directory of the order. Answers with the fork's process id.
"""

import json
import os
import signal
import sys


def serve():
    """Returns in each fork; ends with the orders."""
    sys.path.remove(os.path.dirname(__file__))
    # Both read and set when they are imported.
    os.environ["JPY_PARENT_PID"] = str(os.getpid())
    before = dict(os.environ)
    import ipykernel.debugger  # noqa: F401
    import ipykernel.kernelapp  # noqa: F401

    made = {name: value for name, value in os.environ.items() if before.get(name) != value}
    # Nobody waits for the forks.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    nothing, writer = os.pipe()
    os.close(writer)
    orders, answers = os.fdopen(os.dup(0), "rb"), os.dup(1)
    os.dup2(2, 1)
    for line in orders:
        if os.fork():
            continue
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        # Only now may it be signalled as a group.
        os.write(answers, b"%d\n" % os.getpid())
        os.dup2(nothing, 0)
        os.closerange(3, max(map(int, os.listdir("/proc/self/fd"))) + 1)
        order = json.loads(line)
        os.chdir(order["cwd"])
        os.environ.clear()
        os.environ.update(order["env"], **made)
        sys.argv[1:] = order["arguments"]
        return
    os._exit(0)


serve()
