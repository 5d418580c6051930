"""Builds the steps of a chain and passes one document down them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from time import perf_counter
from typing import Any

from attrs import frozen

from copydesk.conditions import Condition, compile_condition
from copydesk.config import StepUse
from copydesk.delta import pack, unpack
from copydesk.document import Document
from copydesk.errors import DocumentError, PluginError
from copydesk.fingerprint import fingerprint_steps, hash_options, identify_item
from copydesk.ledger import Result
from copydesk.reason import explain, trace_back
from copydesk.record import StepOutcome, StepTrace
from copydesk.spec import Drop, Entering, Step, StepSpec
from copydesk.step_result import accept


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
    """What it returned or raised; None where its condition was false."""
    trace: StepTrace


Watch = Callable[[Stage], None]
"""Told of each step when it has ended."""

_NOTHING: Mapping[str, bytes] = {}
# Seconds; a faster step is cheaper to run again than to keep the result of.
_WORTH_KEEPING = 0.0005


class _Way:
    """A passage while it goes on."""

    def __init__(self, document: Document, watch: Watch | None) -> None:
        self._document = document
        self._traces: list[StepTrace] = []
        self._results: list[Result] = []
        self._watch = watch
        self._began = 0.0

    def begin(self) -> None:
        self._began = perf_counter()

    def end(
        self,
        step: _BoundStep,
        before: Document,
        after: Document | Drop | BaseException | None,
        outcome: StepOutcome,
    ) -> float:
        """Trace a step and return how many seconds it took."""
        seconds = perf_counter() - self._began
        note = explain(after) if isinstance(after, BaseException) else None
        trace = step.trace(outcome, seconds, note)
        self._traces.append(trace)
        if self._watch is not None:
            self._watch(Stage(step.use, before, after, trace))
        return seconds

    def key(self, step: _BoundStep, before: int | None = None) -> str:
        """Return what a result of `step` is kept under.

        It is good for this step after these outcomes of the steps before it, on this very item:
        the same content at another place, or of another kind, may become something else.
        """
        outcomes = "".join([trace.outcome[0] for trace in self._traces[:before]])
        return f"{step.fingerprint}:{identify_item(self._document)}:{outcomes}"

    def keep(self, step: _BoundStep, before: Document, after: Document) -> None:
        """Keep the result of the step that was traced last."""
        packed = pack(before, after)
        if packed is not None:
            self._results.append((self.key(step, -1), packed))

    def close(self, end: Finished | Dropped | Failed) -> Passage:
        return Passage(end, tuple(self._traces), tuple(self._results))


class Chain:
    """The built steps of one worker."""

    def __init__(self, uses: Sequence[StepUse], entering: Entering) -> None:
        self._entering = entering
        self._steps = [
            _BoundStep(use, fingerprint)
            for use, fingerprint in zip(uses, fingerprint_steps(uses), strict=True)
        ]

    def process(
        self,
        document: Document,
        recalled: Mapping[str, bytes] = _NOTHING,
        watch: Watch | None = None,
    ) -> Passage:
        """Return what became of the document; never raises for a bad one.

        `recalled` holds results of earlier runs, as `Passage.results` gave them.
        """
        way = _Way(document, watch)
        for place, step in enumerate(self._steps):
            self._entering(place, step.timeout_seconds)
            way.begin()
            try:
                key = way.key(step) if recalled else ""
                after = step.process(document, recalled.get(key))
            except (Exception, SystemExit) as error:  # noqa: BLE001 - it costs one document
                way.end(step, document, error, "failed")
                end = step.fail(error)
                if end is not None:
                    return way.close(end)
                continue
            if isinstance(after, Drop):
                way.end(step, document, after, "done")
                return way.close(Dropped(step.label, after.reason))
            if after is None:
                way.end(step, document, None, "skipped")
                continue
            seconds = way.end(step, document, after, "done")
            if seconds > _WORTH_KEEPING and key not in recalled:
                way.keep(step, document, after)
            document = after
        self._entering(len(self._steps), 0.0)  # from here on its record is made
        return way.close(Finished(document))

    def close(self) -> None:
        """Close every step that wants it."""
        for step in self._steps:
            step.close()


class _BoundStep:
    """One use of a step, built."""

    def __init__(self, use: StepUse, fingerprint: str) -> None:
        spec = use.offer.spec
        if not isinstance(spec, StepSpec):
            raise TypeError(f"'{use.use}' is not a step")
        self.use = use
        self.label = use.label
        self.fingerprint = fingerprint
        self.timeout_seconds = use.timeout_seconds or 0.0
        self._on_error = use.on_error
        self._needs = [need for need in spec.needs if need in _MAY_BE_MISSING]
        self._condition: Condition | None = compile_condition(use.when) if use.when else None
        self._step: Step = _build(use, spec)
        self._trace = StepTrace(
            use=use.use,
            label=use.label,
            plugin=use.offer.plugin,
            version=use.offer.version,
            options_sha256=hash_options(use.options),
            seconds=0.0,
            outcome="done",
        )

    def process(self, document: Document, recalled: bytes | None) -> Document | Drop | None:
        """Return the document changed, a drop, or None where the condition is false."""
        if self._condition is not None and not self._condition.holds(document):
            return None
        for need in self._needs:
            if getattr(document, need) is None:
                raise DocumentError(f"it needs '{need}', which no step before it has given")
        if recalled is not None:
            return unpack(document, recalled)
        after = self._step.process(document)
        return accept(document, after, self.label)

    def fail(self, error: BaseException) -> Dropped | Failed | None:
        """Return what an error makes of the document, None to go on without this step."""
        if self._on_error == "skip":
            return None
        if self._on_error == "drop":
            return Dropped(self.label, explain(error))
        return Failed(self.label, explain(error), trace_back(error), self._on_error == "stop")

    def trace(self, outcome: StepOutcome, seconds: float, note: str | None) -> StepTrace:
        mine = self._trace
        return StepTrace(
            mine.use, mine.label, mine.plugin, mine.version, mine.options_sha256,
            round(seconds, 6), outcome, note,
        )  # fmt: skip

    def close(self) -> None:
        close = getattr(self._step, "close", None)
        if close is not None:
            with suppress(Exception):  # the documents are done; a failing farewell changes nothing
                close()


_MAY_BE_MISSING = frozenset({"text", "encoding", "language"})


def _build(use: StepUse, spec: StepSpec[Any]) -> Step:
    try:
        return spec.build(use.options)
    except Exception as error:
        raise PluginError(
            f"step '{use.label}' ({use.use} from {use.offer.plugin}) cannot be built: "
            f"{explain(error)}"
        ) from error
