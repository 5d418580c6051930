"""Ties source, plan, executor and store together: one run, from listing to last commit."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from time import monotonic
from typing import Protocol

from attrs import define, evolve, field, frozen

from copydesk.config import Config
from copydesk.errors import CopydeskError
from copydesk.fingerprint import hash_told
from copydesk.item import Item
from copydesk.ledger import Entry, Outcome
from copydesk.plans.description import describe, place_of
from copydesk.plans.plan import Plan
from copydesk.plans.planning import build, last_source, make_plan
from copydesk.plans.request import Request
from copydesk.reason import storable, tidy
from copydesk.runs.generations import generations_of
from copydesk.runs.interruption import undisturbed
from copydesk.runs.listing import batches, decide
from copydesk.runs.recall import recall_results
from copydesk.runs.summary import Summary
from copydesk.runs.watchers import Watchers
from copydesk.spec import BoundsRecords, Store

_BATCH = 1024  # outcomes a commit; four times fewer cost 5 µs a document more
_PATIENCE = 2.0  # seconds; slow documents are committed at least this often


class Progress(Protocol):
    """Told how a run gets on."""

    def listing(self) -> None:
        """One more thing was listed."""

    def planned(self, todo: int, counted: int | None = None) -> None:
        """The work is known: so many items, of so many that count as listed if not all do."""

    def finished(self, outcome: Outcome) -> None:
        """One item has its outcome."""


@frozen
class Manner:
    """How a run goes about its work."""

    request: Request = field(factory=Request)
    """What is looked at."""
    prune: bool = False
    """Take the records of items that are gone out of the current ones."""
    reuse: bool = True
    """Use and keep results of steps."""
    keep_runs: int | None = None
    """Prune what only runs before the newest ones need; None: as the store's options say."""


def run(
    config: Config,
    watchers: Watchers,
    progress: Progress,
    manner: Manner = Manner(),
) -> Summary:
    """Bring the store up to date with the source; raises `CopydeskError` where it cannot begin."""
    description = describe(config)
    keep_runs: int = manner.keep_runs or getattr(config.store.options, "keep_runs", None) or 0
    with closing(build(config.store)) as store:
        generations = generations_of(store, config.store.use) if keep_runs else None
        description = evolve(description, number=store.begin(description))
        _allow_prune(config, store, manner)
        todo = make_plan(config, store, manner.request, progress.listing)
        progress.planned(len(todo.todo), len(todo.verdicts))
        watchers.run_started(description, len(todo.todo))
        summary = _Running(config, store, todo, watchers, progress, manner).run()
        store.end(summary.counts)
        if generations is not None:
            generations.prune(keep_runs)
    watchers.run_finished(summary.counts)
    return summary


def _allow_prune(config: Config, store: Store, manner: Manner) -> None:
    """Refuse to take out the records of another source for not being in this one."""
    before = last_source(store)
    if manner.prune and before not in {None, place_of(config)}:
        raise CopydeskError(
            f"--prune: the last run of this store was over {before}, and its records would all go; "
            "run once without --prune, or use a store of its own"
        )


@define
class _Running:
    """A run after its plan: takes outcomes, writes batches, counts."""

    _config: Config
    _store: Store
    _plan: Plan
    _watchers: Watchers
    _progress: Progress
    _manner: Manner
    _batch: list[Outcome] = field(init=False, factory=list)
    _committed: float = field(init=False, factory=monotonic)
    _items: dict[str, Item] = field(init=False)
    _summary: Summary = field(init=False)
    _stopping: frozenset[str] = field(init=False)
    _most: int | None = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._items = {item.key: item for item in self._plan.todo}
        self._summary = Summary.of(self._plan, pruned=self._manner.prune)
        store, steps = self._store, self._config.chain
        self._most = store.max_record_bytes if isinstance(store, BoundsRecords) else None
        self._stopping = frozenset(step.label for step in steps if step.on_error == "stop")

    def run(self) -> Summary:
        self._write_listing()
        if self._plan.todo:
            self._process()
        return self._summary

    def _process(self) -> None:
        from copydesk.work import ChainWork  # noqa: PLC0415 - not needed where nothing is to do

        work = ChainWork(self._config)
        items: Iterable[Item] = self._plan.todo
        if self._manner.reuse:
            items = recall_results(self._store, self._plan.known, self._config, items)
        outcomes = build(self._config.executor).run(work, items)
        stopped = None
        try:
            for made in outcomes:
                outcome = fit(made, self._most)
                self._take(outcome)
                if self._must_stop(outcome):
                    stopped = outcome
                    break
        finally:
            outcomes.close()
            self._flush()
        if stopped is not None:
            raise CopydeskError(
                f"{stopped.key}: {stopped.step}: {stopped.reason}; on_error of the step says to "
                "stop; what was done until then is committed"
            )

    def _must_stop(self, outcome: Outcome) -> bool:
        """Return whether the step that failed, or in which a worker died, says to stop."""
        return outcome.state == "quarantined" and outcome.step in self._stopping

    def _write_listing(self) -> None:
        """Commit what the listing alone decides, a batch at a time."""
        plan = self._plan
        for batch in batches(decide(plan, self._store, prune=self._manner.prune)):
            self._store.commit(batch)
        for entry in plan.refused:
            outcome = Outcome(entry.key, entry.state, reason=entry.reason)
            self._summary.note(outcome)
            self._watchers.document(outcome)
        self._watchers.settle()

    def _take(self, outcome: Outcome) -> None:
        self._batch.append(outcome)
        self._progress.finished(outcome)
        if len(self._batch) >= _BATCH or monotonic() - self._committed > _PATIENCE:
            self._flush()

    def _flush(self) -> None:
        """Commit the batch; only then it counts."""
        self._committed = monotonic()
        if not self._batch:
            return
        # Between the commit and taking note of it a signal would have the batch committed twice.
        with undisturbed():
            self._store.commit([self._entry(outcome) for outcome in self._batch])
            batch, self._batch = self._batch, []
        for outcome in batch:
            self._summary.note(outcome)
            self._watchers.document(outcome)
        self._watchers.settle()

    def _entry(self, outcome: Outcome) -> Entry:
        item = self._items[outcome.key]
        attempts = 0
        if outcome.state == "quarantined":
            before = self._plan.known.get(outcome.key)
            attempts = before.attempts + 1 if before and before.state == "quarantined" else 1
        return Entry(
            item.key, outcome.state, item.size, item.modified, outcome.sha256,
            self._plan.fingerprint, outcome.step, tidy(outcome.reason),
            storable(outcome.traceback), attempts, outcome.record, outcome.search,
            results=outcome.results if self._manner.reuse else (),
            told=hash_told(item),
        )  # fmt: skip


def fit(outcome: Outcome, most: int | None) -> Outcome:
    """Return an outcome that a store can hold whose records have at most so many bytes."""
    if most is None or outcome.record is None:
        return outcome
    # Four bytes a character at most: only very long words have to be encoded to be measured.
    words = len(outcome.search.encode()) if len(outcome.search) > most // 4 else 0
    size = max(len(outcome.record), words)
    if size <= most:
        return outcome
    reason = f"its record takes {size:,} bytes, and the store can hold no more than {most:,}"
    return Outcome(
        outcome.key, "quarantined", outcome.sha256, reason=reason, seconds=outcome.seconds
    )
