"""The process that builds the steps once and forks workers that share what was built.

It is forked from a parent that has built nothing, and looks after the workers even while the
parent is busy with what they have done.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import selectors
import signal
import socket
import threading
from contextlib import suppress
from functools import partial
from struct import Struct
from types import FrameType
from typing import Any

from attrs import field, frozen

from copydesk.spec import Job, Work
from copydesk.workers import processes
from copydesk.workers.alarm import limited
from copydesk.workers.failure import Failure
from copydesk.workers.options import Options
from copydesk.workers.slot import Marker, Slots
from copydesk.workers.ward import Ward
from copydesk.workers.wire import pack
from copydesk.workers.worker import Worker, settle

ORDER = Struct("<ci")
"""What the parent sends: what to do, and to which worker."""
FORK, KILL = b"f", b"k"

_FAREWELL = 5  # seconds that the steps have for closing


@frozen
class Inheritance:
    """What the parent leaves to the nursery, and the nursery to the workers."""

    control: socket.socket
    """The nursery's end of its line to the parent."""
    work: Work
    options: Options
    slots: Slots
    parent: int
    """The parent's process id."""
    inherited: int = field(factory=processes.own_memory)
    """Bytes that the parent held at the fork: no worker's doing, whatever program this is."""

    @property
    def max_memory(self) -> int | None:
        """Bytes that a worker may hold, with those inherited."""
        limit = self.options.max_memory_mb
        return None if limit is None else self.inherited + (limit << 20)


def serve(inheritance: Inheritance) -> None:
    """Build, then fork and watch workers as the parent orders, until it closes the line."""
    os.setsid()  # Ctrl-C is for the parent, which knows what to do
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    processes.die_with_parent(inheritance.parent, signal.SIGTERM)
    processes.adopt_orphans()
    processes.seclude(inheritance.control.fileno())
    faulthandler.enable(2)
    gc.freeze()  # what the parent made is not ours to finalise
    # The workers are what is parallel here, and threads do not survive a fork.
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    marker = Marker()
    job = None
    if inheritance.options.share_models:
        built = _build(inheritance, marker)
        if isinstance(built, Failure):
            inheritance.control.sendall(pack(("failed", *built.plain())))
            return
        if threading.active_count() > 1:
            inheritance.control.sendall(pack(("threads",)))  # build after the fork, then
            return
        job = built
        gc.collect()
        gc.freeze()
    _Nursery(inheritance, marker, job).run()


def _build(inheritance: Inheritance, marker: Marker) -> Job | Failure:
    try:
        with limited(inheritance.options.build_seconds):
            job = inheritance.work.start(marker.enter)
    except BaseException as error:  # noqa: BLE001 - the parent tells it to the user
        return Failure.of(error)
    held, limit = processes.own_memory(), inheritance.max_memory
    if limit is not None and held > limit:
        return Failure(
            "CopydeskError",
            f"executor local: the steps hold {held - inheritance.inherited >> 20} MiB before the "
            f"first document, and max_memory_mb is {inheritance.options.max_memory_mb}; allow the "
            f"workers more",
        )
    return job


class _Nursery:
    def __init__(self, inheritance: Inheritance, marker: Marker, job: Job | None) -> None:
        self._inheritance = inheritance
        self._control = inheritance.control
        self._marker = marker
        self._job = job
        self._ward = Ward(inheritance.slots, inheritance.max_memory, inheritance.inherited)
        self._wake, self._woken = socket.socketpair()
        self._orders = bytearray()
        self._descriptors: list[int] = []
        self._is_over = False

    def run(self) -> None:
        """Serve until the parent closes the line or dies, then leave no process behind."""
        self._wake.setblocking(False)  # noqa: FBT003
        signal.signal(signal.SIGCHLD, _ignore)
        signal.signal(signal.SIGTERM, self._end)
        signal.set_wakeup_fd(self._wake.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ, self._obey)
            selector.register(self._woken, selectors.EVENT_READ, self._sleep_on)
            while not self._is_over:
                for key, _ in selector.select(self._ward.pause):
                    key.data()
                for death in self._ward.reap():
                    self._tell("died", *death)
                self._ward.look()
        signal.alarm(_FAREWELL)
        self._ward.clear()
        if self._job is not None:
            self._job.close()

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._is_over = True

    def _sleep_on(self) -> None:
        self._woken.recv(4096)

    def _obey(self) -> None:
        """Do what the parent orders; an order to fork brings the worker's two descriptors."""
        try:
            message, descriptors, _, _ = socket.recv_fds(self._control, 4096, 64)
        except ConnectionResetError:
            message, descriptors = b"", []
        self._is_over = self._is_over or not message
        self._orders += message
        self._descriptors += descriptors
        while len(self._orders) >= ORDER.size:
            order, number = ORDER.unpack_from(self._orders)
            del self._orders[: ORDER.size]
            if order == FORK:
                self._fork(number, self._descriptors.pop(0), self._descriptors.pop(0))
            else:
                self._ward.condemn(number)

    def _fork(self, number: int, connection: int, trace: int) -> None:
        main = partial(self._be_worker, number, connection, trace, os.getpid())
        process = processes.fork(main)
        os.close(connection)
        os.close(trace)
        self._ward.admit(number, process)
        self._tell("born", number, process)

    def _be_worker(self, number: int, descriptor: int, trace: int, nursery: int) -> None:
        connection = socket.socket(fileno=descriptor)
        settle(connection, trace, self._marker, nursery)
        for inherited in (self._control, self._wake, self._woken):
            inherited.close()  # no plugin shall write to them
        self._marker.enter_slot(self._inheritance.slots, number)
        job = self._job
        built = _build(self._inheritance, self._marker) if job is None else job
        if isinstance(built, Failure):
            connection.sendall(pack(built.plain()))
            return
        limit = self._inheritance.max_memory
        if limit is not None:
            # A net for when a look comes too late. It is wide, because libraries turn refused
            # memory into other errors (lxml says bad syntax), and it counts data, not address
            # space, which mapped models and reserved arenas fill harmlessly.
            processes.limit_data(2 * limit)
        with suppress(OSError):  # the parent is gone, or a plugin has closed the connection
            Worker(connection, built, self._marker, limit).run()
        if job is None:
            built.close()

    def _tell(self, *message: Any) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self._control.sendall(pack(message))


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that a child has ended is read from the wake-up descriptor."""
