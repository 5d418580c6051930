-- Version 1 of the store. Rows are only added, until they are pruned: the state at the end of run N
-- is every row that was written by then (run <= N) and was not replaced by then (until > N).
-- There are no foreign keys: one process writes, in whole transactions, and checks would slow it.
CREATE TABLE run (
  id integer PRIMARY KEY,
  identity text NOT NULL UNIQUE,
  started text NOT NULL,
  finished text,
  chain text NOT NULL,
  source text NOT NULL,
  fingerprint text NOT NULL,
  steps json NOT NULL,
  counts json NOT NULL,
  back_to integer,
  kept boolean NOT NULL
);

CREATE TABLE ledger (
  id bigint PRIMARY KEY,
  run integer NOT NULL,
  until integer,
  key text COLLATE "C" NOT NULL,
  state text NOT NULL,
  size bigint NOT NULL,
  modified double precision,
  sha256 text NOT NULL,
  fingerprint text NOT NULL,
  step text NOT NULL,
  reason text NOT NULL,
  traceback text NOT NULL,
  attempts integer NOT NULL,
  record bigint
);
CREATE UNIQUE INDEX ledger_current ON ledger (key) WHERE until IS NULL;
CREATE INDEX ledger_trouble ON ledger (state, step, reason) WHERE until IS NULL AND state <> 'done';
CREATE INDEX ledger_replaced ON ledger (until) WHERE until IS NOT NULL;

-- One row a published record; its number is that of the ledger row it came with.
CREATE TABLE record (
  id bigint PRIMARY KEY,
  json json NOT NULL  -- not jsonb: a record is read back byte for byte
);
-- Where the server has it (14 and later, mostly), lz4 halves what writing a record costs.
DO $$ BEGIN
  EXECUTE 'ALTER TABLE record ALTER COLUMN json SET COMPRESSION lz4';
EXCEPTION WHEN syntax_error OR feature_not_supported THEN NULL;
END $$;

CREATE VIEW current_record AS
SELECT ledger.key, ledger.run, record.id, record.json
FROM ledger JOIN record ON record.id = ledger.record
WHERE ledger.until IS NULL;
