"""papermill in a pool of processes. papermill_pool.py CONFIGS OUTPUTS WIDTH"""

import json
import multiprocessing
import sys

import papermill


def run_notebook(name, config, outputs):
    output = f"{outputs}/{name}.ipynb"
    papermill.execute_notebook(config["notebook"], output, parameters={"config": config}, iopub_timeout=60)


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        configs = json.load(file)
    with multiprocessing.Pool(int(sys.argv[3])) as pool:
        pool.starmap(run_notebook, [(name, config, sys.argv[2]) for name, config in configs.items()], chunksize=1)
