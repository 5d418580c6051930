"""Decides which parts are to be merged, so that there are never many."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk_parts.manifest import Part

MANY = 50  # parts a run may leave before some are merged while it is on
_SMALL = 32_000_000  # bytes; larger ones are not touched while a run is on


def choose(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the newest parts that should become one at the end of a run.

    A part is merged with all after it once these are half as large together. So sizes at least
    halve from one part to the next, which keeps them few; a row is written anew only as often as
    the store doubles; and of what has been replaced no more lies about than half as much as counts.
    """
    total = 0
    taken = 0
    for position, part in enumerate(reversed(parts), 1):
        if part.size <= 2 * total:
            taken = position
        total += part.size
    return tuple(parts[len(parts) - taken :])


def choose_under_way(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that should become one while a run goes on: small ones, when many."""
    small = 0
    for part in reversed(parts):
        if part.size > _SMALL:
            break
        small += 1
    return choose(parts[len(parts) - small :]) if small > MANY else ()
