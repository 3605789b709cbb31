"""Calls a function of a notebook for a chunk of the items of a job with a map; the engine executes it in its kernels.

A request is a JSON object:

    function   the name of the function in the notebook, perhaps with dots in it
    unpack     whether a list is its positional arguments, and a map its named ones
    first      the number of the first item among all of the job, from 0
    lines      where the items are: {"file": path, "from": byte, "to": byte}, each line that is not blank an item; or
    range      what they are: {"start": "0", "step": "1", "items": 500, "whole": true}, decimal numbers as text
    results    the path of the file for the results. It is there as a whole or not at all
    stop       whether the first item that fails is the last one
    seconds    after so long the items that are left are left to another chunk; none if it is null
    item_seconds  the most that one item may take; no limit if it is null

Each line of the results is an item, in their order: ``{"index": 3, "value": …}``, or ``{"index": 3, "error": {"ename": …,
"evalue": …, "traceback": […]}}``. What was done is told in an output with the type MIME_TYPE: the numbers of `items` and of
those that `failed`, the `seconds` they took, the `bytes` of the results, where the `next` item begins (a byte of the file;
without one, its number in the range), and with `stop` the `error` of the item that failed.
"""

import contextlib
import decimal
import difflib
import json
import math
import os
import signal
import time
import traceback

from camel_notebook import _to_json

MIME_TYPE = "application/x.camel-notebook.chunk+json"

# An error tells people what went wrong; a message may hold a whole table, and a million items may fail.
MOST_CHARACTERS = 10_000
MOST_LINES = 60

# An item that swallows the end of its time is told again.
SECONDS_BETWEEN_TELLING = 1.0


class ItemTimedOut(BaseException):
    """The time of an item is over. Not an Exception, which functions catch without thinking of this one."""


def run(request):
    """Calls the function for the items of a request, given as JSON, and displays what was done."""
    from IPython import get_ipython
    from IPython.display import display

    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        done = run_chunk(json.loads(request), get_ipython().user_ns)
    display({MIME_TYPE: done}, raw=True)


def run_chunk(request, namespace):
    """Calls the function for the items of a request, and returns what was done.

    Raises NameError or TypeError if the notebook has no such function, and OSError if files cannot be read or written.
    What the function raises is the item's error; but a KeyboardInterrupt ends it all, and leaves no results.
    """
    function = find(request["function"], namespace)
    items, decode = source(request)
    calls = Calls(unpacking(function) if request["unpack"] else function, decode, request.get("item_seconds"))
    limit = request.get("seconds")
    part = request["results"] + ".part"
    failed = 0
    error = None
    number = request["first"]
    start = time.perf_counter()
    try:
        with open(part, "wb") as results, contextlib.closing(items):
            for item, following in items:
                line, error = calls.line(number, item)
                results.write(line)
                number += 1
                failed += error is not None
                if error is not None and request["stop"]:
                    break
                if limit is not None and time.perf_counter() - start >= limit:
                    break
            else:
                following = request["lines"]["to"] if "lines" in request else request["range"]["items"]
            size = results.tell()
        os.replace(part, request["results"])
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.remove(part)
        raise
    return {
        "items": number - request["first"],
        "failed": failed,
        "seconds": time.perf_counter() - start,
        "bytes": size,
        "next": following,
        "error": error if request["stop"] else None,
    }


def find(name, namespace):
    """The function of that name, such as ``similarity`` or ``model.predict``."""
    first, *rest = name.split(".")
    if first not in namespace:
        near = difflib.get_close_matches(first, [other for other in namespace if not other.startswith("_")], 1)
        hint = f"did you mean {near[0]!r}?" if near else "define it in a cell tagged 'definitions', or tag none so"
        raise by_its_words(NameError(f"the notebook has no {first!r}: {hint}"))
    function = namespace[first]
    for attribute in rest:
        function = getattr(function, attribute)
    if not callable(function):
        kind = type(function).__qualname__
        raise by_its_words(TypeError(f"{name} is no function, but a value of the type {kind}"))
    return function


