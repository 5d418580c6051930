"""What a bad document may do to its worker, as work for an executor."""

from __future__ import annotations

import ctypes
import itertools
import os
import signal
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from copydesk.errors import PluginError
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.spec import Entering


@frozen
class Misdeed:
    """One thing that may happen in a job."""

    do: Callable[[], object]
    """Does it; what it returns is put into the outcome, as its reason."""
    raises: bool = False
    """It is an error, or a wrong result: the worker lives."""
    hangs: bool = False
    """It never ends."""


class _SpeechlessError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


def _raise(error: BaseException) -> Callable[[], object]:
    def raise_it() -> object:
        raise error

    return raise_it


def _recurse() -> object:
    return _recurse()


def _sleep_deaf() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


MISDEEDS: Mapping[str, Misdeed] = {
    "raises ValueError": Misdeed(_raise(ValueError("two\nlines")), raises=True),
    "raises SystemExit": Misdeed(_raise(SystemExit(2)), raises=True),
    "raises KeyboardInterrupt": Misdeed(_raise(KeyboardInterrupt()), raises=True),
    "raises GeneratorExit": Misdeed(_raise(GeneratorExit()), raises=True),
    "raises MemoryError": Misdeed(_raise(MemoryError()), raises=True),
    "raises an error with a lock in it": Misdeed(_raise(ValueError(threading.Lock())), raises=True),
    "raises an error without words": Misdeed(_raise(_SpeechlessError()), raises=True),
    "recurses for ever": Misdeed(_recurse, raises=True),
    "returns what cannot be pickled": Misdeed(threading.Lock, raises=True),
    "ends its process": Misdeed(lambda: os._exit(3)),
    "ends its process as if all were well": Misdeed(lambda: os._exit(0)),
    "is killed with SIGKILL": Misdeed(_kill),
    "aborts": Misdeed(os.abort),
    "reads memory that is not there": Misdeed(lambda: ctypes.string_at(0)),
    "sleeps": Misdeed(lambda: time.sleep(600), hangs=True),
    "loops in C": Misdeed(lambda: max(itertools.count()), hangs=True),
    "sleeps deaf to SIGTERM": Misdeed(_sleep_deaf, hangs=True),
}
"""By what it is called in messages."""


@frozen
class MisdeedWork:
    """Work in which some items misbehave; it can be pickled, for executors that need that."""

    misdeed: str
    """Name of what the bad ones do."""
    bad: frozenset[str] = frozenset()
    """Keys of the bad ones."""
    seconds: float = 60.0
    """What a document may take."""

    @property
    def labels(self) -> Sequence[str]:
        """Its only step."""
        return ("misdeed",)

    def start(self, entering: Entering) -> MisdeedJob:
        """Build nothing."""
        return MisdeedJob(self, entering)


@frozen
class MisdeedJob:
    """The work in a worker."""

    work: MisdeedWork
    entering: Entering

    def process(self, item: Item) -> Outcome:
        """Make a record of the key, or do what is bad."""
        self.entering(-1, self.work.seconds)
        self.entering(0, 0.0)
        outcome = Outcome(item.key, "done", record=item.key.encode())
        if item.key not in self.work.bad:
            return outcome
        made: Any = MISDEEDS[self.work.misdeed].do()
        return evolve(outcome, state="quarantined", reason=made)

    def close(self) -> None:
        """Do nothing."""


@frozen
class UnbuildableWork:
    """Work that cannot be started."""

    labels: Sequence[str] = ("missing",)

    def start(self, _: Entering) -> MisdeedJob:
        """Fail as a step without its model does."""
        raise PluginError("step 'missing' cannot be built: the model is missing")
