-- Every attempt of a job by itself, and what it takes to go on with a run whose engine was killed.

CREATE TABLE attempt (
    run     TEXT    NOT NULL,
    job     TEXT    NOT NULL,
    attempt INTEGER NOT NULL,
    state   TEXT    NOT NULL,
    queued  TEXT    NOT NULL,
    started TEXT,
    ended   TEXT,
    seconds REAL,
    error   TEXT,
    PRIMARY KEY (run, job, attempt)
);

INSERT INTO attempt (run, job, attempt, state, queued, started, ended, seconds, error)
SELECT run, id, attempt, state, queued, started, ended, seconds, error FROM job
WHERE started IS NOT NULL OR state = 'queued';

ALTER TABLE run ADD COLUMN config_sha256 TEXT;
ALTER TABLE run ADD COLUMN claim TEXT;     -- the name under which a watcher claimed the config file
ALTER TABLE run ADD COLUMN overrides TEXT; -- JSON: parameters of the command line
ALTER TABLE run ADD COLUMN engine TEXT;    -- host, process id and start of the process that ran it last

CREATE INDEX run_by_claim ON run (claim);

ALTER TABLE publication ADD COLUMN event_id TEXT;

-- How jobs ended whose files are not yet all delivered or given up: a row goes when they are.
CREATE TABLE unpublished (
    run    TEXT NOT NULL,
    job    TEXT NOT NULL,
    result TEXT NOT NULL, -- JSON, without secrets
    PRIMARY KEY (run, job)
);
