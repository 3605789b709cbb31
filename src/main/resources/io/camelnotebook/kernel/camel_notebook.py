"""Lets a notebook hand values to the engine that runs it, and run its functions in parallel.

    from camel_notebook import record

    record("auc", 0.93)
    record("table", "data/train.csv")

A recorded value becomes a result of the job: it is in the metadata record, in ``results.csv`` and in the ledger, and
later jobs reach it as ``${jobs.<name>.results.auc}``. It travels as scrapbook's JSON scrap, an output of the cell that
notebook viewers do not show, so scrapbook reads it too (except a null, which scrapbook's schema does not have). Outside
a kernel, as in a plain script, ``record`` only checks.

    from camel_notebook import parallel

    with parallel(workers=4) as pool:
        for similarity in pool.map(compare, pairs):
            ...

``parallel`` is a concurrent.futures.Executor for what a notebook defines; see camel_notebook_parallel.
"""

import dataclasses as _dataclasses
import datetime as _datetime
import decimal as _decimal
import enum as _enum
import json as _json
import math as _math
import numbers as _numbers
import os as _os
import sys as _sys
import uuid as _uuid
import warnings as _warnings

__all__ = ["parallel", "record"]

_MIME_TYPE = "application/scrapbook.scrap.json+json"

# Results travel in messages and sit in a database row and a CSV cell; what is larger belongs in a file.
_MOST_VALUES = 100_000
_MOST_BYTES = 1_000_000
_DEEPEST = 50

_REMEDY = "use numbers, text, lists or dicts, or save it to a file and use the file's path"


def __getattr__(name):
    if name != "parallel":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    # Not at the top: most notebooks only record.
    from camel_notebook_parallel import parallel

    globals()[name] = parallel
    return parallel


def record(name, value):
    """Records a value as a result of this notebook's job; of two values with the same name, the later one counts.

    The value may be None, a bool, a number, text, or a list, tuple, set, dict or dataclass of such; numpy's and pandas'
    scalars, arrays, Series and DataFrames (a list of rows) up to 100,000 values; dates and times (ISO 8601), durations
    (seconds), paths, UUIDs and members of an Enum (their value). JSON has no word for a missing or infinite number:
    NaN, NaT and pandas.NA are recorded as null, infinities as null with a warning.

    Raises TypeError for a name that is not text or a value that cannot be written as JSON, ValueError for an empty
    name, or a value that is too large, too deep, or has two keys that are the same text.
    """
    if not isinstance(name, str):
        raise TypeError(f"record: the name of a result must be text, not {_named(name)}: record(\"auc\", 0.93)")
    if not name.strip():
        raise ValueError("record: the name of a result must not be empty: record(\"auc\", 0.93)")
    try:
        data = _to_json(value, name, 0)
    except (TypeError, ValueError) as error:
        raise (TypeError if isinstance(error, TypeError) else ValueError)(f"record: {error}") from None
    size = len(_json.dumps(data))
    if size > _MOST_BYTES:
        raise ValueError(
            f"record: {name} takes {size:,} bytes as JSON, and a result at most {_MOST_BYTES:,}: "
            "save it to a file and record the file's path"
        )
    _publish(name, data)


def _publish(name, data):
    # Not imported: where IPython is not loaded, there is no kernel to publish with.
    ipython = _sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        return
    from IPython.display import display

    payload = {"name": name, "data": data, "encoder": "json", "version": 1}
    display(
        {_MIME_TYPE: payload},
        metadata={"scrapbook": {"name": name, "data": True, "display": False}},
        raw=True,
    )


