"""The rows of the ledger that the listing of a source alone decides: no step is called for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from copydesk.fingerprint import hash_told
from copydesk.formats.damage import UNREADABLE
from copydesk.item import Item
from copydesk.ledger import Entry, Known
from copydesk.plans.plan import Plan
from copydesk.record import Record, words_of
from copydesk.spec import Store

_ROW = 1000  # bytes, about, of a row without its record
_MOST = 1 << 26  # bytes of a batch


def decide(plan: Plan, store: Store, *, prune: bool) -> Iterator[Sequence[Entry]]:
    """Yield rows; those that come together must be committed together.

    With `prune` the records of what is gone go too.
    """
    yield from ([entry] for entry in plan.refused)
    yield from ([_follow(item, plan.known[item.key], store)] for item in plan.touched)
    yield from ([_leave(row, keeps_record=not prune)] for row in plan.gone)
    for row in (*plan.replaced, *(plan.lapsed if prune else ())):
        yield [_leave(row, keeps_record=False)]
    for move in plan.moved:
        leaving = _leave(move.before, keeps_record=False)
        yield [leaving, _follow(move.item, move.before, store)]


def batches(groups: Iterable[Sequence[Entry]]) -> Iterator[list[Entry]]:
    """Yield rows to be committed together: many, but no more than fit into memory."""
    batch: list[Entry] = []
    size = 0
    for group in groups:
        batch += group
        size += sum(_ROW + len(entry.record or b"") for entry in group)
        if size > _MOST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _leave(row: Known, *, keeps_record: bool) -> Entry:
    return Entry(row.key, "gone", row.size, row.modified, row.sha256, keeps_record=keeps_record)


def _follow(item: Item, row: Known, store: Store) -> Entry:
    """Return the row of an item at a new place or of a new time, with the record that says so.

    Where place and time are the same, only the source is another, and the record stays as it is;
    so does one that is damaged, which `copydesk verify` finds.
    """
    record, words = None, ""
    is_same = (item.key, item.size, item.modified) == (row.key, row.size, row.modified)
    if row.state == "done" and not is_same:
        record, words = _rewrite(store.record(row.key), item)
    return Entry(
        item.key,
        row.state,
        item.size,
        item.modified,
        row.sha256,
        row.fingerprint,
        row.step,
        row.reason,
        attempts=0,
        record=record,
        search=words,
        keeps_record=is_same,
        told=hash_told(item),
    )


def _rewrite(found: bytes | None, item: Item) -> tuple[bytes | None, str]:
    """Return a record with the place and time that its content has now, and its words."""
    try:
        record = msgspec.json.decode(found or b"", type=Record).following(item)
    except UNREADABLE:
        return found, words_of(found or b"")
    return record.to_json(), record.words()
