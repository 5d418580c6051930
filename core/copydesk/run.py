"""Ties source, plan, executor and store together: one run, from listing to last commit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Protocol

import msgspec
from attrs import define, field, frozen

from copydesk.config import Config, StepUse, Use
from copydesk.errors import CopydeskError
from copydesk.fingerprint import describe_options, fingerprint_steps
from copydesk.item import Item, Listed
from copydesk.ledger import Entry, Outcome, Run
from copydesk.plan import Plan, plan
from copydesk.spec import Store
from copydesk.watchers import Watchers
from copydesk.work import ChainWork

_BATCH = 256  # outcomes a commit; more gains nothing that was measured
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
class Summary:
    """What a run came to."""

    listed: int
    """Things that the source named."""
    counts: Counter[str] = field(factory=Counter)
    """`done`, `dropped`, `quarantined` and `unchanged`; their sum is `listed`."""
    waiting: int = 0
    """How many of the quarantined have waited since an earlier run."""
    gone: int = 0
    """Items of earlier runs that the source no longer lists."""
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
    config: Config, watchers: Watchers, progress: Progress, limit: int | None = None
) -> Summary:
    """Bring the store up to date with the source; raises `CopydeskError` where it cannot begin."""
    source = _build(config.source)
    prints = fingerprint_steps(config.chain)
    description = _describe(config, prints)
    with closing(_build(config.store)) as store:
        store.begin(description)
        todo = plan(_counted(source.items(), progress), store.known(), prints[-1], limit)
        progress.planned(len(todo.todo))
        watchers.run_started(description, len(todo.todo))
        running = _Running(config, store, todo, prints[-1], watchers, progress)
        summary = running.run()
        store.end(summary.counts)
    watchers.run_finished(summary.counts)
    return summary


@define
class _Running:
    """A run after its plan: takes outcomes, writes batches, counts."""

    _config: Config
    _store: Store
    _plan: Plan
    _fingerprint: str
    _watchers: Watchers
    _progress: Progress
    _batch: list[Outcome] = field(init=False, factory=list)
    _committed: float = field(init=False, factory=monotonic)
    _items: dict[str, Item] = field(init=False)
    _summary: Summary = field(init=False)

    def __attrs_post_init__(self) -> None:
        plan = self._plan
        self._items = {item.key: item for item in plan.todo}
        self._summary = Summary(plan.listed, waiting=plan.counts["waiting"], gone=len(plan.gone))

    def run(self) -> Summary:
        summary = self._summary
        summary.counts["unchanged"] = self._plan.counts["unchanged"]
        summary.counts["quarantined"] = self._plan.counts["waiting"]
        self._write_listing()
        executor = _build(self._config.executor)
        outcomes = executor.run(ChainWork(self._config), self._plan.todo)
        stopped = None
        try:
            for outcome in outcomes:
                self._take(outcome)
                if outcome.stop:
                    stopped = f"{outcome.key}: {outcome.step}: {outcome.reason}"
                    break
        finally:
            close = getattr(outcomes, "close", None)
            if close is not None:
                close()
            self._flush()
        if stopped is None:
            return summary
        raise CopydeskError(
            f"the run was stopped, as on_error of the step says: {stopped}; "
            "what was done until then is committed"
        )

    def _write_listing(self) -> None:
        """Commit what the listing alone decides."""
        plan = self._plan
        entries = [*plan.refused]
        entries += [
            Entry(row.key, "gone", row.size, row.modified, row.sha256, row.fingerprint)
            for row in plan.gone
        ]
        if entries:
            self._store.commit(entries)
        for entry in plan.refused:
            self._summary.counts[entry.state] += 1
            self._summary.reasons[entry.state, "", entry.reason] += 1

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
        self._store.commit([self._entry(outcome) for outcome in self._batch])
        for outcome in self._batch:
            self._count(outcome)
            self._watchers.document(outcome)
        self._batch = []

    def _entry(self, outcome: Outcome) -> Entry:
        item = self._items[outcome.key]
        before = self._plan.known.get(outcome.key)
        failed_before = before.attempts if before and before.state == "quarantined" else 0
        return Entry(
            item.key,
            outcome.state,
            item.size,
            item.modified,
            outcome.sha256,
            self._fingerprint,
            outcome.step,
            outcome.reason,
            outcome.traceback,
            failed_before + 1 if outcome.state == "quarantined" else 0,
            outcome.record,
            outcome.search,
        )

    def _count(self, outcome: Outcome) -> None:
        summary = self._summary
        summary.counts[outcome.state] += 1
        if outcome.state == "done":
            summary.languages[outcome.language or "und"] += 1
            summary.encodings[outcome.encoding or "?"] += 1
        else:
            summary.reasons[outcome.state, outcome.step, outcome.reason] += 1
        for label, seconds in outcome.seconds:
            summary.seconds[label] += seconds


def _counted(listed: Iterable[Listed], progress: Progress) -> Iterator[Listed]:
    for thing in listed:
        progress.listing()
        yield thing


def _build(use: Use) -> Any:
    """Build a source, a store or an executor from its options."""
    return use.offer.spec.build(use.options)


def _describe(config: Config, prints: tuple[str, ...]) -> Run:
    """Return the run as the store remembers it, so that a later one can tell what has changed."""
    return Run(
        datetime.now(UTC).isoformat(timespec="seconds"),
        str(config.path),
        prints[-1],
        tuple(
            _describe_step(step, print_) for step, print_ in zip(config.chain, prints, strict=True)
        ),
    )


def _describe_step(step: StepUse, fingerprint: str) -> dict[str, Any]:
    return {
        "use": step.use,
        "label": step.label,
        "plugin": step.offer.plugin,
        "version": step.offer.version,
        "options": msgspec.json.decode(describe_options(step.options)),
        "when": step.when,
        "fingerprint": fingerprint,
    }
