-- What a run's config file has under jobs, in its order, which is that of tables of its jobs.

CREATE TABLE job_template (
    run      TEXT    NOT NULL REFERENCES run (id),
    name     TEXT    NOT NULL,
    place    INTEGER NOT NULL,
    PRIMARY KEY (run, name)
);

-- Of earlier runs only the order is known in which the first jobs of each came.
INSERT INTO job_template (run, name, place)
SELECT run, template, ROW_NUMBER() OVER (PARTITION BY run ORDER BY MIN(queued), template)
FROM job GROUP BY run, template;
