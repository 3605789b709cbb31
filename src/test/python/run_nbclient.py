"""Executes notebooks with nbclient: run_nbclient.py INPUTS OUTPUTS

INPUTS is a folder with a folder for each notebook, which holds notebook.ipynb and is the kernel's working directory.
Each executed notebook is written to OUTPUTS, under the name of its folder, and how it ended to OUTPUTS/verdicts.json.
"""

import asyncio
import json
import pathlib
import sys

import forked_kernels
import nbclient
import nbclient.exceptions
import nbformat
from jupyter_client.provisioning import local_provisioner

KERNELS = 2
# nbclient was seen to wait for ever, with an idle kernel, in cells of Output widgets: it tries again after these seconds.
LIMIT = 60
TRIES = 3
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
        timeout=options.get("timeout"),
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


async def within_limit(folder):
    for attempt in range(1, TRIES + 1):
        notebook = nbformat.read(folder / "notebook.ipynb", as_version=4)
        # Not wait_for: nbclient takes its own cancellation for the death of the kernel, and answers.
        execution = asyncio.create_task(verdict(notebook, folder))
        done, _ = await asyncio.wait([execution], timeout=LIMIT)
        if done:
            ending = execution.result()
            nbformat.write(notebook, OUTPUTS / f"{folder.name}.ipynb")
            return ending
        print(f"{folder.name} took more than {LIMIT} s, try {attempt} of {TRIES}", flush=True)
        execution.cancel()
        await asyncio.wait([execution])
    return {"outcome": "hung"}


async def execute(folder, slots):
    async with slots:
        try:
            return folder.name, await within_limit(folder)
        except Exception as error:
            return folder.name, {"outcome": "broke off", "ename": type(error).__name__, "evalue": str(error)}


async def main():
    slots = asyncio.Semaphore(KERNELS)
    endings = await asyncio.gather(*(execute(folder, slots) for folder in sorted(INPUTS.iterdir())))
    (OUTPUTS / "verdicts.json").write_text(json.dumps(dict(endings)))


local_provisioner.launch_kernel = forked_kernels.Kernels().launch
asyncio.run(main())
