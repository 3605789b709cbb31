-- A REAL of PostgreSQL has six digits, one of SQLite fifteen.

ALTER TABLE job ALTER COLUMN seconds TYPE DOUBLE PRECISION;
ALTER TABLE attempt ALTER COLUMN seconds TYPE DOUBLE PRECISION;
