"""One use of a step, built: what a worker holds to call it on documents."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from attrs import frozen

from copydesk.conditions.condition import Condition, compile_condition
from copydesk.config import StepUse
from copydesk.document import Document
from copydesk.errors import DocumentError, PluginError
from copydesk.fingerprint import hash_options
from copydesk.reason import explain
from copydesk.record import StepOutcome, StepTrace
from copydesk.spec import Drop, Step, StepSpec
from copydesk.steps.delta import unpack
from copydesk.steps.result import accept

_MAY_BE_MISSING = frozenset({"text", "encoding", "language"})


@frozen
class _Variant:
    """A step as it was built from one set of options."""

    step: Step
    trace: StepTrace
    """What is the same each time it runs."""


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
        self._needs = [need for need in spec.needs if need in _MAY_BE_MISSING]
        self._condition: Condition | None = compile_condition(use.when) if use.when else None
        self._usual = _build(use, spec, use.options)
        self._by_language = {
            code: _build(use, spec, options, f" for {code}")
            for code, options in use.by_language.items()
        }

    def process(self, document: Document, recalled: bytes | None) -> Document | Drop | None:
        """Return the document changed, a drop, or None where the condition is false."""
        if self._condition is not None and not self._condition.holds(document):
            return None
        for need in self._needs:
            if getattr(document, need) is None:
                raise DocumentError(f"it needs '{need}', which no step before it has given")
        if recalled is not None:
            return unpack(document, recalled)
        variant = self._choose(document) if self._by_language else self._usual
        after = accept(document, variant.step.process(document), self.label)
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
            close = getattr(variant.step, "close", None)
            if close is not None:
                # the documents are done; a failing farewell changes nothing
                with suppress(Exception):
                    close()

    def _choose(self, document: Document) -> _Variant:
        """Return what the step is for a language, such as `pt-BR`, or for `pt` if that is all."""
        if document.language is None:
            return self._usual
        code = document.language.code
        found = self._by_language.get(code) or self._by_language.get(code.partition("-")[0])
        return found or self._usual


def _is_blank(text: str | None) -> bool:
    return not text or text.isspace()


def _build(use: StepUse, spec: StepSpec[Any], options: Any, purpose: str = "") -> _Variant:
    try:
        step = spec.build(options)
    except Exception as error:
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
    return _Variant(step, trace)
