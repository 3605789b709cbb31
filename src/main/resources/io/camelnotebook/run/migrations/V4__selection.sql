-- Of a run of some jobs only: which were named.

ALTER TABLE run ADD COLUMN selection TEXT; -- JSON: a list of names
