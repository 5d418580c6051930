"""What plugins offer: specs of sources, steps, stores and executors, and the shapes they build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from difflib import get_close_matches
from typing import Any, Generic, Literal, Protocol, TypeVar, runtime_checkable

from attrs import field, fields, frozen, has
from attrs.validators import ge

from copydesk.document import Document
from copydesk.item import Item, Listed
from copydesk.ledger import Entry, Known, Outcome, Result, Row, Run
from copydesk.metadata import Metadata

Kind = Literal["encoding", "language", "boilerplate", "entities", "metadata", "other"]
"""What a step is for; only the listing of plugins uses it."""

Options = TypeVar("Options")
NO_EXTRA: Mapping[str, type] = {}
"""The namespaces of a step that declares none."""
_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_NAMESPACE = re.compile(r"[a-z][a-z0-9_]*")
_FIELDS = frozenset(field.name for field in fields(Document))
_METADATA = frozenset(field.name for field in fields(Metadata))


_GIVEN_BY = {
    "labels": "entities",
    "reasons": "removed",
    "metadata": "metadata",
    "extra": "extra",
}
"""What must be given by a step that declares more of it."""


def _is_options(_: object, attribute: Any, options: Any) -> None:
    if not (isinstance(options, type) and has(options)):
        raise ValueError(f"{attribute.name} must be a frozen attrs class, not {options!r}")


def _are_fields(_: object, attribute: Any, names: tuple[str, ...]) -> None:
    _look_up(attribute.name, "a document", names, _FIELDS)


def _are_metadata(_: object, attribute: Any, names: tuple[str, ...]) -> None:
    _look_up(attribute.name, "the metadata", names, _METADATA)


def _look_up(where: str, what: str, names: Iterable[str], known: Iterable[str]) -> None:
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise ValueError(f"{where}: {what} has no field '{name}'{hint}")


def _are_namespaces(_: object, attribute: Any, classes: Mapping[str, Any]) -> None:
    for name, cls in classes.items():
        if not (isinstance(name, str) and _NAMESPACE.fullmatch(name)):
            raise ValueError(
                f"{attribute.name}: a namespace cannot be named {name!r}; give one word in lower "
                "case, such as the first of the step's name"
            )
        if not (isinstance(cls, type) and has(cls)):
            raise ValueError(
                f"{attribute.name}: '{name}' must be a frozen attrs class, not {cls!r}"
            )


def _is_name(_: object, _attribute: Any, name: Any) -> None:
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        raise ValueError(
            f"a plugin cannot be named {name!r}; give words in lower case with dots between them, "
            "such as 'encoding.chardet'"
        )


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


class BatchStep(Protocol):
    """A step at work that gains from several documents at once. It too may have `close()`."""

    def process_batch(self, documents: Sequence[Document]) -> Iterable[Document | Drop]:
        """Return, for each document and in their order, what `Step.process` would.

        There may be one document only. What a document becomes must not depend on the others.
        Where this raises, or returns too few or too many, the batch is halved and tried again
        until the bad ones are alone; where it hangs or kills its worker, they are tried alone. So
        each bad document costs itself, whatever it does.
        """


AnyStep = Step | BatchStep
"""A step at work."""


class Source(Protocol):
    """A source at work. It may also have `close()`, called when its worker ends."""

    def items(self) -> Iterable[Listed]:
        """Yield what there is, in a stable order; called once, in the parent process."""

    def read(self, item: Item) -> bytes:
        """Return the bytes of one item; called in a worker, which holds a copy of the source.

        Raises `DocumentError` when it cannot be read; the item goes to quarantine.
        """


class Store(Protocol):
    """A store at work; only the parent process ever holds one.

    Nothing is made or changed before a run begins in it: who only reads leaves no trace, and sees
    a store that is not there as one without runs.
    """

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


@runtime_checkable
class Generations(Protocol):
    """What a store adds that can go back to earlier runs: `rollback` and `--keep-runs` need it.

    Its `runs()` tell by `kept` which runs those are.
    """

    def roll_back(self, run: int) -> Mapping[str, int]:
        """Make the state at the end of a run current again, in one transaction.

        Called between `begin` and `end`: going back is a run of its own, and can be undone. Returns
        the numbers of items `restored` and `withdrawn` (those that the run did not know). Raises
        `StoreError` if the store has no such run, or not its state any more.
        """

    def prune(self, keep: int) -> None:
        """Forget what only runs before the newest `keep` need; what is current always stays.

        Called after `end`.
        """


@runtime_checkable
class KeepsResults(Protocol):
    """What a store adds that keeps results of steps: they are the cache of later runs."""

    def recall(self, sha256: str) -> Iterable[Result]:
        """Yield what steps made of a content in earlier runs."""

    def count_results(self) -> tuple[int, int]:
        """Return how many results are kept, and their bytes."""

    def clear_results(self) -> None:
        """Forget them all; raises `StoreError` if a run is on."""


@runtime_checkable
class BoundsRecords(Protocol):
    """What a store adds that cannot hold records of any size; larger ones go to quarantine."""

    @property
    def max_record_bytes(self) -> int:
        """The longest record, and the longest words of one in UTF-8, that can be committed."""


@runtime_checkable
class Mergeable(Protocol):
    """What a store adds that can be joined with others: `merge` needs it."""

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Yield all current rows of the ledger, each with its run and its record, by key."""

    def join(self, runs: Sequence[Run], entries: Iterable[tuple[str, Entry]]) -> None:
        """Add runs and rows of another store, in one transaction.

        `runs` are new to this store, oldest first, and get numbers of its own. Each entry comes
        with the `identity` of its run, new or known, ordered by key, and becomes the current one.
        Raises `StoreError` if a run is on.
        """


