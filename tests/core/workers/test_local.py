"""Tests of the executor as a plugin, and of a run without faults."""

from __future__ import annotations

import subprocess
import sys

import pytest
from attrs import frozen

from copydesk import workers
from copydesk.api import Entering, Item, Job, Outcome
from copydesk.workers.cores import count_cores
from copydesk.workers.local import Local
from copydesk.workers.options import Options


@frozen
class EchoWork:
    """Work whose record is the item's payload."""

    labels: tuple[str, ...] = ("echo",)

    def start(self, entering: Entering) -> Job:
        """Build nothing."""
        return EchoJob(entering)


@frozen
class EchoJob:
    """A worker's share of it."""

    entering: Entering

    def process(self, item: Item) -> Outcome:
        """Return the payload as the record."""
        self.entering(-1, 60.0)
        self.entering(0, 0.0)
        return Outcome(item.key, "done", "ab", item.payload, seconds=(("echo", 0.5),))

    def close(self) -> None:
        """Do nothing."""


def test_offer() -> None:
    """The plugin offers one executor, `local`, which runs in processes of this machine."""
    (spec,) = workers.copydesk_executors()

    assert "local" == spec.name
    assert isinstance(spec.build(Options()), Local)


def test_light() -> None:
    """Offering it imports nothing that only a run needs."""
    code = "import sys, copydesk.workers; print('selectors' in sys.modules, 'mmap' in sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert b"False False\n" == printed.stdout


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("length", [1, 2, 1000])
def test_outcomes(count: int, length: int) -> None:
    """Each item has one outcome, and it is the one that its job returned."""
    items = [Item(f"{n}", f"m{n}", payload=b"%d" % n) for n in range(length)]
    outcomes = list(Local(Options(workers=count)).run(EchoWork(), items))

    wanted = [
        Outcome(item.key, "done", "ab", item.payload, seconds=(("echo", 0.5),)) for item in items
    ]
    assert sorted(wanted, key=repr) == sorted(outcomes, key=repr)


def test_same_item_twice() -> None:
    """An item that is listed twice has two outcomes."""
    outcomes = Local(Options(workers=2)).run(EchoWork(), [Item("a", payload=b"")] * 2)

    assert ["a", "a"] == [outcome.key for outcome in outcomes]


def test_two_runs_at_once() -> None:
    """Two runs side by side do not know of each other."""
    items = [Item(f"{n}", payload=b"") for n in range(300)]
    one = Local(Options(workers=2)).run(EchoWork(), items)
    two = Local(Options(workers=2)).run(EchoWork(), items)
    pairs = list(zip(one, two, strict=True))

    assert 300 == len({outcome.key for outcome, _ in pairs})
    assert 300 == len({outcome.key for _, outcome in pairs})


def test_workers_that_are_counted() -> None:
    """`auto` is at least one and at most the cores of the machine."""
    assert 1 <= count_cores() <= 4096


@pytest.mark.parametrize("workers", [0, -1, True, 1.5, "many", None, 10**14])
def test_odd_numbers_of_workers(workers: object) -> None:
    """A number of workers that makes no sense is refused with what to give."""
    with pytest.raises(ValueError, match="give a whole number from 1 to 10000, or auto"):
        Options(workers=workers)  # type: ignore[arg-type]


@pytest.mark.parametrize("memory", [0, -1, True, 1.5, "2G", 10**14])
def test_odd_limits_of_memory(memory: object) -> None:
    """A limit of memory that makes no sense is refused with what to give."""
    with pytest.raises(ValueError, match="give a whole number from 1 to 1099511627776, or null"):
        Options(max_memory_mb=memory)  # type: ignore[arg-type]


def test_largest_limit_of_memory() -> None:
    """The largest limit that can be given is one that the system takes."""
    options = Options(workers=1, max_memory_mb=1 << 40)

    assert ["done"] == [o.state for o in Local(options).run(EchoWork(), [Item("a")])]


@pytest.mark.parametrize("seconds", [0, -1, True, "10m", None, float("nan"), float("inf"), 10**9])
def test_odd_times_of_building(seconds: object) -> None:
    """A time for the building of steps that makes no sense is refused with what to give."""
    with pytest.raises(ValueError, match="give a number over 0, up to 604800"):
        Options(build_seconds=seconds)  # type: ignore[arg-type]
