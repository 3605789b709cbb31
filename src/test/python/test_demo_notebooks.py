"""Tests of the demo's notebooks, executed as Jupyter would, without camel-notebook: pytest src/test/python"""

import asyncio
import pathlib

import jupyter_client
import nbclient
import nbformat
import pandas
import pytest

ROOT = pathlib.Path(__file__).parents[3]
MODULE_FOLDER = ROOT / "src/main/resources/io/camelnotebook/kernel"
NOTEBOOKS = ["make_data", "data_explorer", "compare", "make_customers", "match", "best_matches"]


def read(name):
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)


def execute(name, working_folder, kernel=None, **parameters):
    """Executes a notebook in a kernel of its own, or in the given one, where others ran before."""
    notebook = read(name)
    place = next(number for number, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", []))
    source = "\n".join(f"{key} = {value!r}" for key, value in parameters.items())
    notebook.cells.insert(place + 1, nbformat.v4.new_code_cell(source))
    if kernel:
        notebook.cells.insert(0, nbformat.v4.new_code_cell(f"import os\nos.chdir({str(working_folder)!r})"))
    resources = {"metadata": {"path": str(working_folder)}}
    nbclient.NotebookClient(notebook, km=kernel, kernel_name="python3", resources=resources).execute()
    return notebook


def outputs(notebook):
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def results(notebook):
    scraps = [output.get("data", {}).get("application/scrapbook.scrap.json+json") for output in outputs(notebook)]
    return {scrap["name"]: scrap["data"] for scrap in scraps if scrap}


def errors(notebook):
    return [output.text for output in outputs(notebook) if output.get("name") == "stderr"]


@pytest.fixture(autouse=True)
def with_the_module_of_the_engine(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(MODULE_FOLDER))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")


@pytest.fixture(scope="module")
def shared_kernel():
    """A kernel for several tests: importing pandas and matplotlib takes most of a small notebook's time."""
    manager = jupyter_client.AsyncKernelManager(kernel_name="python3")
    yield manager
    asyncio.run(manager.shutdown_kernel(now=True))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_kept_valid_without_outputs_and_with_parameters(name):
    notebook = read(name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "camel-notebook"
    assert outputs(notebook) == []
    assert [cell for cell in notebook.cells if cell.get("execution_count")] == []
    assert len([cell for cell in notebook.cells if cell.metadata.get("tags") == ["parameters"]]) == 1


def test_the_matching_demo_finds_who_is_in_both_lists(tmp_path, shared_kernel):
    made = results(execute("make_customers", tmp_path, shared_kernel, old=90, new=100, both=60))
    assert made == {"file": "data/customers.json", "pairs": 9000}
    execute("match", tmp_path, shared_kernel)
    notebook = nbformat.v4.new_notebook()
    call = "import json\nwith open('all.jsonl', 'w') as out:\n    for pair in range(9000):\n"
    call += "        out.write(json.dumps({'index': pair, 'value': similarity(pair)}) + '\\n')"
    notebook.cells = [cell for cell in read("match").cells if cell.cell_type == "code"][:3]
    notebook.cells += [nbformat.v4.new_code_cell(call)]
    nbclient.NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    found = results(execute("best_matches", tmp_path, shared_kernel, similarities="all.jsonl"))
    assert found["precision"] > 0.8
    assert found["recall"] > 0.8


def test_the_demo_makes_explores_and_compares(tmp_path, shared_kernel):
    made = results(execute("make_data", tmp_path))
    assert made == {
        "bank": "data/bank.csv",
        "housing": "data/housing.csv",
        "sensors": "data/sensors.csv",
        "rows": 10000,
    }

    runs = []
    for label in ("bank", "housing", "sensors"):
        config = {"data_url": made[label], "output_label": label}
        explored = execute("data_explorer", tmp_path, shared_kernel, config=config)
        table = pandas.read_csv(tmp_path / made[label])
        found = results(explored)
        assert (found["rows"], found["columns"]) == table.shape
        assert found["missing_share"] == round(table.isna().to_numpy().mean(), 4)
        assert found["most_missing"] == table.isna().sum().idxmax()
        assert len([output for output in outputs(explored) if "image/png" in output.get("data", {})]) == 4
        assert errors(explored) == []
        output = f"outputs/{label}.ipynb"
        runs.append({"label": label, "parameters": {}, "results": found, "status": "succeeded", "output": output})

    failed = {"label": "lost", "parameters": {}, "results": {}, "status": "failed", "output": None}
    compared = execute("compare", tmp_path, runs=[*runs, failed])
    assert results(compared)["most_incomplete"] == "sensors"
    assert results(compared)["total_rows"] == 30000
    assert errors(compared) == []


def test_the_same_seed_makes_the_same_files_and_leaves_no_others(tmp_path, shared_kernel):
    for folder in ("one", "two", "three"):
        execute("make_data", tmp_path, shared_kernel, rows=200, folder=folder, seed=7 if folder == "three" else 1)
    contents = {
        folder: [path.read_bytes() for path in sorted((tmp_path / folder).iterdir())] for folder in ("one", "two", "three")
    }
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["bank.csv", "housing.csv", "sensors.csv"]
    assert contents["one"] == contents["two"]
    assert contents["one"] != contents["three"]


@pytest.mark.parametrize(
    "text",
    ["name,city\nAda,London\nBob,Bonn\n", "a,b\n1,\n2,\n", "a\n1\n", "a,b,day\n1,2,2026-01-02\n3,1,2026-01-03\n"],
    ids=["no numbers", "an empty column", "one value", "a date"],
)
def test_unusual_tables_are_explored_too(tmp_path, shared_kernel, text):
    (tmp_path / "table.csv").write_text(text)
    found = results(execute("data_explorer", tmp_path, shared_kernel, config={"data_url": "table.csv"}))
    assert found["rows"] == text.count("\n") - 1


def test_a_table_without_rows_is_refused(tmp_path, shared_kernel):
    (tmp_path / "table.csv").write_text("a,b\n")
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="table.csv has no rows to explore: it needs"):
        execute("data_explorer", tmp_path, shared_kernel, config={"data_url": "table.csv"})


def test_missing_data_are_named_with_their_remedy(tmp_path, shared_kernel):
    with pytest.raises(nbclient.exceptions.CellExecutionError, match="There is no data/bank.csv in .*demo.yaml"):
        execute("data_explorer", tmp_path, shared_kernel)


@pytest.mark.parametrize("name", ["make_data", "data_explorer", "compare", "make_customers"])
def test_a_notebook_runs_in_plain_jupyter(tmp_path, monkeypatch, name):
    monkeypatch.delenv("PYTHONPATH")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/bank.csv").write_text("age,subscribed\n30,yes\n40,no\n50,no\n")
    notebook = execute(name, tmp_path, **({"rows": 50} if name == "make_data" else {}))
    assert " = " in "".join(output.text for output in outputs(notebook) if output.get("name") == "stdout")
