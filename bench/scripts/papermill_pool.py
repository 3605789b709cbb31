"""papermill in a pool of processes. papermill_pool.py CONFIGS OUTPUTS WIDTH"""

import json
import multiprocessing
import sys

import papermill


def run_notebook(name, config, outputs):
    papermill.execute_notebook(config["notebook"], f"{outputs}/{name}.ipynb", parameters={"config": config})


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        configs = json.load(file)
    with multiprocessing.Pool(int(sys.argv[3])) as pool:
        pool.starmap(run_notebook, [(name, config, sys.argv[2]) for name, config in configs.items()], chunksize=1)
