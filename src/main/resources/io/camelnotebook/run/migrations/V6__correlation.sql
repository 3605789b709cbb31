-- Of a run whose config came as a message: the id by which whoever sent it knows it.

ALTER TABLE run ADD COLUMN correlation TEXT;

CREATE INDEX run_by_correlation ON run (correlation) WHERE correlation IS NOT NULL;
