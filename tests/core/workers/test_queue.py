"""Tests of the items that wait."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from time import sleep

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.api import Item
from copydesk.workers.queue import Queue


def endless(size: int = 100, payload: bytes | None = None) -> Iterator[Item]:
    """Yield items without end."""
    for number in itertools.count():
        yield Item(str(number), size=size, payload=payload)


def test_first_chunk() -> None:
    """Before the pace is known a chunk is one item."""
    assert 1 == len(Queue(endless()).take())


@pytest.mark.parametrize(
    ("seconds", "length"), [(0.0, 128), (0.001, 128), (0.01, 20), (0.1, 2), (0.2, 1), (60.0, 1)]
)
def test_length_of_a_chunk(seconds: float, length: int) -> None:
    """A chunk is about a fifth of a second's work, and never more than 128 items."""
    queue = Queue(endless())
    queue.note_pace(seconds * 10, 10)

    assert length == len(queue.take())


@pytest.mark.parametrize(("seconds", "length"), [(0.0, 128), (0.01, 32), (0.1, 32), (60.0, 32)])
def test_chunk_for_a_batch(seconds: float, length: int) -> None:
    """Where steps take batches, a chunk after the first has at least one of them."""
    queue = Queue(endless(), 32)
    first = queue.take()
    queue.note_pace(seconds * 10, 10)

    assert (1, length) == (len(first), len(queue.take()))


def test_change_of_pace() -> None:
    """A pace that changes is followed soon."""
    queue = Queue(endless())
    queue.note_pace(2.0, 1)
    for _ in range(8):
        queue.note_pace(0.01, 1)

    assert 10 < len(queue.take()) <= 20


@pytest.mark.parametrize(
    "items", [endless(300_000), endless(0, b"x" * 300_000)], ids=["size", "payload"]
)
def test_size_of_a_chunk(items: Iterator[Item]) -> None:
    """A chunk is not much more than a mebibyte."""
    queue = Queue(items)
    queue.note_pace(0.0, 1)

    assert 4 == len(queue.take())


def test_huge_item() -> None:
    """An item larger than a chunk should be is a chunk."""
    queue = Queue(endless(1 << 40))
    queue.note_pace(0.0, 1)

    assert 1 == len(queue.take())


def test_slow_source() -> None:
    """A source that takes its time is not waited for until the chunk is full."""

    def trickle() -> Iterator[Item]:
        for item in endless():
            sleep(0.03)
            yield item

    queue = Queue(trickle())
    queue.note_pace(0.0, 1)

    assert 2 == len(queue.take())
    assert queue.is_slow


def test_given_back() -> None:
    """Items that are given back come before new ones, with the tickets they had."""
    queue = Queue(endless())
    queue.note_pace(0.0, 1)
    first = queue.take()
    queue.give_back(dict(first))

    assert first == queue.take()


def test_suspects() -> None:
    """Suspects come first, one at a time."""
    queue = Queue(endless())
    queue.note_pace(0.0, 1)
    first = queue.take()
    queue.try_alone(dict(first[:2]))

    assert queue.has_suspect
    assert first[:1] == queue.take()
    assert first[1:2] == queue.take()
    assert not queue.has_suspect
    assert 128 == len(queue.take())


def test_error_of_the_source() -> None:
    """An error of the source ends it and is kept until the items before it are done."""

    def failing() -> Iterator[Item]:
        yield Item("a")
        raise OSError("gone")

    queue = Queue(failing())
    queue.note_pace(0.0, 1)

    assert ["a"] == [item.uri for _, item in queue.take()]
    assert [] == queue.take()
    assert "gone" == str(queue.error)


def test_interruption() -> None:
    """Ctrl-C while the source lists is not kept for later."""

    def interrupted() -> Iterator[Item]:
        yield Item("a")
        raise KeyboardInterrupt

    queue = Queue(interrupted())
    queue.note_pace(0.0, 1)
    with pytest.raises(KeyboardInterrupt):
        queue.take()


@given(st.integers(0, 300), st.lists(st.sampled_from(["keep", "back", "alone"])))
def test_no_item_is_lost(count: int, fates: list[str]) -> None:
    """Whatever is given back, each item is taken for good exactly once."""
    queue = Queue(itertools.islice(endless(), count))
    done = []
    fate = iter(fates)
    while chunk := queue.take():
        queue.note_pace(0.01, 1)
        chosen = next(fate, "keep")
        if chosen == "back":
            queue.give_back(dict(chunk))
        elif chosen == "alone":
            queue.try_alone(dict(chunk))
        else:
            done += chunk

    assert sorted(str(number) for number in range(count)) == sorted(item.uri for _, item in done)
    assert len({number for number, _ in done}) == count
