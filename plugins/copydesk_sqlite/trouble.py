"""Turns what SQLite says of a file into words that tell the user what to do."""

from __future__ import annotations

import json
import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.api import StoreError

_DAMAGE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_KIND = 0xFF  # the bits of an error's number that say what it is; those above it say where
_GARBLED = "Could not decode to UTF-8"  # said by Python, without a number


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise `StoreError` where what is read shows that the file is damaged or out of reach."""
    try:
        yield
    except (sqlite3.DatabaseError, json.JSONDecodeError) as error:
        if is_damage(error):
            raise StoreError(describe_damage(path, error)) from error
        if isinstance(error, sqlite3.OperationalError):
            raise StoreError(f"{path}: the store cannot be read: {error}") from error
        raise


def is_damage(error: Exception) -> bool:
    """Return whether an error means that the file does not hold what was written to it."""
    if isinstance(error, json.JSONDecodeError) or str(error).startswith(_GARBLED):
        return True
    return getattr(error, "sqlite_errorcode", 0) & _KIND in _DAMAGE


def describe_damage(path: Path, error: Exception) -> str:
    """Return what to tell of a damaged store."""
    return (
        f"{path}: the store is damaged: {error}; restore it from a copy, or delete it and run "
        "again, which does everything again; "
        f"`sqlite3 {shlex.quote(str(path))} '.dump record'` prints the records that are left"
    )
