"""A worker as the parent sees it: its connection, and the items it still owes an outcome for."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from copydesk.item import Item
from copydesk.workers.wire import RECEIVE, Inbox, unpack

_AHEAD = 2  # chunks a worker may have before it
_LONGEST = 20_000  # bytes of a stack


class Seat:
    """One worker's place in the parent."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.process = 0
        """Its process id, once it is born."""
        self.owed: dict[int, Item] = {}
        """Items given to it, by ticket, that no outcome has come for."""
        self.is_open = True
        """Whether it can still be given items."""
        self.connection, self._far_end = socket.socketpair()
        self.connection.setblocking(False)  # noqa: FBT003
        self._trace = _open_trace()
        self._inbox = Inbox()
        self._outbox: list[memoryview] = []
        self._chunks: list[int] = []

    def hand_over(self) -> list[int]:
        """Return the descriptors for the worker: its end of the connection, where it dies aloud."""
        return [self._far_end.fileno(), self._trace]

    def forget_far_end(self) -> None:
        """Close this process's copy of the worker's end."""
        self._far_end.close()

    @property
    def chunks(self) -> int:
        """How many chunks it has before it, the one in work included."""
        while self._chunks and self._chunks[0] not in self.owed:
            self._chunks.pop(0)
        return len(self._chunks)

    @property
    def has_room(self) -> bool:
        """Whether it can be given another chunk, so that it need not wait for it later."""
        return self.is_open and self.chunks < _AHEAD

    def give(self, chunk: Sequence[tuple[int, Item]], frame: bytes) -> None:
        """Send a chunk, packed as `frame`, or as much of it as goes."""
        self.owed.update(chunk)
        self._chunks.append(chunk[-1][0])
        self._outbox.append(memoryview(frame))
        self.push()

    def push(self) -> bool:
        """Send what waits; return whether all is sent."""
        try:
            while self._outbox:
                sent = self.connection.send(self._outbox[0])
                self._outbox[0] = self._outbox[0][sent:]
                if not self._outbox[0]:
                    self._outbox.pop(0)
        except BlockingIOError:
            return False
        except OSError:
            self._outbox.clear()  # it is dead; the nursery will say so
            self.is_open = False
        return True

    def pull(self) -> Iterator[Any]:
        """Yield the values that have come; raises `DamagedFrameError`."""
        yield from map(unpack, self._inbox.take(self._receive()))

    def drain(self) -> Iterator[Any]:
        """Yield the values that a dead worker has sent; raises `DamagedFrameError`."""
        while received := self._receive():
            yield from map(unpack, self._inbox.take(received))

    def _receive(self) -> bytes:
        if not self.is_open:
            return b""
        try:
            received = self.connection.recv(RECEIVE)
        except BlockingIOError:
            return b""
        except OSError:
            received = b""
        self.is_open = bool(received)
        return received

    def dismiss(self) -> None:
        """Tell the worker that nothing more will come."""
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_WR)

    def stack(self) -> str:
        """Return what the worker wrote when it died or was condemned: its Python stack."""
        with suppress(OSError):
            return os.pread(self._trace, _LONGEST, 0).decode(errors="replace")
        return ""

    def close(self) -> None:
        """Let go of it."""
        # The worker must notice even if a copy of this end lives on in another child.
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()
        self._far_end.close()
        os.close(self._trace)


def _open_trace() -> int:
    """Return the descriptor of a nameless file."""
    if hasattr(os, "memfd_create"):
        return os.memfd_create("copydesk")
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
