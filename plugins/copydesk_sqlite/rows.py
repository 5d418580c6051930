"""Writes and reads the rows of runs and ledger."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

from copydesk.api import Entry, Run
from copydesk_sqlite.index import mark

Numbered = tuple[int, int, Entry]
"""An entry with its own number and that of its run."""

UNFIT = (OverflowError, UnicodeEncodeError, sqlite3.ProgrammingError)
"""What is raised for a value that no database takes: a number of more than 64 bits, half a
surrogate pair, an object."""

_RUNS = """SELECT started, chain, source, fingerprint, steps, id, finished, counts, identity,
 back_to, kept
FROM run ORDER BY id DESC"""
_RUN = """INSERT INTO run
(started, chain, source, fingerprint, steps, finished, counts, identity, back_to, kept)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_REPLACE = "UPDATE ledger SET until = ? WHERE key = ? AND until IS NULL"
_ENTRY = """INSERT INTO ledger
(id, run, key, state, size, modified, sha256, fingerprint, step, reason, traceback, attempts,
 record, told)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_STAYING = "SELECT record FROM ledger WHERE key = ? AND until IS NULL"
_RECORD = "INSERT INTO record (id, json, words) VALUES (?, CAST(? AS TEXT), ?)"


def read_runs(connection: sqlite3.Connection) -> Iterator[Run]:
    """Yield the runs, newest first."""
    for row in connection.execute(_RUNS):
        started, chain, source, fingerprint, steps, number, finished, counts, *rest = row
        identity, back_to, kept = rest
        yield Run(
            started, chain, source, fingerprint, tuple(json.loads(steps)), number, finished,
            json.loads(counts or "{}"), identity, back_to, bool(kept),
        )  # fmt: skip


def add_run(connection: sqlite3.Connection, run: Run) -> int:
    """Add a run and return its number."""
    counts = json.dumps(dict(run.counts)) if run.finished else None
    row = connection.execute(
        _RUN,
        (run.started, run.chain, run.source, run.fingerprint, json.dumps(run.steps), run.finished,
         counts, run.identity, run.back_to, run.kept),
    )  # fmt: skip
    return row.lastrowid or 0


def last_number(connection: sqlite3.Connection) -> int:
    """Return the highest number of a row of the ledger."""
    last: int = connection.execute("SELECT coalesce(max(id), 0) FROM ledger").fetchone()[0]
    return last


def write(connection: sqlite3.Connection, numbered: Sequence[Numbered], *, full_text: bool) -> None:
    """Write rows of the ledger and their records, in place of the current ones of their keys."""
    made = [_row(connection, *row) for row in numbered]
    connection.executemany(_REPLACE, [(run, entry.key) for _, run, entry in numbered])
    connection.executemany(_ENTRY, made)
    connection.executemany(
        _RECORD,
        [
            (number, entry.record, mark(entry.search) if full_text else None)
            for number, _, entry in numbered
            if entry.record is not None
        ],
    )


def find_unfit(connection: sqlite3.Connection, entries: Sequence[Entry]) -> str | None:
    """Return the key of the first entry that holds what no database takes."""
    for entry in entries:
        row = [*_values(entry), entry.record, entry.told]
        try:
            connection.execute(f"SELECT {', '.join('?' * len(row))}", row)
        except UNFIT:
            return entry.key
    return None


def _row(connection: sqlite3.Connection, number: int, run: int, entry: Entry) -> tuple[object, ...]:
    """Return a row of the ledger; the record is its own, the one before, or none."""
    record = number if entry.record is not None else None
    if entry.keeps_record:
        before = connection.execute(_STAYING, (entry.key,)).fetchone()
        record = before[0] if before else None
    return (number, run, *_values(entry), record, entry.told)


def _values(entry: Entry) -> tuple[object, ...]:
    return (
        entry.key, entry.state, entry.size, entry.modified, entry.sha256, entry.fingerprint,
        entry.step, entry.reason, entry.traceback, entry.attempts,
    )  # fmt: skip
