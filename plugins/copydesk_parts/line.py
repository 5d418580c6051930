"""One row of the ledger as part files hold it, and how several rows of an item become one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby

from attrs import evolve, frozen

from copydesk.api import Entry, Known, Row, State


@frozen
class Line:
    """A row of the ledger; its record lies beside it."""

    key: str
    run: int
    state: State
    size: int
    modified: float | None
    sha256: str
    fingerprint: str
    step: str
    reason: str
    traceback: str
    attempts: int
    record: int | None
    """Bytes of the record; null if it has none of its own."""
    keeps: bool = False
    """Whether the record of the row before it still counts."""
    told: str | None = None
    """Hash of what the collection told of it; null in parts from before it was kept."""


Whole = tuple[Line, bytes | None]
"""A row with its record."""


def make_line(entry: Entry, run: int) -> Whole:
    """Return an entry as a row, with its record."""
    record = None if entry.keeps_record else entry.record
    line = Line(
        entry.key, run, entry.state, entry.size, entry.modified, entry.sha256, entry.fingerprint,
        entry.step, entry.reason, entry.traceback, entry.attempts,
        None if record is None else len(record), entry.keeps_record, entry.told,
    )  # fmt: skip
    return line, record


def make_known(line: Line, *, has_record: bool) -> Known:
    """Return a row for comparing it with the source."""
    return Known(
        line.key, line.state, line.size, line.modified, line.sha256, line.fingerprint,
        line.attempts, line.step, line.reason, line.run, has_record, line.told,
    )  # fmt: skip


def make_row(line: Line) -> Row:
    """Return a row for those who ask what became of an item."""
    return Row(
        line.key, line.state, line.step, line.reason, line.traceback, line.attempts, line.run,
        line.fingerprint,
    )  # fmt: skip


def make_entry(whole: Whole) -> Entry:
    """Return a row with its record for another store."""
    line, record = whole
    return Entry(
        line.key, line.state, line.size, line.modified, line.sha256, line.fingerprint, line.step,
        line.reason, line.traceback, line.attempts, record, told=line.told,
    )  # fmt: skip


def newest(parts: Iterable[Iterable[Line]]) -> Iterator[tuple[Line, bool]]:
    """Yield the last row of each item, by key, and whether a record counts for it.

    Parts are sorted by key; the oldest comes first.
    """
    for _, lines in groupby(merge(*parts, key=_key), _key):
        has_record = False
        for line in lines:
            if not line.keeps:
                has_record = line.record is not None
        yield line, has_record


def combine(parts: Iterable[Iterable[Whole]]) -> Iterator[Whole]:
    """Yield one row for each item, with the record that counts.

    What comes out may stand in place of the parts: a row goes on keeping a record from before them.
    """
    for _, wholes in groupby(merge(*parts, key=key_of), key_of):
        keeps, found = True, None
        for line, record in wholes:
            if not line.keeps:
                keeps, found = False, record
        if line.keeps and not keeps:
            line = evolve(line, keeps=False, record=None if found is None else len(found))
        yield line, found


def _key(line: Line) -> str:
    return line.key


def key_of(whole: Whole) -> str:
    """Return the key that parts are sorted by."""
    return whole[0].key
