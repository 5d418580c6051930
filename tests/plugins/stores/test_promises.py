"""What every bundled store promises, kept by each of them."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import attrs
import pytest
from tests.desk import ROOT
from tests.plugins.stores.kinds import Kind, a_run, done, texts, write

from copydesk.api import Entry, StoreError


def test_what_is_committed_is_read_back(kind: Kind) -> None:
    """After reopening, rows and records are those committed, byte for byte, ordered by key."""
    bad = Entry(
        "a", "quarantined", 5, None, "bb", "g", "step", "it is bad", "Traceback", 2, told="t"
    )
    with kind.open() as store:
        write(store, [done("c"), bad], [done("b"), Entry("ü", "dropped", reason="short")])

    with kind.open() as store:
        known = {row.key: row for row in store.known()}
        assert {"a", "b", "c", "ü"} == set(known)
        assert ("done", 3, 1.5, "aa", "f", 1) == attrs.astuple(known["c"])[1:7]
        assert (5, None, "bb", "g", 2, "step", "it is bad", 1) == attrs.astuple(known["a"])[2:-2]
        assert [False, True] == [known["a"].has_record, known["b"].has_record]
        assert ["t", None] == [known["a"].told, known["b"].told]
        assert ["t", None] == [entry.told for _, entry in store.entries()][:2]
        assert [done("b").record, done("c").record] == list(store.records())
        assert done("c").record == store.record("c")
        assert None is store.record("a")
        assert None is store.record("nothing")
        rows = list(store.rows())
        assert [("a", "quarantined"), ("ü", "dropped")] == [(r.key, r.state) for r in rows]
        assert ("step", "it is bad", "Traceback", 2, 1, "g") == attrs.astuple(rows[0])[2:]


def test_newest_record_counts(kind: Kind) -> None:
    """A later record takes the place of an earlier one, in the same run and in the next."""
    with kind.open() as store:
        write(store, [done("a", "one"), done("b", "one")], [done("a", "two")])

        assert ["two", "one"] == texts(store)
    with kind.open() as store:
        write(store, [done("a", "three")])

    with kind.open() as store:
        assert ["three", "one"] == texts(store)
        assert {"a": 2, "b": 1} == {row.key: row.run for row in store.known()}


def test_records_that_stay_and_go(kind: Kind) -> None:
    """A row that keeps the record leaves it, again and again; one that does not takes it out."""
    with kind.open() as store:
        write(store, [done("a", "one"), done("b", "one")])
        write(store, [Entry("a", "gone", keeps_record=True)])
        write(store, [Entry("a", "gone", keeps_record=True), Entry("b", "quarantined")])

    with kind.open() as store:
        assert ["one"] == texts(store)
        assert {"a": True, "b": False} == {row.key: row.has_record for row in store.known()}
        assert done("a", "one").record == store.record("a")
        write(store, [Entry("a", "gone")])

        assert [] == list(store.records())


def test_runs_are_remembered(kind: Kind) -> None:
    """Runs are listed newest first, with all that was said of them; one that died has no end."""
    first = a_run()
    with kind.open() as store:
        assert 1 == store.begin(first)
        store.commit([done("a")])
        store.end({"done": 1})
    with kind.open() as store:
        assert 2 == store.begin(a_run(chain="other.yaml"))

    with kind.open() as store:
        newest, oldest = store.runs()
        assert (2, "other.yaml", None, {}) == (
            newest.number, newest.chain, newest.finished, newest.counts,
        )  # fmt: skip
        assert oldest == attrs.evolve(first, number=1, finished=oldest.finished, counts={"done": 1})
        assert oldest.finished is not None


def test_empty_store(kind: Kind) -> None:
    """A store that was just made has nothing, and an empty commit adds nothing."""
    with kind.open() as store:
        assert [] == [*store.known(), *store.rows(), *store.records(), *store.runs()]
        write(store, [])

        assert [] == [*store.known(), *store.records()]


def test_second_run_is_refused(kind: Kind) -> None:
    """While a run is on another one is refused with words, may read, and can begin afterwards."""
    with kind.open() as first:
        first.begin(a_run())
        first.commit([done("a")])
        with kind.open() as second:
            with pytest.raises(StoreError, match=r"another run is at work .*news\.yaml"):
                second.begin(a_run())
            assert ["a"] == texts(second)
    with kind.open() as second:
        assert 2 == write(second, [done("b")])


def test_a_reader_sees_whole_commits(kind: Kind) -> None:
    """What a reader has begun to read stays as it was, whatever a run does meanwhile."""
    with kind.open() as writer:
        write(writer, [done(f"{number:03}", "old") for number in range(300)])
        with kind.open() as reader:
            reading = reader.records()
            first = next(reading)
            for _ in range(4):
                write(writer, [done(f"{number:03}", "new") for number in range(300)])
                writer.prune(1)

            assert all(b"old" in record for record in [first, *reading])
            assert ["new"] * 300 == texts(reader)


def test_commit_is_all_or_nothing(kind: Kind) -> None:
    """A batch that cannot be written leaves nothing behind, and the next one works."""
    broken = Entry("b", "done", size=object())  # type: ignore[arg-type]
    with kind.open() as store:
        store.begin(a_run())
        with pytest.raises(Exception):  # noqa: B017, PT011 - each library has its own
            store.commit([done("a"), broken])

        assert [] == [*store.known(), *store.records()]
        store.commit([done("c")])
        assert ["c"] == texts(store)


def test_strange_texts_survive(kind: Kind) -> None:
    """Keys, reasons and tracebacks may hold any character, NUL and line ends too."""
    strange = "a\0b\n\u2028\ue000\U0001f600'\"\\"
    entry = Entry(strange, "quarantined", reason=strange, traceback=strange, attempts=1)
    with kind.open() as store:
        write(store, [entry, done("z")])

    with kind.open() as store:
        (row,) = store.rows()
        assert strange == row.key
        assert "z" in {known.key for known in store.known()}
        write(store, [attrs.evolve(entry, attempts=2)])
        (row,) = store.rows()
        assert 2 == row.attempts


WRITER = """
import random, sys
from pathlib import Path
from tests.plugins.stores.kinds import Kind, a_run, done

