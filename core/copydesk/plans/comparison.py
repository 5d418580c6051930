"""Compares what the source lists with what the ledger knows, and makes a plan of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from attrs import define, field

from copydesk.fingerprint import hash_told
from copydesk.item import Busy, Item, Listed, Skipped, Unreadable
from copydesk.ledger import Entry, Known, State
from copydesk.media_type import media_type_of
from copydesk.plans.plan import TO_DO, Move, Plan, Verdict
from copydesk.plans.request import Request, in_shard
from copydesk.reason import storable, tidy

Digest = Callable[[Item], str | None]
"""Returns the SHA-256 of an item's content, None if it cannot be read."""


def plan(
    listed: Iterable[Listed],
    known: Iterable[Known],
    fingerprint: str,
    digest: Digest,
    request: Request,
) -> Plan:
    """Return what to do about each listed thing so that the records are up to date."""
    planning = _Planning({row.key: row for row in known}, fingerprint, digest, request)
    return planning.plan(listed)


_ATTEMPTS = 3  # runs that try to read an item by themselves


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
    _touched: list[Item] = field(init=False, factory=list)
    _busy: set[str] = field(init=False, factory=set)
    _unread: list[str] = field(init=False, factory=list)

    def plan(self, listed: Iterable[Listed]) -> Plan:
        """Return what is to be done with each item, and with what is no longer listed."""
        self._look_through(listed)
        missing = self._missing()
        moved, replaced = self._find_moves(missing)
        self._cut_to_limit()
        taken = {move.before.key for move in moved} | {row.key for row in replaced.values()}
        left = [row for row in missing if row.key not in taken]
        return Plan(
            tuple(self._todo.values()),
            tuple(self._verdicts.items()),
            tuple(self._refused),
            tuple(self._touched),
            tuple(moved),
            tuple(row for row in left if row.state != "gone"),
            tuple(row for key, row in replaced.items() if key in self._todo),
            tuple(row for row in left if row.state == "gone"),
            frozenset(self._busy),
            self._known,
            self._fingerprint,
        )

    def _look_through(self, listed: Iterable[Listed]) -> None:
        """Judge each listed thing."""
        request = self._request
        is_whole = request.shard == (1, 1)
        for thing in listed:
            key = thing.key
            if request.only is not None and key not in request.only:
                continue
            if isinstance(thing, Busy):
                self._busy.add(key)  # in every shard, since what it contains may be in any
                continue
            if not (is_whole or in_shard(storable(key), request.shard)):
                continue
            if key in self._verdicts or key != storable(key):
                thing = self._refuse_key(key)  # noqa: PLW2901
                key = thing.key
            if not isinstance(thing, Item):
                self._refuse(thing)
                continue
            verdict = self._judge(thing, self._known.get(key))
            if verdict in TO_DO:
                self._todo[key] = thing
            self._verdicts[key] = verdict

    def _cut_to_limit(self) -> None:
        """Leave what is beyond the limit for another time; it does not count as listed."""
        if self._request.limit is not None:
            for key in list(self._todo)[self._request.limit :]:
                del self._todo[key], self._verdicts[key]

    def _judge(self, item: Item, row: Known | None) -> Verdict:
        if row is None or row.state == "gone":
            return "new"
        if self._has_changed(item, row):
            return "changed"
        if row.fingerprint != self._fingerprint:
            return "stale"
        if row.state == "quarantined":
            is_tried = self._request.only is not None or _may_be_readable(row)
            return "retried" if is_tried else "waiting"
        if (item.size, item.modified) != (row.size, row.modified):
            if not self._request.may_touch:
                return "changed"
            self._touched.append(item)
        elif row.run in self._request.elsewhere:
            self._touched.append(item)
        return "unchanged"

    def _has_changed(self, item: Item, row: Known) -> bool:
        """Compare contents; their hashes only where size and time of change do not tell."""
        if row.told is not None and row.told != hash_told(item):
            return True
        if item.sha256:
            return item.sha256 != row.sha256
        alike = item.size == row.size and item.modified == row.modified
        is_trusted = not self._request.rehash and row.run not in self._request.elsewhere
        if alike and is_trusted:
            return False
        if not row.sha256 or (item.size != row.size and is_trusted):
            return True
        return self._digest(item) != row.sha256

    def _refuse(self, thing: Skipped | Unreadable) -> None:
        """Note what is no item; a row that says so already stays as it is."""
        row = self._known.get(thing.key)
        reason = tidy(thing.reason)
        skipped = isinstance(thing, Skipped)
        if not skipped:
            self._unread.append(thing.key)
        state: State = "dropped" if skipped else "quarantined"
        if row is not None and (row.state, row.reason) == (state, reason):
            self._verdicts[thing.key] = "unchanged" if skipped else "waiting"
            return
        attempts = 0 if skipped else 1
        self._refused.append(Entry(thing.key, state, reason=reason, attempts=attempts))
        self._verdicts[thing.key] = "skipped" if skipped else "unreadable"

    def _refuse_key(self, key: str) -> Unreadable:
        """Return what stands in the ledger for an item whose key cannot be one."""
        name = plain = storable(key)
        again = 0
        while name in self._verdicts:
            again += 1
            name = f"{plain} (again)" if again == 1 else f"{plain} (again, {again})"
        if key != plain:
            return Unreadable(name, "its name is not valid Unicode")
        return Unreadable(name, "the source lists it twice")

    def _missing(self) -> list[Known]:
        """Return the rows that nothing listed stands for.

        What lies in a folder or an archive that could not be read is not missing: nobody looked.
        """
        request = self._request
        hidden = tuple(f"{key.removesuffix('/')}{mark}" for key in self._unread for mark in "/#")
        if "." in self._unread:
            return []
        return [
            row
            for key, row in self._known.items()
            if key not in self._verdicts
            and (row.state != "gone" or row.has_record)
            and (request.only is None or key in request.only)
            and in_shard(key, request.shard)
            and not key.startswith(hidden)
            and not self._is_busy(key)
        ]

    def _is_busy(self, key: str) -> bool:
        return key in self._busy or key.partition("#")[0] in self._busy

    def _find_moves(self, missing: list[Known]) -> tuple[list[Move], dict[str, Known]]:
        """Pair new items with rows of equal content whose place is gone.

        Returns the moves, and by their new keys the rows whose content is processed anew, since
        their records are stale or depend on the place. Only an item as large as one that is gone is
        read, so an unmoved folder costs nothing.
        """
        left: defaultdict[int, defaultdict[str, list[Known]]]
        left = defaultdict(lambda: defaultdict(list))
        for row in missing:
            if row.state in {"done", "gone"}:
                left[row.size][row.sha256].append(row)
        moves: list[Move] = []
        replaced: dict[str, Known] = {}
        for key, item in list(self._todo.items()):
            candidates = left.get(item.size)
            if not candidates or self._verdicts[key] != "new":
                continue
            rows = candidates.get(item.sha256 or self._digest(item) or "")
            if not rows:
                continue
            before = rows.pop(0)
            if not self._may_follow(item, before):
                replaced[key] = before
                continue
            moves.append(Move(item, before))
            self._verdicts[key] = "moved"
            del self._todo[key]
        return moves, replaced

    def _may_follow(self, item: Item, row: Known) -> bool:
        """Return whether a record would be the same at the item's place."""
        names = item.key.rpartition("#")[2], row.key.rpartition("#")[2]
        return (
            row.state == "done"
            and row.fingerprint == self._fingerprint
            and self._request.may_move
            and media_type_of(names[0]) == media_type_of(names[1])
            and row.told in {None, hash_told(item)}
        )


def _may_be_readable(row: Known) -> bool:
    """Return whether an item that could not be read may be tried without being asked for.

    What fails in a step fails again; a disk or a network that did not answer may be back.
    """
    return not row.step and not row.sha256 and row.attempts < _ATTEMPTS
