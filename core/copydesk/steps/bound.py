"""One use of a step, built: what a worker holds to call it on documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from attrs import field, frozen

from copydesk.built import Built
from copydesk.conditions.condition import Condition, compile_condition
from copydesk.config import StepUse
from copydesk.document import Document
from copydesk.errors import DocumentError, PluginError
from copydesk.fingerprint import hash_options
from copydesk.interrupt import pass_interrupt
from copydesk.reason import explain
from copydesk.record import StepOutcome, StepTrace
from copydesk.spec import Drop, StepSpec
from copydesk.steps.batch import Pace, call_batch
from copydesk.steps.promise import Promise
from copydesk.steps.result import accept

_MOST = 1000  # documents at once, for a step that does not say; no chunk has more
_MAY_BE_MISSING = frozenset({"text", "encoding", "language"})


After = Document | Drop | BaseException | None
"""What came of a document in a step; None where it was passed by, an error where it failed."""


@frozen(eq=False)
class Variant:
    """A step as it was built from one set of options."""

    built: Built[Any]
    trace: StepTrace
    """What is the same each time it runs."""

    is_batching: bool = field(init=False)
    """Whether it takes several documents at once."""
    call_one: Callable[[Document], Any] = field(init=False)
    """Returns what the step makes of a document by itself; raises what it raises."""

    @is_batching.default
    def _takes_many(self) -> bool:
        return hasattr(self.built.value, "process_batch")

    @call_one.default
    def _choose_call(self) -> Callable[[Document], Any]:
        found: Callable[[Document], Any] = (
            self._call_batch_of_one if self.is_batching else self.built.value.process
        )
        return found

    def call(self, documents: Sequence[Document]) -> list[Any]:
        """Return what the step makes of each document, or raises on it."""
        return call_batch(self.built.value.process_batch, documents)

    def _call_batch_of_one(self, document: Document) -> Any:
        (made,) = self.call([document])
        if isinstance(made, BaseException):
            raise made
        return made


class BoundStep:
    """One use of a step, built with its options for all documents and those for some languages."""

    def __init__(self, use: StepUse, fingerprint: str) -> None:
        spec = use.offer.spec
        if not isinstance(spec, StepSpec):
            raise TypeError(f"'{use.use}' is not a step")
        self.use = use
        self.label = use.label
        self.fingerprint = fingerprint
        self.timeout_seconds = use.timeout_seconds or 0.0
        self._promise = Promise(spec)
        self._needs = [need for need in spec.needs if need in _MAY_BE_MISSING]
        self._condition: Condition | None = compile_condition(use.when) if use.when else None
        self._usual = _build(use, spec, use.options)
        self.is_batching = self._usual.is_batching
        """Whether it gains from being given several documents at once."""
        self.pace = Pace(spec.batch_size or _MOST)
        """How many those are."""
        self._by_language = {
            code: _build(use, spec, options, f" for {code}")
            for code, options in use.by_language.items()
        }

    def process(self, document: Document, recalled: Document | None) -> Document | Drop | None:
        """Return the document changed, a drop, or None where the condition is false."""
        found = self.prepare(document, recalled)
        if not isinstance(found, Variant):
            return found
        return self.finish(document, found.call_one(document))

    def prepare(self, document: Document, recalled: Document | None) -> Variant | Document | None:
        """Return what is to be called, or what comes of the document without a call.

        `recalled` is what the step made of it in an earlier run, if that is known.
        """
        if self._condition is not None and not self._condition.holds(document):
            return None
        for need in self._needs:
            if getattr(document, need) is None:
                raise DocumentError(f"it needs '{need}', which no step before it has given")
        if recalled is not None:
            return recalled
        return self._choose(document) if self._by_language else self._usual

    def finish(self, document: Document, made: Any) -> Document | Drop:
        """Return what the step has made of a document, if it is what a step may make."""
        if isinstance(made, BaseException):
            raise made
        after = accept(document, made, self.label)
        if self._promise.is_bound and isinstance(after, Document):
            self._promise.check(document, after, self.label)
        if self.use.first is not None and isinstance(after, Document) and _is_blank(after.text):
            raise DocumentError("it leaves no text")
        return after

    def trace(
        self, document: Document, outcome: StepOutcome, seconds: float, note: str | None
    ) -> StepTrace:
        """Return what the record says of this step."""
        mine = (self._choose(document) if self._by_language else self._usual).trace
        return StepTrace(
            mine.use, mine.label, mine.plugin, mine.version, mine.options_sha256,
            round(seconds, 6), outcome, note,
        )  # fmt: skip

    def close(self) -> None:
        """Close the step, if it wants that."""
        for variant in (self._usual, *self._by_language.values()):
            # the documents are done; a failing farewell changes nothing
            with suppress(Exception, SystemExit):
                variant.built.close()

    def _choose(self, document: Document) -> Variant:
        """Return what the step is for a language, such as `pt-BR`, or for `pt` if that is all."""
        if document.language is None:
            return self._usual
        code = document.language.code
        found = self._by_language.get(code) or self._by_language.get(code.partition("-")[0])
        return found or self._usual


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def _enter(spec: StepSpec[Any], options: Any) -> Built[Any]:
    built = Built.of(spec.build(options))
    if not any(hasattr(built.value, name) for name in ("process", "process_batch")):
        kind = type(built.value).__name__
        raise TypeError(f"build returned a {kind}, which has neither process nor process_batch")
    return built


def _build(use: StepUse, spec: StepSpec[Any], options: Any, purpose: str = "") -> Variant:
    try:
        built = _enter(spec, options)
    except BaseException as error:
        pass_interrupt(error)
        raise PluginError(
            f"step '{use.label}' ({use.use} from {use.offer.plugin}) cannot be built{purpose}: "
            f"{explain(error)}"
        ) from error
    trace = StepTrace(
        use=use.use,
        label=use.label,
        plugin=use.offer.plugin,
        version=use.offer.version,
        options_sha256=hash_options(options),
        seconds=0.0,
        outcome="done",
    )
    return Variant(built, trace)
