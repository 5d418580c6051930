"""The store `sqlite`: records, ledger and full-text index in one file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Store, StoreSpec, hookimpl
from copydesk_sqlite.options import Options

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_stores() -> Iterable[StoreSpec[Any]]:
    """Offer the store."""
    return [StoreSpec("sqlite", Options, build)]


def build(options: Options) -> Store:
    """Keep records, ledger and full-text index in one file that any SQLite tool can read."""
    from copydesk_sqlite.store import SqliteStore

    return SqliteStore(options)
