"""What a run came to, in numbers."""

from __future__ import annotations

from collections import Counter, defaultdict

from attrs import field, frozen

from copydesk.ledger import Outcome
from copydesk.plans.plan import Plan


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
    replaced: int = 0
    """Items that are gone whose content was processed anew at another place: their records go."""
    lapsed: int = 0
    """Items gone since earlier runs, whose records were kept."""
    pruned: bool = False
    """Whether the records of what is gone or has lapsed were taken out."""
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

    @classmethod
    def of(cls, plan: Plan, *, pruned: bool) -> Summary:
        """Return the summary of a run as its plan leaves it, before any item is processed."""
        counts = plan.counts
        return cls(
            len(plan.verdicts),
            Counter(unchanged=counts["unchanged"] + counts["moved"], quarantined=counts["waiting"]),
            waiting=counts["waiting"],
            moved=counts["moved"],
            gone=len(plan.gone),
            replaced=len(plan.replaced),
            lapsed=len(plan.lapsed),
            pruned=pruned,
            busy=len(plan.busy),
        )

    def note(self, outcome: Outcome) -> None:
        """Count an outcome that is committed."""
        self.counts[outcome.state] += 1
        if outcome.state == "done":
            if outcome.language:
                self.languages[outcome.language] += 1
            if outcome.encoding:
                self.encodings[outcome.encoding] += 1
        else:
            self.reasons[outcome.state, outcome.step, outcome.reason] += 1
        for label, seconds in outcome.seconds:
            self.seconds[label] += seconds
