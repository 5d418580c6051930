"""Compares what two chains make of a source, or a chain with what a store holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import frozen

from copydesk.config import Config
from copydesk.difference.fate import fate_of
from copydesk.difference.pair_work import FINDINGS, PairWork
from copydesk.difference.stores import Fates
from copydesk.difference.tally import Tally
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.plans.plan import Plan
from copydesk.plans.planning import build, make_plan, opened
from copydesk.plans.request import Request
from copydesk.runs.recall import recall_results
from copydesk.runs.run import Progress
from copydesk.spec import Store
from copydesk.work import ChainWork


def compare_chains(
    before: Config, after: Config, tally: Tally, progress: Progress, limit: int | None
) -> None:
    """Add what two chains make of each item in the source of the first."""
    items = list(islice(_items(before, progress), limit))
    progress.planned(len(items))
    work = PairWork(before, after, tally.givers)
    for outcome in build(before.executor).run(work, items):
        progress.finished(outcome)
        if outcome.state == "done" and outcome.record is not None:
            tally.add_findings(outcome.key, FINDINGS.decode(outcome.record))
        else:
            where = f"{outcome.step}: " if outcome.step else ""
            tally.remarks[f"not compared: {where}{outcome.reason}"] += 1


@frozen
class Rebuilding:
    """A chain over what a store holds."""

    config: Config
    store: Store
    is_before: bool
    """Whether the chain is the first of the two sides."""

    def compare(self, tally: Tally, progress: Progress, limit: int | None) -> None:
        """Add every document of the store that a run would process again.

        Those that are up to date are the same without being processed; new ones have nothing to
        be compared with.
        """
        plan = make_plan(self.config, self.store, Request(), progress.listing)
        held = [item for item in plan.todo if _is_held(plan, item)]
        chosen = held[:limit]
        tally.compared += plan.counts["unchanged"] + plan.counts["moved"] + plan.counts["waiting"]
        tally.remarks += _remark(plan, held, chosen)
        progress.planned(len(chosen))
        recalled = recall_results(self.store, plan.known, self.config, chosen)
        fates = Fates(self.store)
        for outcome in self._process(recalled):
            progress.finished(outcome)
            kept, made = fates.of(outcome.key), fate_of(outcome)
            tally.add(outcome.key, *((made, kept) if self.is_before else (kept, made)))

    def _process(self, items: Iterable[Item]) -> Iterator[Outcome]:
        found: Iterator[Outcome] = build(self.config.executor).run(ChainWork(self.config), items)
        return found


def _items(config: Config, progress: Progress) -> Iterator[Item]:
    with opened(config.source) as source:
        for thing in source.items():
            progress.listing()
            if isinstance(thing, Item):
                yield thing


def _remark(plan: Plan, held: Sequence[Item], chosen: Sequence[Item]) -> Counter[str]:
    """Return what else there is to say of a chain over a store."""
    verdicts = dict(plan.verdicts)
    return +Counter(
        {
            "up to date, so not processed": plan.counts["unchanged"] + plan.counts["moved"],
            "changed in the source, which may be why they differ": sum(
                verdicts[item.key] == "changed" for item in chosen
            ),
            "not compared: new in the source": len(plan.todo) - len(held),
            "not compared: no longer in the source": len(plan.gone),
            "not compared: over --limit": len(held) - len(chosen),
        }
    )


def _is_held(plan: Plan, item: Item) -> bool:
    known = plan.known.get(item.key)
    return known is not None and known.state != "gone"
