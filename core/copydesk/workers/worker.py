"""What a worker does: takes chunks of items, sends back outcomes, until it is told to end."""

from __future__ import annotations

import faulthandler
import os
import pickle
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from operator import attrgetter
from time import monotonic
from typing import Any

from attrs import fields

from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.reason import explain, format_trace
from copydesk.spec import BatchJob, Job
from copydesk.workers import processes
from copydesk.workers.slot import Marker
from copydesk.workers.ward import STACK_SIGNAL
from copydesk.workers.wire import RECEIVE, Inbox, flatten, pack, send

OUTCOME_FIELDS = tuple(field.name for field in fields(Outcome) if field.name != "key")
"""What is sent of an outcome, in this order; the parent knows the key."""
_values: Callable[[Any], tuple[Any, ...]] = attrgetter(*OUTCOME_FIELDS)
_RECORD = OUTCOME_FIELDS.index("record")
_SEARCH = OUTCOME_FIELDS.index("search")

_FULL = 1 << 16  # bytes of outcomes that are worth a frame
_PATIENCE = 0.1  # seconds that an outcome may wait for others

Row = tuple[int, tuple[Any, ...]]
"""A ticket, and the fields of the item or of the outcome that it stands for."""


class Worker:
    """The loop of one worker."""

    def __init__(
        self, connection: socket.socket, job: Job, marker: Marker, max_memory: int | None
    ) -> None:
        self._connection = connection
        self._job = job
        self._marker = marker
        self._memory = _Memory(max_memory) if max_memory else None
        self._rows: list[Row] = []
        self._size = 0
        self._sent = monotonic()

    def run(self) -> None:
        """Work until the parent closes the connection or this process has grown too much."""
        inbox = Inbox()
        while received := self._connection.recv(RECEIVE):
            for chunk in inbox.take(received):
                self._work(pickle.loads(chunk))  # noqa: S301 - from the parent, as it was forked
                if self._memory is not None and self._memory.has_grown():
                    return  # a fresh worker costs less than a document blamed for others

    def _work(self, chunk: Sequence[Row]) -> None:
        """Process a chunk of items and send all their outcomes."""
        self._sent = monotonic()
        done = 0
        if isinstance(self._job, BatchJob) and self._job.is_batching and len(chunk) > 1:
            done = self._work_together(self._job, chunk)
        self._work_singly(chunk[done:])
        if self._rows:
            self._send()
        self._marker.rest()

    def _work_together(self, job: BatchJob, chunk: Sequence[Row]) -> int:
        """Process items side by side; return of how many the outcomes are there."""
        tickets = [ticket for ticket, _ in chunk]

        def turn(first: int, last: int) -> None:
            self._marker.begin(tickets[first], tickets[last])

        # Whatever makes a job fail as a whole, one by one the items tell who is to blame.
        with suppress(BaseException):
            outcomes = job.process_batch([Item(*values) for _, values in chunk], turn)
            # Sent in one piece: their time is that of them all.
            for ticket, outcome in zip(tickets, outcomes, strict=False):
                self._rows.append((ticket, _values(outcome)))
        return len(self._rows)

    def _work_singly(self, chunk: Sequence[Row]) -> None:
        marker, process = self._marker, self._job.process
        for ticket, values in chunk:
            marker.begin(ticket)
            try:
                row = _values(process(Item(*values)))
                record = row[_RECORD]
                size = 0 if record is None else len(record) + len(row[_SEARCH])
            except BaseException as error:  # noqa: BLE001 - nothing that a document does ends a worker
                row, size = describe(error), 0
            self._rows.append((ticket, row))
            self._size += size
            if self._size > _FULL or monotonic() - self._sent > _PATIENCE:
                self._send()

    def _send(self) -> None:
        self._marker.send()
        now = monotonic()
        rows, self._rows, self._size = self._rows, [], 0
        try:
            send(self._connection, (now - self._sent, rows))
        except ValueError:
            plain = [(ticket, _plain(row)) for ticket, row in rows]
            send(self._connection, (now - self._sent, plain))
        self._sent = monotonic()


class _Memory:
    """How much this process has grown since it began."""

    def __init__(self, limit: int) -> None:
        self._file = processes.open_memory(os.getpid())
        began = self._read()
        self._enough = began + (limit - began) // 2

    def has_grown(self) -> bool:
        """Return whether half of what was free at the start is used."""
        return self._read() > self._enough

    def _read(self) -> int:
        return 0 if self._file is None else processes.read_memory(self._file)


def describe(error: BaseException) -> tuple[Any, ...]:
    """Return the fields of the outcome of an item whose job raised."""
    return _values(Outcome("", "quarantined", reason=explain(error), traceback=format_trace(error)))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row that can be sent: made plain, or a failed outcome that says why it cannot."""
    try:
        plain: tuple[Any, ...] = flatten(row)
        pack(plain)
    except (TypeError, ValueError) as error:
        return describe(error)
    return plain


def settle(connection: socket.socket, trace: int, marker: Marker, nursery: int) -> None:
    """Make this process a worker: its own group, deaf to the terminal, dying aloud in `trace`."""
    os.setsid()  # so that whatever plugins start here can be killed with it
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    processes.die_with_parent(nursery, signal.SIGKILL)
    faulthandler.enable(trace)
    faulthandler.register(STACK_SIGNAL, trace, all_threads=False)
    descriptor = connection.fileno()

    def leave() -> None:
        # A plugin has forked: the copy must neither speak nor be blamed for this worker.
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, descriptor, inheritable=False)
        os.close(nothing)
        marker.leave_slot()

    os.register_at_fork(after_in_child=leave)
