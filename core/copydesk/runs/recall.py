"""Adds to items what steps made of their contents in earlier runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import evolve

from copydesk.config import Config
from copydesk.fingerprint import fingerprint_steps
from copydesk.item import Item, Recalled
from copydesk.ledger import Known
from copydesk.spec import KeepsResults, Store


def recall_results(
    store: Store, known: Mapping[str, Known], config: Config, items: Iterable[Item]
) -> Iterator[Item]:
    """Yield items with the results that a store kept of their content, for steps of a chain.

    `known` is what the ledger says, by key.
    """
    if not isinstance(store, KeepsResults):
        yield from items
        return
    mine = set(fingerprint_steps(config.chain))
    for item in items:
        before = known.get(item.key)
        if before is None or not before.sha256:
            yield item
            continue
        found = store.recall(before.sha256)
        results = tuple(row for row in found if row[0].partition(":")[0] in mine)
        yield evolve(item, recalled=Recalled(before.sha256, results)) if results else item
