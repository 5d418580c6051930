"""Holds what a step returns to what it may return, before it is believed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import is_
from typing import Any

from attrs import evolve

from copydesk.document import Document, Encoding, Entity, Language, LanguageSpan, Removed
from copydesk.metadata import Metadata
from copydesk.reason import tidy
from copydesk.spans import Segment
from copydesk.spec import Drop
from copydesk.steps.kinds import (
    demand,
    is_encoding,
    is_entity,
    is_extra,
    is_language,
    is_metadata,
    is_removed,
    is_segment,
    is_span,
    refuse,
)

_bare = object.__new__


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
        _check_text("text", after.text)
        after = _keep_map(before, after)
    _check(before, after)
    return _sign_all(before, after, label)


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
    """Look at the fields that have changed, but for those that get the step's label."""
    if after.sha256 is not before.sha256 and after.sha256 != before.sha256:
        raise ValueError("the step changed 'sha256', which is that of the bytes")
    if after.media_type is not before.media_type and type(after.media_type) is not str:
        refuse("media_type", after.media_type, "str")
    if after.source is not before.source:
        _check_source(before, after)
    if after.text is not before.text:
        _check_text("text", after.text)
    _check_told(before, after)
    if after.extra is not before.extra and not is_extra(after.extra):
        extra = dict(after.extra) if isinstance(after.extra, Mapping) else after.extra
        demand("extra", extra, Mapping[str, Mapping[str, Any]], "a dict of dicts")
    if after.segments is not before.segments:
        _take("segments", before.segments, after.segments, Segment, is_segment)
    if after.languages is not before.languages:
        _check_spans(before, after)


def _check_told(before: Document, after: Document) -> None:
    """Look at encoding, language and metadata."""
    found = after.encoding
    if found is not before.encoding and found is not None and not is_encoding(found):
        demand("encoding", found, Encoding, "Encoding | None")
    language = after.language
    if language is not before.language and language is not None and not is_language(language):
        _check_language(language)
    if after.metadata is not before.metadata and not is_metadata(after.metadata):
        _check_metadata(after.metadata)


def _check_source(before: Document, after: Document) -> None:
    _check_text("source", after.source)
    if after.encoding is before.encoding and after.source != before.source:
        raise ValueError(
            "the step changed 'source', which is set with 'encoding' and then stays; "
            "use `document.decoded(text, encoding)`, or `document.with_text(text)`"
        )


def _check_text(name: str, text: Any) -> None:
    if type(text) is not str and text is not None:
        refuse(name, text, "str | None")


def _check_language(language: Any) -> None:
    if not isinstance(language, Language):
        raise TypeError(f"the step set 'language' to a {type(language).__name__}")
    demand("language", language, Language, "Language | None")


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, Metadata):
        raise TypeError(f"the step set 'metadata' to a {type(metadata).__name__}")
    for name in ("authors", "categories", "tags"):
        values = getattr(metadata, name)
        if not isinstance(values, tuple) or not all(isinstance(value, str) for value in values):
            raise TypeError(f"the step set 'metadata.{name}' to what is no tuple of str")
    demand("metadata", metadata, Metadata, "Metadata")


def _take(
    name: str,
    before: tuple[Any, ...],
    after: Any,
    kind: type[Any],
    is_sound: Callable[[Any], bool],
) -> tuple[Any, ...]:
    """Return those of some values that are new, if each is of a kind."""
    fresh = _find_fresh(name, before, after, kind)
    for value in fresh:
        if not is_sound(value):
            _demand_member(name, after, value, kind)
    return fresh


def _find_fresh(name: str, before: tuple[Any, ...], after: Any, kind: type[Any]) -> tuple[Any, ...]:
    """Return what follows the old values, if they come first, as steps add to what there is."""
    if not isinstance(after, tuple):
        raise TypeError(f"the step set '{name}' to what is no tuple of {kind.__name__}")
    count = len(before)
    return after[count:] if count <= len(after) and all(map(is_, before, after)) else after


def _demand_member(name: str, values: tuple[Any, ...], value: Any, kind: type[Any]) -> None:
    """Raise `TypeError` for one of some values, if it cannot be written."""
    if not isinstance(value, kind):
        raise TypeError(f"the step set '{name}' to what is no tuple of {kind.__name__}")
    number = next(number for number, it in enumerate(values) if it is value)
    demand(f"{name}[{number}]", value, kind, kind.__name__)


def _check_spans(before: Document, after: Document) -> None:
    known = before.languages if after.text is before.text else ()
    length = len(after.text or "")
    for span in _take("languages", known, after.languages, LanguageSpan, is_span):
        if not (0 <= span.start <= span.end <= length and 0.0 <= span.confidence <= 1.0):
            _refuse_span(span, length, f"language {span.code}")


def _take_removed(before: Document, after: Document, label: str) -> tuple[Removed, ...]:
    fresh = _take("removed", before.removed, after.removed, Removed, is_removed)
    kept = after.removed[: len(after.removed) - len(fresh)]
    return (*kept, *[piece if piece.step else evolve(piece, step=label) for piece in fresh])


def _take_entities(before: Document, after: Document, label: str) -> tuple[Entity, ...]:
    known = before.entities if after.text is before.text else ()
    fresh = _find_fresh("entities", known, after.entities, Entity)
    text = after.text or ""
    length = len(text)
    signed = []
    for entity in fresh:  # there are many: what is right must pass with little ado
        if not is_entity(entity):
            _demand_member("entities", after.entities, entity, Entity)
        start, end = entity.start, entity.end
        if not (0 <= start <= end <= length and 0.0 <= entity.confidence <= 1.0):
            _refuse_span(entity, length, f"entity '{entity.text}'")
        if text[start:end] != entity.text:
            raise ValueError(f"entity '{entity.text}' is not at {start}-{end} of the text")
        signed.append(entity if entity.step else _sign(entity, label))
    return (*after.entities[: len(after.entities) - len(fresh)], *signed)


def _sign_all(before: Document, after: Document, label: str) -> Document:
    """Return the document with a step's label on what it has removed and found."""
    if after.removed is not before.removed:
        after = evolve(after, removed=_take_removed(before, after, label))
    if after.entities is not before.entities:
        after = evolve(after, entities=_take_entities(before, after, label))
    return after


def _refuse_span(span: LanguageSpan | Entity, length: int, name: str) -> None:
    if not 0 <= span.start <= span.end <= length:
        raise ValueError(f"{name} is at {span.start}-{span.end} of a text of {length} characters")
    raise ValueError(f"{name} has the confidence {span.confidence}, not one from 0 to 1")


def _sign(entity: Entity, label: str) -> Entity:
    """Return an entity with its step."""
    if type(entity) is not Entity:
        return evolve(entity, step=label)
    # Its values are known to be right, and there are many: `Entity(...)` takes half as long again.
    signed = _bare(Entity)
    values = signed.__dict__
    values.update(entity.__dict__)
    values["step"] = label
    return signed
