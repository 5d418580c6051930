"""Keeps workers busy, takes their outcomes, and sees that each item has exactly one."""

from __future__ import annotations

import selectors
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from time import monotonic
from typing import Any

from attrs import evolve, fields

from copydesk.errors import CopydeskError
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.spec import Work
from copydesk.workers import processes
from copydesk.workers.death import Death
from copydesk.workers.failure import Failure
from copydesk.workers.line import Line
from copydesk.workers.options import Options
from copydesk.workers.queue import Queue, Ticket
from copydesk.workers.seat import Seat
from copydesk.workers.slot import Slots
from copydesk.workers.wire import DamagedFrameError, flatten, pack

_AHEAD = 2  # chunks a worker has before it, so that it need not wait for the next
_TRIES = 3  # deaths in a row, of the nursery or of each worker, before any item was begun
_FAREWELL = 5.0  # seconds for workers to close their steps

_values: Callable[[Item], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(Item)))


class Supervisor:
    """One run of the executor."""

    def __init__(self, work: Work, items: Iterable[Item], options: Options, workers: int) -> None:
        self._work = work
        self._options = options
        self._workers = workers
        self._queue = Queue(items)
        self._slots = Slots(workers)
        self._seats: dict[int, Seat] = {}
        self._line: Line | None = None
        self._selector = selectors.DefaultSelector()
        self._suspects: set[int] = set()
        self._refused: list[Outcome] = []
        self._barren = 0

    def outcomes(self) -> Iterator[Outcome]:
        """Yield one outcome for each item; end every process when it ends, however it ends."""
        try:
            while self._feed():
                yield from self._listen()
            if self._queue.error is not None:
                raise self._queue.error
            self._dismiss()
        finally:
            self._close()

    def _feed(self) -> bool:
        """Give chunks to workers that have room; return whether there is anything to wait for."""
        while self._has_room():
            chunk = self._queue.take()
            if not chunk:
                break
            self._give(chunk)
            if self._queue.is_slow:
                break
        return bool(self._refused) or any(seat.owed for seat in self._seats.values())

    def _has_room(self) -> bool:
        if len(self._seats) < self._workers:
            return True
        return any(seat.is_open and seat.chunks < _AHEAD for seat in self._seats.values())

    def _give(self, chunk: list[Ticket]) -> None:
        try:
            frame = pack([(number, _values(item)) for number, item in chunk])
        except ValueError:
            chunk, frame = self._sift(chunk)
            if not chunk:
                return
        seat = self._pick_seat()
        seat.give(chunk, frame)
        self._attend(seat)

    def _sift(self, chunk: list[Ticket]) -> tuple[list[Ticket], bytes]:
        """Make the values of items plain; refuse the items whose values cannot be made so."""
        kept, rows = [], []
        for number, item in chunk:
            try:
                rows.append((number, flatten(_values(item))))
                kept.append((number, item))
            except TypeError as error:
                reason = f"the source lists an item that no worker can be given: {error}"
                self._refused.append(Outcome(item.key, "quarantined", reason=reason))
        return kept, pack(rows)

    def _pick_seat(self) -> Seat:
        """Return a seat without work, else a new one, else the one with the least before it."""
        seats = [seat for seat in self._seats.values() if seat.is_open]
        seat = min(seats, key=attrgetter("chunks"), default=None)
        if seat is not None and (seat.chunks == 0 or len(self._seats) == self._workers):
            return seat
        return self._open_seat()

    def _open_seat(self) -> Seat:
        number = next(n for n in range(self._workers) if n not in self._seats)
        self._slots.clear(number)
        seat = Seat(number)
        self._seats[number] = seat
        self._selector.register(seat.connection, selectors.EVENT_READ, seat)
        if self._line is None:
            self._line = Line(self._work, self._options, self._slots)
            self._selector.register(self._line.control, selectors.EVENT_READ, self._line)
            if self._line.handle is not None:
                self._selector.register(self._line.handle, selectors.EVENT_READ, self._line)
        self._line.fork_worker(seat)
        return seat

    def _attend(self, seat: Seat) -> None:
        """Send what waits for a worker, and ask to be told when more can be sent."""
        events = selectors.EVENT_READ
        if not seat.push():
            events |= selectors.EVENT_WRITE
        if self._selector.get_key(seat.connection).events != events:
            self._selector.modify(seat.connection, events, seat)

    def _listen(self) -> Iterator[Outcome]:
        """Wait for news of any kind and yield the outcomes that come of it."""
        yield from self._refused
        self._refused = []
        for key, events in self._selector.select(0 if self._queue.is_slow else None):
            line, seat = self._line, key.data
            if line is not None and seat is line:
                yield from self._hear(line, key.fileobj == line.handle)
            elif isinstance(seat, Seat) and self._seats.get(seat.number) is seat:
                if events & selectors.EVENT_WRITE:
                    self._attend(seat)
                if events & selectors.EVENT_READ:
                    yield from self._collect(seat, seat.pull())
                    if not seat.is_open:
                        # Its death, with the reason, is told by the nursery.
                        self._selector.unregister(seat.connection)

    def _collect(self, seat: Seat, messages: Iterator[Any]) -> Iterator[Outcome]:
        """Yield the outcomes in what a worker has sent."""
        owed = seat.owed
        try:
            for message in messages:
                if isinstance(message[0], str):
                    raise Failure(*message).error()
                seconds, rows = message
                self._queue.note_pace(seconds, len(rows))
                self._barren = 0
                for number, values in rows:
                    yield Outcome(owed.pop(number).key, *values)
        except DamagedFrameError:
            seat.is_open = False
            if self._line is not None:
                self._line.kill_worker(seat.number)

    def _hear(self, line: Line, is_dead: bool) -> Iterator[Outcome]:
        """Act on what the nursery tells, or on its death."""
        for kind, *details in line.news():
            if kind == "failed":
                raise Failure(*details).error()
            if kind == "threads":
                self._options = evolve(self._options, share_models=False)
                self._barren -= self._workers  # not a death to be counted
            elif kind == "born":
                self._seats[details[0]].process = details[1]
            elif kind == "died":
                yield from self._bury(self._seats[details[0]], Death(*details[1:]))
        if is_dead or not line.is_open:
            yield from self._lose_nursery(line)

    def _bury(self, seat: Seat, death: Death) -> Iterator[Outcome]:
        """Settle what a dead worker owes: blame one item, let the others wait again."""
        yield from self._collect(seat, seat.drain())
        place = self._slots.read(seat.number)
        item = seat.owed.pop(place.ticket, None)
        self._queue.give_back(seat.owed)
        stack = seat.stack()
        self._leave(seat)
        if item is None:
            self._count_barren(1, death)
        elif death.is_final or place.ticket in self._suspects:
            yield death.blame(item, place, self._work.labels, stack)
        else:
            self._suspects.add(place.ticket)
            self._queue.try_alone((place.ticket, item))

    def _lose_nursery(self, line: Line) -> Iterator[Outcome]:
        """End what the nursery left; the next worker that is needed brings a new one."""
        self._line = None
        self._selector.unregister(line.control)
        if line.handle is not None:
            self._selector.unregister(line.handle)
        status = line.close()
        for seat in list(self._seats.values()):
            if seat.process:
                processes.kill_group(seat.process)
            self._barren -= 1
            yield from self._bury(seat, Death(status, "nursery"))
        self._count_barren(self._workers, Death(status))

    def _count_barren(self, weight: int, death: Death) -> None:
        """Give up when nothing but deaths comes of forking workers."""
        self._barren += weight
        if self._barren > _TRIES * self._workers:
            raise CopydeskError(
                f"executor local: {death.describe()}, {_TRIES} times before an item was begun; "
                "a step may crash when it is built, or the system may be short of memory"
            )

    def _leave(self, seat: Seat) -> None:
        del self._seats[seat.number]
        seat.owed = {}
        if seat.connection in self._selector.get_map():
            self._selector.unregister(seat.connection)
        seat.close()

    def _dismiss(self) -> None:
        """Let workers that have built steps of their own close them."""
        line = self._line
        if self._options.share_models or line is None:
            return
        for seat in self._seats.values():
            self._selector.unregister(seat.connection)
            seat.dismiss()
        late = monotonic() + _FAREWELL
        while self._seats and (left := late - monotonic()) > 0 and self._selector.select(left):
            for kind, number, *_ in line.news():
                if kind == "died":
                    self._leave(self._seats[number])
            if not line.is_open:
                return

    def _close(self) -> None:
        """End every process at once."""
        try:
            if self._line is not None:
                self._line.close()
        finally:
            for seat in self._seats.values():
                seat.close()
            self._selector.close()
            self._slots.close()
