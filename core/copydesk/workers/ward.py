"""The workers that the nursery has forked: their deadlines, their memory and their ends."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from time import monotonic
from typing import Literal

from attrs import define

from copydesk.workers import processes
from copydesk.workers.slot import Place, Slots

Cause = Literal["", "deadline", "memory", "damage"]
"""Why a worker was killed; empty when it died by itself."""
STACK_SIGNAL = signal.SIGUSR2
"""Makes a worker write its stack, even from the midst of C code."""

_TICK = 0.1  # seconds between looks at deadlines and memory
_LAST_WORDS = 0.05  # seconds that a condemned worker has for writing its stack


@define
class _Child:
    """A worker as its parent process knows it."""

    number: int
    process: int
    memory: int | None
    """Descriptor of what the system tells of its memory."""
    held: int = 0
    """Bytes that it was last seen to hold."""
    cause: Cause = ""
    place: Place | None = None
    """Where it was when it was condemned."""
    kill_at: float = 0.0


class Ward:
    """Watches living workers and kills those that take too long or too much."""

    def __init__(self, slots: Slots, max_memory: int | None, inherited: int) -> None:
        self._slots = slots
        self._max_memory = max_memory
        self._inherited = inherited
        self._children: dict[int, _Child] = {}

    def admit(self, number: int, process: int) -> None:
        """Watch a new worker."""
        self._children[process] = _Child(number, process, processes.open_memory(process))

    @property
    def pause(self) -> float | None:
        """Seconds until the next look; None while there is nobody to look at."""
        if not self._children:
            return None
        return _LAST_WORDS if any(child.cause for child in self._children.values()) else _TICK

    def look(self) -> None:
        """Condemn workers over a limit and kill those condemned before."""
        now = monotonic()
        for child in self._children.values():
            if not child.cause:
                self._examine(child, now)
            elif now >= child.kill_at:
                processes.kill(child.process)

    def condemn(self, number: int) -> None:
        """Condemn a worker that has sent what is no outcome."""
        for child in self._children.values():
            if child.number == number and not child.cause:
                self._condemn(child, "damage", self._slots.read(number))

    def reap(self) -> Iterator[tuple[int, int, Cause, int]]:
        """End what dead workers leave behind; yield their number, status, cause and MiB held."""
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
            held = max(0, child.held - self._inherited) >> 20
            yield child.number, os.waitstatus_to_exitcode(status), cause, held

    def clear(self) -> None:
        """Kill all workers and whatever they have left behind."""
        for child in self._children.values():
            processes.kill(child.process)
        for process in self._children:
            os.waitpid(process, 0)
        processes.kill_children()

    def _examine(self, child: _Child, now: float) -> None:
        place = self._slots.read(child.number)
        if now > place.deadline:
            self._condemn(child, "deadline", place)
        elif self._max_memory is not None and child.memory is not None:
            child.held = processes.read_memory(child.memory)
            if child.held > self._max_memory:
                self._condemn(child, "memory", place)

    def _condemn(self, child: _Child, cause: Cause, place: Place) -> None:
        """Let a worker write its stack; a look soon after kills it."""
        child.cause = cause
        child.place = place
        child.kill_at = monotonic() + _LAST_WORDS
        with suppress(ProcessLookupError):
            os.kill(child.process, STACK_SIGNAL)

    def _is_guilty(self, child: _Child) -> bool:
        """Return whether a worker died where it was when it took too long, not just after it."""
        return child.cause != "deadline" or child.place == self._slots.read(child.number)