def _to_json(value, place, depth):
    if depth > _DEEPEST:
        raise ValueError(f"{place} is nested more than {_DEEPEST} deep, or holds itself: {_REMEDY}")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, _enum.Enum):
        return _to_json(value.value, place, depth + 1)
    if isinstance(value, str):
        return _text(value, place)
    foreign = _from_numpy_or_pandas(value, place, depth)
    if foreign is not _NOT_FOREIGN:
        return foreign
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (_numbers.Real, _decimal.Decimal)):
        return _finite(float(value), place)
    if isinstance(value, (_datetime.datetime, _datetime.date, _datetime.time)):
        return value.isoformat()
    if isinstance(value, _datetime.timedelta):
        return value.total_seconds()
    if isinstance(value, _os.PathLike) and isinstance(_os.fspath(value), str):
        return _text(_os.fspath(value), place)
    if isinstance(value, _uuid.UUID):
        return str(value)
    if isinstance(value, dict):
        return _object(value.items(), place, depth)
    if _dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = [(field.name, getattr(value, field.name)) for field in _dataclasses.fields(value)]
        return _object(fields, place, depth)
    if isinstance(value, (list, tuple)):
        return _array(value, place, depth)
    if isinstance(value, (set, frozenset)):
        # A set has no order of its own; equal sets must give equal records.
        return sorted(_array(value, place, depth), key=lambda item: (type(item).__name__, _json.dumps(item)))
    raise TypeError(f"{place} is {_named(value)}, which JSON has no form for: {_REMEDY}")


_NOT_FOREIGN = object()


def _from_numpy_or_pandas(value, place, depth):
    # Looked up, not imported: a value can be theirs only if they are loaded, and this module must cost nothing.
    numpy = _sys.modules.get("numpy")
    pandas = _sys.modules.get("pandas")
    if pandas is not None:
        if value is pandas.NaT or value is pandas.NA:
            return None
        if isinstance(value, pandas.DataFrame):
            return _rows(value, place, depth)
        if isinstance(value, pandas.Series):
            _check_size(value.size, place, value)
            if _is_range(value.index):
                return _array(value, place, depth)
            return _object(zip(value.index, value), place, depth)
        if isinstance(value, (pandas.Index, pandas.api.extensions.ExtensionArray)):
            _check_size(value.size, place, value)
            return _array(value, place, depth)
        if isinstance(value, (pandas.Period, pandas.Interval)):
            return str(value)
    if numpy is not None:
        if isinstance(value, numpy.datetime64):
            return None if numpy.isnat(value) else str(value)
        if isinstance(value, numpy.timedelta64):
            return None if numpy.isnat(value) else float(value / numpy.timedelta64(1, "s"))
        if isinstance(value, numpy.generic) and not isinstance(value, (numpy.void, numpy.longdouble)):
            return _to_json(value.item(), place, depth + 1)
        if isinstance(value, numpy.ndarray):
            _check_size(value.size, place, value)
            return _to_json(value[()], place, depth + 1) if value.ndim == 0 else _array(value, place, depth)
    return _NOT_FOREIGN


def _rows(frame, place, depth):
    _check_size(frame.size, place, frame)
    if not _is_range(frame.index):
        frame = frame.reset_index()
    columns = list(frame.columns)
    rows = frame.itertuples(index=False, name=None)
    return [_object(zip(columns, row), f"{place}[{number}]", depth + 1) for number, row in enumerate(rows)]


def _is_range(index):
    # Rows that are merely numbered; what any other index says is part of the value.
    return type(index).__name__ == "RangeIndex"


def _check_size(size, place, value):
    if size > _MOST_VALUES:
        raise ValueError(
            f"{place} is {_named(value)} of {size:,} values, and a result has at most {_MOST_VALUES:,}: "
            "save it to a file and record the file's path"
        )


def _array(values, place, depth):
    return [_to_json(value, f"{place}[{number}]", depth + 1) for number, value in enumerate(values)]


def _object(items, place, depth):
    result = {}
    for key, value in items:
        text = _key(key, place, depth)
        if text in result:
            raise ValueError(f"{place} has the key {text!r} twice once its keys are text: rename one")
        result[text] = _to_json(value, f"{place}[{key!r}]", depth + 1)
    return result


def _key(key, place, depth):
    if isinstance(key, (list, tuple, dict)):
        raise TypeError(
            f"{place} has the key {key!r}, and keys must be text, numbers or dates: "
            "use text for it, or reset_index() for pandas"
        )
    plain = _to_json(key, f"a key of {place}", depth)
    return plain if isinstance(plain, str) else _json.dumps(plain)


def _finite(number, place):
    if _math.isinf(number):
        _warnings.warn(f"{place} is {number}, which JSON cannot say; it becomes null", stacklevel=2)
    return number if _math.isfinite(number) else None


def _text(value, place):
    try:
        value.encode()
    except UnicodeEncodeError:
        raise ValueError(f"{place} is text that is not valid Unicode ({value!r}): encode it first") from None
    return str(value)


def _named(value):
    kind = type(value)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"
