"""Opens the database file and sees to it that its format is the one this version writes."""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from pathlib import Path

from copydesk.api import StoreError

_APPLICATION = 0x434F5059  # "COPY": tells our files from other people's databases
_FORMAT = 2


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection to the store at `path`, made if missing.

    Raises `StoreError` if the file is no store, or of a format that this version does not know.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level="IMMEDIATE", timeout=30)
        _prepare(connection, path)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{path}: the store cannot be opened: {error}") from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application == 0 and empty:
        _create(connection)
    elif application != _APPLICATION:
        raise StoreError(f"{path}: a database, but not one of Copydesk; choose another path")
    elif found != _FORMAT:
        raise StoreError(
            f"{path}: store format {found}, this version writes format {_FORMAT}; "
            "use the version of copydesk that wrote it, or a new store"
        )
    # WAL lets readers in while a run writes; NORMAL keeps it consistent through any crash.
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")


def _create(connection: sqlite3.Connection) -> None:
    script = files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
    marks = f"PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {_FORMAT};"
    connection.executescript(f"BEGIN EXCLUSIVE;\n{script}\n{marks}\nCOMMIT;")
