"""Goes through a store once and gathers what the page tells, however many records there are."""

from __future__ import annotations

from collections import Counter
from heapq import heappush, heappushpop
from itertools import islice

from attrs import define, field, frozen
from msgspec import DecodeError

from copydesk.ledger import Row, Run, State
from copydesk.report_page.brief import Brief, Step, read_brief
from copydesk.report_page.groups import Groups
from copydesk.report_page.reason import generalize
from copydesk.report_page.spread import Spread
from copydesk.spec import Store

_SLOWEST = 10
_RUNS = 20

Fate = tuple[str, str, str]
"""Why documents have no record, or lack a step: (what became of them, step, reason)."""


@frozen(order=True)
class Slow:
    """A document that took long."""

    seconds: float
    """In all steps together."""
    key: str
    characters: int
    step: str
    """The step that took most of it."""


@define
class Findings:
    """What is in a store."""

    outcomes: Counter[State] = field(factory=Counter)
    """Items of the ledger by where they stand."""
    records: int = 0
    """Those that can be read; all but `outcomes` tells of them alone."""
    unreadable: int = 0
    """Records that are damaged themselves: no JSON, or not that of a record."""
    languages: Groups[str] = field(factory=Groups)
    encodings: Groups[str] = field(factory=Groups)
    damaged: int = 0
    """Records with characters that could not be decoded."""
    labels: Groups[str] = field(factory=Groups)
    lengths: Spread = field(factory=Spread)
    """Characters of the texts."""
    steps: dict[str, Spread] = field(factory=dict)
    """Microseconds by step, of the documents that it ran on."""
    slowest: list[Slow] = field(factory=list)
    """In no order; `slow` has it."""
    removed: Groups[tuple[str, str]] = field(factory=Groups)
    """Pieces by step and reason; their weight is the number of characters."""
    fates: Groups[Fate] = field(factory=Groups)
    runs: list[Run] = field(factory=list)
    """The newest ones, newest first."""
    older_runs: int = 0

    @property
    def slow(self) -> list[Slow]:
        """The documents that took longest, in that order."""
        return sorted(self.slowest, reverse=True)

    @property
    def times(self) -> list[tuple[str, Spread]]:
        """The steps and their times, in the order of the newest chain, then older steps."""
        labels = [step["label"] for run in self.runs[:1] for step in run.steps]
        order = {label: place for place, label in enumerate(labels)}
        return sorted(self.steps.items(), key=lambda pair: order.get(pair[0], len(order)))

    def add_record(self, brief: Brief) -> None:
        """Take in one record."""
        self.records += 1
        self.languages.add(brief.language.code if brief.language else "und")
        self.encodings.add(brief.encoding.name if brief.encoding else "none")
        self.damaged += bool(brief.encoding and brief.encoding.replaced)
        self.lengths.add(len(brief.text))
        for entity in brief.entities:
            self.labels.add(entity.label)
        for piece in brief.removed:
            name = piece.step, piece.reason
            self.removed.add(name, len(piece.text), piece.text, brief.source.key)
        self._add_steps(brief)

    def _add_steps(self, brief: Brief) -> None:
        key = brief.source.key
        for step in brief.steps:
            if step.outcome != "skipped":
                spread = self.steps.setdefault(step.label, Spread())
                spread.add(round(step.seconds * 1e6))
            if step.outcome == "failed":
                note = step.note or ""
                fate = "step passed over", step.label, generalize(note)
                self.fates.add(fate, text=note, key=key)
        longest = max(brief.steps, key=_seconds, default=None)
        slow = Slow(brief.seconds, key, len(brief.text), longest.label if longest else "")
        if len(self.slowest) < _SLOWEST:
            heappush(self.slowest, slow)
        else:
            heappushpop(self.slowest, slow)

    def add_row(self, row: Row) -> None:
        """Take in a row of the ledger that has no record."""
        if row.state != "gone":
            fate = row.state, row.step, generalize(row.reason)
            self.fates.add(fate, text=row.reason, key=row.key)


def gather(store: Store) -> Findings:
    """Return what is in a store."""
    findings = Findings()
    for known in store.known():
        findings.outcomes[known.state] += 1
    for row in store.rows():
        findings.add_row(row)
    for record in store.records():
        try:
            findings.add_record(read_brief(record))
        except (DecodeError, UnicodeDecodeError):
            findings.unreadable += 1
    runs = iter(store.runs())
    findings.runs = list(islice(runs, _RUNS))
    findings.older_runs = sum(1 for _ in runs)
    return findings


def _seconds(step: Step) -> float:
    return step.seconds
