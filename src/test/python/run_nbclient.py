"""Executes notebooks with nbclient: run_nbclient.py INPUTS OUTPUTS

INPUTS is a folder with a folder for each notebook, which holds notebook.ipynb and is the kernel's working directory.
Each executed notebook is written to OUTPUTS, under the name of its folder, and how it ended to OUTPUTS/verdicts.json.
"""

import asyncio
import json
import pathlib
import sys

import nbclient
import nbclient.exceptions
import nbformat

KERNELS = 2
# Seconds, for a cell that would hang: it is interrupted, and the other notebooks can be compared.
LIMIT = 120
INPUTS, OUTPUTS = map(pathlib.Path, sys.argv[1:])


def client(notebook, folder):
    """nbclient with the options that the notebook asks for in metadata.comparison; else with its defaults."""
    options = notebook.metadata.get("comparison", {})
    return nbclient.NotebookClient(
        notebook,
        kernel_name=notebook.metadata.get("kernelspec", {}).get("name", "python3"),
        resources={"metadata": {"path": str(folder)}},
        allow_errors=options.get("allow_errors", False),
        coalesce_streams=options.get("coalesce_streams", False),
        timeout=options.get("timeout", LIMIT),
        interrupt_on_timeout=True,
        record_timing=True,
        store_widget_state=True,
        shutdown_kernel="immediate",
    )


async def verdict(notebook, folder):
    try:
        await client(notebook, folder).async_execute()
    except nbclient.exceptions.CellExecutionError as error:
        return {"outcome": "failed", "ename": error.ename, "evalue": error.evalue}
    except nbclient.exceptions.CellTimeoutError:
        return {"outcome": "timed_out"}
    except nbclient.exceptions.DeadKernelError:
        return {"outcome": "kernel_died"}
    return {"outcome": "succeeded"}


async def execute(folder, slots):
    async with slots:
        try:
            notebook = nbformat.read(folder / "notebook.ipynb", as_version=4)
            ending = await verdict(notebook, folder)
            nbformat.write(notebook, OUTPUTS / f"{folder.name}.ipynb")
        except Exception as error:
            ending = {"outcome": "broke off", "ename": type(error).__name__, "evalue": str(error)}
        return folder.name, ending


async def main():
    slots = asyncio.Semaphore(KERNELS)
    endings = await asyncio.gather(*(execute(folder, slots) for folder in sorted(INPUTS.iterdir())))
    (OUTPUTS / "verdicts.json").write_text(json.dumps(dict(endings)))


asyncio.run(main())
