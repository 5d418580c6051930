"""Takes chosen documents down a chain as a run would, in a process that may hang or die."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from time import perf_counter
from typing import Any

from attrs import evolve, field, frozen

from copydesk.config import Config
from copydesk.item import Item
from copydesk.ledger import Outcome
from copydesk.reason import explain, trace_back
from copydesk.spec import Entering
from copydesk.steps.passage import Stage
from copydesk.trials.specimen import Specimen
from copydesk.work import ChainJob, ChainWork
from copydesk.workers.local import Local
from copydesk.workers.options import Options
from copydesk.workers.slot import READING

Tell = Callable[[Specimen, Sequence[Stage], Outcome], bytes]
"""Makes of a way that has ended what is wanted in place of its record."""


def rehearse(
    config: Config, specimens: Sequence[Specimen], tell: Tell | None = None
) -> Iterator[tuple[int, Outcome]]:
    """Yield what becomes of each document, with its place among them, in any order.

    The limits of a run hold, and what a step prints goes to stderr. A document in which a worker
    is lost is quarantined, as by a run, and has no record. Of an outcome's seconds those without a
    label are of the read and the record. Raises `CopydeskError` where the steps cannot be built.
    """
    chosen = config.executor.options
    options = chosen if isinstance(chosen, Options) else Options()
    items = [Item(str(number)) for number in range(len(specimens))]
    work = _Work(config, specimens, tell)
    outcomes: Any = Local(evolve(options, workers=1)).run(work, items)
    with closing(outcomes):
        for outcome in outcomes:
            number = int(outcome.key)
            yield number, evolve(outcome, key=specimens[number].item.key)


@frozen
class _Work:
    """The chain and the documents, before anything is built."""

    _config: Config
    _specimens: Sequence[Specimen]
    _tell: Tell | None
    labels: Sequence[str] = field(init=False)

    @labels.default
    def _labels(self) -> Sequence[str]:
        return ChainWork(self._config).labels

    def start(self, entering: Entering) -> _Job:
        """Build the steps."""
        return _Job(self._config, self._specimens, self._tell, entering)


class _Job:
    """The documents and the steps, in a worker."""

    def __init__(
        self,
        config: Config,
        specimens: Sequence[Specimen],
        tell: Tell | None,
        entering: Entering,
    ) -> None:
        self._labels = ChainWork(config).labels
        self._specimens = specimens
        self._tell = tell
        self._entering = entering
        self._place = READING
        self._job: ChainJob = ChainWork(config).start(self._enter)

    def process(self, item: Item) -> Outcome:
        """Take one document down the chain; the item is its place among them."""
        specimen = self._specimens[int(item.uri)]
        stages: list[Stage] = []
        began = perf_counter()
        try:
            outcome = self._job.pass_down(specimen, specimen.item, stages.append)
        except BaseException as error:  # noqa: BLE001 - no run would let it end a worker
            outcome = self._fail(specimen, error)
        rest = perf_counter() - began - sum(seconds for _, seconds in outcome.seconds)
        outcome = evolve(outcome, seconds=(*outcome.seconds, ("", rest)))
        if self._tell is None:
            return outcome
        self._entering(len(self._labels), math.inf)  # the telling is not the document's time
        return evolve(outcome, record=self._tell(specimen, stages, outcome))

    def close(self) -> None:
        """Close the steps."""
        self._job.close()

    def _enter(self, place: int, seconds: float) -> None:
        self._place = place
        self._entering(place, seconds)

    def _fail(self, specimen: Specimen, error: BaseException) -> Outcome:
        """Return the outcome of a document whose step raised what is no `Exception`."""
        label = self._labels[self._place] if 0 <= self._place < len(self._labels) else ""
        return Outcome(
            specimen.item.key,
            "quarantined",
            step=label,
            reason=explain(error),
            traceback=trace_back(error),
        )
