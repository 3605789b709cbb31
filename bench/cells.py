"""The cells of each kind of notebook, and what they have to put out."""

from __future__ import annotations

import json
import pathlib
import random
import struct
import zlib
from dataclasses import dataclass, field

from outputs import of_image, of_text


@dataclass(frozen=True)
class Cell:
    source: str
    expected: dict = field(default_factory=dict)
    """The part of the digest of its outputs that is known beforehand."""


@dataclass(frozen=True)
class Scale:
    """How much a notebook has to do."""

    lines: int = 20_000
    displays: int = 2_000
    cells: int = 300
    text_megabytes: int = 50
    image_megabytes: int = 20
    iterations: int = 18_000_000


QUICK_SCALE = Scale(lines=500, displays=50, cells=20, text_megabytes=2, image_megabytes=1, iterations=1_000_000)


def _prints(text: str) -> dict:
    return {"stdout": of_text(text), "stderr": of_text(""), "rich": 0}


def _shows(*texts: str) -> dict:
    return {"stdout": of_text(""), "stderr": of_text(""), "rich": len(texts), "texts": of_text("\0".join(texts))}


def _draws(count: int) -> dict:
    return {"stderr": of_text(""), "rich": count, "images": count}


NOTHING = _prints("")


def _trivial(config: dict, scale: Scale) -> list[Cell]:
    number = config["number"]
    return [
        Cell("number = config['number']\nprint('number', number)", _prints(f"number {number}\n")),
        Cell("number * number", _shows(str(number * number))),
        Cell("squares = [i * i for i in range(number)]\nprint(sum(squares))", _prints(f"{_squares(number)}\n")),
        Cell("display('the end of ' + config['output_label'])", _shows(repr("the end of " + config["output_label"]))),
    ]


def _squares(n: int) -> int:
    return (n - 1) * n * (2 * n - 1) // 6


def _explorer(config: dict, scale: Scale) -> list[Cell]:
    rows = _write_table(config["data_url"], random.Random(config["number"]))
    visits: dict[str, int] = {}
    for region, _, _, visit, _ in rows:
        visits[region] = visits.get(region, 0) + visit
    facts = [len(rows), sum(row[2] for row in rows), sum(row[4] for row in rows), dict(sorted(visits.items()))]
    return [
        Cell(
            "import json\nimport pandas as pd\nimport matplotlib.pyplot as plt\n"
            "df = pd.read_csv(config['data_url'])\ndf.head()",
            {"stderr": of_text(""), "rich": 1, "images": 0},
        ),
        Cell("df.describe(include='all')", {"stderr": of_text(""), "rich": 1, "images": 0}),
        Cell(
            "df[['age', 'income', 'visits', 'bought']].hist(figsize=(9, 6), bins=30)\nplt.tight_layout()\nplt.show()",
            _draws(1),
        ),
        Cell(
            "df.groupby('region')['income'].mean().plot.bar(title='Income by region')\n"
            "plt.ylabel('income')\nplt.show()",
            _draws(1),
        ),
        Cell(
            "for region, part in df.groupby('region'):\n"
            "    plt.scatter(part['age'], part['income'], s=8, label=region)\n"
            "plt.legend(title='region')\nplt.xlabel('age')\nplt.ylabel('income')\nplt.show()",
            _draws(1),
        ),
        Cell("df.boxplot(column='visits', by='bought', figsize=(7, 4))\nplt.show()", _draws(1)),
        Cell(
            "visits = {region: int(n) for region, n in sorted(df.groupby('region')['visits'].sum().items())}\n"
            "print(json.dumps([len(df), int(df['income'].sum()), int(df['bought'].sum()), visits]))",
            _prints(json.dumps(facts) + "\n"),
        ),
    ]


def _write_table(path: str, chance: random.Random) -> list[tuple]:
    rows = []
    for _ in range(2000):
        age = chance.randrange(18, 90)
        income = int(chance.lognormvariate(10, 0.5)) + 100 * age
        visits = int(chance.expovariate(0.2))
        bought = int(chance.random() < 0.2 + visits / 50)
        rows.append((chance.choice(("east", "north", "south", "west")), age, income, visits, bought))
    lines = ["region,age,income,visits,bought", *(",".join(map(str, row)) for row in rows)]
    pathlib.Path(path).write_text("\n".join(lines) + "\n")
    return rows


