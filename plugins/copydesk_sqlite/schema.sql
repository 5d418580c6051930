-- Version 1 of the store. Rows are only added; `current` marks the newest of each key.
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  finished TEXT,
  chain TEXT NOT NULL,
  source TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  steps TEXT NOT NULL,
  counts TEXT
);

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run (id),
  key TEXT NOT NULL,
  current INTEGER NOT NULL,
  state TEXT NOT NULL,
  size INTEGER NOT NULL,
  modified REAL,
  sha256 TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  step TEXT NOT NULL,
  reason TEXT NOT NULL,
  traceback TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  record INTEGER REFERENCES record (id)
);
CREATE UNIQUE INDEX ledger_current ON ledger (key) WHERE current;
CREATE INDEX ledger_trouble ON ledger (state, step, reason) WHERE current AND state <> 'done';

-- One row a published record; its number is that of the ledger row it came with.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  json TEXT NOT NULL
);

CREATE VIEW current_record AS
SELECT ledger.key, ledger.run, record.id, record.json
FROM ledger JOIN record ON record.id = ledger.record
WHERE ledger.current;

-- Words only: `rowid` leads to the record.
CREATE VIRTUAL TABLE search USING fts5 (
  words, content = '', tokenize = "unicode61 remove_diacritics 2"
);

-- What steps made of contents, for later runs. May be emptied at any time.
CREATE TABLE result (
  sha256 TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  run INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (sha256, fingerprint)
) WITHOUT ROWID;
CREATE INDEX result_age ON result (run);
