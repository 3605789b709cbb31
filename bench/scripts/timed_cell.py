"""Runs cells in a kernel and times the last one. timed_cell.py CELLS.json RESULT.json"""

import json
import sys

from jupyter_client.manager import start_new_kernel

TIMED = """
import json as _json, time as _time
_begun = _time.perf_counter()
{cell}
_seconds = _time.perf_counter() - _begun
with open({result!r}, "w") as _file:
    _json.dump({{"seconds": _seconds, "sum": sum(results), "count": len(results)}}, _file)
"""


def main(cells_file, result):
    with open(cells_file) as file:
        *before, last = json.load(file)
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        for cell in [*before, TIMED.format(cell=last, result=result)]:
            reply = client.execute_interactive(cell, allow_stdin=False)["content"]
            if reply["status"] != "ok":
                sys.exit("\n".join(reply["traceback"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


if __name__ == "__main__":
    main(*sys.argv[1:])
