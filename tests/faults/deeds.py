"""Real workers for work that goes wrong."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from attrs import field, frozen

from copydesk.api import Entering, Item, Outcome
from copydesk.workers.local import Local
from copydesk.workers.options import Options

Deed = Callable[[Item], object]
"""What a step does with an item: it returns the record, None for a record that is the worker's
process id, or anything else for the job to return."""


@frozen
class DeedJob:
    """Does the deed as its only step."""

    deed: Deed
    entering: Entering
    seconds: float

    def process(self, item: Item) -> Outcome:
        """Do the deed to one item."""
        self.entering(-1, self.seconds)
        self.entering(0, 0.0)
        made: Any = self.deed(item)
        if made is None:
            made = b"%d" % os.getpid()
        return Outcome(item.key, "done", record=made) if isinstance(made, bytes) else made

    def close(self) -> None:
        """Do nothing."""


@frozen
class DeedWork:
    """A chain of one step, `deed`."""

    deed: Deed
    seconds: float = 30.0
    """What a document may take."""
    labels: Sequence[str] = ("deed",)

    def start(self, entering: Entering) -> DeedJob:
        """Build nothing but the step."""
        return DeedJob(self.deed, entering, self.seconds)


@frozen
class BuiltWork(DeedWork):
    """Work whose start does something first."""

    build: Callable[[], object] = lambda: None

    def start(self, entering: Entering) -> DeedJob:
        """Build."""
        self.build()
        return super().start(entering)


@frozen
class Ran:
    """What came of a run."""

    outcomes: Sequence[Outcome]
    listed: Sequence[Item]
    by_key: dict[str, Outcome] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.by_key.update({outcome.key: outcome for outcome in self.outcomes})

    @by_key.default
    def _none(self) -> dict[str, Outcome]:
        return {}

    def assert_only(self, bad: Iterable[str], reason: str, step: str = "deed") -> None:
        """Hold that each item has one outcome, and that all but the bad ones are done."""
        assert Counter(item.key for item in self.listed) == Counter(o.key for o in self.outcomes)
        failed = {o.key: o for o in self.outcomes if o.state != "done"}
        assert set(bad) == set(failed)
        for outcome in failed.values():
            assert "quarantined" == outcome.state
            assert reason in outcome.reason
            assert step == outcome.step


def items(count: int = 48) -> list[Item]:
    """Return items named 0.txt, 1.txt and so on."""
    return [Item(f"{number}.txt", size=100) for number in range(count)]


def run(deed: Deed, listed: Iterable[Item], seconds: float = 30.0, **options: object) -> Ran:
    """Run a deed in two workers, and hold that no child is left."""
    listed = list(listed)
    executor = Local(Options(**{"workers": 2, **options}))  # type: ignore[arg-type]
    outcomes = list(executor.run(DeedWork(deed, seconds), listed))
    assert_childless()
    return Ran(outcomes, listed)


def assert_childless() -> None:
    """Hold that this process has no child, dead or alive."""
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def is_alive(process: int) -> bool:
    """Return whether a process lives; a zombie does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def marked(mark: str) -> list[int]:
    """Return the living processes that were started with a mark in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in path.read_bytes() and is_alive(int(path.parent.name)):
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def wait_until(holds: Callable[[], bool], seconds: float = 10.0) -> bool:
    """Return whether something comes to hold in time."""
    late = monotonic() + seconds
    while monotonic() < late:
        if holds():
            return True
        sleep(0.01)
    return holds()
