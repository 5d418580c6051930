"""What a run would do: a verdict for each listed thing, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Literal

from attrs import frozen

from copydesk.item import Item
from copydesk.ledger import Entry, Known

Verdict = Literal[
    "new", "changed", "stale", "retried", "moved", "unchanged", "waiting", "skipped", "unreadable"
]
"""What is to be done about a listed thing.

`new`, `changed` (its content), `stale` (the chain) and `retried` (asked for, or it could not be
read) are processed; `moved` takes over the record of an item that is gone; `waiting` is in
quarantine, and nothing has changed since.
"""
TO_DO = frozenset({"new", "changed", "stale", "retried"})


@frozen
class Move:
    """An item that stands at a new place, with the content of one that is gone."""

    item: Item
    before: Known


@frozen
class Plan:
    """What a run will do."""

    todo: tuple[Item, ...]
    """To be processed, in the order of the source."""
    verdicts: tuple[tuple[str, Verdict], ...]
    """Every listed thing by key, in the order of the source."""
    refused: tuple[Entry, ...]
    """Ledger rows for what the source lists but will not or cannot read."""
    touched: tuple[Item, ...]
    """Items whose time has changed and whose content has not: their records follow."""
    moved: tuple[Move, ...]
    gone: tuple[Known, ...]
    """In the ledger, but no longer listed."""
    replaced: tuple[Known, ...]
    """Gone, and their content is processed anew at another place: their records go."""
    lapsed: tuple[Known, ...]
    """Gone since an earlier run, with a record that was kept."""
    busy: frozenset[str]
    """What is still being written, by key; it is not counted as listed."""
    known: Mapping[str, Known]
    """What the ledger says, by key."""
    fingerprint: str
    """Of the chain that records must come from."""

    @property
    def counts(self) -> Counter[str]:
        """The number of listed things by verdict."""
        return Counter(verdict for _, verdict in self.verdicts)

    @property
    def stale(self) -> Counter[str]:
        """The number of stale items by the fingerprint they came from."""
        return Counter(self.known[key].fingerprint for key, v in self.verdicts if v == "stale")
