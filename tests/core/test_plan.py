"""The plan: which items are processed, and why."""

from __future__ import annotations

from collections import Counter

import pytest

from copydesk.item import Item, Skipped, Unreadable
from copydesk.ledger import Known
from copydesk.plan import plan


def known(key: str, **changes: object) -> Known:
    """Return a ledger row of an item that was done under fingerprint `now`."""
    row = {
        "state": "done", "size": 5, "modified": 1.0, "sha256": "aa",
        "fingerprint": "now", "attempts": 0,
    } | changes  # fmt: skip
    return Known(key, **row)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "row", "todo"),
    [
        ("new", None, True),
        ("unchanged", known("a"), False),
        ("unchanged", known("a", state="dropped"), False),
        ("changed", known("a", size=6), True),
        ("changed", known("a", modified=2.0), True),
        ("stale", known("a", fingerprint="before"), True),
        ("stale", known("a", state="quarantined", fingerprint="before"), True),
        ("waiting", known("a", state="quarantined"), False),
    ],
)
def test_verdict(verdict: str, row: Known | None, *, todo: bool) -> None:
    """An item is processed when its content or the chain has changed, else it is left."""
    item = Item("a", size=5, modified=1.0)

    made = plan([item], [row] if row else [], "now")

    assert Counter({verdict: 1}) == made.counts
    assert ((item,) if todo else ()) == made.todo


def test_refused_things_become_rows() -> None:
    """What a source skips is dropped, what it cannot read is quarantined with its attempts."""
    rows = [known("b", state="quarantined", attempts=2)]

    made = plan([Skipped("a", "hidden"), Unreadable("b", "no rights")], rows, "now")

    assert [("a", "dropped", 0), ("b", "quarantined", 3)] == [
        (entry.key, entry.state, entry.attempts) for entry in made.refused
    ]
    assert 2 == made.listed


def test_missing_items_are_gone_once() -> None:
    """A ledger row that the source no longer lists is gone, unless it was gone before."""
    made = plan([], [known("a"), known("b", state="gone")], "now")

    assert ["a"] == [row.key for row in made.gone]


def test_limit_counts_work_and_calls_nothing_gone() -> None:
    """With a limit the first items that need work are taken; nothing is judged after them."""
    items = [Item(name, size=5, modified=1.0) for name in "abcd"]

    made = plan(items, [known("a"), known("z")], "now", limit=2)

    assert ["b", "c"] == [item.uri for item in made.todo]
    assert 3 == made.listed
    assert () == made.gone
