"""What is asked of every executor: one outcome an item, whatever happens to its workers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any

from attrs import frozen

from copydesk.errors import CopydeskError
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.spec import ExecutorSpec
from copydesk.testing.check import BoundCheck, Check, ask, bind, run
from copydesk.testing.misdeed import MISDEEDS, MisdeedWork, UnbuildableWork
from copydesk.testing.spec_checks import SPEC_CHECKS

_ITEMS = 12
_BAD = ("3.txt", "8.txt")
_DEADLINE = 0.5
"""Seconds that a document may take where one hangs."""
_PATIENCE = 60.0
_STREAM = 100_000


@frozen(slots=False)
class ExecutorBench:
    """An executor with its options."""

    spec: ExecutorSpec[Any]
    options: Any = None

    def __attrs_post_init__(self) -> None:
        if self.options is None:
            object.__setattr__(self, "options", self.spec.options())

    @property
    def name(self) -> str:
        """The name of the executor."""
        return self.spec.name

    def run(self, work: Any, items: Iterable[Item]) -> Iterator[Outcome]:
        """Run a work in a new executor."""
        outcomes: Iterator[Outcome] = self.spec.build(self.options).run(work, items)
        return iter(outcomes)


def executor_checks(spec: ExecutorSpec[Any], options: Any = None) -> list[BoundCheck]:
    """Return the checks of an executor for `pytest.mark.parametrize`; else as `check_executor`."""
    return bind(EXECUTOR_CHECKS, ExecutorBench(spec, options))


def check_executor(spec: ExecutorSpec[Any], options: Any = None) -> None:
    """Ask of an executor what is asked of all; raises `CheckError` with all that does not hold.

    `options` are those to build with, if not the defaults; two workers are enough.
    """
    run(EXECUTOR_CHECKS, ExecutorBench(spec, options))


@ask("yield one outcome for each item that `items` yields, with the key of the item")
def gives_each_item_one_outcome(bench: ExecutorBench) -> Iterator[str]:
    """Each item has exactly one outcome, done, with the record that its job made."""
    yield from _examine(bench, "", [])
    yield from _examine(bench, "", _items(1))
    yield from _examine(bench, "", _items(100))


@ask("take the next items when workers have room for them: a source may list millions")
def takes_items_as_it_goes(bench: ExecutorBench) -> Iterator[str]:
    """It does not list the whole source before the first outcome."""
    taken = Counter[str]()

    def listing() -> Iterator[Item]:
        for number in range(_STREAM):
            taken["items"] += 1
            yield Item(f"{number}.txt")

    outcomes = bench.run(MisdeedWork(""), listing())
    next(outcomes)
    close = getattr(outcomes, "close", None)
    if close is not None:
        close()
    if taken["items"] >= _STREAM:
        yield f"all of {_STREAM} items were taken before the first outcome"


@ask("let what the listing raises through, after the outcomes that are owed")
def lets_errors_of_the_listing_through(bench: ExecutorBench) -> Iterator[str]:
    """A source that fails in the midst of its listing ends the run with its error."""

    def listing() -> Iterator[Item]:
        yield from _items(5)
        raise CopydeskError("the source has failed")

    try:
        found = [outcome.key for outcome in bench.run(MisdeedWork(""), listing())]
    except CopydeskError:
        return
    yield f"the error is lost: {len(found)} outcomes, and all seems well"


@ask("raise `CopydeskError` with the words of the cause when `work.start` raises")
def tells_what_cannot_be_built(bench: ExecutorBench) -> Iterator[str]:
    """Steps that cannot be built end the run with words, before any outcome."""
    try:
        found = list(bench.run(UnbuildableWork(), _items(3)))
    except CopydeskError as error:
        if "the model is missing" not in str(error):
            yield f"the words of the cause are lost: {error}"
        return
    yield f"it gave {len(found)} outcomes of steps that cannot be built"


@ask("keep the deadline that `entering` tells, and end the worker that has passed it")
def ends_what_takes_too_long(bench: ExecutorBench) -> Iterator[str]:
    """A document that hangs is ended at its deadline, in Python, in C and deaf to signals."""
    for name, misdeed in MISDEEDS.items():
        if misdeed.hangs:
            began = monotonic()
            yield from _examine(bench, name, _items(_ITEMS))
            if monotonic() - began > _PATIENCE:
                yield f"{name}: it took {monotonic() - began:.0f} s, with {_DEADLINE} s a document"


@ask("turn it into a `quarantined` outcome of that one item, and go on")
def survives_errors(bench: ExecutorBench) -> Iterator[str]:
    """Whatever a job raises or returns costs one document."""
    for name, misdeed in MISDEEDS.items():
        if misdeed.raises:
            yield from _examine(bench, name, _items(_ITEMS))


@ask("run documents in processes, and give the others of a dead worker to another one")
def survives_dying_workers(bench: ExecutorBench) -> Iterator[str]:
    """A worker that dies costs the document that it was at."""
    for name, misdeed in MISDEEDS.items():
        if not misdeed.raises and not misdeed.hangs:
            yield from _examine(bench, name, _items(_ITEMS))


@ask("end all workers in the `finally` of the generator that `run` returns")
def can_be_left_halfway(bench: ExecutorBench) -> Iterator[str]:
    """A run that is not followed to its end can be closed, and the next one works."""
    outcomes = bench.run(MisdeedWork(""), _items(100))
    next(outcomes)
    close = getattr(outcomes, "close", None)
    if close is None:
        yield "what `run` returns cannot be closed; make it a generator"
        return
    close()
    yield from _examine(bench, "", _items(5))


EXECUTOR_CHECKS: tuple[Check[Any], ...] = (
    *SPEC_CHECKS,
    gives_each_item_one_outcome,
    takes_items_as_it_goes,
    lets_errors_of_the_listing_through,
    tells_what_cannot_be_built,
    survives_errors,
    survives_dying_workers,
    ends_what_takes_too_long,
    can_be_left_halfway,
)


def _items(count: int) -> list[Item]:
    return [Item(f"{number}.txt", size=100) for number in range(count)]


def _examine(bench: ExecutorBench, misdeed: str, items: list[Item]) -> Iterator[str]:
    """Run a work in which some documents misbehave, and compare with what should come of it."""
    what = misdeed or "all well"
    bad = set(_BAD) if misdeed else set()
    work = MisdeedWork(misdeed, frozenset(bad), _DEADLINE if _hangs(misdeed) else _PATIENCE)
    outcomes = list(bench.run(work, items))
    counts = Counter(outcome.key for outcome in outcomes)
    for item in items:
        if counts[item.key] != 1:
            yield f"{what}: {item.key} has {counts[item.key]} outcomes"
    for key in sorted(counts.keys() - {item.key for item in items}):
        yield f"{what}: an outcome is of {key}, which was not listed"
    for outcome in outcomes:
        expected = "quarantined" if outcome.key in bad else "done"
        if outcome.state != expected:
            yield f"{what}: {outcome.key} is {outcome.state}, not {expected}: {outcome.reason}"
        elif outcome.state == "done" and outcome.record != outcome.key.encode():
            yield f"{what}: {outcome.key} has the record {outcome.record!r}"
        elif outcome.state == "quarantined" and not outcome.reason:
            yield f"{what}: {outcome.key} is quarantined without a reason"


def _hangs(misdeed: str) -> bool:
    return bool(misdeed) and MISDEEDS[misdeed].hangs
