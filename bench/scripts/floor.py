"""The floor: the cells' code in forks of one Python, so many at a time, without a kernel, messages or files.

floor.py CONFIGS OUTPUTS WIDTH MODULE...

The modules are imported and used once before the first fork. A fork does what no engine can save: it runs the code,
renders what is displayed in the same forms as a kernel would, and then writes only the digest of it all.
"""

import ast
import base64
import builtins
import gc
import importlib
import io
import json
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from outputs import digest  # noqa: E402


class Outputs:
    """What one cell puts out."""

    def __init__(self):
        self.outputs = []
        self.stdout = io.StringIO()
        self.stderr = io.StringIO()

    def display(self, *values):
        for value in values:
            self.outputs.append({"output_type": "display_data", "data": rendered(value)})

    def draw(self):
        for figure in open_figures():
            buffer = io.BytesIO()
            figure.canvas.print_figure(buffer, bbox_inches="tight")
            data = {"text/plain": repr(figure), "image/png": base64.b64encode(buffer.getvalue()).decode()}
            self.outputs.append({"output_type": "display_data", "data": data})
        close_figures()

    def digest(self):
        for name in ("stdout", "stderr"):
            self.outputs.append({"output_type": "stream", "name": name, "text": getattr(self, name).getvalue()})
        return digest(self.outputs)


def rendered(value):
    data = {"text/plain": repr(value)}
    if hasattr(value, "_repr_mimebundle_"):
        bundle = value._repr_mimebundle_()
        data.update(bundle[0] if isinstance(bundle, tuple) else bundle)
    if hasattr(value, "_repr_html_"):
        data["text/html"] = value._repr_html_()
    return data


def open_figures():
    pyplot = sys.modules.get("matplotlib.pyplot")
    return [pyplot.figure(number) for number in pyplot.get_fignums()] if pyplot else []


def close_figures():
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")


def run_cell(source, space):
    outputs = Outputs()
    sys.stdout, sys.stderr, builtins.display = outputs.stdout, outputs.stderr, outputs.display
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].show = outputs.draw
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), space)
    if last is not None:
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
        if value is not None:
            outputs.display(value)
    outputs.draw()
    return outputs.digest()


def run_notebook(name, config, outputs):
    with open(config["notebook"], encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    space = {"__name__": "__main__"}
    digests = [run_cell(cell["source"], space) for cell in cells]
    with open(f"{outputs}/{name}.digests.json", "w") as file:
        json.dump(digests, file)


def warm_up(modules):
    for name in modules:
        importlib.import_module(name)
    if "pandas" in modules:
        table = sys.modules["pandas"].DataFrame({"a": [1, 2, 3], "b": ["x", "y", "x"]})
        table.describe(include="all")._repr_html_()
        table.groupby("b")["a"].mean()
        if "matplotlib.pyplot" in modules:
            table.hist()
    for figure in open_figures():
        figure.canvas.print_figure(io.BytesIO(), bbox_inches="tight")
    close_figures()


def main(configs, outputs, width, modules):
    warm_up(modules)
    gc.freeze()
    failed = running = 0
    for name, config in configs.items():
        if running == width:
            failed += os.wait()[1] != 0
            running -= 1
        if os.fork() == 0:
            try:
                run_notebook(name, config, outputs)
            except BaseException:
                sys.__stderr__.write(f"{name} failed\n")
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        running += 1
    for _ in range(running):
        failed += os.wait()[1] != 0
    return failed


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        sys.exit(main(json.load(file), sys.argv[2], int(sys.argv[3]), sys.argv[4:]) != 0)
