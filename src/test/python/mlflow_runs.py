"""Prints the runs of an experiment as MLflow's own client sees them: mlflow_runs.py EXPERIMENT"""

import sys

import mlflow

client = mlflow.MlflowClient()
experiment = client.get_experiment_by_name(sys.argv[1]).experiment_id
runs = client.search_runs([experiment])
ids = {run.info.run_id for run in runs}

for run in sorted(runs, key=lambda run: run.info.run_name):
    # Without the id of the pipeline's run.
    name = run.info.run_name.split(" 20")[0]
    nested = run.data.tags.get("mlflow.parentRunId") in ids
    print(name, run.info.status, "nested" if nested else "", *(file.path for file in client.list_artifacts(run.info.run_id)))
    if name == "works":
        print(*sorted(run.data.params.items()))
        print(*sorted((key, value) for key, value in run.data.metrics.items() if "/" not in key), run.data.tags["results.best"])
        print(*((metric.step, metric.value) for metric in client.get_metric_history(run.info.run_id, "loss")))
        with open(client.download_artifacts(run.info.run_id, "works_works.ipynb")) as notebook:
            print("ridge" in notebook.read())
    if name == "fails":
        print(run.data.tags["camel_notebook.error"])
