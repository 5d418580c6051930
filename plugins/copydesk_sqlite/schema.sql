-- Version 3 of the store. Rows are only added, until they are pruned: the state at the end of run N
-- is every row that was written by then (`run <= N`) and was not replaced by then (`until > N`).
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  started TEXT NOT NULL,
  finished TEXT,
  chain TEXT NOT NULL,
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  steps TEXT NOT NULL,
  counts TEXT,
  back_to INTEGER,
  kept INTEGER NOT NULL DEFAULT 1
);

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id),
  until INTEGER REFERENCES run (id),
  current INTEGER GENERATED ALWAYS AS (until IS NULL) VIRTUAL,
  key TEXT NOT NULL,
  state TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified REAL,
  sha256 TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  traceback TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  record INTEGER REFERENCES record (id),
  told TEXT  -- hash of what the collection told of it; null in rows from before it was kept
);
CREATE UNIQUE INDEX ledger_current ON ledger (key) WHERE until IS NULL;
CREATE INDEX ledger_trouble ON ledger (state, step, reason) WHERE until IS NULL AND state <> 'done';
CREATE INDEX ledger_replaced ON ledger (until) WHERE until IS NOT NULL;

-- One row a published record; its number is that of the ledger row it came with.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  json TEXT NOT NULL,
  words INTEGER  -- CRC-32 of the words that the index has of it; null if it has none
);

CREATE VIEW current_record AS
SELECT ledger.key, ledger.run, record.id, record.json
FROM ledger JOIN record ON record.id = ledger.record
WHERE ledger.until IS NULL;

-- Words only: `rowid` leads to the record.
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', tokenize = "unicode61 remove_diacritics 2"
);
-- Words that wait in memory for one write, in bytes: a whole batch, not the usual megabyte.
INSERT INTO search (search, rank) VALUES ('hashsize', 16000000);

-- What steps made of contents, for later runs. May be emptied at any time.
CREATE TABLE result (
  sha256 TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  run INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (sha256, fingerprint)
) WITHOUT ROWID;
CREATE INDEX result_age ON result (run);
