"""The store `sqlite`: records, ledger and full-text index in one file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import StoreSpec, hookimpl
from copydesk_sqlite.options import Options
from copydesk_sqlite.store import SqliteStore

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_stores() -> Iterable[StoreSpec[Any]]:
    """Offer the store."""
    return [StoreSpec("sqlite", Options, SqliteStore)]
