"""Keeps records and the ledger in one SQLite file, in one transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import starmap
from pathlib import Path

from filelock import FileLock, Timeout

from copydesk.api import Entry, Known, Result, Row, Run, StoreError
from copydesk_sqlite import generations, index, joining, rows
from copydesk_sqlite.database import check_readable, open_to_read, open_to_write
from copydesk_sqlite.options import Options
from copydesk_sqlite.results import Results
from copydesk_sqlite.trouble import describe_damage, is_damage, told

_KNOWN = """SELECT key, state, size, modified, sha256, fingerprint, attempts, step, reason, run,
 record IS NOT NULL, told
FROM ledger WHERE until IS NULL"""
_ROWS = """SELECT key, state, step, reason, traceback, attempts, run, fingerprint
FROM ledger WHERE until IS NULL AND state <> 'done' ORDER BY key"""
_RECORDS = "SELECT CAST(json AS BLOB) FROM current_record"
_ROW = 1000  # bytes, more than enough for what stands beside a record
_END = "UPDATE run SET finished = ?, counts = ? WHERE id = ?"


class SqliteStore:
    """Records, ledger and full-text index in one file that any SQLite tool can read.

    One process at a time may run with it, any number may read.
    """

    def __init__(self, options: Options) -> None:
        self._path = options.path
        self._full_text = options.full_text
        self._cache_mb = options.cache_mb
        self._opened = open_to_read(options.path)
        self._results = Results(self._opened, options.cache_mb)
        # Whatever name it is called by, it is one store and has one lock.
        self._real = Path(os.path.realpath(options.path))
        self._lock = FileLock(f"{self._real}.lock")
        self._identity: tuple[int, int] | None = None
        self._run = 0
        self._last = 0

    @property
    def max_record_bytes(self) -> int:
        """What SQLite lets a row take, less what the row takes itself."""
        return self._opened.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) - _ROW

    def begin(self, run: Run) -> int:
        """Note the start of a run; raises `StoreError` if another process is at one."""
        with self._writing() as connection:
            self._run = rows.add_run(connection, run)
            self._last = rows.last_number(connection)
        return self._run

    def known(self) -> Iterator[Known]:
        """Yield what the ledger says of every item ever seen."""
        with self._reading() as connection:
            yield from starmap(Known, connection.execute(_KNOWN))

    def commit(self, entries: Sequence[Entry]) -> None:
        """Write ledger rows and their records in one transaction: all of them or none."""
        numbered = [(n, self._run, entry) for n, entry in enumerate(entries, self._last + 1)]
        with self._writing(entries) as connection:
            rows.write(connection, numbered, full_text=self._full_text)
            if self._full_text:
                index.add(connection, ((number, entry.search) for number, _, entry in numbered))
            self._results.keep(entries, self._run)
        self._last += len(entries)

    def rows(self) -> Iterator[Row]:
        """Yield the current rows of the ledger that are not `done`, ordered by key."""
        with self._reading() as connection:
            yield from starmap(Row, connection.execute(_ROWS))

    def record(self, key: str) -> bytes | None:
        """Return the current record of one item as JSON, None if it has none."""
        with self._reading() as connection:
            found = connection.execute(f"{_RECORDS} WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    def records(self) -> Iterator[bytes]:
        """Yield the current records as JSON, ordered by key."""
        with self._reading() as connection:
            for (record,) in connection.execute(f"{_RECORDS} ORDER BY key"):
                yield record

    def runs(self) -> Iterator[Run]:
        """Yield the runs, newest first."""
        with self._reading() as connection:
            yield from rows.read_runs(connection)

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end of the run, and bring the kept results to their size."""
        finished = datetime.now(UTC).isoformat(timespec="seconds")
        with self._writing() as connection:
            connection.execute(_END, (finished, json.dumps(dict(counts)), self._run))
            self._results.shrink()

    def close(self) -> None:
        """Close the file and let other runs begin."""
        self._opened.close()
        self._lock.release()

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

    def recall(self, sha256: str) -> Iterator[Result]:
        """Yield what steps made of a content in earlier runs."""
        with told(self._path):
            yield from self._results.recall(sha256)

    def count_results(self) -> tuple[int, int]:
        """Return how many results of steps are kept, and their bytes."""
        with told(self._path):
            return self._results.size()

    def clear_results(self) -> None:
        """Forget the results of steps, and give their space back."""
        with self._writing() as connection:
            self._results.clear()
        with self._explained():
            connection.execute("VACUUM")

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield all current rows with their records and runs, by key."""
        with self._reading() as connection:
            yield from joining.read_entries(connection)

    def join(self, runs: Sequence[Run], entries: Iterable[tuple[str, Entry]]) -> None:
        """Add runs and rows of another store in one transaction."""
        with self._writing() as connection:
            joining.join(connection, runs, entries, full_text=self._full_text)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give the database to read from; raises `StoreError` where it is old or damaged."""
        with told(self._path):
            if not self._lock.is_locked:
                check_readable(self._opened, self._path)
            yield self._opened

    def _hold(self) -> None:
        """Keep other processes from writing until the store is closed; make it if it is missing."""
        if self._lock.is_locked:
            return
        try:
            self._real.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                f"{self._path}: another run is at work on this store{self._holder()}; wait for it "
                "to end, or give this run a store of its own with --store"
            ) from error
        except OSError as error:
            raise StoreError(f"{self._path}: the store cannot be written: {error}") from error
        self._opened.close()
        self._opened = open_to_write(self._path)
        self._identity = _identify(self._path)
        self._results = Results(self._opened, self._cache_mb)

    def _holder(self) -> str:
        """Say which run holds the store, as far as it can be told."""
        with told(self._path), closing(open_to_read(self._path)) as connection:
            run = next(rows.read_runs(connection), None)
        return f" (run {run.number}, begun {run.started}, of {run.chain})" if run else ""

    @contextmanager
    def _writing(self, entries: Sequence[Entry] = ()) -> Iterator[sqlite3.Connection]:
        """Open a transaction, in which `entries` are written."""
        self._hold()
        with self._explained(entries), self._opened as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
        self._check_place()

    @contextmanager
    def _explained(self, entries: Sequence[Entry] = ()) -> Iterator[None]:
        """Put into words why nothing can be written: a disk that is full is the user's to mend."""
        try:
            yield
        except rows.UNFIT as error:
            key = rows.find_unfit(self._opened, entries) or "an item"
            raise StoreError(
                f"{self._path}: {key}: a value that the store cannot hold: {error}; leave that "
                "item out, or mend the plugin that gives it"
            ) from error
        except sqlite3.DatabaseError as error:
            self._check_place()
            if is_damage(error):
                raise StoreError(describe_damage(self._path, error)) from error
            raise StoreError(
                f"{self._path}: the store cannot be written: {error}; what was committed is safe, "
                "and the next run does the rest"
            ) from error

    def _check_place(self) -> None:
        """Raise `StoreError` if the file that is written to is not the one at its path.

        A file that is removed while it is open can be written to all the same, and is then lost.
        """
        if _identify(self._path) != self._identity:
            raise StoreError(
                f"{self._path}: the store was removed, moved or replaced while the run was on, and "
                "what was committed went with it; put it back, or run again: the next run makes it "
                "anew and does everything again"
            )


def _identify(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other, None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