class Job(Protocol):
    """The work as it stands in one worker, with source and steps built."""

    def process(self, item: Item) -> Outcome:
        """Return what became of one item; never raises for a bad document."""

    def close(self) -> None:
        """Close the steps; called once, in the process that built them."""


Turning = Callable[[int, int], None]
"""Told whose turn it is: from one item of a batch to another, by their places in it, both included.

If a worker dies while it is the turn of several, any of them may be to blame."""


@runtime_checkable
class BatchJob(Protocol):
    """What a job adds that can take several items at once.

    An executor that gives it items one by one loses speed, nothing else.
    """

    @property
    def is_batching(self) -> bool:
        """Whether anything is gained by it."""

    def process_batch(self, items: Sequence[Item], turning: Turning) -> Iterable[Outcome]:
        """Return what became of each item, in their order; never raises for a bad document."""


Entering = Callable[[int, float], None]
"""Told when a step begins: its place in the chain, and the seconds it may take.

At place -1 the item is read, or taken up again after others, and the seconds are those of the whole
document. A step with seconds of its own is held to them alone; 0 means that it has none. The place
after the last step is the making of the record."""


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
    options: type[Options] = field(validator=_is_options)
    """A frozen attrs class; its docstrings are the documentation of the options."""
    build: Callable[[Options], AnyStep | AbstractContextManager[AnyStep]]
    """Makes the step, or a context manager that gives it and that is left when the worker ends.
    Heavy imports and models are loaded here, once a worker."""
    needs: tuple[str, ...] = field(kw_only=True, default=("text",), validator=_are_fields)
    """Fields of the document that must be filled by a step before this one."""
    gives: tuple[str, ...] = field(kw_only=True, default=(), validator=_are_fields)
    """Fields of the document that this step fills or changes."""
    kind: Kind = field(kw_only=True, default="other")
    """The family it belongs to."""
    version: str = field(kw_only=True, default="")
    """Changes when results may change, and makes old records stale; empty: the distribution's."""
    labels: tuple[str, ...] = field(kw_only=True, default=())
    """Labels of the entities that it finds, such as `ISBN`; any other is refused. Empty: any."""
    reasons: tuple[str, ...] = field(kw_only=True, default=())
    """Reasons for which it removes text, such as `advert`; any other is refused. Empty: any."""
    metadata: tuple[str, ...] = field(kw_only=True, default=(), validator=_are_metadata)
    """Fields of the metadata that it sets; any other is refused. Empty: any."""
    extra: Mapping[str, type] = field(
        kw_only=True, default=NO_EXTRA, validator=_are_namespaces, hash=False
    )
    """Its namespaces in the record's `extra`, each with a frozen attrs class of what it holds;
    anything else is refused. Empty: any."""
    batch_size: int = field(kw_only=True, default=0, validator=ge(0))
    """How many documents `process_batch` should be given at once, for which a worker then waits;
    they may be fewer. 0: as many as a worker has before it."""

    def __attrs_post_init__(self) -> None:
        for declared, given in _GIVEN_BY.items():
            if getattr(self, declared) and given not in self.gives:
                raise ValueError(f"{declared} are declared, but '{given}' is not in gives; add it")


@frozen
class SourceSpec(Generic[Options]):
    """Offers a source under a name; an option called `path` can be given on the command line."""

    name: str = field(validator=_is_name)
    options: type[Options] = field(validator=_is_options)
    build: Callable[[Options], Source]


@frozen
class StoreSpec(Generic[Options]):
    """Offers a store under a name; an option `path`, or else `url`, can be given as `--store`."""

    name: str = field(validator=_is_name)
    options: type[Options] = field(validator=_is_options)
    build: Callable[[Options], Store]


@frozen
class ExecutorSpec(Generic[Options]):
    """Offers a way to run the work under a name."""

    name: str = field(validator=_is_name)
    options: type[Options] = field(validator=_is_options)
    build: Callable[[Options], Executor]
