"""Tests of the module that notebooks record their results with: pytest src/test/python"""

import dataclasses
import datetime
import decimal
import enum
import json
import pathlib
import subprocess
import sys
import uuid

import nbclient
import nbformat
import numpy
import pandas
import pytest

MODULE_FOLDER = pathlib.Path(__file__).parents[2] / "main/resources/io/camelnotebook/kernel"

# A __pycache__ beside the module would end up in the jar.
sys.dont_write_bytecode = True
sys.path.insert(0, str(MODULE_FOLDER))

import camel_notebook  # noqa: E402
from camel_notebook import record  # noqa: E402


class Colour(enum.Enum):
    RED = "red"


@dataclasses.dataclass
class Score:
    name: str
    auc: float


@pytest.fixture
def recorded(monkeypatch):
    """What record() hands to the kernel, by name."""
    values = {}

    def publish(name, data):
        values[name] = json.loads(json.dumps(data, allow_nan=False))

    monkeypatch.setattr(camel_notebook, "_publish", publish)
    return values


def run(*sources):
    """Executes the cells in a real kernel."""
    first = f"import sys; sys.dont_write_bytecode = True; sys.path.insert(0, {str(MODULE_FOLDER)!r})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in (first, *sources)])
    nbclient.NotebookClient(notebook, kernel_name="python3").execute()
    return notebook


def test_a_value_is_published_as_scrapbook_s_json_scrap():
    notebook = run("from camel_notebook import record\nrecord('auc', 0.93)")
    (output,) = notebook.cells[-1].outputs
    assert output.output_type == "display_data"
    assert output.data == {
        "application/scrapbook.scrap.json+json": {"name": "auc", "data": 0.93, "encoder": "json", "version": 1}
    }
    assert output.metadata == {"scrapbook": {"name": "auc", "data": True, "display": False}}


def test_scrapbook_reads_what_was_recorded(tmp_path):
    import scrapbook

    notebook = run("from camel_notebook import record\nrecord('auc', 0.93)\nrecord('best', {'model': 'ridge'})")
    nbformat.write(notebook, tmp_path / "n.ipynb")
    assert scrapbook.read_notebook(str(tmp_path / "n.ipynb")).scraps.data_dict == {
        "auc": 0.93,
        "best": {"model": "ridge"},
    }


def test_a_plain_script_can_record_and_nothing_happens():
    script = f"import sys; sys.path.insert(0, {str(MODULE_FOLDER)!r}); import camel_notebook as c; c.record('a', 1)"
    finished = subprocess.run([sys.executable, "-B", "-c", script], capture_output=True, text=True)
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


