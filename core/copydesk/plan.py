"""Compares what the source lists with what the ledger knows: what a run would do, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Literal

from attrs import define, field, frozen

from copydesk.item import Busy, Item, Listed, Skipped, Unreadable
from copydesk.ledger import Entry, Known

Verdict = Literal[
    "new", "changed", "stale", "retried", "moved", "unchanged", "waiting", "skipped", "unreadable"
]
"""What is to be done about a listed thing.

`new`, `changed` (its content), `stale` (the chain) and `retried` are processed; `moved` takes over
the record of an item that is gone; `waiting` is in quarantine, and nothing has changed since.
"""
TO_DO = frozenset({"new", "changed", "stale", "retried"})

Digest = Callable[[Item], str | None]
"""Returns the SHA-256 of an item's content, None if it cannot be read."""


@frozen
class Request:
    """What the user wants of a plan."""

    limit: int | None = None
    """Process no more items than this; those after it are not looked at."""
    rehash: bool = False
    """Read every item, instead of trusting that size and time of change tell."""
    only: frozenset[str] | None = None
    """Keys of items in quarantine to be tried again; nothing else is looked at."""
    shard: tuple[int, int] = (1, 1)
    """Which part of the items, of how many: the same split on every machine."""


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
    touched: tuple[Entry, ...]
    """Ledger rows for items whose time has changed and whose content has not."""
    moved: tuple[Move, ...]
    gone: tuple[Known, ...]
    """In the ledger, but no longer listed."""
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


def plan(
    listed: Iterable[Listed],
    known: Iterable[Known],
    fingerprint: str,
    digest: Digest,
    request: Request = Request(),
) -> Plan:
    """Return what to do about each listed thing so that the records are up to date."""
    planning = _Planning({row.key: row for row in known}, fingerprint, digest, request)
    return planning.plan(listed)


@define
class _Planning:
    """A plan in the making."""

    _known: Mapping[str, Known]
    _fingerprint: str
    _digest: Digest
    _request: Request
    _todo: dict[str, Item] = field(init=False, factory=dict)
    _verdicts: dict[str, Verdict] = field(init=False, factory=dict)
    _refused: list[Entry] = field(init=False, factory=list)
    _touched: list[Entry] = field(init=False, factory=list)
    _busy: set[str] = field(init=False, factory=set)

    def plan(self, listed: Iterable[Listed]) -> Plan:
        whole = self._look_through(listed)
        gone = self._gone() if whole else []
        moved = self._find_moves(gone)
        taken = {move.before.key for move in moved}
        return Plan(
            tuple(self._todo.values()),
            tuple(self._verdicts.items()),
            tuple(self._refused),
            tuple(self._touched),
            tuple(moved),
            tuple(row for row in gone if row.key not in taken),
            frozenset(self._busy),
            self._known,
            self._fingerprint,
        )

    def _look_through(self, listed: Iterable[Listed]) -> bool:
        """Judge each listed thing; return whether the end was reached."""
        request = self._request
        for thing in listed:
            key = thing.key
            if request.only is not None and key not in request.only:
                continue
            if isinstance(thing, Busy):
                self._busy.add(key)  # in every shard, since what it contains may be in any
                continue
            if not in_shard(key, request.shard):
                continue
            if not isinstance(thing, Item):
                self._refused.append(self._refuse(thing))
                self._verdicts[key] = "skipped" if isinstance(thing, Skipped) else "unreadable"
                continue
            verdict = self._judge(thing, self._known.get(key))
            if verdict in TO_DO:
                if len(self._todo) == request.limit:
                    return False
                self._todo[key] = thing
            self._verdicts[key] = verdict
        return request.only is None

    def _judge(self, item: Item, row: Known | None) -> Verdict:
        if row is None or row.state == "gone":
            return "new"
        if self._has_changed(item, row):
            return "changed"
        if row.fingerprint != self._fingerprint:
            return "stale"
        if row.state == "quarantined":
            return "retried" if self._request.only is not None else "waiting"
        return "unchanged"

    def _has_changed(self, item: Item, row: Known) -> bool:
        """Compare contents; their hashes only where size and time of change do not tell."""
        if item.sha256:
            return item.sha256 != row.sha256
        alike = item.size == row.size and item.modified == row.modified
        if alike and not self._request.rehash:
            return False
        if not row.sha256 or (item.size != row.size and not self._request.rehash):
            return True
        if self._digest(item) != row.sha256:
            return True
        if not alike and row.state in {"done", "dropped"}:
            self._note_touch(item, row)
        return False

    def _note_touch(self, item: Item, row: Known) -> None:
        """Write the new time down, so that the content need not be read next time."""
        self._touched.append(
            Entry(
                item.key,
                row.state,
                item.size,
                item.modified,
                row.sha256,
                row.fingerprint,
                row.step,
                row.reason,
                attempts=0,
                keeps_record=True,
            )
        )

    def _refuse(self, thing: Skipped | Unreadable) -> Entry:
        row = self._known.get(thing.key)
        if isinstance(thing, Skipped):
            return Entry(thing.key, "dropped", reason=thing.reason, attempts=0)
        attempts = row.attempts + 1 if row and row.state == "quarantined" else 1
        return Entry(thing.key, "quarantined", reason=thing.reason, attempts=attempts)

    def _gone(self) -> list[Known]:
        shard = self._request.shard
        return [
            row
            for key, row in self._known.items()
            if key not in self._verdicts
            and row.state != "gone"
            and in_shard(key, shard)
            and not self._is_busy(key)
        ]

    def _is_busy(self, key: str) -> bool:
        return key in self._busy or key.partition("#")[0] in self._busy

    def _find_moves(self, gone: list[Known]) -> list[Move]:
        """Pair new items with records of equal content whose place is gone.

        Only an item as large as one that is gone is read, so an unmoved folder costs nothing.
        """
        left: defaultdict[int, dict[str, Known]] = defaultdict(dict)
        for row in gone:
            if row.state == "done" and row.fingerprint == self._fingerprint:
                left[row.size][row.sha256] = row
        moves = []
        for key, item in list(self._todo.items()):
            candidates = left.get(item.size)
            if not candidates or self._verdicts[key] != "new":
                continue
            before = candidates.pop(item.sha256 or self._digest(item) or "", None)
            if before is not None:
                moves.append(Move(item, before))
                self._verdicts[key] = "moved"
                del self._todo[key]
        return moves


def in_shard(key: str, shard: tuple[int, int]) -> bool:
    """Return whether an item is in part `i` of `n`, by a hash that is the same everywhere."""
    part, parts = shard
    if parts == 1:
        return True
    return int.from_bytes(sha256(key.encode()).digest()[:8]) % parts == part - 1
