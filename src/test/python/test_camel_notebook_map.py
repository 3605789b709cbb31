"""Tests of the module that calls a notebook's function for a chunk of items: pytest src/test/python"""

import dataclasses
import json
import math
import pathlib
import random
import signal
import subprocess
import sys
import textwrap
import time

import nbclient
import nbformat
import numpy
import pandas
import pytest

MODULE_FOLDER = pathlib.Path(__file__).parents[2] / "main/resources/io/camelnotebook/kernel"

# A __pycache__ beside the module would end up in the jar.
sys.dont_write_bytecode = True
sys.path.insert(0, str(MODULE_FOLDER))

import camel_notebook_map  # noqa: E402
from camel_notebook_map import run_chunk  # noqa: E402


@pytest.fixture
def chunk(tmp_path):
    """Runs a function for items, or a chunk of them, and gives what was done and the results."""
    file = tmp_path / "items.jsonl"
    results = tmp_path / "results.jsonl"

    def run(called, content=None, **request):
        if content is not None:
            text = content if isinstance(content, bytes) else jsonl(content)
            file.write_bytes(text)
            request.setdefault("lines", {"file": str(file), "from": 0, "to": len(text)})
        results.unlink(missing_ok=True)
        request = {"function": "f", "unpack": False, "first": 0, "results": str(results), "stop": False, **request}
        done = run_chunk(request, called if isinstance(called, dict) else {"f": called})
        assert done["bytes"] == results.stat().st_size
        return done, [json.loads(line) for line in results.read_bytes().splitlines()]

    run.folder = tmp_path
    return run


def jsonl(items):
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items).encode()


def values(lines):
    return [line["value"] for line in lines]


def error_of(function, chunk, item=1):
    done, [line] = chunk(function, [item])
    assert done["failed"] == 1
    return line["error"]


def test_each_line_is_an_item_and_each_result_a_line(chunk):
    done, lines = chunk(lambda x: x * 2, [1, 2.5, "ä", [1], 0])
    assert lines == [
        {"index": 0, "value": 2},
        {"index": 1, "value": 5.0},
        {"index": 2, "value": "ää"},
        {"index": 3, "value": [1, 1]},
        {"index": 4, "value": 0},
    ]
    assert (done["items"], done["failed"], done["error"]) == (5, 0, None)
    assert done["seconds"] >= 0


def test_no_items_leave_an_empty_file(chunk):
    done, lines = chunk(lambda x: x, [])
    assert (done["items"], done["next"], lines) == (0, 0, [])


def test_blank_lines_are_no_items_and_the_last_line_need_not_end(chunk):
    content = b'1\n\n  \r\n2\r\n3'
    done, lines = chunk(lambda x: -x, content)
    assert values(lines) == [-1, -2, -3]
    assert done["next"] == len(content)


def test_any_chunks_of_a_file_give_together_what_one_gives(chunk):
    rng = random.Random(7)
    items = [rng.choice([rng.randrange(10), "ü€😀\n\u2028\x1e" * rng.randrange(5), [rng.random()], {"k": None}]) for _ in range(200)]
    text = jsonl(items)
    ends = [i + 1 for i, byte in enumerate(text) if byte == 10]
    for _ in range(20):
        cuts = sorted(rng.sample(range(len(ends) - 1), rng.randrange(30)))
        together, first, at = [], 0, 0
        for cut in [*cuts, len(ends) - 1]:
            _, lines = chunk(
                lambda x: [x],
                text,
                lines={"file": str(chunk.folder / "items.jsonl"), "from": at, "to": ends[cut]},
                first=first,
            )
            together += lines
            first, at = cut + 1, ends[cut]
        assert together == [{"index": i, "value": [item]} for i, item in enumerate(items)]


def test_a_range_needs_no_file(chunk):
    done, lines = chunk(lambda x: x, range={"start": "10", "step": "-3", "items": 4, "whole": True}, first=100)
    assert lines == [{"index": 100 + i, "value": 10 - 3 * i} for i in range(4)]
    assert done["next"] == 4


def test_a_range_of_fractions_is_decimal(chunk):
    _, lines = chunk(lambda x: x, range={"start": "0", "step": "0.1", "items": 4, "whole": False})
    assert values(lines) == [0.0, 0.1, 0.2, 0.3]


def test_whole_numbers_of_a_range_are_exact_however_large(chunk):
    _, lines = chunk(lambda x: x, range={"start": str(10**30), "step": "1", "items": 2, "whole": True})
    assert values(lines) == [10**30, 10**30 + 1]


def test_lists_and_maps_are_unpacked_and_other_items_are_not(chunk):
    _, lines = chunk(lambda a, b=0: a - b, [[5, 3], {"a": 1, "b": 2}, 7], unpack=True)
    assert values(lines) == [2, -1, 7]