kind = Kind(sys.argv[1], lambda name: sys.argv[2])
with kind.open() as store:
    store.begin(a_run())
    print("begun", flush=True)
    for batch in range(10_000):
        # Every batch rewrites the same keys and adds one of its own: the whole batch shows, or not.
        shared = [done(f"shared {number}", f"{batch}") for number in range(40)]
        store.commit([*shared, done(f"own {batch:05}", f"{batch}")])
        print(batch, flush=True)
"""


def test_kill_during_commit(kind: Kind) -> None:
    """A kill -9 leaves the state before or after a commit, nothing of it half, none of it lost."""
    chance = random.Random(20261121)
    for _ in range(6):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, kind.use, kind.place("one")],
            stdout=subprocess.PIPE, cwd=ROOT, text=True,
        )  # fmt: skip
        assert writer.stdout is not None
        assert "begun\n" == writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.4))
        writer.send_signal(signal.SIGKILL)
        told = [int(line) for line in writer.stdout.read().split("\n")[:-1]]
        writer.wait()
        writer.stdout.close()

        with kind.open() as store:
            keys = sorted(row.key for row in store.known() if row.state == "done")
            found = dict(zip(keys, texts(store), strict=True))
            shared = {text for key, text in found.items() if key.startswith("shared")}
            own = sorted(int(text) for key, text in found.items() if key.startswith("own"))
            assert len(shared) <= 1
            if told:
                (last,) = map(int, shared)
                assert last in {told[-1], told[-1] + 1}
                assert set(range(last + 1)) <= set(own)
            number = write(store, [done("after")])
            assert number == next(iter(store.runs())).number
            write(store, [Entry(key, "gone") for key in [*found, "after"]])
            assert [] == list(store.records())


def test_other_formats_are_refused(kind: Kind, spoil: object, tmp_path: Path) -> None:
    """A store of a format that this version does not know is refused, with both named."""
    with kind.open() as store:
        write(store, [done("a")])
    assert callable(spoil)
    spoil(kind.place("one"))

    with pytest.raises(StoreError, match="format 99"), kind.open() as store:
        write(store, [])
