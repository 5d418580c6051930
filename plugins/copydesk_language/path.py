"""Chooses a language for each piece of a text so that they fit and seldom change."""

from __future__ import annotations

from collections.abc import Sequence

Costs = dict[str, float]
"""What it costs, in log-odds, to give a piece each language."""


def choose(costs: Sequence[Costs], changes: Sequence[float]) -> list[str]:
    """Return the languages of least cost: theirs, and `changes` where one follows another.

    Every piece must have a cost for the same languages; `changes` holds, for each piece, what it
    costs to begin a language there.
    """
    if not costs:
        return []
    codes = list(costs[0])
    total = [costs[0][code] for code in codes]
    before: list[list[int]] = []
    for cost, change in zip(costs[1:], changes[1:], strict=True):
        best = min(range(len(codes)), key=total.__getitem__)
        cheapest = total[best] + change
        source = [i if total[i] <= cheapest else best for i in range(len(codes))]
        before.append(source)
        total = [min(total[i], cheapest) + cost[code] for i, code in enumerate(codes)]
    at = min(range(len(codes)), key=total.__getitem__)
    found = [at]
    for source in reversed(before):
        at = source[at]
        found.append(at)
    return [codes[at] for at in reversed(found)]