def test_lists_are_one_argument_unless_they_are_unpacked(chunk):
    _, lines = chunk(lambda a: len(a), [[5, 3], {"a": 1}])
    assert values(lines) == [2, 1]


def test_an_item_that_fails_does_not_take_the_rest_along(chunk):
    done, lines = chunk(lambda x: 1 / x, [1, 0, 2])
    assert [line.get("value") for line in lines] == [1.0, None, 0.5]
    assert (done["items"], done["failed"], done["error"]) == (3, 1, None)
    error = lines[1]["error"]
    assert (error["ename"], error["evalue"]) == ("ZeroDivisionError", "division by zero")
    assert error["traceback"][0] == "Traceback (most recent call last):"
    assert error["traceback"][-1] == "ZeroDivisionError: division by zero"
    assert not any("camel_notebook_map.py" in line and "test_" not in line for line in error["traceback"])


def test_with_stop_the_first_item_that_fails_is_the_last(chunk):
    done, lines = chunk(lambda x: 1 / x, [1, 0, 2], stop=True)
    assert [line["index"] for line in lines] == [0, 1]
    assert (done["items"], done["failed"], done["next"]) == (2, 1, 4)
    assert done["error"] == lines[1]["error"]


def test_a_line_that_is_no_json_is_the_error_of_its_item(chunk):
    _, lines = chunk(lambda x: x, b'1\n{"a": \n\xff\n4\n')
    assert [line["error"]["ename"] if "error" in line else line["value"] for line in lines] == [
        1,
        "JSONDecodeError",
        "UnicodeDecodeError",
        4,
    ]


def test_what_exits_or_cannot_even_say_its_error_fails_its_item_only(chunk):
    class Mute(Exception):
        def __str__(self):
            raise RuntimeError

    def mute(x):
        raise Mute

    assert error_of(lambda x: sys.exit(3), chunk)["ename"] == "SystemExit"
    assert error_of(mute, chunk)["evalue"] == "(its message cannot be read)"


def test_an_endless_recursion_is_told_in_few_lines(chunk):
    def f(x):
        return f(x) if x % 2 else g(x)

    def g(x):
        return f(x)

    error = error_of(f, chunk, 2)
    assert error["ename"] == "RecursionError"
    assert len(error["traceback"]) <= camel_notebook_map.MOST_LINES + 1


def test_a_long_message_is_cut(chunk):
    def fail(x):
        raise ValueError("x" * 1_000_000 + "\ud800")

    error = error_of(fail, chunk)
    assert len(error["evalue"]) == camel_notebook_map.MOST_CHARACTERS + 1
    assert error["evalue"].endswith("x…")


def test_values_are_written_as_they_are_recorded(chunk):
    @dataclasses.dataclass
    class Point:
        x: int

    forms = [
        (numpy.float64(0.5), 0.5),
        (numpy.arange(3), [0, 1, 2]),
        (float("nan"), None),
        ([1.0, math.inf], [1.0, None]),
        ({2, 1}, [1, 2]),
        (Point(1), {"x": 1}),
        (pandas.DataFrame({"a": [1]}), [{"a": 1}]),
        ((1, (2,)), [1, [2]]),
        ({1: "one"}, {"1": "one"}),
        (None, None),
        ("\u2028\n\x00ä😀", "\u2028\n\x00ä😀"),
        (10**40, 10**40),
    ]
    with pytest.warns(UserWarning, match="the returned value.* is inf"):
        _, lines = chunk(lambda i: forms[i][0], range(len(forms)))
    assert values(lines) == [written for _, written in forms]


@pytest.mark.parametrize("value", [object(), 1j, b"x", (x for x in "ab"), "\ud800", {"a": lambda: 0}, {(1,): 2}])
def test_a_value_that_json_has_no_form_for_is_the_error_of_its_item(chunk, value):
    error = error_of(lambda x: value, chunk)
    assert error["ename"] in ("TypeError", "ValueError")
    assert error["evalue"].startswith("the returned value")


def test_a_value_that_holds_itself_is_the_error_of_its_item(chunk):
    endless = []
    endless.append(endless)
    assert "holds itself" in error_of(lambda x: endless, chunk)["evalue"]


def test_big_items_go_through_whole(chunk):
    big = {"text": "é" * 3_000_000, "list": list(range(300_000))}
    _, lines = chunk(lambda x: x, [big, 1, big])
    assert values(lines) == [big, 1, big]


def test_what_takes_long_leaves_the_rest_to_another_chunk(chunk):
    done, lines = chunk(lambda x: time.sleep(0.02), range(1000), seconds=0.1)
    assert 1 <= done["items"] < 100
    assert len(lines) == done["items"]
    text = (chunk.folder / "items.jsonl").read_bytes()
    assert text[: done["next"]].count(b"\n") == done["items"]


def test_one_item_at_least_is_done_however_long_it_takes(chunk):
    done, _ = chunk(lambda x: time.sleep(0.02), [1, 2], seconds=0)
    assert (done["items"], done["next"]) == (1, 2)


