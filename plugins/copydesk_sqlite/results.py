"""Keeps what steps made of contents, so that a changed chain need not do all of it again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from copydesk.api import Entry, Result

_KEEP = "INSERT OR REPLACE INTO result (sha256, fingerprint, run, data) VALUES (?, ?, ?, ?)"
_FORGET = """DELETE FROM result WHERE (sha256, fingerprint) IN
(SELECT sha256, fingerprint FROM result ORDER BY run, sha256, fingerprint LIMIT ?)"""
_SLACK = 8
_ROW = 1000  # bytes, more than enough for what stands beside a result
_RECALL = "SELECT fingerprint, data FROM result WHERE sha256 = ?"


class Results:
    """The table of kept results, within a bound."""

    def __init__(self, connection: sqlite3.Connection, megabytes: int) -> None:
        self._connection = connection
        self._bound = megabytes * 1_000_000
        self._largest = min(self._bound, connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) - _ROW)
        self._added = 0

    def keep(self, entries: Sequence[Entry], run: int) -> None:
        """Keep the results of a batch, in the transaction that is open.

        Now and then the oldest make room: never more than an eighth over the bound is kept, and
        the table is looked through no more often than an eighth of it is new.
        """
        if not self._bound:
            return
        rows = [
            (entry.sha256, fingerprint, run, data)
            for entry in entries
            for fingerprint, data in entry.results
            if len(data) <= self._largest
        ]
        self._connection.executemany(_KEEP, rows)
        self._added += sum(len(data) for *_, data in rows)
        if self._added > self._bound // _SLACK:
            self.shrink()

    def recall(self, sha256: str) -> Iterator[Result]:
        """Yield the results for one content."""
        return self._connection.execute(_RECALL, (sha256,))

    def size(self) -> tuple[int, int]:
        """Return how many results are kept, and their bytes."""
        query = "SELECT count(*), coalesce(sum(length(data)), 0) FROM result"
        count, size = self._connection.execute(query).fetchone()
        return count, size

    def shrink(self) -> None:
        """Forget the oldest results until the rest is within the bound."""
        self._added = 0
        count, size = self.size()
        while size > self._bound:
            surplus = -(-count * (size - self._bound) // size)
            self._connection.execute(_FORGET, (surplus,))
            count, size = self.size()

    def clear(self) -> None:
        """Forget all, in the transaction that is open."""
        self._connection.execute("DELETE FROM result")
