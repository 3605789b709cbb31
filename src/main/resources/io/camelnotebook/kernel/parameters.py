"""Reads what a parameters cell declares: the cell comes in on stdin, a JSON list of the parameters goes out.

Each parameter is {"name", "default", "type", "comment"}: the source of its value, of its annotation or type comment, and
the comment beside it; null where there is none. A cell that is not Python gives {"error": why}.
"""

import ast
import io
import json
import sys
import tokenize


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


def main():
    source = without_magics(sys.stdin.buffer.read().decode())
    try:
        answer = list(declared(source))
    except (SyntaxError, tokenize.TokenError, ValueError) as e:
        answer = {"error": str(e)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
