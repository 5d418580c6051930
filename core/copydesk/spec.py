"""What plugins offer: specs of sources, steps, stores and executors, and the shapes they build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Literal, Protocol, TypeVar

from attrs import field, frozen
from attrs.validators import matches_re

from copydesk.document import Document
from copydesk.item import Item, Listed
from copydesk.ledger import Entry, Known, Outcome, Row, Run

Kind = Literal["encoding", "language", "boilerplate", "entities", "metadata", "other"]
"""What a step is for; only the listing of plugins uses it."""

Options = TypeVar("Options")
_is_name = matches_re(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


@frozen
class NoOptions:
    """The options of a plugin that has none."""


@frozen
class Drop:
    """What a step returns instead of a document that should not become a record."""

    reason: str


class Step(Protocol):
    """A step at work. It may also have `close()`, called when its worker ends."""

    def process(self, document: Document) -> Document | Drop:
        """Return the document changed, or the reason to drop it.

        Raises `DocumentError` when this document cannot be processed; it goes to quarantine.
        """


class Source(Protocol):
    """A source at work."""

    def items(self) -> Iterable[Listed]:
        """Yield what there is, in a stable order; called once, in the parent process."""

    def read(self, item: Item) -> bytes:
        """Return the bytes of one item; called in a worker, which holds a copy of the source.

        Raises `DocumentError` when it cannot be read; the item goes to quarantine.
        """


class Store(Protocol):
    """A store at work; only the parent process ever holds one."""

    def begin(self, run: Run) -> int:
        """Note the start of a run, return its number; raises `StoreError` if another is on."""

    def known(self) -> Iterable[Known]:
        """Yield what the ledger says of every item ever seen."""

    def commit(self, entries: Sequence[Entry]) -> None:
        """Write ledger rows and their records in one transaction: all of them or none."""

    def rows(self) -> Iterator[Row]:
        """Yield the current rows of the ledger that are not `done`, ordered by key."""

    def record(self, key: str) -> bytes | None:
        """Return the current record of one item as JSON, None if it has none."""

    def runs(self) -> Iterator[Run]:
        """Yield the runs that the store remembers, newest first."""

    def end(self, counts: Mapping[str, int]) -> None:
        """Note the end of the run that `begin` started."""

    def records(self) -> Iterator[bytes]:
        """Yield the current records as JSON in UTF-8, ordered by key."""

    def close(self) -> None:
        """Let go of the store; what was committed is safe."""


class Job(Protocol):
    """The work as it stands in one worker, with source and steps built."""

    def process(self, item: Item) -> Outcome:
        """Return what became of one item; never raises for a bad document."""

    def close(self) -> None:
        """Close the steps."""


Entering = Callable[[int, float], None]
"""Told when a step begins: its place in the chain (-1 is the read) and the seconds it may take."""


class Work(Protocol):
    """The work to do, before anything is built; can be pickled if its plugins can."""

    @property
    def labels(self) -> Sequence[str]:
        """The labels of the steps."""

    def start(self, entering: Entering) -> Job:
        """Build the source and the steps: slow, once a worker."""


class Executor(Protocol):
    """A way to run the work."""

    def run(self, work: Work, items: Iterable[Item]) -> Iterator[Outcome]:
        """Yield one outcome for each item, in any order, whatever happens to the workers."""


@frozen
class StepSpec(Generic[Options]):
    """Offers a step under a name."""

    name: str = field(validator=_is_name)
    """Dotted, family first: `encoding.chardet`."""
    options: type[Options]
    """A frozen attrs class; its docstrings are the documentation of the options."""
    build: Callable[[Options], Step]
    """Makes the step; heavy imports and models are loaded here, once a worker."""
    needs: tuple[str, ...] = field(kw_only=True, default=("text",))
    """Fields of the document that must be filled by a step before this one."""
    gives: tuple[str, ...] = field(kw_only=True, default=())
    """Fields of the document that this step fills or changes."""
    kind: Kind = field(kw_only=True, default="other")
    """The family it belongs to."""
    version: str = field(kw_only=True, default="")
    """Changes when results may change, and makes old records stale; empty: the distribution's."""


@frozen
class SourceSpec(Generic[Options]):
    """Offers a source under a name; an option called `path` can be given on the command line."""

    name: str = field(validator=_is_name)
    options: type[Options]
    build: Callable[[Options], Source]


@frozen
class StoreSpec(Generic[Options]):
    """Offers a store under a name; an option called `path` can be given on the command line."""

    name: str = field(validator=_is_name)
    options: type[Options]
    build: Callable[[Options], Store]


@frozen
class ExecutorSpec(Generic[Options]):
    """Offers a way to run the work under a name."""

    name: str = field(validator=_is_name)
    options: type[Options]
    build: Callable[[Options], Executor]
