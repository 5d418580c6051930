"""Prints what the executor `local` costs a document that nothing is done with.

Usage: `python tests/benchmarks/workers.py [--items 20000] [--repeat 5]`. A loop in one process and
the executor alternate (A B A B) over the same items; the figure is the median difference in CPU
seconds, user and system, with all child processes, divided by the number of items. Target: at
most 15 µs at chunks of 64.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import statistics
import sys
from collections.abc import Callable
from time import perf_counter

from attrs import frozen

from copydesk.api import Entering, Item, Outcome
from copydesk.workers import queue
from copydesk.workers.local import Local
from copydesk.workers.options import Options


@frozen
class IdleJob:
    """Does nothing with an item, as a chain of one step would."""

    entering: Entering

    def process(self, item: Item) -> Outcome:
        """Return an outcome with a record of 200 bytes."""
        self.entering(-1, 60.0)
        self.entering(0, 0.0)
        return Outcome(item.key, "done", "a" * 64, bytes(200), seconds=(("idle", 0.0),))

    def close(self) -> None:
        """Do nothing."""


@frozen
class IdleWork:
    """A chain of one step that does nothing."""

    labels: tuple[str, ...] = ("idle",)

    def start(self, entering: Entering) -> IdleJob:
        """Build nothing."""
        return IdleJob(entering)


def count_cpu(run: Callable[[], object]) -> float:
    """Return the CPU seconds that `run` and its children take."""
    began = _cpu()
    run()
    return _cpu() - began


def _cpu() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, kinds))


def loop(items: list[Item]) -> None:
    """Do the work in this process."""
    job = IdleWork().start(lambda _step, _seconds: None)
    for item in items:
        job.process(item)


def execute(items: list[Item], workers: int) -> None:
    """Do the work in workers."""
    for _ in Local(Options(workers=workers)).run(IdleWork(), items):
        pass


def compare(items: list[Item], workers: int, chunk: int, repeat: int) -> float:
    """Return the microseconds of CPU that the executor adds to an item."""
    queue._CHUNK_ITEMS = chunk
    added = []
    for _ in range(repeat):
        plain = count_cpu(lambda: loop(items))
        added.append(count_cpu(lambda: execute(items, workers)) - plain)
    return statistics.median(added) / len(items) * 1e6


def time_replacement() -> float:
    """Return the milliseconds from the death of the only worker to the next outcome."""
    items = [Item(str(number)) for number in range(100_000)]
    outcomes = Local(Options(workers=1)).run(WatchedWork(), items)
    waits = []
    for _ in range(20):
        process = int(next(outcomes).record or b"0")
        os.kill(process, signal.SIGKILL)
        began = perf_counter()
        while int(next(outcomes).record or b"0") == process:
            pass
        waits.append(perf_counter() - began)
    del outcomes
    return statistics.median(waits) * 1e3


class WatchedJob(IdleJob):
    """Its record is the worker's process id."""

    def process(self, item: Item) -> Outcome:
        """Return the outcome."""
        return Outcome(item.key, "done", record=b"%d" % os.getpid())


class WatchedWork(IdleWork):
    """Work that tells its process."""

    def start(self, entering: Entering) -> IdleJob:
        """Build nothing."""
        return WatchedJob(entering)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=20_000)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    items = [Item(f"folder/{n}.txt", size=3000, modified=1.5) for n in range(arguments.items)]
    write = sys.stdout.write
    write("workers  chunk  CPU added an item, µs\n")
    for workers in (1, 2):
        for chunk in (1, 16, 64, 128):
            share = items[: len(items) // 10] if chunk == 1 else items
            added = compare(share, workers, chunk, arguments.repeat)
            write(f"{workers:7}  {chunk:5}  {added:.1f}\n")
    start = statistics.median(count_cpu(lambda: execute(items[:1], 1)) for _ in range(11))
    write(f"a run of one item: {start * 1e3:.1f} ms of CPU\n")
    write(f"a worker replaced: {time_replacement():.1f} ms\n")


if __name__ == "__main__":
    main()
