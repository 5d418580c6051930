"""Keeps records and the ledger in a PostgreSQL database, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from attrs import evolve

from copydesk.api import Entry, Known, Row, Run, StoreError
from copydesk_postgres import generations, rows
from copydesk_postgres.database import Database
from copydesk_postgres.options import Options
from copydesk_postgres.text import escape, restore

_BATCH = 256
_LARGEST = (1 << 29) - 1000  # bytes
_KNOWN = """SELECT key, state, size, modified, sha256, fingerprint, attempts, step, reason, run,
 record IS NOT NULL, told
FROM ledger WHERE until IS NULL"""
_ROWS = """SELECT key, state, step, reason, traceback, attempts, run, fingerprint
FROM ledger WHERE until IS NULL AND state <> 'done' ORDER BY key"""
_RECORDS = "SELECT json::text FROM current_record ORDER BY key"
_RECORD = "SELECT json::text FROM current_record WHERE key = %s"
_ENTRIES = """SELECT run, key, state, size, modified, sha256, fingerprint, step, reason, traceback,
 attempts, told, json::text
FROM ledger LEFT JOIN record ON record.id = ledger.record WHERE until IS NULL ORDER BY key"""
_END = "UPDATE run SET finished = %s, counts = %s WHERE id = %s"


class PostgresStore:
    """Records and ledger in tables of a schema.

    One process at a time may run with it, any number may read.
    """

    def __init__(self, options: Options) -> None:
        self._database = Database(options)
        self._run = 0
        self._last = 0

    @property
    def max_record_bytes(self) -> int:
        """A gigabyte goes to the server at once, in which half may be marks of escape."""
        return _LARGEST

    def begin(self, run: Run) -> int:
        """Note the start of a run; raises `StoreError` if another process is at one."""
        with self._writing() as connection:
            self._run = rows.last_run(connection) + 1
            rows.add_run(connection, run, self._run)
            self._last = rows.last_number(connection)
        return self._run

    def known(self) -> Iterator[Known]:
        """Yield what the ledger says of every item ever seen."""
        for row in self._read(_KNOWN):
            yield Known(*_restored(row))

    def commit(self, entries: Sequence[Entry]) -> None:
        """Write ledger rows and their records in one transaction: all of them or none."""
        numbered = [(n, self._run, entry) for n, entry in enumerate(entries, self._last + 1)]
        with self._writing() as connection:
            rows.write(connection, numbered)
        self._last += len(entries)

    def rows(self) -> Iterator[Row]:
        """Yield the current rows of the ledger that are not `done`, ordered by key."""
        for row in self._read(_ROWS):
            yield Row(*_restored(row))

    def record(self, key: str) -> bytes | None:
        """Return the current record of one item as JSON, None if it has none."""
        if not self._database.version:
            return None
        self._database.check_readable()
        with self._database.telling("read"):
            found = self._database.connection.execute(_RECORD, [escape(key)]).fetchone()
        return found[0].encode() if found else None

    def records(self) -> Iterator[bytes]:
        """Yield the current records as JSON, ordered by key."""
        for (record,) in self._read(_RECORDS):
            yield record.encode()

    def runs(self) -> Iterator[Run]:
        """Yield the runs, newest first."""
        return map(rows.make_run, self._read(rows.RUNS))

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end of the run."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as connection:
            connection.execute(_END, [finished, json.dumps(dict(counts)), self._run])

    def close(self) -> None:
        """Close the connection and let other runs begin."""
        self._database.close()

    def roll_back(self, run: int) -> Mapping[str, int]:
        """Make the state at the end of a run current again; part of the run that is on."""
        with self._writing() as connection:
            counts = generations.roll_back(connection, run, self._run)
            self._last = rows.last_number(connection)
        return counts

    def prune(self, keep: int) -> None:
        """Forget what only runs before the newest `keep` need."""
        with self._writing() as connection:
            generations.prune(connection, keep)

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield all current rows with their records and runs, by key."""
        for run, *content, told, record in self._read(_ENTRIES):
            found = None if record is None else record.encode()
            yield run, evolve(Entry(*_restored(content)), record=found, told=told)

    def join(self, runs: Sequence[Run], entries: Iterable[tuple[str, Entry]]) -> None:
        """Add runs and rows of another store in one transaction."""
        with self._writing() as connection:
            for number, run in enumerate(runs, rows.last_run(connection) + 1):
                rows.add_run(connection, run, number)
            numbers = dict(connection.execute("SELECT identity, id FROM run").fetchall())
            last = rows.last_number(connection)
            numbered = (
                (number, numbers[identity], entry)
                for number, (identity, entry) in enumerate(entries, last + 1)
            )
            while batch := list(islice(numbered, _BATCH)):
                rows.write(connection, batch)

    def _read(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yield rows as they were when the query began, a few at a time.

        They come over a connection of their own, so that the writing one stays free.
        """
        if not self._database.version:
            return
        self._database.check_readable()
        with (
            self._database.telling("read"),
            self._database.connect() as connection,
            connection.transaction(),
            connection.cursor(name="reading") as cursor,
        ):
            cursor.itersize = _BATCH
            yield from cursor.execute(query)

    @contextmanager
    def _writing(self) -> Iterator[Any]:
        """Open a transaction in a store that no other process writes to."""
        database = self._database
        with database.telling("written"):
            if not database.hold():
                raise StoreError(
                    f"{database.name}: another run is at work on this store{self._holder()}; wait "
                    "for it to end, or give this run a store of its own with --store"
                )
            with database.connection.transaction():
                yield database.connection

    def _holder(self) -> str:
        """Say which run holds the store, as far as it can be told."""
        run = next(self.runs(), None)
        return f" (run {run.number}, begun {run.started}, of {run.chain})" if run else ""


def _restored(cells: Iterable[Any]) -> list[Any]:
    """Return a row with its texts as they were given."""
    return [restore(cell) if isinstance(cell, str) else cell for cell in cells]
