"""Joining stores, of the same kind and of different ones."""

from __future__ import annotations

import pytest
from tests.plugins.stores.kinds import Kind, a_run, done, texts, write

from copydesk.api import Entry, StoreError
from copydesk.upkeep.merge import merge


def test_shards_are_joined(kind: Kind) -> None:
    """Records, rows and runs of several stores come into one; doing it again changes nothing."""
    with kind.open("one") as one, kind.open("two") as two, kind.open("whole") as whole:
        write(one, [done("a"), Entry("c", "quarantined", step="s", reason="bad", traceback="t")])
        write(two, [done("b")])
        write(two, [Entry("d", "dropped", reason="short"), done("e")])

        for _ in range(2):
            made = [merge(whole, one), merge(whole, two)]

        assert [0, 0] == [merged.added for merged in made]
        assert [2, 3] == [merged.known for merged in made]
        assert [0, 0] == [merged.runs for merged in made]
        assert ["a", "b", "e"] == texts(whole)
        assert {"a": 1, "b": 2, "c": 1, "d": 3, "e": 3} == {r.key: r.run for r in whole.known()}
        bad, short = whole.rows()
        assert ("s", "bad", "t", 1) == (bad.step, bad.reason, bad.traceback, bad.run)
        assert "short" == short.reason
        assert {r.identity for r in [*one.runs(), *two.runs()]} == {
            r.identity for r in whole.runs()
        }
        assert [{"done": 2}, {"done": 1}, {"done": 2}] == [run.counts for run in whole.runs()]


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_newest_of_an_item_stays(kind: Kind, order: tuple[str, str]) -> None:
    """Of an item in several stores the newest stays, in whichever order, and that is told."""
    with kind.open("old") as old, kind.open("new") as new, kind.open("whole") as whole:
        write(old, [done("a", "old"), done("b")], run=a_run("2026-11-20T10:00:00+00:00"))
        write(new, [done("a", "new"), done("c")], run=a_run("2026-11-21T10:00:00+00:00"))
        stores = {"old": old, "new": new}

        merge(whole, stores[order[0]])
        merged = merge(whole, stores[order[1]])

        assert {"a": order[1] == "new"} == merged.contested
        assert ["new", "b", "c"] == texts(whole)


def test_later_run_of_a_store_comes_in(kind: Kind) -> None:
    """Merging again after the store went on brings only what is new in it."""
    with kind.open("one") as one, kind.open("whole") as whole:
        write(one, [done("a", "one"), done("b", "one")])
        merge(whole, one)
        write(one, [done("a", "two"), Entry("b", "gone", keeps_record=True)])

        merged = merge(whole, one)

        assert (2, 0, 1, {}) == (merged.added, merged.known, merged.runs, merged.contested)
        assert ["two", "one"] == texts(whole)
        assert {"a": "done", "b": "gone"} == {row.key: row.state for row in whole.known()}


def test_merged_store_goes_on(kind: Kind) -> None:
    """After merging, runs go on in the joined store, and it can go back to the end of a merge."""
    with kind.open("one") as one, kind.open("two") as two, kind.open("whole") as whole:
        write(one, [done("a", "one")])
        write(two, [done("b", "one")])
        merge(whole, one)
        merge(whole, two)
        assert 3 == write(whole, [done("a", "two")])
        whole.begin(a_run())
        whole.roll_back(2)

        assert ["one", "one"] == texts(whole)


def test_store_in_use_is_not_merged_into(kind: Kind) -> None:
    """Merging into a store that a run holds is refused."""
    with kind.open("one") as one, kind.open("whole") as whole, kind.open("whole") as other:
        write(one, [done("a")])
        other.begin(a_run())

        with pytest.raises(StoreError, match="another run is at work"):
            merge(whole, one)


def test_stores_of_different_kinds(kind: Kind, other_kind: Kind) -> None:
    """A store of one kind can be joined into one of another."""
    with kind.open("one") as one, other_kind.open("whole") as whole:
        write(one, [done("a"), done("b")])
        merge(whole, one)

        assert list(one.records()) == list(whole.records())
