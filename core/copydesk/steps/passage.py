"""One document's way down the chain: how it ended, and what each step made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter

from attrs import frozen

from copydesk.config import StepUse
from copydesk.document import Document
from copydesk.fingerprint import identify_item
from copydesk.interrupt import pass_interrupt
from copydesk.ledger import Result
from copydesk.reason import explain, trace_back
from copydesk.record import StepOutcome, StepTrace
from copydesk.spec import Drop
from copydesk.steps.bound import After, BoundStep
from copydesk.steps.delta import FORMAT, pack, unpack


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


@frozen
class Passage:
    """A way that is over."""

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
    after: After
    """What it returned or raised; None where its condition was false, or it was not needed."""
    trace: StepTrace


Watch = Callable[[Stage], None]
"""Told of each step when it has ended."""

_NOTHING: Mapping[str, bytes] = {}
# Seconds; a faster step is cheaper to run again than to keep the result of.
_WORTH_KEEPING = 0.0005


class Way:
    """A passage while it goes on."""

    def __init__(
        self,
        document: Document,
        recalled: Mapping[str, bytes] = _NOTHING,
        watch: Watch | None = None,
    ) -> None:
        self.document = document
        """As the last step left it."""
        self.end: Dropped | Failed | None = None
        """Why it goes no further."""
        self.sha256 = document.sha256
        """SHA-256 of the bytes it was made from, in hex."""
        self._identity = ""
        self._first = document
        self._recalled = recalled
        self._taken = ""
        self._traces: list[StepTrace] = []
        self._results: list[Result] = []
        self._watch = watch

    def recall(self, step: BoundStep) -> Document | None:
        """Return what `step`, the next one, made of this document in an earlier run.

        What is damaged is not there: the step does its work again, and that is kept instead.
        """
        if not self._recalled:
            return None
        key = self._key(step)
        packed = self._recalled.get(key)
        found = None if packed is None else unpack(self.document, packed)
        self._taken = "" if found is None else key
        return found

    def attempt(self, step: BoundStep) -> After:
        """Return what a step makes of the document; what it raises is returned too."""
        began = perf_counter()
        after: After
        try:
            recalled = self.recall(step) if self._recalled else None
            after = step.process(self.document, recalled)
        except BaseException as error:  # noqa: BLE001 - it costs one document
            pass_interrupt(error)
            after = error
        self.note(step, after, perf_counter() - began)
        return after

    def note(self, step: BoundStep, after: After, seconds: float) -> None:
        """Keep what a step made of the document, and tell who watches."""
        if seconds > _WORTH_KEEPING and isinstance(after, Document):
            self._keep(self._key(step), after)
        outcome, words = _judge(step, after)
        self._trace(step, after, step.trace(self.document, outcome, seconds, words))

    def pass_by(self, step: BoundStep, winner: BoundStep) -> None:
        """Note that a step was not tried, as the one before it was enough."""
        note = f"'{winner.label}' came first"
        self._trace(step, None, step.trace(self.document, "skipped", 0.0, note))

    def go_on(self, step: BoundStep, after: After) -> None:
        """Take what a step made as the document, or end here."""
        if isinstance(after, Document):
            self.document = after
        elif after is not None:
            self.end = _conclude(step, after)

    def close(self) -> Passage:
        """Return the way as it was."""
        end = self.end or Finished(self.document)
        return Passage(end, tuple(self._traces), tuple(self._results))

    def _keep(self, key: str, after: Document) -> None:
        packed = None if key == self._taken else pack(self.document, after)
        if packed is not None:
            self._results.append((key, packed))

    def _trace(self, step: BoundStep, after: After, trace: StepTrace) -> None:
        self._traces.append(trace)
        if self._watch is not None:
            self._watch(Stage(step.use, self.document, after, trace))

    def _key(self, step: BoundStep) -> str:
        """Return what a result of `step`, the next one, is kept under.

        It is good for this step after these outcomes of the steps before it, on this very item:
        the same content at another place, or of another kind, may become something else.
        """
        outcomes = "".join([trace.outcome[0] for trace in self._traces])
        self._identity = self._identity or identify_item(self._first)
        return f"{step.fingerprint}:{self._identity}:{outcomes}:{FORMAT}"


def _judge(step: BoundStep, after: After) -> tuple[StepOutcome, str | None]:
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
    return Failed(step.label, explain(after), trace_back(after))
