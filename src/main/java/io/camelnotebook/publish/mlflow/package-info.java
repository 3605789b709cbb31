/**
 * The destination {@code mlflow:}: a run at an MLflow tracking server for each attempt of a job, nested under one for the run
 * of its pipeline, by the server's REST API.
 *
 * @see <a href="https://mlflow.org/docs/latest/rest-api.html">MLflow's REST API</a>
 */
@NullMarked
package io.camelnotebook.publish.mlflow;

import org.jspecify.annotations.NullMarked;
