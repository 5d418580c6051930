"""What the user wants of a plan: how much, which part, how thoroughly."""

from __future__ import annotations

from hashlib import sha256

from attrs import frozen


@frozen
class Request:
    """What the user wants of a plan."""

    limit: int | None = None
    """Process no more items than this; those beyond it are left for another time."""
    rehash: bool = False
    """Read every item, instead of trusting that size and time of change tell."""
    only: frozenset[str] | None = None
    """Keys of items in quarantine to be tried again; nothing else is looked at."""
    shard: tuple[int, int] = (1, 1)
    """Which part of the items, of how many: the same split on every machine."""
    may_move: bool = True
    """Let records follow items to new places; not if the chain asks for places."""
    may_touch: bool = True
    """Let records follow items to new times of change; not if a step of the chain reads items."""
    elsewhere: frozenset[int] = frozenset()
    """Numbers of runs over other sources: of the rows that they wrote, an equal name, size and time
    say nothing of equal content."""


def in_shard(key: str, shard: tuple[int, int]) -> bool:
    """Return whether an item is in part `i` of `n`, by a hash that is the same everywhere."""
    part, parts = shard
    if parts == 1:
        return True
    return int.from_bytes(sha256(key.encode()).digest()[:8]) % parts == part - 1
