"""Executors of which each does one thing that no executor should do; else they are `local`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from attrs import evolve

from copydesk.api import CopydeskError, ExecutorSpec, Item, NoOptions, Outcome, Work
from copydesk.workers.local import Local
from copydesk.workers.options import Options as Workers


class Good:
    """Does all well, through another executor."""

    def __init__(self, _: Any) -> None:
        self.inner = Local(Workers(workers=2))

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Run the work."""
        yield from self.inner.run(work, items)


class Twofold(Good):
    """Gives an outcome twice."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Repeat the first."""
        for number, outcome in enumerate(super().run(work, items)):
            yield outcome
            if number == 0:
                yield outcome


class Greedy(Good):
    """Lists the whole source first."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Take all."""
        yield from super().run(work, list(items))


class Deaf(Good):
    """Takes a source that fails for one that ends."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Hear nothing."""
        try:
            yield from super().run(work, items)
        except CopydeskError:
            return


class Silent(Good):
    """Takes steps that cannot be built for documents that fail."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Blame the documents."""
        listed = list(items)
        try:
            yield from super().run(work, listed)
        except CopydeskError:
            yield from [Outcome(item.key, "quarantined", reason="failed") for item in listed]


class Inline(Good):
    """Works in its own process, and lets errors through."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Do all by itself."""
        job = work.start(lambda _place, _seconds: None)
        for item in items:
            yield job.process(item)


class Forgetful(Good):
    """Gives no outcome where a worker has died."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Leave them out."""
        for outcome in super().run(work, items):
            if "the worker" not in outcome.reason:
                yield outcome


class Rosy(Good):
    """Says that all went well."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Turn what timed out into what is done."""
        for outcome in super().run(work, items):
            yield evolve(outcome, state="done") if "timed out" in outcome.reason else outcome


class Stiff(Good):
    """Cannot be left halfway."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Give a list's iterator."""
        return iter(list(super().run(work, items)))


class Unbuildable:
    """Cannot be made."""

    def __init__(self, _: Any) -> None:
        raise RuntimeError("no cluster")


def spec(build: Any) -> ExecutorSpec[Any]:
    """Return the spec of an executor."""
    return ExecutorSpec("bad", NoOptions, build)
