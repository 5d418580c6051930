"""The stores `jsonl` and `parquet`: part files in a folder, under a manifest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from copydesk.api import Store, StoreSpec, hookimpl
from copydesk_parts.options import Options

copydesk_api = ">=1,<2"


@hookimpl
def copydesk_stores() -> Iterable[StoreSpec[Any]]:
    """Offer the stores."""
    return [StoreSpec("jsonl", Options, build_jsonl), StoreSpec("parquet", Options, build_parquet)]


def build_jsonl(options: Options) -> Store:
    """Keep records and ledger as JSON Lines, which any tool can read."""
    from copydesk_parts.json_lines import JsonLines
    from copydesk_parts.store import PartStore

    return PartStore(options, JsonLines())


def build_parquet(options: Options) -> Store:
    """Keep records and ledger as Parquet with zstd: the smallest of the stores."""
    from copydesk_parts.columns import Columns
    from copydesk_parts.store import PartStore

    return PartStore(options, Columns())
