"""Tests of the memory that says where each worker is."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from time import monotonic, sleep

import pytest

from copydesk.workers.slot import IDLE, READING, SENDING, Marker, Place, Slots


@pytest.fixture
def slots() -> Iterator[Slots]:
    """Yield the slots of three workers."""
    slots = Slots(3)
    for number in range(3):
        slots.clear(number)
    yield slots
    slots.close()


@pytest.fixture
def marker(slots: Slots) -> Marker:
    """Return the marker of the second worker."""
    marker = Marker()
    marker.enter_slot(slots, 1)
    return marker


def test_at_the_start(slots: Slots) -> None:
    """A new worker is idle and has no deadline."""
    assert Place(IDLE, READING, math.inf, 0.0) == slots.read(2)


def test_an_item_begun(slots: Slots, marker: Marker) -> None:
    """An item that is begun has no deadline before its read has."""
    marker.begin(7)

    assert Place(7, READING, math.inf, 0.0) == slots.read(1)


def test_a_batch_begun(slots: Slots, marker: Marker) -> None:
    """Of a batch the first and the last item are told, until one item is begun again."""
    marker.begin(7, 9)
    marker.enter(2, 5.0)
    batch = slots.read(1)
    marker.begin(8)

    assert (7, 9, 2, True) == (batch.ticket, batch.last, batch.step, batch.is_batch)
    assert not slots.read(1).is_batch


def test_the_neighbours(slots: Slots, marker: Marker) -> None:
    """A worker writes to no other worker's slot."""
    marker.begin(7)
    marker.enter(3, 5.0)

    assert IDLE == slots.read(0).ticket
    assert IDLE == slots.read(2).ticket


def test_the_limit_of_the_document(slots: Slots, marker: Marker) -> None:
    """The seconds given at the read are those of all steps that have none of their own."""
    marker.begin(7)
    before = monotonic()
    marker.enter(READING, 5.0)
    marker.enter(0, 0.0)
    marker.enter(1, 0.0)
    place = slots.read(1)

    assert (7, 1, 5.0) == (place.ticket, place.step, place.limit)
    assert before + 5.0 <= place.deadline <= monotonic() + 5.0


def test_the_limit_of_a_step(slots: Slots, marker: Marker) -> None:
    """A step with seconds of its own has those, and they do not count as the document's."""
    marker.begin(7)
    marker.enter(READING, 5.0)
    document = slots.read(1).deadline
    marker.enter(0, 60.0)
    step = slots.read(1)
    sleep(0.02)
    marker.enter(1, 0.0)
    after = slots.read(1)

    assert 60.0 == step.limit
    assert step.deadline > document + 50
    assert 5.0 == after.limit
    assert document + 0.02 <= after.deadline < document + 0.5


def test_the_next_item(slots: Slots, marker: Marker) -> None:
    """Nothing of an item's limits is left for the next."""
    marker.begin(7)
    marker.enter(READING, 5.0)
    marker.enter(0, 60.0)
    marker.begin(8)
    marker.enter(0, 0.0)

    assert Place(8, 0, math.inf, 0.0) == slots.read(1)


def test_sending(slots: Slots, marker: Marker) -> None:
    """While outcomes are sent there is no deadline, and the last item is in flight."""
    marker.begin(7)
    marker.enter(READING, 5.0)
    marker.send()

    assert Place(7, SENDING, math.inf, 0.0) == slots.read(1)


def test_resting(slots: Slots, marker: Marker) -> None:
    """A worker between chunks is at no item."""
    marker.begin(7)
    marker.enter(READING, 5.0)
    marker.rest()

    assert Place(IDLE, READING, math.inf, 0.0) == slots.read(1)


def test_leaving(slots: Slots, marker: Marker) -> None:
    """A marker that has left its slot writes nothing there."""
    marker.begin(7)
    marker.leave_slot()
    marker.enter(3, 5.0)

    assert Place(7, READING, math.inf, 0.0) == slots.read(1)


def test_another_process(slots: Slots, marker: Marker) -> None:
    """What one process writes another reads, after its death too."""
    child = os.fork()
    if child == 0:
        marker.begin(9)
        os._exit(0)
    os.waitpid(child, 0)

    assert 9 == slots.read(1).ticket
