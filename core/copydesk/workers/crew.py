"""The workers of one run and the nursery that they come from, as the parent deals with them."""

from __future__ import annotations

import selectors
from collections.abc import Iterator, Sequence
from operator import attrgetter
from time import monotonic
from typing import Any

from attrs import evolve, frozen

from copydesk.item import Item
from copydesk.spec import Work
from copydesk.workers import processes
from copydesk.workers.death import Death
from copydesk.workers.failure import Failure
from copydesk.workers.line import Line
from copydesk.workers.options import Options
from copydesk.workers.queue import Ticket
from copydesk.workers.seat import Seat
from copydesk.workers.slot import Place, Slots
from copydesk.workers.wire import DamagedFrameError

_FAREWELL = 5.0  # seconds for workers to close steps of their own


@frozen
class Report:
    """What one worker has done."""

    owed: dict[int, Item]
    """What it still owes; who takes the rows takes their tickets out."""
    seconds: float
    """How long the rows took it."""
    rows: Sequence[tuple[int, tuple[Any, ...]]]


@frozen
class Loss:
    """A worker that has died."""

    owed: dict[int, Item]
    death: Death
    place: Place
    """Where it was."""
    stack: str
    """Its Python stack, if it was able to write it."""


@frozen
class Collapse:
    """The nursery has died; the losses of all workers came before."""

    death: Death
    is_wanted: bool
    """Whether it asked to be forked anew, so that each worker builds steps of its own."""


Event = Report | Loss | Collapse


class Crew:
    """Opens seats as they are needed and tells what happens at them."""

    def __init__(self, work: Work, options: Options, workers: int) -> None:
        self._work = work
        self._options = options
        self._workers = workers
        self._slots = Slots(workers)
        self._seats: dict[int, Seat] = {}
        self._line: Line | None = None
        self._is_renewing = False
        self._selector = selectors.DefaultSelector()

    def has_room(self) -> bool:
        """Return whether a worker can be given a chunk before it has done another."""
        return self.has_idle() or any(seat.has_room for seat in self._seats.values())

    def has_idle(self) -> bool:
        """Return whether a worker, or one that could be forked, has nothing to do."""
        return len(self._seats) < self._workers or any(map(_is_idle, self._seats.values()))

    def is_owing(self) -> bool:
        """Return whether outcomes are to be waited for."""
        return any(seat.owed for seat in self._seats.values())

    def give(self, chunk: Sequence[Ticket], frame: bytes) -> None:
        """Give a worker a chunk, packed as `frame`: one without work, if there is one."""
        seat = self._pick()
        seat.give(chunk, frame)
        self._attend(seat)

    def listen(self, seconds: float | None) -> Iterator[Event]:
        """Wait for so long (None: until something happens) and yield what has happened."""
        for key, events in self._selector.select(seconds):
            line, subject = self._line, key.data
            if line is not None and subject is line:
                yield from self._hear(line, is_dead=key.fileobj == line.handle)
            elif isinstance(subject, Seat) and self._seats.get(subject.number) is subject:
                if events & selectors.EVENT_WRITE:
                    self._attend(subject)
                if events & selectors.EVENT_READ:
                    yield from self._read(subject, subject.pull())
                    if not subject.is_open:
                        self._selector.unregister(subject.connection)  # the nursery says why

    def dismiss(self) -> None:
        """Let workers that have built steps of their own close them."""
        line = self._line
        if self._options.share_models or line is None:
            return
        for seat in self._seats.values():
            if seat.connection in self._selector.get_map():
                self._selector.unregister(seat.connection)
            seat.dismiss()
        late = monotonic() + _FAREWELL
        while self._seats and (left := late - monotonic()) > 0 and self._selector.select(left):
            for kind, number, *_ in line.news():
                if kind == "died":
                    self._leave(self._seats[number])
            if not line.is_open:
                return

    def close(self) -> None:
        """End every process at once."""
        try:
            if self._line is not None:
                self._line.close()
        finally:
            for seat in self._seats.values():
                seat.close()
            self._selector.close()
            self._slots.close()

    def _pick(self) -> Seat:
        """Return a seat without work, else a new one, else the one with the least before it."""
        seats = [seat for seat in self._seats.values() if seat.has_room]
        seat = min(seats, key=attrgetter("chunks"), default=None)
        if seat is not None and (seat.chunks == 0 or len(self._seats) == self._workers):
            return seat
        return self._open_seat()

    def _open_seat(self) -> Seat:
        line = self._line or self._open_line()  # first: it must inherit no seat's connection
        number = next(n for n in range(self._workers) if n not in self._seats)
        self._slots.clear(number)
        seat = Seat(number)
        self._seats[number] = seat
        self._selector.register(seat.connection, selectors.EVENT_READ, seat)
        line.fork_worker(seat)
        return seat

    def _open_line(self) -> Line:
        line = Line(self._work, self._options, self._slots)
        self._line = line
        self._selector.register(line.control, selectors.EVENT_READ, line)
        if line.handle is not None:
            self._selector.register(line.handle, selectors.EVENT_READ, line)
        return line

    def _attend(self, seat: Seat) -> None:
        """Send what waits for a worker, and ask to be told when more can be sent."""
        events = selectors.EVENT_READ
        if not seat.push():
            events |= selectors.EVENT_WRITE
        if self._selector.get_key(seat.connection).events != events:
            self._selector.modify(seat.connection, events, seat)

    def _read(self, seat: Seat, messages: Iterator[Any]) -> Iterator[Report]:
        try:
            for message in messages:
                if isinstance(message[0], str):
                    raise Failure(*message).error()
                yield Report(seat.owed, *message)
        except DamagedFrameError:
            seat.is_open = False
            if self._line is not None:
                self._line.kill_worker(seat.number)

    def _hear(self, line: Line, *, is_dead: bool) -> Iterator[Event]:
        """Act on what the nursery tells, or on its death."""
        for kind, *details in line.news():
            if kind == "failed":
                raise Failure(*details).error()
            if kind == "threads":
                self._options = evolve(self._options, share_models=False)
                self._is_renewing = True
            elif kind == "born":
                self._seats[details[0]].process = details[1]
            elif kind == "died":
                yield from self._bury(self._seats[details[0]], Death(*details[1:]))
        if is_dead or not line.is_open:
            yield from self._lose(line)

    def _bury(self, seat: Seat, death: Death) -> Iterator[Event]:
        yield from self._read(seat, seat.drain())
        place = self._slots.read(seat.number)
        owed, stack = seat.owed, seat.stack()
        self._leave(seat)
        yield Loss(owed, death, place, stack)

    def _lose(self, line: Line) -> Iterator[Event]:
        """End what the nursery left; the next worker that is needed brings a new one."""
        self._line = None
        self._selector.unregister(line.control)
        if line.handle is not None:
            self._selector.unregister(line.handle)
        death = Death(line.close(), "nursery")
        for seat in list(self._seats.values()):
            if seat.process:
                processes.kill_group(seat.process)
            yield from self._bury(seat, death)
        is_wanted, self._is_renewing = self._is_renewing, False
        yield Collapse(death, is_wanted)

    def _leave(self, seat: Seat) -> None:
        del self._seats[seat.number]
        if seat.connection in self._selector.get_map():
            self._selector.unregister(seat.connection)
        seat.close()


def _is_idle(seat: Seat) -> bool:
    return seat.has_room and seat.chunks == 0
