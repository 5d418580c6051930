"""Writes and reads the rows of runs and ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from copydesk.api import Entry, Run
from copydesk_postgres.text import escape, restore

Numbered = tuple[int, int, Entry]
"""An entry with its own number and that of its run."""

RUNS = """SELECT started, chain, source, fingerprint, steps::text, id, finished, counts::text,
 identity, back_to, kept
FROM run ORDER BY id DESC"""
_RUN = """INSERT INTO run
(id, started, chain, source, fingerprint, steps, finished, counts, identity, back_to, kept)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_STAYING = "SELECT key, record FROM ledger WHERE until IS NULL AND key = ANY(%s)"
_REPLACE = """UPDATE ledger SET until = new.run
FROM unnest(%s::text[], %s::integer[]) AS new (key, run)
WHERE ledger.key = new.key AND ledger.until IS NULL"""
_RECORD = "COPY record (id, json) FROM STDIN"
_ENTRY = """COPY ledger
(id, run, key, state, size, modified, sha256, fingerprint, step, reason, traceback, attempts,
 record, told)
FROM STDIN"""


def make_run(row: Sequence[Any]) -> Run:
    """Return a run as it was written."""
    started, chain, source, fingerprint, steps, number, finished, counts, *rest = row
    identity, back_to, kept = rest
    return Run(
        started, restore(chain), restore(source), fingerprint, tuple(json.loads(steps)), number,
        finished, json.loads(counts), identity, back_to, kept,
    )  # fmt: skip


def add_run(connection: Any, run: Run, number: int) -> None:
    """Add a run under a number."""
    counts, steps = json.dumps(dict(run.counts)), json.dumps(run.steps)
    connection.execute(
        _RUN,
        [number, run.started, escape(run.chain), escape(run.source), run.fingerprint, steps,
         run.finished, counts, run.identity, run.back_to, run.kept],
    )  # fmt: skip


def last_run(connection: Any) -> int:
    """Return the number of the newest run, 0 if there is none."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM run").fetchone()[0]
    return number


def last_number(connection: Any) -> int:
    """Return the highest number of a row of the ledger."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) FROM ledger").fetchone()[0]
    return number


def write(connection: Any, numbered: Sequence[Numbered]) -> None:
    """Write rows of the ledger and their records, in place of the current ones of their keys."""
    keys = [escape(entry.key) for _, _, entry in numbered]
    keeping = [escape(entry.key) for _, _, entry in numbered if entry.keeps_record]
    staying = dict(connection.execute(_STAYING, [keeping]).fetchall()) if keeping else {}
    connection.execute(_REPLACE, [keys, [run for _, run, _ in numbered]])
    with connection.cursor() as cursor:
        with cursor.copy(_RECORD) as copy:
            for number, _, entry in numbered:
                if entry.record is not None:
                    copy.write_row((number, entry.record.decode()))
        with cursor.copy(_ENTRY) as copy:
            for row, key in zip(numbered, keys, strict=True):
                copy.write_row(_cells(row, key, staying))


def _cells(row: Numbered, key: str, staying: dict[str, int | None]) -> tuple[object, ...]:
    """Return a row of the ledger; the record is its own, the one before, or none."""
    number, run, entry = row
    record = staying.get(key) if entry.keeps_record else number if entry.record else None
    return (
        number, run, key, entry.state, entry.size, entry.modified, entry.sha256, entry.fingerprint,
        escape(entry.step), escape(entry.reason), escape(entry.traceback), entry.attempts, record,
        entry.told,
    )  # fmt: skip
