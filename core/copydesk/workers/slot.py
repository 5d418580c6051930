"""Memory that all processes share: which item and step each worker is at, and until when."""

from __future__ import annotations

import math
import mmap
from struct import Struct
from time import monotonic

from attrs import Factory, field, frozen

_PLACE = Struct("@qqddq")
_STRIDE = 64  # a cache line each, so that workers do not slow each other down

IDLE = 0
"""The ticket of no item."""
READING = -1
"""The step that is the read."""
SENDING = -2
"""The step after the last one: the outcome is on its way."""


@frozen
class Place:
    """Where a worker is."""

    ticket: int
    """Number of the item in flight, `IDLE` for none."""
    step: int
    """Place of the step in the chain, or `READING` or `SENDING`."""
    deadline: float
    """When it will have taken too long, on the clock of `time.monotonic`."""
    limit: float
    """The seconds that the deadline came from."""
    last: int = field(default=Factory(lambda place: place.ticket, takes_self=True))
    """Number of the last item in flight: another than `ticket` if they are several."""

    @property
    def is_batch(self) -> bool:
        """Whether several items are in flight at once."""
        return self.last != self.ticket


class Slots:
    """One place for each worker; survives the worker, so that its death can be explained."""

    def __init__(self, workers: int) -> None:
        self.memory = mmap.mmap(-1, workers * _STRIDE)

    def read(self, number: int) -> Place:
        """Return where a worker is, or was when it died."""
        return Place(*_PLACE.unpack_from(self.memory, number * _STRIDE))

    def clear(self, number: int) -> None:
        """Make a slot ready for a new worker."""
        _PLACE.pack_into(self.memory, number * _STRIDE, IDLE, READING, math.inf, 0.0, IDLE)

    def close(self) -> None:
        """Give the memory back."""
        self.memory.close()


class Marker:
    """Writes the place of one worker, in a third of a microsecond.

    Made before the steps are built, in the process that workers are forked from; `enter_slot`
    says which worker this process has become.
    """

    __slots__ = ("_deadline", "_entered", "_last", "_limit", "_memory", "_offset", "_ticket")

    def __init__(self) -> None:
        self._memory: mmap.mmap | bytearray = bytearray(_STRIDE)
        self._offset = 0
        self._ticket = IDLE
        self._last = IDLE
        self._deadline = math.inf
        self._limit = 0.0
        self._entered = 0.0

    def enter_slot(self, slots: Slots, number: int) -> None:
        """From now on write the place of the worker `number`."""
        self._memory = slots.memory
        self._offset = number * _STRIDE

    def leave_slot(self) -> None:
        """From now on write where nobody looks."""
        self._memory = bytearray(_STRIDE)
        self._offset = 0

    def begin(self, ticket: int, last: int | None = None) -> None:
        """Note that an item is begun, or several up to `last`; the deadline comes with the read."""
        self._ticket = ticket
        self._last = last = ticket if last is None else last
        self._deadline = math.inf
        self._limit = 0.0
        self._entered = 0.0
        _PLACE.pack_into(self._memory, self._offset, ticket, READING, math.inf, 0.0, last)

    def enter(self, step: int, seconds: float) -> None:
        """Note that a step is entered: what the steps call through `Entering`.

        The seconds of the read are those of the whole document. A step with seconds of its own
        has those instead, and they do not count as the document's; 0 means none of its own.
        """
        now = monotonic()
        if self._entered:
            self._deadline += now - self._entered
            self._entered = 0.0
        deadline, limit = self._deadline, self._limit
        if seconds > 0:
            deadline, limit = now + seconds, seconds
            if step == READING:
                self._deadline, self._limit = deadline, limit
            else:
                self._entered = now
        _PLACE.pack_into(
            self._memory, self._offset, self._ticket, step, deadline, limit, self._last
        )

    def send(self) -> None:
        """Note that outcomes are being sent, which may take as long as the parent likes."""
        _PLACE.pack_into(
            self._memory, self._offset, self._ticket, SENDING, math.inf, 0.0, self._ticket
        )

    def rest(self) -> None:
        """Note that no item is in flight."""
        _PLACE.pack_into(self._memory, self._offset, IDLE, READING, math.inf, 0.0, IDLE)
