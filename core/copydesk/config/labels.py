"""Finds the steps of a chain by their labels while they are nodes, and puts others there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from copydesk.config.node import Listing, Node, Table
from copydesk.config.shorthand import read_label

Change = Callable[[Node], tuple[Node, ...]]
"""Returns what stands in the place of a step."""


def labels_of(chain: Node | None) -> list[str]:
    """Return the labels of a chain's steps, of those inside `first` too."""
    return [label for step in _walk(chain) if (label := read_label(step)) is not None]


def change_step(chain: Listing, label: str, change: Change) -> Listing:
    """Return a chain with the first step of this label changed; the same where there is none."""
    for place, step in enumerate(chain.nodes):
        if read_label(step) == label:
            return _put(chain, place, change(step))
        inside = _members(step)
        if inside is not None and isinstance(step, Table):
            changed = change_step(inside, label, change)
            if changed is not inside:
                return _put(chain, place, (step.replace("first", changed),))
    return chain


def _put(chain: Listing, place: int, steps: tuple[Node, ...]) -> Listing:
    return evolve(chain, nodes=(*chain.nodes[:place], *steps, *chain.nodes[place + 1 :]))


def _walk(chain: Node | None) -> Iterator[Node]:
    for step in chain.nodes if isinstance(chain, Listing) else ():
        yield step
        yield from _walk(_members(step))


def _members(step: Node) -> Listing | None:
    """Return the steps inside a `first`."""
    node = step.get("first") if isinstance(step, Table) else None
    return node if isinstance(node, Listing) else None
