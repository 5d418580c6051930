"""The parent's line to the nursery: orders one way, news of births and deaths the other."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic, sleep
from typing import Any

from copydesk.spec import Work
from copydesk.workers import processes
from copydesk.workers.nursery import FORK, KILL, ORDER, Inheritance, serve
from copydesk.workers.options import Options
from copydesk.workers.seat import Seat
from copydesk.workers.slot import Slots
from copydesk.workers.wire import RECEIVE, DamagedFrameError, Inbox, unpack

_PATIENCE = 8.0  # seconds for the nursery to close the steps and end; it allows itself less


class Line:
    """A living nursery."""

    def __init__(self, work: Work, options: Options, slots: Slots) -> None:
        """Fork it; the steps are built while this process goes on."""
        self.control, far_end = socket.socketpair()
        inheritance = Inheritance(far_end, work, options, slots, os.getpid())

        def main() -> None:
            self.control.close()
            serve(inheritance)

        self._process = processes.fork(main)
        far_end.close()
        self._inbox = Inbox()
        self.is_open = True
        """Whether the nursery lives, as far as is known."""
        self.handle = _open_handle(self._process)
        """Becomes readable when the nursery dies, whoever holds a copy of its end of the line."""

    def fork_worker(self, seat: Seat) -> None:
        """Order a worker for a seat."""
        with suppress(BrokenPipeError, ConnectionResetError):
            order = ORDER.pack(FORK, seat.number)
            socket.send_fds(self.control, [order], seat.hand_over())
        seat.forget_far_end()

    def kill_worker(self, number: int) -> None:
        """Order the end of a worker."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.control.sendall(ORDER.pack(KILL, number))

    def news(self) -> Iterator[tuple[Any, ...]]:
        """Yield what the nursery has told, without waiting."""
        while self.is_open:
            try:
                received = self.control.recv(RECEIVE, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return
            except ConnectionResetError:
                received = b""
            self.is_open = bool(received)
            try:
                yield from map(unpack, self._inbox.take(received))
            except DamagedFrameError:
                self.is_open = False  # a plugin has written to it; a new nursery is better

    def close(self) -> int:
        """End the nursery and all below it; return its status, negative for a signal."""
        with suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.control.close()
        if self.handle is not None:
            os.close(self.handle)
        status = self._wait()
        self.is_open = False
        return os.waitstatus_to_exitcode(status)

    def _wait(self) -> int:
        late = monotonic() + _PATIENCE
        while monotonic() < late:
            process, status = os.waitpid(self._process, os.WNOHANG)
            if process:
                return status
            sleep(0.001)
        os.kill(self._process, signal.SIGKILL)
        return os.waitpid(self._process, 0)[1]


def _open_handle(process: int) -> int | None:
    if not hasattr(os, "pidfd_open"):
        return None
    try:
        return os.pidfd_open(process)
    except OSError:
        return None
