"""Writes notebooks as HTML pages with nbconvert, one after another.

For each line of JSON on the standard input, {"notebook": PATH, "html": PATH}, there is one on the standard output: {} if the
page is there, else {"problem": TEXT}, or {"missing": TEXT} if this Python has no nbconvert. Ends with its input.
"""

import sys

# The working directory is the user's, and what is called json.py there is not meant.
sys.path[:] = [folder for folder in sys.path if folder]

import json  # noqa: E402
import os  # noqa: E402


def write(notebook, html):
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter().from_filename(notebook)
    part = html + ".part"
    with open(part, "w", encoding="utf-8") as file:
        file.write(page)
    os.replace(part, html)


def answer(request):
    try:
        write(request["notebook"], request["html"])
        return {}
    except ImportError as error:
        return {"missing": str(error)}
    except Exception as error:
        return {"problem": f"{type(error).__name__}: {error}"}


def main():
    # What a library prints is no answer.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=answers, flush=True)


if __name__ == "__main__":
    main()
