"""Going back to earlier runs, and pruning them, as every bundled store does it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.plugins.stores.kinds import Kind, WholeStore, a_run, done, texts, write

from copydesk.api import Entry, StoreError


def go_back(store: WholeStore, run: int) -> dict[str, int]:
    """Make a rollback as the verb does."""
    store.begin(a_run())
    counts = store.roll_back(run)
    store.end(counts)
    return dict(counts)


def state(store: WholeStore) -> dict[str, tuple[str, str, bytes | None]]:
    """Return what the store knows of items that are there."""
    return {
        row.key: (row.state, row.sha256, store.record(row.key))
        for row in store.known()
        if row.state != "gone" or store.record(row.key)
    }


def test_going_back(kind: Kind) -> None:
    """The records of an earlier run are current again; what it did not know has none."""
    with kind.open() as store:
        write(store, [done("a", "one"), done("b", "one")])
        write(store, [done("a", "two"), done("c", "two"), Entry("b", "quarantined", reason="x")])

        assert {"restored": 2, "withdrawn": 1} == go_back(store, 1)
        assert ["one", "one"] == texts(store)
    with kind.open() as store:
        assert ["one", "one"] == texts(store)
        states = {row.key: row.state for row in store.known() if row.state != "gone"}
        assert {"a": "done", "b": "done"} == states


def test_going_back_is_a_run_that_can_be_undone(kind: Kind) -> None:
    """A rollback has a number of its own, runs go on from it, and going forth works too."""
    with kind.open() as store:
        write(store, [done("a", "one"), done("b", "one")])
        write(store, [done("a", "two"), done("c", "two")])
        go_back(store, 1)
        write(store, [done("d", "four")])

        assert ["one", "one", "four"] == texts(store)
        go_back(store, 2)
        assert ["two", "one", "two"] == texts(store)
        go_back(store, 4)
        assert ["one", "one", "four"] == texts(store)
        assert {"restored": 0, "withdrawn": 0} == go_back(store, 6)
        assert [7, 6, 5, 4, 3, 2, 1] == [run.number for run in store.runs()]


def test_going_back_to_nothing_is_refused(kind: Kind) -> None:
    """A run that is not there, or was pruned, cannot be gone back to; nothing changes."""
    with kind.open() as store:
        for text in ("one", "two", "three"):
            write(store, [done("a", text)])
        store.prune(2)
        store.begin(a_run())
        for number in (1, 9):
            with pytest.raises(StoreError, match=f"no run {number} to go back to"):
                store.roll_back(number)

        assert ["three"] == texts(store)


def test_pruning(kind: Kind) -> None:
    """Pruning removes what only older runs need, never what is current, and says so in the runs."""
    with kind.open() as store:
        write(store, [done("a", "one"), done("b", "one"), done("c", "one")])
        write(store, [done("a", "two")])
        write(store, [done("a", "three"), Entry("c", "gone", keeps_record=True)])
        write(store, [done("b", "four")])

        store.prune(3)
        assert {1: False, 2: True, 3: True, 4: True} == {r.number: r.kept for r in store.runs()}
        go_back(store, 2)
        assert ["two", "one", "one"] == texts(store)
        go_back(store, 4)
        store.prune(1)
        assert ["three", "four", "one"] == texts(store)
    with kind.open() as store:
        assert ["three", "four", "one"] == texts(store)
        assert {"a": "done", "b": "done", "c": "gone"} == {r.key: r.state for r in store.known()}


def test_pruning_with_fewer_runs_than_asked(kind: Kind) -> None:
    """With no more runs than are to be kept, nothing is pruned."""
    with kind.open() as store:
        write(store, [done("a", "one")])
        write(store, [done("a", "two")])

        store.prune(2)

        assert all(run.kept for run in store.runs())


_ENTRIES = st.builds(
    lambda key, text, what: {
        "done": done(key, text),
        "kept": Entry(key, "gone", sha256=text, keeps_record=True),
        "bad": Entry(key, "quarantined", sha256=text, reason=text),
    }[what],
    st.sampled_from("abcd"),
    st.sampled_from(["one", "two", "three"]),
    st.sampled_from(["done", "done", "kept", "bad"]),
)
_BATCHES = st.lists(st.lists(_ENTRIES, max_size=4, unique_by=lambda entry: entry.key), max_size=3)


@given(runs=st.lists(_BATCHES, min_size=1, max_size=5), keep=st.integers(1, 4), data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow,
          HealthCheck.function_scoped_fixture])  # fmt: skip
def test_every_kept_run_can_be_gone_back_to(
    kind: Kind, runs: list[list[list[Entry]]], keep: int, data: st.DataObject
) -> None:
    """Whatever was written and pruned, going back to a kept run gives its state exactly."""
    name = f"law {data.draw(st.uuids())}"
    with kind.open(name) as store:
        states = {}
        for batches in runs:
            number = write(store, *batches)
            states[number] = state(store)
        store.prune(keep)
        target = data.draw(st.sampled_from([run.number for run in store.runs() if run.kept]))
        go_back(store, target)

        assert states[target] == state(store)
