"""Keeps records and the ledger in one SQLite file, in one transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from copydesk.api import Entry, Known, Run, StoreError
from copydesk_sqlite.database import connect
from copydesk_sqlite.options import Options

_KNOWN = (
    "SELECT key, state, size, modified, sha256, fingerprint, attempts FROM ledger WHERE current"
)
_ENTRY = """INSERT INTO ledger
(id, run, key, current, state, size, modified, sha256, fingerprint, step, reason, traceback,
 attempts, record) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_CURRENT = "SELECT record FROM ledger WHERE key = ? AND current"
_RETIRE = "UPDATE ledger SET current = 0 WHERE key = ? AND current"
_RECORD = "INSERT INTO record (id, json) VALUES (?, CAST(? AS TEXT))"
_SEARCH = "INSERT INTO search (rowid, words) VALUES (?, ?)"


class SqliteStore:
    """The store at work; one process at a time may run with it, any number may read."""

    def __init__(self, options: Options) -> None:
        self._path = options.path
        self._full_text = options.full_text
        self._connection = connect(options.path)
        self._lock = FileLock(f"{options.path}.lock")
        self._run = 0
        self._last = 0

    def begin(self, run: Run) -> int:
        """Note the start of a run; raises `StoreError` if another process is at one."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                f"{self._path}: another run is at work on this store; wait for it to end, "
                "or give this run a store of its own with --store"
            ) from error
        with self._connection as connection:
            row = connection.execute(
                "INSERT INTO run (started, chain, fingerprint, steps) VALUES (?, ?, ?, ?)",
                (run.started, run.chain, run.fingerprint, json.dumps(run.steps)),
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
        last = self._last
        with self._connection as connection:
            for entry in entries:
                last += 1
                self._write(connection, last, entry)
        self._last = last

    def _write(self, connection: sqlite3.Connection, number: int, entry: Entry) -> None:
        before = connection.execute(_CURRENT, (entry.key,)).fetchone()
        record = None
        if before is not None:
            connection.execute(_RETIRE, (entry.key,))
            record = before[0] if entry.state == "gone" else None
        if entry.record is not None:
            record = number
            connection.execute(_RECORD, (number, entry.record))
            if self._full_text and entry.search:
                connection.execute(_SEARCH, (number, entry.search))
        connection.execute(
            _ENTRY,
            (number, self._run, entry.key, entry.state, entry.size, entry.modified, entry.sha256,
             entry.fingerprint, entry.step, entry.reason, entry.traceback, entry.attempts, record),
        )  # fmt: skip

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end of the run."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        with self._connection as connection:
            connection.execute(
                "UPDATE run SET finished = ?, counts = ? WHERE id = ?",
                (finished, json.dumps(dict(counts)), self._run),
            )

    def records(self) -> Iterator[bytes]:
        """Yield the current records as JSON, ordered by key."""
        rows = self._connection.execute(
            "SELECT CAST(json AS BLOB) FROM current_record ORDER BY key"
        )
        for (record,) in rows:
            yield record

    def close(self) -> None:
        """Close the file and let other runs begin."""
        self._connection.close()
        self._lock.release()
