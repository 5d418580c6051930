"""Gives the current rows of a store to another one, and takes those of another in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import evolve

from copydesk.api import Entry, Run
from copydesk_sqlite import rows
from copydesk_sqlite.index import add

_BATCH = 256
_ENTRIES = """SELECT run, key, state, size, modified, sha256, fingerprint, step, reason, traceback,
 attempts, told, CAST(json AS BLOB)
FROM ledger LEFT JOIN record ON record.id = ledger.record WHERE until IS NULL ORDER BY key"""


def read_entries(connection: sqlite3.Connection) -> Iterator[tuple[int, Entry]]:
    """Yield the current rows with their records, and the run each came from."""
    for run, *content, told, record in connection.execute(_ENTRIES):
        yield run, evolve(Entry(*content), record=record, told=told)


def join(
    connection: sqlite3.Connection,
    runs: Sequence[Run],
    entries: Iterable[tuple[str, Entry]],
    *,
    full_text: bool,
) -> None:
    """Add runs and rows of another store. To be called in a transaction."""
    for run in runs:
        rows.add_run(connection, run)
    numbers = dict(connection.execute("SELECT identity, id FROM run"))
    last = rows.last_number(connection)
    remaining = iter(entries)
    while batch := list(islice(remaining, _BATCH)):
        numbered = [
            (number, numbers[identity], entry)
            for number, (identity, entry) in enumerate(batch, last + 1)
        ]
        rows.write(connection, numbered, full_text=full_text)
        if full_text:
            add(connection, ((number, entry.search) for number, _, entry in numbered))
        last += len(batch)
