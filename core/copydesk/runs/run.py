"""Ties source, plan, executor and store together: one run, from listing to last commit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from time import monotonic
from typing import Protocol

import msgspec
from attrs import define, evolve, field, frozen

from copydesk.config import Config
from copydesk.errors import CopydeskError
from copydesk.item import Item
from copydesk.ledger import Entry, Outcome
from copydesk.plans.description import describe, place_of
from copydesk.plans.plan import Plan, Request
from copydesk.plans.planning import build, last_source, make_plan
from copydesk.reason import storable, tidy
from copydesk.record import Record
from copydesk.runs.generations import generations_of
from copydesk.runs.interruption import undisturbed
from copydesk.runs.recall import recall_results
from copydesk.runs.watchers import Watchers
from copydesk.spec import Store
from copydesk.work import ChainWork

_BATCH = 1024  # outcomes a commit; four times fewer cost 5 µs a document more
_PATIENCE = 2.0  # seconds; slow documents are committed at least this often


class Progress(Protocol):
    """Told how a run gets on."""

    def listing(self) -> None:
        """One more thing was listed."""

    def planned(self, todo: int) -> None:
        """The work is known: so many items."""

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


@frozen
class Summary:
    """What a run came to."""

    listed: int
    """Things that the source named."""
    counts: Counter[str] = field(factory=Counter)
    """`done`, `dropped`, `quarantined` and `unchanged`; their sum is `listed`."""
    waiting: int = 0
    """How many of the quarantined have waited since an earlier run."""
    moved: int = 0
    """How many of the unchanged stand at a new place."""
    gone: int = 0
    """Items of earlier runs that the source no longer lists."""
    pruned: bool = False
    """Whether the records of those were taken out."""
    busy: int = 0
    """Things that are still being written; they are not counted as listed."""
    languages: Counter[str] = field(factory=Counter)
    encodings: Counter[str] = field(factory=Counter)
    reasons: Counter[tuple[str, str, str]] = field(factory=Counter)
    """Dropped and quarantined items of this run by (outcome, step, reason)."""
    seconds: defaultdict[str, float] = field(factory=lambda: defaultdict(float))
    """Time in each step, summed over the workers."""

    @property
    def adds_up(self) -> bool:
        """Whether `done + dropped + quarantined + unchanged` equals `listed`."""
        return self.counts.total() == self.listed


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
        progress.planned(len(todo.todo))
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

    def __attrs_post_init__(self) -> None:
        plan, counts = self._plan, self._plan.counts
        self._items = {item.key: item for item in plan.todo}
        self._summary = Summary(
            len(plan.verdicts),
            waiting=counts["waiting"],
            moved=counts["moved"],
            gone=len(plan.gone),
            pruned=self._manner.prune,
            busy=len(plan.busy),
        )
        self._summary.counts["unchanged"] = counts["unchanged"] + counts["moved"]
        self._summary.counts["quarantined"] = counts["waiting"]

    def run(self) -> Summary:
        self._write_listing()
        if self._plan.todo:
            self._process()
        return self._summary

    def _process(self) -> None:
        work = ChainWork(self._config)
        items: Iterable[Item] = self._plan.todo
        if self._manner.reuse:
            items = recall_results(self._store, self._plan.known, self._config, items)
        outcomes = build(self._config.executor).run(work, items)
        stopped = None
        try:
            for outcome in outcomes:
                self._take(outcome)
                if outcome.stop:
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

    def _write_listing(self) -> None:
        """Commit what the listing alone decides."""
        plan = self._plan
        keep = not self._manner.prune
        gone = [
            Entry(row.key, "gone", row.size, row.modified, row.sha256, keeps_record=keep)
            for row in plan.gone
        ]
        lapsed = [
            Entry(row.key, "gone", row.size, row.modified, row.sha256)
            for row in (*plan.replaced, *(() if keep else plan.lapsed))
        ]
        moved = [entry for move in plan.moved for entry in self._move(move.item, move.before.key)]
        entries = [*plan.refused, *plan.touched, *gone, *lapsed, *moved]
        if entries:
            self._store.commit(entries)
        for entry in plan.refused:
            self._summary.counts[entry.state] += 1
            self._summary.reasons[entry.state, "", entry.reason] += 1
            before = plan.known.get(entry.key)
            if before is None or (before.state, before.reason) != (entry.state, entry.reason):
                self._watchers.document(Outcome(entry.key, entry.state, reason=entry.reason))

    def _move(self, item: Item, before: str) -> Iterator[Entry]:
        """Yield the rows that take a record to its new place."""
        known = self._plan.known[before]
        found = self._store.record(before)
        record = msgspec.json.decode(found or b"", type=Record).moved_to(item)
        yield Entry(before, "gone", known.size, known.modified, known.sha256)
        yield Entry(
            item.key, "done", item.size, item.modified, known.sha256, known.fingerprint,
            record=record.to_json(), search=record.words(),
        )  # fmt: skip

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
            self._count(outcome)
            self._watchers.document(outcome)

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
        )  # fmt: skip

    def _count(self, outcome: Outcome) -> None:
        summary = self._summary
        summary.counts[outcome.state] += 1
        if outcome.state == "done":
            if outcome.language:
                summary.languages[outcome.language] += 1
            if outcome.encoding:
                summary.encodings[outcome.encoding] += 1
        else:
            summary.reasons[outcome.state, outcome.step, outcome.reason] += 1
        for label, seconds in outcome.seconds:
            summary.seconds[label] += seconds
