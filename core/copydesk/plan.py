"""Compares what the source lists with what the ledger knows: what a run would do, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from attrs import field, frozen

from copydesk.item import Item, Listed, Skipped, Unreadable
from copydesk.ledger import Entry, Known

Verdict = Literal["new", "changed", "stale", "unchanged", "waiting", "skipped", "unreadable"]
"""`waiting`: in quarantine from an earlier run, and nothing has changed since."""


@frozen
class Plan:
    """What a run will do."""

    todo: tuple[Item, ...]
    """To be processed, in the order of the source."""
    refused: tuple[Entry, ...]
    """Ledger rows for what the source lists but will not or cannot read."""
    gone: tuple[Known, ...]
    """In the ledger, but no longer listed."""
    known: Mapping[str, Known]
    """What the ledger says, by key."""
    counts: Counter[Verdict] = field(factory=Counter)
    """Listed things by verdict."""

    @property
    def listed(self) -> int:
        """Everything that the source named."""
        return self.counts.total()


def plan(
    listed: Iterable[Listed],
    known: Iterable[Known],
    fingerprint: str,
    limit: int | None = None,
) -> Plan:
    """Return what to do about each listed item so that its record is up to date.

    With `limit`, no more than that many items are processed; those after it are not counted.
    """
    before = {row.key: row for row in known}
    todo: list[Item] = []
    refused: list[Entry] = []
    counts: Counter[Verdict] = Counter()
    met = set()
    for thing in listed:
        key = thing.key
        met.add(key)
        if isinstance(thing, Item):
            verdict = _judge(thing, before.get(key), fingerprint)
            if verdict in _TO_DO:
                if limit is not None and len(todo) == limit:
                    break
                todo.append(thing)
        else:
            verdict = "skipped" if isinstance(thing, Skipped) else "unreadable"
            refused.append(_refuse(thing, before.get(key)))
        counts[verdict] += 1
    else:
        gone = [row for key, row in before.items() if key not in met and row.state != "gone"]
        return Plan(tuple(todo), tuple(refused), tuple(gone), before, counts)
    return Plan(tuple(todo), tuple(refused), (), before, counts)


_TO_DO = frozenset({"new", "changed", "stale"})


def _judge(item: Item, row: Known | None, fingerprint: str) -> Verdict:
    if row is None or (row.state == "gone" and not row.sha256):
        return "new"
    if _differs(item, row):
        return "changed"
    if row.fingerprint != fingerprint:
        return "stale"
    return "waiting" if row.state == "quarantined" else "unchanged"


def _differs(item: Item, row: Known) -> bool:
    """Return whether the content may have changed: by its hash if known, else by its stamp."""
    if item.sha256:
        return item.sha256 != row.sha256
    return item.size != row.size or item.modified != row.modified


def _refuse(thing: Skipped | Unreadable, row: Known | None) -> Entry:
    unreadable = isinstance(thing, Unreadable)
    again = row is not None and row.state == "quarantined"
    return Entry(
        thing.key,
        "quarantined" if unreadable else "dropped",
        reason=thing.reason,
        attempts=(row.attempts + 1 if row and again else 1) if unreadable else 0,
    )
