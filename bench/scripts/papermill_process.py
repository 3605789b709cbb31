"""The well-known script: a process for each config, all at once. papermill_process.py CONFIGS OUTPUTS WIDTH"""

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
    processes = []
    for name, config in configs.items():
        process = multiprocessing.Process(target=run_notebook, args=(name, config, sys.argv[2]))
        process.start()
        processes.append(process)
    for process in processes:
        process.join()
    sys.exit(any(process.exitcode for process in processes))
