"""Opens the database file, to read or to write, and sees to it that its format is a known one."""

from __future__ import annotations

import os
import sqlite3
from importlib.resources import files
from pathlib import Path

from copydesk.api import StoreError
from copydesk_sqlite.trouble import describe_damage, is_damage

_APPLICATION = 0x434F5059  # "COPY": tells our files from other people's databases
_FORMAT = 3
_MIGRATIONS = {2: "ALTER TABLE ledger ADD COLUMN told TEXT"}
"""What brings a store from each older format to the next one."""


def open_to_read(path: Path) -> sqlite3.Connection:
    """Return a connection that changes nothing, to a store without rows if there is no file.

    Raises `StoreError` if the file is no store, or of a format that this version does not know.
    """
    try:
        if not path.exists() or not path.stat().st_size:
            return _open_nothing()
        if path.is_dir():
            raise StoreError(
                f"{path}: a folder; this store is a file: choose another path, or name the kind of "
                "store that the folder is"
            )
        try:
            return _open(path, "mode=rw")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CANTOPEN:
                raise
            return _open_still(path)
    except (OSError, sqlite3.Error) as error:
        raise _refuse(path, error) from error


def open_to_write(path: Path) -> sqlite3.Connection:
    """Return a connection to the store at `path`, made if missing, brought to the newest format.

    Raises `StoreError` as `open_to_read` does. Nobody else may be writing.
    """
    try:
        connection = sqlite3.connect(path, isolation_level="IMMEDIATE", timeout=30)
        found = _find_format(connection, path)
        if not found:
            _create(connection)
        elif found < _FORMAT:
            _migrate(connection, found)
        # WAL lets readers in while a run writes; NORMAL keeps it consistent through any crash.
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except (OSError, sqlite3.Error) as error:
        raise _refuse(path, error) from error
    return connection


def check_readable(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `StoreError` if a store is of an older format, which only a run may change."""
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found < _FORMAT:
        raise StoreError(
            f"{path}: store format {found}, this version reads format {_FORMAT}; the next "
            "`copydesk run` into it brings it there, and keeps all that is in it"
        )


def _open(path: Path, mode: str) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?{mode}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)
    try:
        connection.execute("PRAGMA query_only = ON")
        if _find_format(connection, path):
            return connection
    except BaseException:
        connection.close()
        raise
    connection.close()
    return _open_nothing()


def _open_still(path: Path) -> sqlite3.Connection:
    """Open a store in a place that cannot be written, as a file that nobody changes.

    Where a run is on, or was killed, what it has committed may stand beside the file; the system
    reads that only with the help of a file that it would have to make.
    """
    beside = Path(f"{os.path.realpath(path)}-wal")
    if beside.exists() and beside.stat().st_size:
        raise StoreError(
            f"{path}: the last run was killed, and its place cannot be written, so what that run "
            f"committed cannot be read; copy {path.name} and {beside.name} to where it can"
        )
    return _open(path, "mode=ro&immutable=1")


def _open_nothing() -> sqlite3.Connection:
    """Return a store without rows, of which nothing is on the disk."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    _create(connection)
    return connection


def _find_format(connection: sqlite3.Connection, path: Path) -> int:
    """Return the format of a store, 0 for a database with nothing in it."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application == 0 and empty:
        return 0
    if application != _APPLICATION:
        raise StoreError(f"{path}: a database, but not one of Copydesk; choose another path")
    if found != _FORMAT and found not in _MIGRATIONS:
        raise StoreError(
            f"{path}: store format {found}, this version writes format {_FORMAT}; "
            "use the version of copydesk that wrote it, or a new store"
        )
    return found


def _create(connection: sqlite3.Connection) -> None:
    script = files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    marks = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_FORMAT};"
    connection.executescript(f"BEGIN EXCLUSIVE;\n{script}\n{marks}\nCOMMIT;")


def _migrate(connection: sqlite3.Connection, found: int) -> None:
    """Bring a store to the newest format, in one transaction."""
    steps = [_MIGRATIONS[number] for number in range(found, _FORMAT)]
    marks = f"PRAGMA user_version = {_FORMAT}"
    connection.executescript(";\n".join(["BEGIN EXCLUSIVE", *steps, marks, "COMMIT"]))


def _refuse(path: Path, error: Exception) -> StoreError:
    """Return what to raise for a file that cannot be opened, and that may be another program's."""
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
        return StoreError(
            f"{path}: the store cannot be opened: {error}; choose another path; if it was a "
            "store, it is damaged: restore it from a copy, or delete it and run again"
        )
    if is_damage(error):
        return StoreError(describe_damage(path, error))
    return StoreError(f"{path}: the store cannot be opened: {error}")