def by_its_words(error):
    """An error of whoever wrote the config file, to whom the lines of this one say nothing: IPython shows none of them."""
    error._render_traceback_ = lambda: [f"{type(error).__name__}: {error}"]
    return error


def source(request):
    """The items as they are written, each with where the one after it begins, and what makes an argument of one."""
    if "lines" in request:
        return lines(**request["lines"]), lambda line: json.loads(line.decode("utf-8"))
    whole = request["range"]["whole"]
    return numbers(**request["range"]), None if whole else float


def lines(file, to, **place):
    with open(file, "rb") as content:
        at = content.seek(place["from"])
        while at < to:
            line = content.readline()
            if not line:
                raise OSError(f"{file} has become shorter: it ends at byte {at}, and was read before to byte {to}")
            at += len(line)
            if line.strip():
                yield line, at


def numbers(start, step, items, whole):
    number = int if whole else decimal.Decimal
    first, by = number(start), number(step)
    for i in range(items):
        yield first + i * by, i + 1


def unpacking(function):
    def call(item):
        if isinstance(item, list):
            return function(*item)
        if isinstance(item, dict):
            return function(**item)
        return function(item)

    return call


class Calls:
    """A function, and how it is called for one item at a time."""

    def __init__(self, function, decode, seconds):
        self.call = function if decode is None else lambda item: function(decode(item))
        self.seconds = seconds
        # Compact, as there may be many millions; text stays readable.
        self.encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode

    def line(self, number, item):
        """The line of the results, and the error if there was one."""
        try:
            value = self.call(item) if self.seconds is None else self.within_time(item)
            # What an encoder does for these, without its making, which takes longer than many a function.
            if type(value) is int:
                return b'{"index": %d, "value": %d}\n' % (number, value), None
            return b'{"index": %d, "value": %b}\n' % (number, self.json(value)), None
        except KeyboardInterrupt:
            raise
        except BaseException as raised:
            error = described(raised, self.seconds)
        return f'{{"index": {number}, "error": {json.dumps(error)}}}\n'.encode(), error

    def within_time(self, item):
        before = signal.signal(signal.SIGALRM, time_is_over)
        try:
            signal.setitimer(signal.ITIMER_REAL, self.seconds, SECONDS_BETWEEN_TELLING)
            return self.call(item)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def json(self, value):
        try:
            if type(value) is float and math.isfinite(value):
                return repr(value).encode()
            return self.encode(value).encode()
        except (TypeError, ValueError):
            # Something that JSON itself has no form for, as it is recorded.
            return self.encode(_to_json(value, "the returned value", 0)).encode()


def time_is_over(_number, _frame):
    raise ItemTimedOut


def described(error, seconds):
    """An error as notebooks keep them, without the lines of this file."""
    trace = error.__traceback__
    if isinstance(error, ItemTimedOut):
        error = TimeoutError(f"the item took longer than {seconds:g} seconds")
    while trace is not None and trace.tb_frame.f_code.co_filename == __file__:
        trace = trace.tb_next
    told = traceback.format_exception(type(error), error, trace)
    told_lines = "".join(told).splitlines()
    if len(told_lines) > MOST_LINES:
        half = MOST_LINES // 2
        told_lines[half:-half] = [f"  … {len(told_lines) - MOST_LINES} more lines …"]
    return {
        "ename": type(error).__name__,
        "evalue": said(error),
        "traceback": [shortened(line) for line in told_lines],
    }


def said(error):
    try:
        return shortened(str(error))
    except Exception:
        return "(its message cannot be read)"


def shortened(text):
    readable = text.encode("utf-8", "replace").decode()
    return readable if len(readable) <= MOST_CHARACTERS else readable[:MOST_CHARACTERS] + "…"