def _chatty(config: dict, scale: Scale) -> list[Cell]:
    number = config["number"]
    lines = "".join(f"{number} line {i}\n" for i in range(scale.lines))
    return [
        Cell(
            f"for i in range({scale.lines}):\n    print(config['number'], 'line', i, flush=True)",
            _prints(lines),
        ),
        Cell(
            f"for i in range({scale.displays}):\n    display(config['number'] * i)",
            _shows(*(str(number * i) for i in range(scale.displays))),
        ),
    ]


def _many(config: dict, scale: Scale) -> list[Cell]:
    number = config["number"]
    cells = [Cell("total = config['number']", NOTHING)]
    for i in range(1, scale.cells):
        number += i
        if i % 2:
            cells.append(Cell(f"total += {i}\ntotal", _shows(str(number))))
        else:
            cells.append(Cell(f"total += {i}\nprint('total', total)", _prints(f"total {number}\n")))
    return cells


def _text(config: dict, scale: Scale) -> list[Cell]:
    source = (
        "def block(number, part):\n"
        "    line = f'{number} part {part}: ' + 'the quick brown fox jumps over the lazy dog; ' * 2\n"
        "    return (line + '\\n') * (1_000_000 // len(line))\n"
    )
    space: dict = {}
    exec(source, space)
    text = "".join(space["block"](config["number"], part) for part in range(scale.text_megabytes))
    run = f"for part in range({scale.text_megabytes}):\n    print(block(config['number'], part), end='')"
    return [Cell(source, NOTHING), Cell(run, _prints(text))]


def _image(config: dict, scale: Scale) -> list[Cell]:
    size = scale.image_megabytes * 1_000_000
    png = _png(random.Random(config["number"]).randbytes(size), 1000)
    return [
        Cell(
            "import random, struct, zlib\nfrom IPython.display import Image\n\n"
            "def chunk(kind, data):\n"
            "    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))\n\n"
            "def png(pixels, width):\n"
            "    height = len(pixels) // width\n"
            "    rows = b''.join(b'\\0' + pixels[i * width : (i + 1) * width] for i in range(height))\n"
            "    header = struct.pack('>IIBBBBB', width, height, 8, 0, 0, 0, 0)\n"
            "    parts = [(b'IHDR', header), (b'IDAT', zlib.compress(rows, 0)), (b'IEND', b'')]\n"
            "    return b'\\x89PNG\\r\\n\\x1a\\n' + b''.join(chunk(kind, data) for kind, data in parts)",
            NOTHING,
        ),
        Cell(
            f"Image(data=png(random.Random(config['number']).randbytes({size}), 1000))",
            {"stderr": of_text(""), "rich": 1, "images": 1, "image": of_image(png)},
        ),
    ]


def _png(pixels: bytes, width: int) -> bytes:
    """The picture that the notebook makes: grey noise, stored without compression."""
    height = len(pixels) // width
    rows = b"".join(b"\0" + pixels[i * width : (i + 1) * width] for i in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b"")]
    chunks = (struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


_MULTIPLIER, _INCREMENT, _MODULUS = 1103515245, 12345, 1 << 31


def _cpu(config: dict, scale: Scale) -> list[Cell]:
    return [
        Cell(
            "def churn(x, n):\n"
            "    for _ in range(n):\n"
            f"        x = (x * {_MULTIPLIER} + {_INCREMENT}) % {_MODULUS}\n"
            "    return x",
            NOTHING,
        ),
        Cell(f"churn(config['number'], {scale.iterations})", _shows(str(_churned(config["number"], scale.iterations)))),
    ]


def _churned(x: int, n: int) -> int:
    """What n steps of the generator make of x, by doubling instead of going them."""
    multiplier, increment = _MULTIPLIER, _INCREMENT
    while n:
        if n % 2:
            x = (x * multiplier + increment) % _MODULUS
        increment = increment * (multiplier + 1) % _MODULUS
        multiplier = multiplier * multiplier % _MODULUS
        n //= 2
    return x


MAKERS = {
    "trivial": _trivial,
    "explorer": _explorer,
    "chatty": _chatty,
    "many": _many,
    "text": _text,
    "image": _image,
    "cpu": _cpu,
}

LIBRARIES = {"explorer": ["json", "pandas", "matplotlib.pyplot"], "image": ["IPython.display"]}
