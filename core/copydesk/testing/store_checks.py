"""What is asked of every store."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve

from copydesk.errors import CopydeskError, StoreError
from copydesk.ledger import Entry
from copydesk.spec import Generations, StoreSpec
from copydesk.testing import fresh
from copydesk.testing.check import BoundCheck, Check, ask, bind, run
from copydesk.testing.generation_checks import GENERATION_CHECKS
from copydesk.testing.spec_checks import SPEC_CHECKS
from copydesk.testing.store_bench import (
    SHARED,
    Room,
    StoreBench,
    a_run,
    done,
    text_of,
    texts,
    write,
)

_KILLS = 4
_STRANGE = "a\0b\n\u2028\ue000\U0001f600'\"\\"
_KEPT = (
    "state", "size", "modified", "sha256", "fingerprint", "attempts", "step", "reason", "told",
)  # fmt: skip
"""Fields of an entry that `known` tells again."""
_WRITER = """
import pickle, sys
from copydesk.testing.store_bench import write_forever
write_forever(*pickle.load(sys.stdin.buffer))
"""


def store_checks(spec: StoreSpec[Any], options_at: Callable[[Path], Any]) -> list[BoundCheck]:
    """Return the checks of a store for `pytest.mark.parametrize`; else as `check_store`."""
    return bind(STORE_CHECKS, StoreBench(spec, options_at))


def check_store(spec: StoreSpec[Any], options_at: Callable[[Path], Any]) -> None:
    """Ask of a store what is asked of all; raises `CheckError` with all that does not hold.

    `options_at` returns options for a path: `lambda path: Options(path=path)`. Another path is
    another store, and nothing is there yet. A store that is no file makes its own of the name.
    """
    run(STORE_CHECKS, StoreBench(spec, options_at))


@ask("keep every field of `Entry`, and the record byte for byte; order rows and records by key")
def gives_back_what_it_was_given(bench: StoreBench) -> Iterator[str]:
    """Rows and records are those committed, after reopening too, ordered by key."""
    bad = Entry(
        "a", "quarantined", 5, None, "bb", "g", "step", "it is bad", "Traceback", 2, told="t"
    )
    with bench.room() as room:
        with room.open() as store:
            write(store, [done("c"), bad], [done("b"), Entry("ü", "dropped", reason="short")])
        with room.open() as store:
            known = {row.key: row for row in store.known()}
            yield from _expect("keys", {"a", "b", "c", "ü"}, set(known))
            for row in (done("c"), bad):
                for name in _KEPT:
                    wanted, found = getattr(row, name), getattr(known[row.key], name)
                    yield from _expect(f"known() of '{row.key}', {name}", wanted, found)
            has = [known["a"].has_record, known["b"].has_record]
            yield from _expect("has_record of 'a' and 'b'", [False, True], has)
            records = [done("b").record, done("c").record]
            yield from _expect("records()", records, list(store.records()))
            for key, record in (("c", done("c").record), ("a", None), ("nothing", None)):
                yield from _expect(f"record('{key}')", record, store.record(key))
            rows = list(store.rows())
            yield from _expect("keys of rows()", ["a", "ü"], [row.key for row in rows])
            for name in ("state", "step", "reason", "traceback", "attempts", "fingerprint"):
                yield from _expect(f"{name} of a row", getattr(bad, name), getattr(rows[0], name))


@ask("let the record of the latest commit count, and only that")
def shows_the_newest_record(bench: StoreBench) -> Iterator[str]:
    """A later record takes the place of an earlier one, in the same run and in the next."""
    with bench.room() as room:
        with room.open() as store:
            write(store, [done("a", "one"), done("b", "one")], [done("a", "two")])
            yield from _expect("after a run", ["two", "one"], texts(store))
        with room.open() as store:
            write(store, [done("a", "three")])
        with room.open() as store:
            yield from _expect("after the next", ["three", "one"], texts(store))
            runs = {row.key: row.run for row in store.known()}
            yield from _expect("run of each row", {"a": 2, "b": 1}, runs)


@ask("look at `keeps_record`: with it the old record stays, without it it goes")
def keeps_and_withdraws_records(bench: StoreBench) -> Iterator[str]:
    """A row that keeps its record leaves it, again and again; one that does not takes it out."""
    with bench.room() as room:
        with room.open() as store:
            write(store, [done("a", "one"), done("b", "one")])
            write(store, [Entry("a", "gone", keeps_record=True)])
            write(store, [Entry("a", "gone", keeps_record=True), Entry("b", "quarantined")])
        with room.open() as store:
            yield from _expect("texts", ["one"], texts(store))
            has = {row.key: row.has_record for row in store.known()}
            yield from _expect("has_record", {"a": True, "b": False}, has)
            yield from _expect("record('a')", done("a", "one").record, store.record("a"))
            write(store, [Entry("a", "gone")])
            yield from _expect("records() at the end", [], list(store.records()))


@ask("keep what `begin` and `end` are given; a run that never ended has no `finished`")
def remembers_runs(bench: StoreBench) -> Iterator[str]:
    """Runs come newest first with all that was said of them; one that died has no end."""
    first = a_run()
    with bench.room() as room:
        with room.open() as store:
            yield from _expect("number of the first run", 1, store.begin(first))
            store.commit([done("a")])
            store.end({"done": 1})
        with room.open() as store:
            yield from _expect("number of the second run", 2, store.begin(a_run("other.yaml")))
        with room.open() as store:
            runs = list(store.runs())
            yield from _expect("numbers", [2, 1], [each.number for each in runs])
            newest, oldest = runs
            told = (newest.chain, newest.finished, dict(newest.counts))
            yield from _expect("the run that died", ("other.yaml", None, {}), told)
            wanted = evolve(first, number=1, finished=oldest.finished, counts={"done": 1})
            yield from _expect("the first run", wanted, evolve(oldest, counts=dict(oldest.counts)))
            if oldest.finished is None:
                yield "a run that ended has no `finished`"


@ask("make what is missing when it is built; let an empty commit add nothing")
def begins_empty(bench: StoreBench) -> Iterator[str]:
    """A store that was just made has nothing, and an empty commit adds nothing."""
    with bench.room() as room, room.open() as store:
        found = [*store.known(), *store.rows(), *store.records(), *store.runs()]
        yield from _expect("a new store", [], found)
        write(store, [])
        yield from _expect("after an empty commit", [], [*store.known(), *store.records()])


@ask("hold a lock from `begin` to `end` or `close`, and raise `StoreError` where it is held")
def refuses_a_second_run(bench: StoreBench) -> Iterator[str]:
    """While a run is on another is refused with a `StoreError`, may read, and can begin later."""
    with bench.room() as room:
        with room.open() as first:
            first.begin(a_run())
            first.commit([done("a")])
            with room.open() as second:
                try:
                    second.begin(a_run())
                except StoreError:
                    pass
                else:
                    yield "a second run could begin while another was on"
                yield from _expect("what a reader sees", ["a"], texts(second))
        with room.open() as second:
            yield from _expect("number of the next run", 2, write(second, [done("b")]))


@ask("read from a snapshot, or from files that a later commit does not touch")
def shows_readers_whole_commits(bench: StoreBench) -> Iterator[str]:
    """What a reader has begun to read stays as it was, whatever a run does meanwhile."""
    old = [done(f"{number:03}", "old") for number in range(300)]
    new = [done(f"{number:03}", "new") for number in range(300)]
    with bench.room() as room, room.open() as writer:
        write(writer, old)
        with room.open() as reader:
            reading = reader.records()
            first = next(reading)
            for _ in range(4):
                write(writer, new)
                if isinstance(writer, Generations):
                    writer.prune(1)
            seen = {text_of(record) for record in [first, *reading]}
            yield from _expect("texts that were read", {"old"}, seen)
            yield from _expect("texts afterwards", {"new"}, set(texts(reader)))


@ask("write a batch in one transaction, and roll it back when any row of it fails")
def commits_all_or_nothing(bench: StoreBench) -> Iterator[str]:
    """A batch that cannot be written leaves nothing behind, and the next one works."""
    broken = Entry("b", "done", size=object())  # type: ignore[arg-type]
    with bench.room() as room, room.open() as store:
        store.begin(a_run())
        try:
            store.commit([done("a"), broken])
        except Exception:  # noqa: BLE001 - each library has its own
            yield from _expect("after it", [], [*store.known(), *store.records()])
        else:
            yield "a row whose size is an object() was committed without an error"
            return
        store.commit([done("c")])
        yield from _expect("after the next batch", ["c"], texts(store))


@ask("pass values as parameters, and store text as it is, with NUL and line ends")
def keeps_any_character(bench: StoreBench) -> Iterator[str]:
    """Keys, reasons and tracebacks may hold any character."""
    entry = Entry(_STRANGE, "quarantined", reason=_STRANGE, traceback=_STRANGE, attempts=1)
    with bench.room() as room:
        with room.open() as store:
            write(store, [entry, done("z")])
        with room.open() as store:
            (row,) = store.rows()
            yield from _expect("the key", _STRANGE, row.key)
            write(store, [evolve(entry, attempts=2)])
            attempts = [row.attempts for row in store.rows()]
            yield from _expect("attempts of that row, written again", [2], attempts)


@ask("commit so that a half-written batch is not seen on opening: a transaction, or a rename")
def survives_a_kill(bench: StoreBench) -> Iterator[str]:
    """After kill -9 in the midst of writing, every batch is there whole or not at all."""
    chance = random.Random(20250303)  # noqa: S311 - only moments are drawn
    with bench.room() as room:
        for _ in range(_KILLS):
            told = _kill_writer(room, chance.uniform(0.0, 0.4))
            yield from _look_after_kill(room, told)


@ask("raise `StoreError` that names the place, also for folders that cannot be made")
def refuses_what_is_no_store(bench: StoreBench) -> Iterator[str]:
    """What lies at its place and is no store is refused with words, and left as it was."""
    with bench.room() as room:
        options = room.options("no store")
        path = getattr(options, "path", None)
        if not isinstance(path, Path):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a letter to my aunt, and no store\n" * 50)
        try:
            with room.open("no store") as store:
                write(store, [done("a")])
        except CopydeskError:
            pass
        except Exception as error:  # noqa: BLE001 - it is told
            yield f"it raised {type(error).__name__}: {error}"
        else:
            yield "it wrote into a file that is no store"
        if not path.is_file() or not path.read_bytes().startswith(b"a letter"):
            yield "it changed a file that is no store"


STORE_CHECKS: tuple[Check[Any], ...] = (
    *SPEC_CHECKS,
    gives_back_what_it_was_given,
    shows_the_newest_record,
    keeps_and_withdraws_records,
    remembers_runs,
    begins_empty,
    refuses_a_second_run,
    shows_readers_whole_commits,
    commits_all_or_nothing,
    keeps_any_character,
    survives_a_kill,
    refuses_what_is_no_store,
    *GENERATION_CHECKS,
)


def _expect(what: str, expected: object, found: object) -> Iterator[str]:
    if expected != found:
        yield f"{what}: expected {expected!r}, found {found!r}"


def _kill_writer(room: Room, seconds: float) -> list[int]:
    """Let a process write for some time and kill it; return the batches it said were committed."""
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=fresh.settings(),
    )  # fmt: skip
    if writer.stdin is None or writer.stdout is None:
        raise RuntimeError("a process without pipes")
    with writer:
        writer.stdin.write(pickle.dumps((room.bench.spec, room.options())))
        writer.stdin.close()
        if writer.stdout.readline() != b"begun\n":
            raise fresh.FreshError("a process that writes into the store could not begin")
        time.sleep(seconds)
        writer.kill()
        return [int(line) for line in writer.stdout.read().split(b"\n")[:-1]]


def _look_after_kill(room: Room, told: list[int]) -> Iterator[str]:
    with room.open() as store:
        keys = sorted(row.key for row in store.known() if row.state == "done")
        found = dict(zip(keys, texts(store), strict=True))
        shared = [text for key, text in found.items() if key.startswith("shared")]
        own = {int(text) for key, text in found.items() if key.startswith("own")}
        if len(set(shared)) > 1 or len(shared) not in {0, SHARED}:
            yield f"a batch is there in part: {len(shared)} of its {SHARED} rows"
        elif told:
            last = int(shared[0]) if shared else -1
            if last not in {told[-1], told[-1] + 1} or not set(range(last + 1)) <= own:
                yield f"batch {told[-1]} was committed, and the store has {last}"
        number = write(store, [done("after")])
        yield from _expect("the next run's number", next(iter(store.runs())).number, number)
        write(store, [Entry(key, "gone") for key in [*found, "after"]])
        yield from _expect("records() after all are gone", [], list(store.records()))
