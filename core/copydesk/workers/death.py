"""How a worker died, and the outcome of the item that it died of."""

from __future__ import annotations

import signal
from collections.abc import Sequence

from attrs import frozen

from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.workers.slot import READING, SENDING, Place


@frozen
class Death:
    """The end of a worker that still owed outcomes."""

    status: int
    """Exit status, or minus the number of the signal that killed it."""
    cause: str = ""
    """`deadline`, `memory` or `damage` if we killed it, `nursery` if it went down with that."""
    held: int = 0
    """MiB it was last seen to hold."""

    @property
    def is_final(self) -> bool:
        """Whether trying once more can only waste time."""
        return self.cause == "deadline"

    def blame(self, item: Item, place: Place, labels: Sequence[str], stack: str) -> Outcome:
        """Return the outcome of the item that was in flight."""
        again = "" if self.is_final else ", and so did the worker that tried it again"
        if self.cause == "damage":  # done some time before it was noticed, so no step is named
            reason = f"something wrote to the worker's connection to the main process{again}"
            return Outcome(item.key, "quarantined", reason=reason)
        label = labels[place.step] if 0 <= place.step < len(labels) else ""
        reason = f"{self._what(place)} {_where(place, label)}{again}"
        return Outcome(item.key, "quarantined", step=label, reason=reason, traceback=stack)

    def describe(self) -> str:
        """Say what happened where no item is to blame."""
        if self.cause == "memory":
            return f"a worker held {self.held} MiB, more than max_memory_mb"
        is_nursery = self.cause == "nursery"
        return self._end("the process that builds the steps" if is_nursery else "a worker")

    def _what(self, place: Place) -> str:
        if self.cause == "deadline":
            return f"timed out after {place.limit:g} s"
        if self.cause == "memory":
            return f"the worker held {self.held} MiB, more than max_memory_mb,"
        if self.cause == "nursery":
            return "the process that looks after the workers was killed"
        return self._end("the worker")

    def _end(self, who: str) -> str:
        if self.status >= 0:
            return f"{who} ended itself with exit status {self.status}"
        return f"{who} was killed by {_signal(-self.status)}"


def _where(place: Place, label: str) -> str:
    if label:
        return f"in step {label}"
    if place.step == READING:
        return "at the read"
    return f"while its record was {'sent' if place.step == SENDING else 'made'}"


def _signal(number: int) -> str:
    try:
        name = signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
    return f"{name} ({(signal.strsignal(number) or name).lower()})"