def test_an_item_may_take_its_time_and_no_longer(chunk):
    def sleep(seconds):
        time.sleep(seconds)
        return "slept"

    start = time.monotonic()
    _, lines = chunk(sleep, [0, 60, 0], item_seconds=0.3)
    assert time.monotonic() - start < 30
    assert [line.get("value") for line in lines] == ["slept", None, "slept"]
    error = lines[1]["error"]
    assert (error["ename"], error["evalue"]) == ("TimeoutError", "the item took longer than 0.3 seconds")
    assert error["traceback"][-1] == "TimeoutError: the item took longer than 0.3 seconds"
    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_a_function_that_catches_everything_is_told_again(chunk, monkeypatch):
    monkeypatch.setattr(camel_notebook_map, "SECONDS_BETWEEN_TELLING", 0.1)

    def stubborn(x):
        for _ in range(3):
            try:
                time.sleep(30)
            except BaseException:
                pass
        time.sleep(30)

    _, [line] = chunk(stubborn, [1], item_seconds=0.1)
    assert line["error"]["ename"] == "TimeoutError"


def test_an_interrupt_ends_the_chunk_and_leaves_no_results(chunk):
    def interrupted(x):
        if x == 2:
            raise KeyboardInterrupt
        return x

    with pytest.raises(KeyboardInterrupt):
        chunk(interrupted, [1, 2, 3])
    assert [path.name for path in chunk.folder.iterdir()] == ["items.jsonl"]


def test_a_function_may_be_within_something(chunk):
    _, lines = chunk({"text": "abc"}, ["b"], function="text.index")
    assert values(lines) == [1]


def test_a_function_that_is_not_there_is_told_with_the_one_that_is_meant(chunk):
    with pytest.raises(NameError, match="the notebook has no 'similarty': did you mean 'similarity'?"):
        chunk({"similarity": len}, [1], function="similarty")
    with pytest.raises(NameError, match="define it in a cell tagged 'definitions', or tag none so"):
        chunk({}, [1], function="f")
    with pytest.raises(TypeError, match="f is no function, but a value of the type int"):
        chunk({"f": 3}, [1])


def test_a_file_that_has_become_shorter_is_told(chunk):
    with pytest.raises(OSError, match="has become shorter: it ends at byte 2, and was read before to byte 9"):
        chunk(lambda x: x, b"1\n", lines={"file": str(chunk.folder / "items.jsonl"), "from": 0, "to": 9})
    assert [path.name for path in chunk.folder.iterdir()] == ["items.jsonl"]


def test_a_million_lines_need_no_more_memory_than_a_few(tmp_path):
    program = textwrap.dedent(
        """
        import resource, sys
        sys.dont_write_bytecode = True
        sys.path.insert(0, sys.argv[1])
        from camel_notebook_map import run_chunk
        def run(items):
            to = sum(map(len, map(str, range(items)))) + items
            lines = {"file": "items.jsonl", "from": 0, "to": to}
            return run_chunk({"function": "f", "unpack": False, "first": 0, "results": "r", "stop": False, "lines": lines},
                             {"f": lambda x: x})["items"]
        run(1000)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(run(1_000_000), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
        """
    )
    (tmp_path / "items.jsonl").write_bytes("".join(f"{i}\n" for i in range(1_000_000)).encode())
    out = subprocess.run(
        [sys.executable, "-c", program, str(MODULE_FOLDER)], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    items, kilobytes = map(int, out.split())
    assert items == 1_000_000
    assert kilobytes < 8_000


def test_in_a_kernel_the_function_is_the_notebooks_and_what_was_done_is_an_output(tmp_path):
    request = {
        "function": "similarity",
        "unpack": True,
        "first": 5,
        "range": {"start": "1", "step": "1", "items": 2, "whole": True},
        "results": str(tmp_path / "results.jsonl"),
        "stop": False,
    }
    cells = [
        f"import sys; sys.dont_write_bytecode = True; sys.path.insert(0, {str(MODULE_FOLDER)!r})",
        "factor = 3\ndef similarity(x):\n    print('noise')\n    if x == 2: raise KeyError('twö')\n    return factor * x",
        f"__import__('camel_notebook_map').run({json.dumps(request)!r})",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, kernel_name="python3", timeout=120).execute()

    [output] = notebook.cells[2].outputs
    done = output["data"][camel_notebook_map.MIME_TYPE]
    assert (done["items"], done["failed"]) == (2, 1)
    lines = [json.loads(line) for line in (tmp_path / "results.jsonl").read_bytes().splitlines()]
    assert lines[0] == {"index": 5, "value": 3}
    assert lines[1]["error"]["evalue"] == "'twö'"
    assert any("if x == 2: raise KeyError" in line for line in lines[1]["error"]["traceback"])
    assert not any("camel_notebook_map" in line for line in lines[1]["error"]["traceback"])
