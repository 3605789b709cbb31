"""Reads what parameters cells declare: a line of JSON with a cell's source comes in on stdin, a line with the parameters goes out.

    {"event": "declared", "parameters": [...]}

Each parameter is {"name", "default", "type", "comment"}: the source of its value, of its annotation or type comment, and
the comment beside it; null where there is none. A cell that is not Python gives "error", which says why, instead. Ends
with its input, and when there was none for some time.
"""

import ast
import io
import json
import select
import signal
import sys
import tokenize

IDLE_SECONDS = 30


def comments(source):
    """The comment on each line that has one."""
    found = {}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            found[token.start[0]] = token.string.lstrip("#").strip()
    return found


def without_magics(source):
    """IPython's own lines are no Python; blanks in their place keep the numbers of the others."""
    return "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in source.split("\n"))


def declared(source):
    beside = comments(source)
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign):
            names = [name for target in statement.targets for name in names_of(target)]
            annotation = None
        elif isinstance(statement, ast.AnnAssign):
            names = names_of(statement.target)
            annotation = ast.get_source_segment(source, statement.annotation)
        else:
            continue
        comment = beside.get(statement.end_lineno)
        if comment is not None and comment.startswith("type:"):
            annotation, _, comment = comment[len("type:") :].strip().partition(" ")
        default = ast.get_source_segment(source, statement.value) if statement.value else None
        for name in names:
            yield {"name": name, "default": default, "type": annotation, "comment": comment or None}


def names_of(target):
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for element in target.elts for name in names_of(element)]
    return []


def answer(source):
    try:
        return {"parameters": list(declared(without_magics(source)))}
    except (SyntaxError, tokenize.TokenError, ValueError, RecursionError) as e:
        return {"error": str(e)}


def main():
    # Ctrl-C is for the engine, which then ends this by ending its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # One line at a time is asked for, so none can wait in the buffer of stdin.
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.readline()
        if not line:
            return
        print(json.dumps({"event": "declared", **answer(json.loads(line)["source"])}), flush=True)


if __name__ == "__main__":
    main()
