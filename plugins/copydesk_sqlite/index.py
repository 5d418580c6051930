"""Keeps the full-text index in step with the records."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from zlib import crc32

from copydesk.api import words_of

_ADD = "INSERT INTO search (rowid, words) VALUES (?, ?)"
_REMOVE = "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)"
_GOING = """SELECT id, CAST(json AS BLOB), words FROM record
WHERE words IS NOT NULL AND id IN (SELECT id FROM going)"""


def mark(words: str) -> int | None:
    """Return what a record remembers of the words that the index has of it."""
    return crc32(words.encode()) if words else None


def add(connection: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Index the words of records, given by their numbers."""
    connection.executemany(_ADD, [row for row in rows if row[1]])


def remove_records(connection: sqlite3.Connection) -> None:
    """Remove the records whose numbers are in the table `going`.

    The index holds no copy of the words, which would double the file, and can only forget a record
    if it is told the same words again. They are made again from the record; where that gives other
    words than then (the rules have changed since), the index is built anew.
    """
    strange = False
    for number, record, known in connection.execute(_GOING):
        words = words_of(record)
        if mark(words) == known:
            connection.execute(_REMOVE, (number, words))
        else:
            strange = True
    connection.execute("DELETE FROM record WHERE id IN (SELECT id FROM going)")
    if strange:
        _rebuild(connection)


def _rebuild(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
    query = "SELECT id, CAST(json AS BLOB) FROM record WHERE words IS NOT NULL"
    for number, record in connection.execute(query).fetchall():
        words = words_of(record)
        add(connection, [(number, words)])
        connection.execute("UPDATE record SET words = ? WHERE id = ?", (mark(words), number))
