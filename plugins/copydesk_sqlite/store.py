"""Keeps records and the ledger in one SQLite file, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from copydesk.api import Entry, Known, Result, Row, Run, StoreError
from copydesk_sqlite.database import connect
from copydesk_sqlite.options import Options
from copydesk_sqlite.results import Results

_KNOWN = """SELECT key, state, size, modified, sha256, fingerprint, attempts, step, reason
FROM ledger WHERE current"""
_ROWS = """SELECT key, state, step, reason, traceback, attempts, run, fingerprint
FROM ledger WHERE current AND state <> 'done' ORDER BY key"""
_RUNS = """SELECT started, chain, source, fingerprint, steps, id, finished, counts
FROM run ORDER BY id DESC"""
_RECORDS = "SELECT CAST(json AS BLOB) FROM current_record"
_RUN = "INSERT INTO run (started, chain, source, fingerprint, steps) VALUES (?, ?, ?, ?, ?)"
_RETIRE = "UPDATE ledger SET current = 0 WHERE key = ? AND current"
_ENTRY = """INSERT INTO ledger
(id, run, key, current, state, size, modified, sha256, fingerprint, step, reason, traceback,
 attempts, record)
VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_STAYING = "SELECT record FROM ledger WHERE key = ? AND current"
_RECORD = "INSERT INTO record (id, json) VALUES (?, CAST(? AS TEXT))"
_SEARCH = "INSERT INTO search (rowid, words) VALUES (?, ?)"


class SqliteStore:
    """Records, ledger and full-text index in one file that any SQLite tool can read.

    One process at a time may run with it, any number may read.
    """

    def __init__(self, options: Options) -> None:
        self._path = options.path
        self._full_text = options.full_text
        self._connection = connect(options.path)
        self._results = Results(self._connection, options.cache_mb)
        self._lock = FileLock(f"{options.path}.lock")
        self._run = 0
        self._last = 0

    def begin(self, run: Run) -> int:
        """Note the start of a run; raises `StoreError` if another process is at one."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                f"{self._path}: another run is at work on this store{self._holder()}; wait for it "
                "to end, or give this run a store of its own with --store"
            ) from error
        with self._writing() as connection:
            row = connection.execute(
                _RUN,
                (run.started, run.chain, run.source, run.fingerprint, json.dumps(run.steps)),
            )
            self._run = row.lastrowid or 0
        self._last = connection.execute("SELECT coalesce(max(id), 0) FROM ledger").fetchone()[0]
        return self._run

    def known(self) -> Iterator[Known]:
        """Yield what the ledger says of every item ever seen."""
        for row in self._connection.execute(_KNOWN):
            yield Known(*row)

    def commit(self, entries: Sequence[Entry]) -> None:
        """Write ledger rows and their records in one transaction: all of them or none."""
        numbered = list(enumerate(entries, self._last + 1))
        with self._writing() as connection:
            rows = [self._row(number, entry) for number, entry in numbered]
            connection.executemany(_RETIRE, [(entry.key,) for entry in entries])
            connection.executemany(_ENTRY, rows)
            connection.executemany(
                _RECORD, [(number, e.record) for number, e in numbered if e.record is not None]
            )
            if self._full_text:
                connection.executemany(
                    _SEARCH, [(number, e.search) for number, e in numbered if e.search]
                )
            self._results.keep(entries, self._run)
        self._last += len(entries)

    def recall(self, sha256: str) -> Iterator[Result]:
        """Yield what steps made of a content in earlier runs."""
        return self._results.recall(sha256)

    def rows(self) -> Iterator[Row]:
        """Yield the current rows of the ledger that are not `done`, ordered by key."""
        for row in self._connection.execute(_ROWS):
            yield Row(*row)

    def record(self, key: str) -> bytes | None:
        """Return the current record of one item as JSON, None if it has none."""
        found = self._connection.execute(f"{_RECORDS} WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def records(self) -> Iterator[bytes]:
        """Yield the current records as JSON, ordered by key."""
        for (record,) in self._connection.execute(f"{_RECORDS} ORDER BY key"):
            yield record

    def runs(self) -> Iterator[Run]:
        """Yield the runs, newest first."""
        for row in self._connection.execute(_RUNS):
            started, chain, source, fingerprint, steps, number, finished, counts = row
            made = tuple(json.loads(steps)), number, finished, json.loads(counts or "{}")
            yield Run(started, chain, source, fingerprint, *made)

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end of the run, and bring the kept results to their size."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as connection:
            connection.execute(
                "UPDATE run SET finished = ?, counts = ? WHERE id = ?",
                (finished, json.dumps(dict(counts)), self._run),
            )
            self._results.shrink()

    def close(self) -> None:
        """Close the file and let other runs begin."""
        self._connection.close()
        self._lock.release()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction; a disk that is full or gone is the user's to mend."""
        try:
            with self._connection as connection:
                yield connection
        except sqlite3.OperationalError as error:
            raise StoreError(
                f"{self._path}: the store cannot be written: {error}; what was committed is safe, "
                "and the next run does the rest"
            ) from error

    def _row(self, number: int, entry: Entry) -> tuple[object, ...]:
        """Return a row of the ledger; the record is its own, the one before, or none."""
        record = number if entry.record is not None else None
        if entry.keeps_record:
            before = self._connection.execute(_STAYING, (entry.key,)).fetchone()
            record = before[0] if before else None
        return (
            number, self._run, entry.key, entry.state, entry.size, entry.modified, entry.sha256,
            entry.fingerprint, entry.step, entry.reason, entry.traceback, entry.attempts, record,
        )  # fmt: skip

    def _holder(self) -> str:
        """Say which run holds the store, as far as it can be told."""
        run = next(self.runs(), None)
        return f" (run {run.number}, begun {run.started}, of {run.chain})" if run else ""
