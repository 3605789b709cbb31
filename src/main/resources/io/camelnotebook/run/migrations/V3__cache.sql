-- What jobs that succeeded left: their executed notebooks, and the files that their configs name.

CREATE TABLE job_output (
    run        TEXT NOT NULL,
    job        TEXT NOT NULL,
    sha256     TEXT NOT NULL, -- of the executed notebook
    cache_key  TEXT,          -- a checksum of all that decides what the job does; with 'cache: true' only
    origin_run TEXT,          -- of a job that was cached: which job stands for it
    origin_job TEXT,
    PRIMARY KEY (run, job)
);

CREATE INDEX job_output_by_key ON job_output (cache_key) WHERE cache_key IS NOT NULL;

CREATE TABLE job_file (
    run      TEXT    NOT NULL,
    job      TEXT    NOT NULL,
    name     TEXT    NOT NULL, -- its key under 'outputs'
    position INTEGER NOT NULL, -- among the files of a glob, from 0
    glob     INTEGER NOT NULL, -- 1 if the name stands for as many files as there were
    path     TEXT    NOT NULL,
    sha256   TEXT    NOT NULL,
    bytes    BIGINT  NOT NULL,
    PRIMARY KEY (run, job, name, position)
);
