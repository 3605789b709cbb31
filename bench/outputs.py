"""What a cell's outputs come down to, so that every contender's can be compared with what they have to be."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Iterable

# nbconvert and papermill leave them apart or glue them together, as they like.
_STREAMS = ("stdout", "stderr")


def digest(outputs: Iterable[dict]) -> dict:
    """Counts, lengths and hashes of a cell's outputs in nbformat's form."""
    streams: dict[str, list[str]] = {name: [] for name in _STREAMS}
    texts: list[str] = []
    images: list[str] = []
    rich = errors = 0
    for output in outputs:
        kind = output["output_type"]
        if kind == "stream":
            streams[output["name"]].append(_joined(output["text"]))
        elif kind == "error":
            errors += 1
        else:
            rich += 1
            data = output["data"]
            texts.append(_joined(data.get("text/plain", "")))
            if "image/png" in data:
                images.append(_image(_joined(data["image/png"])))
    return {
        "errors": errors,
        "stdout": of_text("".join(streams["stdout"])),
        "stderr": of_text("".join(streams["stderr"])),
        "rich": rich,
        "texts": of_text("\0".join(texts)),
        "images": len(images),
        "image": of_text("\0".join(images)),
        "not_png": images.count(""),
    }


def of_text(text: str) -> list:
    data = text.encode()
    return [len(data), hashlib.sha256(data).hexdigest()]


def of_image(png: bytes) -> list:
    """What a digest has as its image, if this is the only one."""
    return of_text(hashlib.sha256(png).hexdigest())


def mistake(expected: list[dict], digests: list[dict]) -> str | None:
    """The first thing that is not as expected, or None. A cell's expectations are the part of its digest that is known."""
    if len(expected) != len(digests):
        return f"{len(digests)} cells instead of {len(expected)}"
    for index, (wanted, found) in enumerate(zip(expected, digests)):
        for key, value in {"errors": 0, "not_png": 0, **wanted}.items():
            if found[key] != value:
                return f"cell {index}: {key} is {found[key]} instead of {value}"
    return None


def digests_of_file(path: str) -> list[dict]:
    """The digests of a notebook's code cells, without the one that parameters were injected with."""
    with open(path, encoding="utf-8") as file:
        notebook = json.load(file)
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    cells = [cell for cell in cells if "injected-parameters" not in cell["metadata"].get("tags", [])]
    for index, cell in enumerate(cells):
        if cell["execution_count"] is None:
            raise ValueError(f"cell {index} was not executed")
    return [digest(cell["outputs"]) for cell in cells]


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)


def _image(encoded: str) -> str:
    """The hash of a PNG's bytes; empty if it is none, or not whole."""
    data = base64.b64decode(encoded)
    position = 8
    whole = data.startswith(b"\x89PNG\r\n\x1a\n")
    while whole and position < len(data) - 12:
        position += 12 + struct.unpack_from(">I", data, position)[0]
    whole = whole and position == len(data) - 12 and data[position + 4 : position + 8] == b"IEND"
    return hashlib.sha256(data).hexdigest() if whole else ""
