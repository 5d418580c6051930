"""Compares what two stores hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from attrs import frozen

from copydesk.difference.fate import ABSENT, Fate
from copydesk.difference.tally import Tally
from copydesk.ledger import Row
from copydesk.spec import Store


def compare_stores(before: Store, after: Store, tally: Tally, limit: int | None) -> None:
    """Add every document that one of two stores knows; of `limit` only the first ones."""
    fates = Fates(after)
    seen = set()
    for key, fate in Fates(before).all():
        if tally.compared == limit:
            return
        seen.add(key)
        tally.add(key, fate, fates.of(key))
    for key, fate in fates.all():
        if tally.compared == limit:
            return
        if key not in seen:
            tally.add(key, ABSENT, fate)


@frozen
class _Source:
    """Where a record came from."""

    uri: str
    member: str | None

    @property
    def key(self) -> str:
        return self.uri if self.member is None else f"{self.uri}#{self.member}"


@frozen
class _Placed:
    """The part of a record that tells its key."""

    source: _Source


class Fates:
    """What a store says became of each document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._rows: dict[str, Row] = {row.key: row for row in store.rows()}
        self._decoder = msgspec.json.Decoder(_Placed)

    def all(self) -> Iterator[tuple[str, Fate]]:
        """Yield every document with its fate: those with a record, then the others."""
        for record in self._store.records():
            yield self._decoder.decode(record).source.key, Fate("done", record=record)
        for key, row in self._rows.items():
            if row.state != "gone":
                yield key, _fate(row)

    def of(self, key: str) -> Fate:
        """Return the fate of one document."""
        record = self._store.record(key)
        if record is not None:
            return Fate("done", record=record)
        row = self._rows.get(key)
        return ABSENT if row is None or row.state == "gone" else _fate(row)


def _fate(row: Row) -> Fate:
    state: Any = row.state
    return Fate(state, row.step, row.reason)
