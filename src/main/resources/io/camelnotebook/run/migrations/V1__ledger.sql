-- What ran, how it ended and what it produced. Times are ISO 8601 in UTC; JSON is text. Plain enough for SQLite and PostgreSQL.

CREATE TABLE run (
    id        TEXT PRIMARY KEY,
    pipeline  TEXT    NOT NULL,
    config    TEXT    NOT NULL, -- the path of the config file
    state     TEXT    NOT NULL,
    jobs      INTEGER NOT NULL,
    started   TEXT    NOT NULL,
    ended     TEXT
);

CREATE TABLE job (
    run        TEXT    NOT NULL REFERENCES run (id),
    id         TEXT    NOT NULL,
    template   TEXT    NOT NULL,
    position   INTEGER NOT NULL, -- among the jobs of the template, from 0
    label      TEXT    NOT NULL,
    state      TEXT    NOT NULL,
    attempt    INTEGER NOT NULL,
    notebook   TEXT    NOT NULL,
    output     TEXT    NOT NULL,
    parameters TEXT    NOT NULL, -- JSON
    results    TEXT,             -- JSON
    error      TEXT,
    queued     TEXT    NOT NULL,
    started    TEXT,
    ended      TEXT,
    seconds    REAL,
    PRIMARY KEY (run, id)
);

CREATE INDEX job_by_template ON job (run, template, position);

-- Every change of a job's state, with its date.
CREATE TABLE state_change (
    run     TEXT    NOT NULL,
    job     TEXT    NOT NULL,
    attempt INTEGER NOT NULL,
    state   TEXT    NOT NULL,
    at      TEXT    NOT NULL
);

CREATE INDEX state_change_by_job ON state_change (run, job);

-- Each file of a job that was sent to a destination, or could not be.
CREATE TABLE publication (
    run         TEXT NOT NULL,
    job         TEXT NOT NULL,
    destination TEXT NOT NULL, -- without passwords
    file        TEXT NOT NULL,
    state       TEXT NOT NULL, -- delivered or undelivered
    error       TEXT,
    at          TEXT NOT NULL
);

CREATE INDEX publication_by_job ON publication (run, job);
