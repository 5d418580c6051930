"""What is held and pulled ahead stays small, however the consumer and the source behave."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.deeds import BuiltWork, DeedWork, Ran, assert_childless, is_alive, items, run

from copydesk.api import Item, Metadata, Outcome
from copydesk.workers.local import Local
from copydesk.workers.options import Options


class Source:
    """An endless source that counts what is pulled from it."""

    def __init__(self, payload: bytes | None = None) -> None:
        self.payload = payload
        self.pulled = 0

    def __iter__(self) -> Iterator[Item]:
        for number in itertools.count():
            self.pulled += 1
            yield Item(str(number), payload=self.payload)


def test_endless_source_and_stalled_consumer() -> None:
    """No more than two chunks a worker are pulled ahead of a consumer that has stopped."""
    source = Source()
    outcomes = Local(Options(workers=2)).run(DeedWork(lambda _item: b""), source)
    taken = len(list(itertools.islice(outcomes, 5000)))
    time.sleep(0.3)

    assert source.pulled - taken <= 2 * 2 * 128 + 128
    outcomes.close()  # type: ignore[attr-defined]
    assert_childless()


def test_endless_source_of_large_payloads() -> None:
    """Large payloads are pulled a few at a time."""
    source = Source(bytes(1 << 20))
    outcomes = Local(Options(workers=2)).run(DeedWork(lambda _item: b""), source)
    taken = len(list(itertools.islice(outcomes, 50)))

    assert source.pulled - taken <= 2 * 2 + 1
    outcomes.close()  # type: ignore[attr-defined]


def test_payload_larger_than_any_buffer() -> None:
    """A payload of any size reaches the worker whole."""
    sizes = [0, 1, 1 << 20, 80 << 20]
    listed = [Item(str(size), payload=b"x" * size) for size in sizes]
    ran = run(lambda item: b"%d" % len(item.payload or b""), listed)

    assert {str(size): b"%d" % size for size in sizes} == {o.key: o.record for o in ran.outcomes}


def test_stalled_consumer_and_deadline() -> None:
    """A worker that waits for a stalled consumer is not taken for one that hangs."""
    listed = items(40)
    outcomes = []
    for outcome in Local(Options(workers=2)).run(DeedWork(lambda _i: b"x" * 300_000, 0.2), listed):
        outcomes.append(outcome)
        if len(outcomes) in {3, 9}:
            time.sleep(0.5)

    Ran(outcomes, listed).assert_only((), "")


def test_deadline_while_the_consumer_is_stalled(tmp_path: Path) -> None:
    """A document that hangs is killed on time though the consumer does not ask for outcomes."""

    def deed(item: Item) -> bytes:
        if item.uri == "3.txt":
            (tmp_path / str(os.getpid())).touch()
            time.sleep(600)
        return b""

    outcomes = Local(Options(workers=1)).run(DeedWork(deed, 0.2), items(10))
    found = [next(outcomes), next(outcomes), next(outcomes)]
    time.sleep(1.0)

    (hanging,) = tmp_path.iterdir()
    assert not is_alive(int(hanging.name))
    Ran([*found, *outcomes], items(10)).assert_only(("3.txt",), "timed out after 0.2 s")


def test_slow_source() -> None:
    """Outcomes do not wait until a slow source has filled a chunk."""

    def trickle() -> Iterator[Item]:
        for number in range(6):
            time.sleep(0.1)
            yield Item(str(number))

    began = time.monotonic()
    outcomes = Local(Options(workers=2)).run(DeedWork(lambda _item: b""), trickle())
    next(outcomes)

    assert time.monotonic() - began < 0.5
    assert 5 == len(list(outcomes))


def test_slow_source_and_slow_documents() -> None:
    """The parent sleeps while the source and the workers take their time."""

    def trickle() -> Iterator[Item]:
        for number in range(8):
            time.sleep(0.06)
            yield Item(str(number))

    def deed(_item: Item) -> None:
        time.sleep(0.3)

    began = time.process_time()
    assert 8 == len(list(Local(Options(workers=2)).run(DeedWork(deed), trickle())))
    assert time.process_time() - began < 0.2


def test_source_that_fails() -> None:
    """When listing fails, what was listed before has its outcome; then the error is raised."""

    def failing() -> Iterator[Item]:
        yield from items(20)
        raise OSError("the disk is gone")

    outcomes = Local(Options(workers=2)).run(DeedWork(lambda _item: b""), failing())
    found: list[Outcome] = []
    with pytest.raises(OSError, match="the disk is gone"):
        found.extend(outcomes)

    Ran(found, items(20)).assert_only((), "")
    assert_childless()


def test_no_items() -> None:
    """Nothing to do starts no process and builds nothing."""
    work = BuiltWork(lambda _item: b"", build=os.abort)

    assert [] == list(Local(Options(workers=2)).run(work, []))


def test_items_that_no_worker_can_be_given() -> None:
    """An item that holds what cannot be sent is refused by name, not those beside it."""
    listed = [Item("a"), Item("b", modified=threading.Lock()), Item("c")]  # type: ignore[arg-type]
    ran = run(lambda _item: b"", listed)

    ran.assert_only(("b",), "the source lists what no worker can be sent: TypeError", step="")


def test_only_items_that_no_worker_can_be_given() -> None:
    """A run of nothing but such items ends."""
    run(lambda _item: b"", [Item("b", modified=threading.Lock())]).assert_only(  # type: ignore[arg-type]
        ("b",), "no worker can be sent", step=""
    )


def test_items_as_they_were() -> None:
    """A worker is given each item as the source has listed it."""
    whole = Item(
        "a\udcff", "m", "text/html", "utf-8", 5, 1.5, "ab", 7, b"", Metadata("t", authors=("x",))
    )
    ran = run(lambda item: repr(item).encode("utf-8", "surrogatepass"), [whole])

    assert repr(whole) == (ran.outcomes[0].record or b"").decode("utf-8", "surrogatepass")
    assert whole.key == ran.outcomes[0].key
