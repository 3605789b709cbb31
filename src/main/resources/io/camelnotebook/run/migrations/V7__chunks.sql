-- The chunks of jobs with a map that are done. What is not here is to be done (again).

CREATE TABLE chunk (
    run TEXT NOT NULL REFERENCES run (id),
    job TEXT NOT NULL,
    number INTEGER NOT NULL,
    work TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    first_item BIGINT NOT NULL,
    items INTEGER NOT NULL,
    from_offset BIGINT NOT NULL,
    to_offset BIGINT NOT NULL,
    failed INTEGER NOT NULL,
    seconds DOUBLE PRECISION NOT NULL,
    results_end BIGINT,
    PRIMARY KEY (run, job, number)
);
