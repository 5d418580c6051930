"""Keeps workers busy, takes their outcomes, and sees that each item has exactly one."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from attrs import fields

from copydesk.errors import CopydeskError
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.reason import explain
from copydesk.spec import Work
from copydesk.workers.crew import Collapse, Crew, Loss, Report
from copydesk.workers.death import Death
from copydesk.workers.options import Options
from copydesk.workers.queue import Queue, Ticket
from copydesk.workers.slot import Place
from copydesk.workers.wire import frame

_TRIES = 3  # deaths in a row, of the nursery or of every worker, before any outcome

_values: Callable[[Item], tuple[Any, ...]] = attrgetter(*(field.name for field in fields(Item)))


class Supervisor:
    """One run of the executor."""

    def __init__(self, work: Work, items: Iterable[Item], options: Options, workers: int) -> None:
        self._labels = work.labels
        self._workers = workers
        self._queue = Queue(items, getattr(work, "batch_size", 0))
        self._crew = Crew(work, options, workers)
        self._suspects: set[int] = set()
        self._refused: list[Outcome] = []
        self._is_feeding = False
        self._barren = 0

    def outcomes(self) -> Iterator[Outcome]:
        """Yield one outcome for each item; end every process when it ends, however it ends."""
        queue, crew = self._queue, self._crew
        try:
            while self._feed():
                yield from self._refused
                self._refused.clear()
                if crew.is_owing():
                    yield from self._wait(0 if self._is_feeding else None)
            if queue.error is not None:
                raise queue.error
            crew.dismiss()
        finally:
            crew.close()

    def _feed(self) -> bool:
        """Give chunks to workers that have room; return whether there is anything to wait for."""
        queue, crew = self._queue, self._crew
        self._is_feeding = False
        while crew.has_idle() if queue.has_suspect else crew.has_room():
            chunk = queue.take()
            if not chunk:
                break
            try:
                body = _dump(chunk)
            except Exception:  # noqa: BLE001 - whatever an item of a plugin raises
                chunk = [ticket for ticket in chunk if self._can_be_sent(ticket)]
                body = _dump(chunk)
            if chunk:
                crew.give(chunk, frame(body))
            if queue.is_slow:
                self._is_feeding = True  # go on with it as soon as the workers are looked after
                break
        return bool(self._refused) or crew.is_owing()

    def _wait(self, seconds: float | None) -> Iterator[Outcome]:
        """Wait for workers and yield the outcomes that come of what happens."""
        for event in self._crew.listen(seconds):
            if isinstance(event, Report):
                yield from self._accept(event)
            elif isinstance(event, Loss):
                yield from self._settle(event)
            else:
                self._despair(event)

    def _can_be_sent(self, ticket: Ticket) -> bool:
        try:
            _dump([ticket])
        except Exception as error:  # noqa: BLE001 - as above
            reason = f"the source lists what no worker can be sent: {explain(error)}"
            self._refused.append(Outcome(ticket[1].key, "quarantined", reason=reason))
            return False
        return True

    def _accept(self, report: Report) -> Iterator[Outcome]:
        """Yield the outcomes that a worker has sent."""
        self._queue.note_pace(report.seconds, len(report.rows))
        self._barren = 0
        owed = report.owed
        for number, values in report.rows:
            item = owed.pop(number, None)
            if item is not None:  # else a fork of the worker, made in C, sends what it has sent
                yield Outcome(item.key, *values)

    def _settle(self, loss: Loss) -> Iterator[Outcome]:
        """Blame one item for the death of its worker and let the others wait again."""
        owed, death, number = loss.owed, loss.death, loss.place.ticket
        if death.cause == "damage" and owed:
            if len(owed) > 1:
                self._queue.try_alone(owed)  # any of them may have done it
                return
            number = next(iter(owed))
        if loss.place.is_batch:
            self._queue.try_alone(_take_batch(owed, loss.place))  # any of them may have done it
            self._queue.give_back(owed)
            return
        item = owed.pop(number, None)
        self._queue.give_back(owed)
        if item is None:
            if death.cause != "nursery":
                self._count_barren(1, death)
        elif death.is_final or number in self._suspects:
            yield death.blame(item, loss.place, self._labels, loss.stack)
        else:
            self._suspects.add(number)
            self._queue.try_alone({number: item})

    def _despair(self, collapse: Collapse) -> None:
        if not collapse.is_wanted:
            self._count_barren(self._workers, collapse.death)

    def _count_barren(self, weight: int, death: Death) -> None:
        """Give up when nothing but deaths comes of forking workers."""
        self._barren += weight
        if self._barren > _TRIES * self._workers:
            raise CopydeskError(
                f"executor local: {death.describe()}, again and again before any document was "
                "done; a step may crash while it is built, or the system may be short of memory"
            )


def _take_batch(owed: dict[int, Item], place: Place) -> dict[int, Item]:
    """Take the items of a batch out of what a worker owed, which is in the order it got them."""
    numbers = list(owed)
    found = [numbers.index(end) for end in (place.ticket, place.last) if end in owed]
    between = numbers[min(found) : max(found) + 1] if found else []
    return {number: owed.pop(number) for number in between}


def _dump(chunk: list[Ticket]) -> bytes:
    # As tuples, because pickling and unpickling attrs classes takes three times as long.
    return pickle.dumps([(number, _values(item)) for number, item in chunk], 5)
