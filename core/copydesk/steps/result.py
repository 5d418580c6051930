"""Holds what a step returns to what it may return, before it is believed."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from copydesk.document import Document, Entity, Language, LanguageSpan, Removed
from copydesk.metadata import Metadata
from copydesk.reason import tidy
from copydesk.spans import Segment
from copydesk.spec import Drop

_TUPLES = {
    "segments": Segment,
    "removed": Removed,
    "languages": LanguageSpan,
    "entities": Entity,
}


def accept(before: Document, after: Any, label: str) -> Document | Drop:
    """Return what a step made, with its label on what is new.

    Raises `TypeError` or `ValueError` for what no step may return.
    """
    if isinstance(after, Drop):
        return _accept_drop(after)
    if not isinstance(after, Document):
        kind = type(after).__name__
        raise TypeError(f"the step returned a {kind}, not a Document or a Drop")
    if after is before:
        return before
    if after.item is not before.item or after.raw is not before.raw:
        raise ValueError("the step returned another document than it was given")
    if after.text is not before.text and after.segments is before.segments:
        after = _keep_map(before, after)
    _check(before, after)
    return _stamp(before, after, label)


def _accept_drop(drop: Drop) -> Drop:
    """Return a drop whose reason can be stored, printed and logged as it is."""
    reason: object = drop.reason
    if not isinstance(reason, str):
        raise TypeError(
            f"the step returned Drop({tidy(reason)}), whose reason is a {type(reason).__name__}; "
            'return Drop("why"), with text'
        )
    tidied = tidy(reason)
    return drop if tidied is reason else Drop(tidied)


def _keep_map(before: Document, after: Document) -> Document:
    """Return `after` with a map that is true, for a step that set the text by itself.

    Offsets into the text before are of no use in the new one: what was found there goes.
    """
    if before.text is None or after.text is None or after.text == before.text:
        return after
    return evolve(
        after,
        segments=before.with_text(after.text).segments,
        languages=() if after.languages is before.languages else after.languages,
        entities=() if after.entities is before.entities else after.entities,
    )


def _check(before: Document, after: Document) -> None:
    """Look at the fields that have changed."""
    for name, kind in _TUPLES.items():
        values = getattr(after, name)
        if values is getattr(before, name):
            continue
        if not isinstance(values, tuple) or not all(isinstance(value, kind) for value in values):
            raise TypeError(f"the step set '{name}' to what is no tuple of {kind.__name__}")
    if after.language is not before.language:
        _check_language(after.language)
    if after.metadata is not before.metadata:
        _check_metadata(after.metadata)
    _check_offsets(before, after)


def _check_offsets(before: Document, after: Document) -> None:
    text = after.text or ""
    if after.languages is not before.languages:
        for span in after.languages:
            _check_span(span.start, span.end, span.confidence, len(text), f"language {span.code}")
    if after.entities is not before.entities:
        for entity in after.entities:
            name = f"entity '{entity.text}'"
            _check_span(entity.start, entity.end, entity.confidence, len(text), name)
            if text[entity.start : entity.end] != entity.text:
                raise ValueError(f"{name} is not at {entity.start}-{entity.end} of the text")


def _check_span(start: int, end: int, confidence: float, length: int, name: str) -> None:
    if not 0 <= start <= end <= length:
        raise ValueError(f"{name} is at {start}-{end} of a text of {length} characters")
    if not 0.0 <= confidence <= 1.0:
        raise ValueError(f"{name} has the confidence {confidence}, not one from 0 to 1")


def _check_language(language: Any) -> None:
    if language is not None and not isinstance(language, Language):
        raise TypeError(f"the step set 'language' to a {type(language).__name__}")


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, Metadata):
        raise TypeError(f"the step set 'metadata' to a {type(metadata).__name__}")
    for name in ("authors", "categories", "tags"):
        values = getattr(metadata, name)
        if not isinstance(values, tuple) or not all(isinstance(value, str) for value in values):
            raise TypeError(f"the step set 'metadata.{name}' to what is no tuple of str")


def _sign(entity: Entity, label: str) -> Entity:
    """Return an entity with its step; `evolve` takes twice as long, and there are many."""
    return Entity(
        entity.start, entity.end, entity.text, entity.label, entity.confidence, entity.value,
        entity.link, label,
    )  # fmt: skip


def _stamp(before: Document, after: Document, label: str) -> Document:
    if after.removed is not before.removed:
        removed = [r if r.step else evolve(r, step=label) for r in after.removed]
        after = evolve(after, removed=tuple(removed))
    if after.entities is not before.entities:
        entities = [e if e.step else _sign(e, label) for e in after.entities]
        after = evolve(after, entities=tuple(entities))
    return after
