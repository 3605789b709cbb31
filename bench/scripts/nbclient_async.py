"""nbclient in one process, so many notebooks at a time. nbclient_async.py CONFIGS OUTPUTS WIDTH"""

import asyncio
import json
import sys

import nbclient
import nbformat


async def run_notebook(name, config, outputs, room):
    async with room:
        notebook = nbformat.read(config["notebook"], as_version=4)
        await nbclient.NotebookClient(notebook, timeout=None, iopub_timeout=60).async_execute()
        nbformat.write(notebook, f"{outputs}/{name}.ipynb")


async def main(configs, outputs, width):
    room = asyncio.Semaphore(width)
    await asyncio.gather(*(run_notebook(name, config, outputs, room) for name, config in configs.items()))


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        asyncio.run(main(json.load(file), sys.argv[2], int(sys.argv[3])))
