"""What is asked of stores that can do more: go back to earlier runs, be joined, keep results."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from copydesk.errors import StoreError
from copydesk.ledger import Entry
from copydesk.spec import Generations, KeepsResults, Mergeable
from copydesk.testing.check import Check, ask
from copydesk.testing.store_bench import StoreBench, a_run, done, texts, write


@ask("keep the records of earlier runs; make a rollback a run of its own, in one transaction")
def goes_back(bench: StoreBench) -> Iterator[str]:
    """A store with `roll_back` makes an earlier run current again, and that can be undone."""
    with bench.room() as room:
        with room.open() as store:
            if not _offers(store, Generations):
                return
            write(store, [done("a", "one"), done("b", "one")])
            write(store, [done("a", "two"), done("c", "two"), Entry("b", "quarantined")])
            counts = _go_back(store, 1)
            if counts != {"restored": 2, "withdrawn": 1}:
                yield f"going back to run 1 is told as {counts}: restored should be 2, withdrawn 1"
        with room.open() as store:
            yield from _expect("at run 1", ["one", "one"], store)
            _go_back(store, 2)
            yield from _expect("forth to run 2", ["two", "two"], store)
            write(store, [done("d", "five")])
            yield from _expect("after a run from there", ["two", "two", "five"], store)
            store.begin(a_run())
            for number in (99, 0):
                try:
                    store.roll_back(number)
                except StoreError:
                    continue
                yield f"it went back to run {number}, which never was"


@ask("remove only what no kept run needs and what is not current; say in `runs()` what is kept")
def prunes(bench: StoreBench) -> Iterator[str]:
    """A store with `prune` forgets what only older runs need, never what is current."""
    with bench.room() as room, room.open() as store:
        if not _offers(store, Generations):
            return
        write(store, [done("a", "one"), done("b", "one"), done("c", "one")])
        write(store, [done("a", "two")])
        write(store, [done("a", "three"), Entry("c", "gone", keeps_record=True)])
        store.prune(2)
        kept = {run.number: run.kept for run in store.runs()}
        if kept != {1: False, 2: True, 3: True}:
            yield f"after prune(2) of three runs, runs() says they are kept: {kept}"
        yield from _expect("after pruning", ["three", "one", "one"], store)
        _go_back(store, 2)
        yield from _expect("back at run 2", ["two", "one", "one"], store)


@ask("take over runs by `identity`, and rows with their records, in one transaction")
def joins(bench: StoreBench) -> Iterator[str]:
    """A store with `entries` and `join` takes in the rows and runs of another."""
    with bench.room() as room, room.open("one") as one, room.open("whole") as whole:
        if not _offers(one, Mergeable):
            return
        write(one, [done("b", "one"), Entry("c", "quarantined", step="s", reason="bad", told="t")])
        write(one, [done("a", "two")])
        identities = {run.number: run.identity for run in one.runs()}
        runs = sorted(one.runs(), key=lambda run: run.number)
        rows = [(identities[number], entry) for number, entry in one.entries()]
        keys = [entry.key for _, entry in rows]
        if keys != ["a", "b", "c"]:
            yield f"entries() come with the keys {keys}, not ordered as a, b, c"
        if [entry.told for _, entry in rows] != [None, None, "t"]:
            yield "entries() do not keep what the collection told of an item (`told`)"
        whole.join(runs, rows)
        yield from _expect("after joining", ["two", "one"], whole)
        if {run.identity for run in whole.runs()} != set(identities.values()):
            yield "the runs of the joined store are not those of the other"
        if [(row.key, row.reason) for row in whole.rows()] != [("c", "bad")]:
            yield f"its rows are {list(whole.rows())}"


@ask("give `recall` the results of a content as they were committed, until they are cleared")
def keeps_results(bench: StoreBench) -> Iterator[str]:
    """A store with `recall` gives back the results of steps by content, and can forget them."""
    with bench.room() as room:
        with room.open() as store:
            if not _offers(store, KeepsResults):
                return
            results = (("f" * 32, b"\x00\xff"), ("e" * 32, b"packed"))
            write(store, [evolve(done("a"), sha256="ab" * 32, results=results)])
        with room.open() as store:
            found = sorted(store.recall("ab" * 32))
            if found != sorted(results):
                yield f"recall() gives {found}, not {sorted(results)}"
            if list(store.recall("cd" * 32)):
                yield "recall() gives something for a content that was never there"
            if store.count_results()[0] != len(results):
                yield f"count_results() counts {store.count_results()[0]}, not {len(results)}"
            store.clear_results()
            if list(store.recall("ab" * 32)):
                yield "recall() gives something after clear_results()"


GENERATION_CHECKS: tuple[Check[Any], ...] = (goes_back, prunes, joins, keeps_results)


def _offers(store: Any, more: type) -> bool:
    """Return whether a store has what not every store has."""
    return isinstance(store, more)


def _go_back(store: Any, run: int) -> dict[str, int]:
    store.begin(a_run())
    counts = store.roll_back(run)
    store.end(counts)
    return dict(counts)


def _expect(when: str, expected: list[str], store: Any) -> Iterator[str]:
    found = texts(store)
    if expected != found:
        yield f"{when}: the texts are {found}, not {expected}"
