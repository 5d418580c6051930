"""The store `postgres`: records and ledger in a PostgreSQL database, for many readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Store, StoreSpec, hookimpl
from copydesk_postgres.options import Options

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_stores() -> Iterable[StoreSpec[Any]]:
    """Offer the store."""
    return [StoreSpec("postgres", Options, build)]


def build(options: Options) -> Store:
    """Keep records and ledger in tables of a PostgreSQL database."""
    from copydesk_postgres.store import PostgresStore

    return PostgresStore(options)
