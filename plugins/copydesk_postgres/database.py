"""Connects to the database, makes and migrates the tables, and holds them for one run."""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import files
from time import monotonic, sleep
from typing import Any, Literal

from copydesk.api import StoreError, import_extra
from copydesk_postgres.mishap import REPAIR, find_name, telling
from copydesk_postgres.options import Options

MIGRATIONS = ("1.sql", "2.sql")
"""What brings the tables from each version to the next; their number is the newest version."""

_PATIENCE = 2.0  # seconds in which the server notices that a run was killed
_LOCK = "SELECT pg_try_advisory_lock(hashtext('copydesk'), hashtext(%s))"


class Database:
    """A database with the schema of one store."""

    def __init__(self, options: Options) -> None:
        self._driver = import_extra("psycopg", "postgres")
        self._options = options
        self.name = find_name(self._driver, options.url)
        self.connection = self.connect()
        self.name = f"{self.connection.info.dbname} on {self.connection.info.host}"
        self._user = self.connection.info.user
        self._is_held = False
        try:
            with self.telling("read"):
                self.version = self._find_version()
        except StoreError:
            self.close()
            raise

    def connect(self) -> Any:
        """Return a new connection to the schema, each statement a transaction of its own."""
        with telling(self._driver, self.name, "opened"):
            connection = self._driver.connect(
                self._options.url, autocommit=True, application_name="copydesk"
            )
            connection.execute(f"SET search_path TO {self._options.schema}")
        return connection

    def telling(self, deed: Literal["read", "written"]) -> AbstractContextManager[None]:
        """Raise `StoreError` for what the server refuses meanwhile, or where it is gone."""
        return telling(self._driver, self.name, deed, self._user)

    def hold(self) -> bool:
        """Keep other processes from writing until the connection ends; tell whether that worked.

        The tables are made, or brought to the newest version, before it returns.
        """
        deadline = monotonic() + _PATIENCE
        while not self._is_held:
            self._is_held = self.connection.execute(_LOCK, [self._options.schema]).fetchone()[0]
            if self._is_held:
                self._migrate()
            elif monotonic() > deadline:
                return False
            else:
                sleep(0.05)
        return True

    def check_readable(self) -> None:
        """Raise `StoreError` if the tables are of an older version, which only a run may change."""
        if self.version < len(MIGRATIONS):
            raise StoreError(
                f"{self.name}: store format {self.version}, this version reads format "
                f"{len(MIGRATIONS)}; the next `copydesk run` into it brings it there, and keeps "
                "all that is in it"
            )

    def close(self) -> None:
        """End the connection, and let others write."""
        self.connection.close()

    def _find_version(self) -> int:
        """Return the version of the tables, 0 where there are none."""
        table = f"{self._options.schema}.format"
        if self.connection.execute("SELECT to_regclass(%s)", [table]).fetchone()[0] is None:
            return 0
        row = self.connection.execute("SELECT version FROM format").fetchone()
        version: int | None = row[0] if row else None
        if version is None:
            raise StoreError(f"{self.name}: the table {table} does not say which format; {REPAIR}")
        if version > len(MIGRATIONS):
            raise StoreError(
                f"{self.name}: store format {version}, this version writes format "
                f"{len(MIGRATIONS)}; use the version of copydesk that wrote it, or another schema"
            )
        return version

    def _migrate(self) -> None:
        """Bring the tables to the newest version, in one transaction."""
        self.version = self._find_version()
        if self.version == len(MIGRATIONS):
            return
        schema = self._options.schema
        with self.connection.transaction():
            self.connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
            self.connection.execute("CREATE TABLE IF NOT EXISTS format (version integer NOT NULL)")
            for script in MIGRATIONS[self.version :]:
                self.connection.execute(read_script(script))
            self.connection.execute("DELETE FROM format")
            self.connection.execute("INSERT INTO format VALUES (%s)", [len(MIGRATIONS)])
        self.version = len(MIGRATIONS)


def read_script(name: str) -> str:
    """Return a migration, in SQL."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
