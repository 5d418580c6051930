"""What each step of a chain saw of one document, and what it made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from attrs import field, frozen

from copydesk.conditions.condition import Condition
from copydesk.document import Document, Encoding, Entity, Language, LanguageSpan
from copydesk.errors import DocumentError
from copydesk.explanation.redline import Redline, compare_texts
from copydesk.ledger import Outcome
from copydesk.reason import trace_back
from copydesk.record import StepTrace
from copydesk.spec import Drop
from copydesk.steps.passage import Stage

_AROUND = 40  # characters that are shown on each side of an entity
_LONGEST = 200  # characters of a value that a condition asked for


@frozen(slots=False)
class Answer:
    """What a condition asked of a document, and what it got."""

    expression: str
    is_true: bool | None
    """None where it has no answer."""
    variables: Mapping[str, Any]
    """The values that it asked for, by name; texts are cut."""


@frozen(slots=False)
class Mention:
    """An entity that a step found, and the text around it."""

    entity: Entity
    before: str
    after: str


@frozen(slots=False)
class Difference:
    """One value that a step changed."""

    field: str
    before: Any
    after: Any


@frozen(slots=False)
class StepAccount:
    """One step of the way; what it did not change is null or empty."""

    trace: StepTrace
    """Its name, its label, its time and its outcome."""
    condition: Answer | None = None
    dropped: str | None = None
    """The reason for which it took the document out."""
    error: str = ""
    """The traceback of an error that nobody foresaw."""
    encoding: Encoding | None = None
    text: Redline | None = None
    language: Language | None = None
    languages: tuple[LanguageSpan, ...] = ()
    found: tuple[Mention, ...] = ()
    """Entities that were not there before."""
    lost: tuple[Entity, ...] = ()
    """Entities that are not there any more, wherever they stood."""
    other: tuple[Difference, ...] = ()
    """Media type, metadata and what plugins add."""


@frozen(slots=False)
class Explanation:
    """A document's whole way."""

    key: str
    """Its name in the ledger."""
    chain: str
    """The chain's file."""
    media_type: str
    """As the source told it."""
    size: int
    """Bytes; 0 if they could not be read."""
    sha256: str
    """SHA-256 of its bytes, in hex."""
    steps: tuple[StepAccount, ...]
    outcome: str
    """`done`, `dropped` or `quarantined`."""
    step: str
    """Label of the step that dropped or failed it; empty for the read."""
    reason: str
    traceback: str
    left_out: tuple[str, ...] = ()
    """Labels of the steps that were not asked for."""
    record: Any = field(default=None, repr=False)
    """What would be published, in plain values; null if there is none."""

    @property
    def seconds(self) -> float:
        """Time in all steps together."""
        return sum(step.trace.seconds for step in self.steps)


def explain_outcome(
    chain: str, media_type: str, stages: Sequence[Stage], outcome: Outcome
) -> Explanation:
    """Return the way of a document that has gone down a chain."""
    return Explanation(
        key=outcome.key,
        chain=chain,
        media_type=media_type,
        size=len(stages[0].before.raw) if stages else 0,
        sha256=outcome.sha256,
        steps=tuple(map(explain_stage, stages)),
        outcome=outcome.state,
        step=outcome.step,
        reason=outcome.reason,
        traceback=outcome.traceback,
        record=msgspec.json.decode(outcome.record) if outcome.record else None,
    )


def explain_stage(stage: Stage) -> StepAccount:
    """Return what one step saw and changed."""
    before, after = stage.before, stage.after
    condition = _ask(stage.use.when, before) if stage.use.when else None
    if isinstance(after, Document):
        return StepAccount(stage.trace, condition, **_changes(before, after))
    if isinstance(after, Drop):
        return StepAccount(stage.trace, condition, dropped=after.reason)
    error = trace_back(after) if after is not None else ""
    return StepAccount(stage.trace, condition, error=error)


def _ask(expression: str, document: Document) -> Answer:
    condition = Condition(expression)
    values = {variable.name: _cut(variable.get(document)) for variable in condition.variables}
    try:
        return Answer(expression, condition.holds(document), values)
    except DocumentError:
        return Answer(expression, None, values)


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:_LONGEST]}…"
    return value


def _changes(before: Document, after: Document) -> dict[str, Any]:
    found, lost = _compare_entities(before, after)
    changes: dict[str, Any] = {"found": found, "lost": lost}
    changes["other"] = tuple(_differences(before, after))
    for name in ("encoding", "language", "languages"):
        if getattr(before, name) != getattr(after, name) and getattr(after, name):
            changes[name] = getattr(after, name)
    if before.text != after.text:
        changes["text"] = compare_texts(before, after)
    return changes


def _compare_entities(
    before: Document, after: Document
) -> tuple[tuple[Mention, ...], tuple[Entity, ...]]:
    """Return the entities that came and those that went; one that only moved did neither."""
    if before.entities is after.entities:
        return (), ()
    old, new = (set(map(_name, document.entities)) for document in (before, after))
    text = after.text or ""
    found = [_mention(entity, text) for entity in after.entities if _name(entity) not in old]
    return tuple(found), tuple(e for e in before.entities if _name(e) not in new)


def _mention(entity: Entity, text: str) -> Mention:
    first, last = max(0, entity.start - _AROUND), entity.end + _AROUND
    before, after = "…" if first else "", "…" if last < len(text) else ""
    return Mention(entity, before + text[first : entity.start], text[entity.end : last] + after)


def _name(entity: Entity) -> tuple[object, ...]:
    return entity.text, entity.label, entity.value, entity.link, entity.step


def _differences(before: Document, after: Document) -> Iterator[Difference]:
    """Yield the other fields that differ, with what plugins add."""
    old, new = (dict(_others(document)) for document in (before, after))
    for name in {**old, **new}:
        if old.get(name) != new.get(name):
            yield Difference(name, old.get(name), new.get(name))


def _others(document: Document) -> Iterator[tuple[str, Any]]:
    yield "media_type", document.media_type
    for name, value in msgspec.to_builtins(document.metadata).items():
        if value:
            yield f"metadata.{name}", value
    for namespace, values in document.extra.items():
        for name, value in values.items():
            yield f"extra.{namespace}.{name}", value
