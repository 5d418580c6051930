"""Builds the steps of a chain and passes one document down them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from time import perf_counter

from attrs import frozen

from copydesk.config import StepUse, group
from copydesk.document import Document
from copydesk.fingerprint import fingerprint_steps, identify_item
from copydesk.ledger import Result
from copydesk.reason import explain, trace_back
from copydesk.record import StepOutcome, StepTrace
from copydesk.spec import Drop, Entering
from copydesk.steps.bound import BoundStep
from copydesk.steps.delta import pack


@frozen
class Finished:
    """A document that came to the end of the chain."""

    document: Document


@frozen
class Dropped:
    """A document that a step took out, on purpose."""

    step: str
    reason: str


@frozen
class Failed:
    """A document that a step could not process."""

    step: str
    reason: str
    traceback: str
    stop: bool = False
    """The chain says that the run must end here."""


@frozen
class Passage:
    """One document's way down the chain."""

    end: Finished | Dropped | Failed
    traces: tuple[StepTrace, ...]
    """The steps it came by."""
    results: tuple[Result, ...]
    """What steps made of it that is worth keeping."""


@frozen
class Stage:
    """One step of a document's way, for those who watch."""

    use: StepUse
    before: Document
    """What the step was given."""
    after: Document | Drop | BaseException | None
    """What it returned or raised; None where its condition was false, or it was not needed."""
    trace: StepTrace


Watch = Callable[[Stage], None]
"""Told of each step when it has ended."""

_After = Document | Drop | BaseException | None
_NOTHING: Mapping[str, bytes] = {}
# Seconds; a faster step is cheaper to run again than to keep the result of.
_WORTH_KEEPING = 0.0005


class _Way:
    """A passage while it goes on."""

    def __init__(
        self, document: Document, recalled: Mapping[str, bytes], watch: Watch | None
    ) -> None:
        self._document = document
        self._recalled = recalled
        self._traces: list[StepTrace] = []
        self._results: list[Result] = []
        self._watch = watch

    def pass_on(self, step: BoundStep, before: Document) -> _After:
        """Return what a step makes of a document; what it raises is returned too."""
        began = perf_counter()
        after: _After
        key = self._key(step) if self._recalled else ""
        try:
            after = step.process(before, self._recalled.get(key))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - it costs one document
            after = error
        seconds = perf_counter() - began
        outcome, note = _judge(step, after)
        trace = step.trace(before, outcome, seconds, note)
        self._traces.append(trace)
        if self._watch is not None:
            self._watch(Stage(step.use, before, after, trace))
        if seconds > _WORTH_KEEPING and isinstance(after, Document) and key not in self._recalled:
            packed = pack(before, after)
            if packed is not None:
                self._results.append((self._key(step, -1), packed))
        return after

    def pass_by(self, step: BoundStep, document: Document, winner: BoundStep) -> None:
        """Note that a step was not tried, as the one before it was enough."""
        trace = step.trace(document, "skipped", 0.0, f"'{winner.label}' came first")
        self._traces.append(trace)
        if self._watch is not None:
            self._watch(Stage(step.use, document, None, trace))

    def close(self, end: Finished | Dropped | Failed) -> Passage:
        return Passage(end, tuple(self._traces), tuple(self._results))

    def _key(self, step: BoundStep, before: int | None = None) -> str:
        """Return what a result of `step` is kept under.

        It is good for this step after these outcomes of the steps before it, on this very item:
        the same content at another place, or of another kind, may become something else.
        """
        outcomes = "".join([trace.outcome[0] for trace in self._traces[:before]])
        return f"{step.fingerprint}:{identify_item(self._document)}:{outcomes}"


class Chain:
    """The built steps of one worker."""

    def __init__(self, uses: Sequence[StepUse], entering: Entering) -> None:
        self._entering = entering
        prints = iter(fingerprint_steps(uses))
        steps = [[BoundStep(use, next(prints)) for use in members] for members in group(uses)]
        places = accumulate(map(len, steps), initial=0)
        self._links = list(zip(places, steps, strict=False))
        self._length = len(uses)

    def process(
        self,
        document: Document,
        recalled: Mapping[str, bytes] = _NOTHING,
        watch: Watch | None = None,
    ) -> Passage:
        """Return what became of the document; never raises for a bad one.

        `recalled` holds results of earlier runs, as `Passage.results` gave them.
        """
        way = _Way(document, recalled, watch)
        for place, members in self._links:
            step = members[0]
            if len(members) > 1:
                step, after = self._try(members, place, document, way)
            else:
                self._entering(place, step.timeout_seconds)
                after = way.pass_on(step, document)
            if isinstance(after, Document):
                document = after
            elif after is not None:
                end = _conclude(step, after)
                if end is not None:
                    return way.close(end)
        self._entering(self._length, 0.0)  # from here on its record is made
        return way.close(Finished(document))

    def close(self) -> None:
        """Close every step that wants it."""
        for _, members in self._links:
            for step in members:
                step.close()

    def _try(
        self, members: Sequence[BoundStep], place: int, document: Document, way: _Way
    ) -> tuple[BoundStep, _After]:
        """Return the first of several steps that makes a document, else the last that did not."""
        last: tuple[BoundStep, _After] = members[0], None
        for number, step in enumerate(members):
            self._entering(place + number, step.timeout_seconds)
            after = way.pass_on(step, document)
            if isinstance(after, Document):
                for spare in members[number + 1 :]:
                    way.pass_by(spare, document, step)
                return step, after
            if after is not None:
                last = step, after
        return last


def _judge(step: BoundStep, after: _After) -> tuple[StepOutcome, str | None]:
    """Return what the record says became of a document in a step, and why."""
    if isinstance(after, Document):
        return "done", None
    if after is None:
        return "skipped", None
    if isinstance(after, Drop):
        return ("failed", after.reason) if step.use.first else ("done", None)
    return "failed", explain(after)


def _conclude(step: BoundStep, after: Drop | BaseException) -> Dropped | Failed | None:
    """Return what becomes of a document, None where it goes on without the step."""
    if isinstance(after, Drop):
        return Dropped(step.label, after.reason)
    on_error = step.use.on_error
    if on_error == "skip":
        return None
    if on_error == "drop":
        return Dropped(step.label, explain(after))
    return Failed(step.label, explain(after), trace_back(after), on_error == "stop")
