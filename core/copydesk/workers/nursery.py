"""The process that builds the steps once, forks workers, watches them and kills those that hang.

It is forked from a parent that has built nothing, has one thread before the steps are built, and
goes on watching while the parent is busy with what the workers have done.
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
from time import monotonic
from types import FrameType
from typing import Any, Literal

from attrs import define

from copydesk.spec import Job, Work
from copydesk.workers import processes
from copydesk.workers.failure import Failure
from copydesk.workers.options import Options
from copydesk.workers.slot import Marker, Place, Slots
from copydesk.workers.wire import pack
from copydesk.workers.worker import Worker, settle

ORDER = Struct("<ci")
"""What the parent sends: what to do, and to which worker."""
FORK, KILL = b"f", b"k"
Cause = Literal["", "deadline", "memory", "damage"]
"""Why this process killed a worker; empty when it died by itself."""

_TICK = 0.1  # seconds between looks at deadlines and memory
_LAST_WORDS = 0.05  # seconds that a worker to be killed has for writing its stack
_FAREWELL = 5  # seconds that the steps have for closing
_STACK = signal.SIGUSR2  # makes a worker write its stack, even from the midst of C code


def serve(control: socket.socket, work: Work, options: Options, slots: Slots, parent: int) -> None:
    """Build, then fork and watch workers as the parent orders, until it closes `control`."""
    os.setsid()  # Ctrl-C is for the parent, which knows what to do
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    processes.die_with_parent(parent, signal.SIGTERM)
    processes.adopt_orphans()
    processes.silence()
    gc.freeze()  # what the parent made is not ours to finalise
    _use_one_thread()
    marker = Marker()
    job: Job | None = None
    if options.share_models:
        built = _build(work, marker, options)
        if isinstance(built, Failure):
            control.sendall(pack(("failed", *built.plain())))
            return
        if threading.active_count() > 1:
            # Threads do not survive a fork, so what they do must be built after it.
            control.sendall(pack(("threads",)))
            return
        job = built
        gc.collect()
        gc.freeze()
    _Nursery(control, work, options, slots, marker, job).serve()


def _use_one_thread() -> None:
    """Keep numeric libraries from starting threads: the workers are what is parallel here."""
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def _build(work: Work, marker: Marker, options: Options) -> Job | Failure:
    try:
        job = work.start(marker.enter)
    except BaseException as error:  # noqa: BLE001 - it is told to the user by the parent
        return Failure.of(error)
    held = processes.own_memory()
    limit = options.max_memory_mb
    if limit is not None and held > limit << 20:
        return Failure(
            "CopydeskError",
            f"executor local: the steps hold {held >> 20} MiB before the first document, and "
            f"max_memory_mb is {limit}; give the workers more",
            "",
        )
    return job


@define
class _Child:
    """A worker as the nursery knows it."""

    number: int
    process: int
    memory: int | None
    """Descriptor of what the system knows of its memory."""
    cause: Cause = ""
    blamed: Place | None = None
    """Where it was when it was condemned."""
    held: int = 0
    """Bytes that it held then."""
    kill_at: float = 0.0


class _Nursery:
    def __init__(  # noqa: PLR0913, PLR0917 - everything that a worker inherits
        self,
        control: socket.socket,
        work: Work,
        options: Options,
        slots: Slots,
        marker: Marker,
        job: Job | None,
    ) -> None:
        self._control = control
        self._work = work
        self._options = options
        self._slots = slots
        self._marker = marker
        self._job = job
        self._limit = None if options.max_memory_mb is None else options.max_memory_mb << 20
        self._children: dict[int, _Child] = {}
        self._orders = bytearray()
        self._connections: list[int] = []
        self._ended = False

    def serve(self) -> None:
        waking, woken = socket.socketpair()
        waking.setblocking(False)  # noqa: FBT003
        woken.setblocking(False)  # noqa: FBT003
        signal.signal(signal.SIGCHLD, _wake)
        signal.signal(signal.SIGTERM, self._end)
        signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
        with selectors.DefaultSelector() as selector:
            selector.register(self._control, selectors.EVENT_READ, self._obey)
            selector.register(woken, selectors.EVENT_READ, partial(woken.recv, 4096))
            while not self._ended:
                for key, _ in selector.select(self._pause()):
                    key.data()
                self._reap()
                self._watch(monotonic())
        self._close()

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        self._ended = True

    def _pause(self) -> float | None:
        if not self._children:
            return None
        if any(child.cause for child in self._children.values()):
            return _LAST_WORDS
        return _TICK

    def _obey(self) -> None:
        """Do what the parent orders; an order to fork comes with the worker's descriptors."""
        message, connections, _, _ = socket.recv_fds(self._control, 4096, 64)
        if not message:
            self._ended = True
            return
        self._orders += message
        self._connections += connections
        while len(self._orders) >= ORDER.size:
            order, number = ORDER.unpack_from(self._orders)
            del self._orders[: ORDER.size]
            if order == FORK:
                self._fork(number, self._connections.pop(0), self._connections.pop(0))
            else:
                self._condemn_number(number)

    def _fork(self, number: int, connection: int, trace: int) -> None:
        nursery = os.getpid()
        process = processes.fork(partial(self._be_worker, number, connection, trace, nursery))
        os.close(connection)
        os.close(trace)
        self._children[process] = _Child(number, process, processes.open_memory(process))
        self._tell("born", number, process)

    def _be_worker(self, number: int, connection: int, trace: int, nursery: int) -> None:
        os.setsid()
        processes.die_with_parent(nursery, signal.SIGKILL)
        wire = socket.socket(fileno=connection)
        settle(wire, self._marker)
        self._marker.enter_slot(self._slots, number)
        faulthandler.enable(trace)
        faulthandler.register(_STACK, trace, all_threads=False)
        job = self._job
        if job is None:
            built = _build(self._work, self._marker, self._options)
            if isinstance(built, Failure):
                wire.sendall(pack(built.plain()))
                return
            job = built
        if self._limit is not None:
            # A net for when a look comes too late. It hangs low, because libraries turn refused
            # memory into other errors (lxml says bad syntax), and it counts data, not address
            # space, which mapped models and reserved arenas fill harmlessly.
            processes.limit_data(2 * self._limit)
        with suppress(OSError):  # the parent is gone
            Worker(wire, job, self._marker, self._limit).run()
        if self._job is None:
            job.close()

    def _reap(self) -> None:
        """Tell the parent of workers that have ended, and end what they have left behind."""
        while self._children:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return
            child = self._children.pop(process, None)
            if child is None:
                continue  # an orphan of a plugin
            processes.kill_group(process)
            if child.memory is not None:
                os.close(child.memory)
            cause = child.cause if self._is_guilty(child) else ""
            self._tell(
                "died", child.number, os.waitstatus_to_exitcode(status), cause, child.held >> 20
            )

    def _is_guilty(self, child: _Child) -> bool:
        """Return whether a worker died at what it was condemned for, not a moment after it."""
        if child.cause != "deadline":
            return True
        return child.blamed == self._slots.read(child.number)

    def _watch(self, now: float) -> None:
        for child in self._children.values():
            if child.cause:
                if now >= child.kill_at:
                    processes.kill(child.process)
                continue
            place = self._slots.read(child.number)
            if now > place.deadline:
                self._condemn(child, "deadline", place)
            elif self._limit is not None and child.memory is not None:
                child.held = processes.read_memory(child.memory)
                if child.held > self._limit:
                    self._condemn(child, "memory", place)

    def _condemn(self, child: _Child, cause: Cause, place: Place) -> None:
        """Let a worker write its stack; the next look kills it."""
        child.cause = cause
        child.blamed = place
        child.kill_at = monotonic() + _LAST_WORDS
        with suppress(ProcessLookupError):
            os.kill(child.process, _STACK)

    def _condemn_number(self, number: int) -> None:
        for child in self._children.values():
            if child.number == number and not child.cause:
                self._condemn(child, "damage", self._slots.read(number))

    def _tell(self, *message: Any) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self._control.sendall(pack(message))

    def _close(self) -> None:
        """Leave no process behind and close the steps."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(_FAREWELL)
        for child in self._children.values():
            processes.kill(child.process)
        processes.kill_children()
        if self._job is not None:
            self._job.close()


def _wake(_number: int, _frame: FrameType | None) -> None:
    """Do nothing: that a child has ended is read from the wake-up descriptor."""