def test_importing_it_loads_neither_numpy_nor_pandas_nor_ipython():
    script = (
        f"import sys; sys.path.insert(0, {str(MODULE_FOLDER)!r}); import camel_notebook; camel_notebook.record('a', 1);"
        "print([m for m in ('numpy', 'pandas', 'IPython') if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-B", "-c", script], text=True).strip() == "[]"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (2**70, 2**70),
        (0.1, 0.1),
        ("Zürich\n", "Zürich\n"),
        ("123", "123"),
        ([1, [2, (3,)]], [1, [2, [3]]]),
        ({"b", "a"}, ["a", "b"]),
        ({1: "one", "x": {2.5: None}}, {"1": "one", "x": {"2.5": None}}),
        ({True: 1}, {"true": 1}),
        (Colour.RED, "red"),
        (Score("ridge", 0.9), {"name": "ridge", "auc": 0.9}),
        (decimal.Decimal("1.5"), 1.5),
        (datetime.datetime(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (datetime.timedelta(minutes=1.5), 90.0),
        (pathlib.PurePosixPath("data/bank.csv"), "data/bank.csv"),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (float("nan"), None),
    ],
)
def test_plain_values_become_json(recorded, value, expected):
    record("value", value)
    assert recorded == {"value": expected}
    assert type(recorded["value"]) is type(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (numpy.float64(0.5), 0.5),
        (numpy.float32("nan"), None),
        (numpy.longdouble(1.5), 1.5),
        (numpy.int8(3), 3),
        (numpy.bool_(True), True),
        (numpy.str_("a"), "a"),
        (numpy.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (numpy.array(7), 7),
        (numpy.array(["2026-01-02"], dtype="datetime64[ns]"), ["2026-01-02T00:00:00.000000000"]),
        (numpy.datetime64("NaT"), None),
        (numpy.timedelta64(1500, "ms"), 1.5),
    ],
)
def test_numpy_s_values_become_json(recorded, value, expected):
    record("value", value)
    assert recorded == {"value": expected}
    assert type(recorded["value"]) is type(expected)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (pandas.NA, None),
        (pandas.NaT, None),
        (pandas.Timestamp("2026-01-02"), "2026-01-02T00:00:00"),
        (pandas.Timedelta("2min"), 120.0),
        (pandas.Period("2026-01", "M"), "2026-01"),
        (pandas.Series([1.0, None]), [1.0, None]),
        (pandas.Series({"age": 0.25, "job": 0.5}), {"age": 0.25, "job": 0.5}),
        (pandas.Series(["a"], dtype="category"), ["a"]),
        (pandas.Index(["a", "b"]), ["a", "b"]),
        (pandas.array([1, None], dtype="Int64"), [1, None]),
        (pandas.DataFrame({"a": [1, 2], "b": ["x", None]}), [{"a": 1, "b": "x"}, {"a": 2, "b": None}]),
        (pandas.DataFrame({"a": [1]}, index=["row"]), [{"index": "row", "a": 1}]),
    ],
)
def test_pandas_values_become_json(recorded, value, expected):
    record("value", value)
    assert recorded == {"value": expected}


def test_an_infinity_is_null_and_a_warning_says_where(recorded):
    with pytest.warns(UserWarning, match=r"ratios\[1\] is inf, which JSON cannot say; it becomes null"):
        record("ratios", [1.0, float("inf")])
    assert recorded == {"ratios": [1.0, None]}


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (object(), r"record: x is an object, which JSON has no form for: use numbers, .* the file's path"),
        ({"a": [1, 2j]}, r"record: x\['a'\]\[1\] is a complex"),
        (b"bytes", r"x is a bytes"),
        (lambda: 1, r"x is a function"),
        ({(1, 2): 3}, r"x has the key \(1, 2\), and keys must be text, numbers or dates: .* reset_index"),
    ],
)
def test_what_cannot_be_json_is_refused_and_named(value, message):
    with pytest.raises(TypeError, match=message):
        record("x", value)


def test_a_name_that_is_not_text_is_refused():
    with pytest.raises(TypeError, match='must be text, not an int: record'):
        record(1, 0.93)


@pytest.mark.parametrize("name", ["", "  "])
def test_an_empty_name_is_refused(name):
    with pytest.raises(ValueError, match="must not be empty"):
        record(name, 1)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (pandas.DataFrame({"a": range(100_001)}), "of 100,001 values, and a result has at most 100,000: save it"),
        (numpy.zeros((1000, 101)), "numpy.ndarray of 101,000 values"),
        ("x" * 1_000_000, "takes 1,000,002 bytes as JSON, and a result at most 1,000,000: save it"),
        ({1: "a", "1": "b"}, "key '1' twice"),
        (pandas.DataFrame([[1, 2]], columns=["a", "a"]), "key 'a' twice"),
        ("\ud800", "not valid Unicode"),
    ],
)
def test_what_is_too_large_or_ambiguous_is_refused(value, message):
    with pytest.raises(ValueError, match=message):
        record("x", value)


def test_a_list_that_holds_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(ValueError, match="nested more than 50 deep, or holds itself"):
        record("x", endless)
