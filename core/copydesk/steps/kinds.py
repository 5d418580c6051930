"""Knows which values a record can hold in a field of a document, and names those it cannot."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, NoReturn, get_args

import msgspec
from attrs import fields, has

from copydesk.document import Candidate, Encoding, Entity, Language, LanguageSpan, Removed, Value
from copydesk.fields import fields_of, is_list, is_union, item_type
from copydesk.metadata import Metadata
from copydesk.reason import tidy
from copydesk.spans import Segment

# Exact types are asked for one by one, since every document comes by here; what has others, such as
# an `Enum` for a label, may still be fit to be written, and is tried.

_TEXT = (str, type(None))
_SURE_LINES = frozenset(_TEXT)
_WHOLE = (int, type(None))
_NUMBER = (float, int)
_LISTS = {"authors", "categories", "tags"}
_LINES = attrgetter(*[field.name for field in fields(Metadata) if field.name not in _LISTS])
_SHOWN = 80  # characters of a value


def is_segment(it: Any) -> bool:
    """Return whether it is a segment that can surely be written."""
    return type(it) is Segment and (
        type(it.start) is type(it.end) is type(it.source_start) is type(it.source_end) is int
    )


def is_removed(it: Any) -> bool:
    """Return whether it is a removed piece that can surely be written."""
    return (
        type(it) is Removed
        and type(it.text) is type(it.reason) is type(it.step) is str
        and type(it.start) in _WHOLE
        and type(it.end) in _WHOLE
    )


def is_span(it: Any) -> bool:
    """Return whether it is the span of a language that can surely be written."""
    return (
        type(it) is LanguageSpan
        and type(it.start) is type(it.end) is int
        and type(it.code) is str
        and type(it.confidence) in _NUMBER
    )


def is_entity(it: Any) -> bool:
    """Return whether it is an entity that can surely be written."""
    if type(it) is not Entity:
        return False
    link, value, number = it.link, it.value, type(it.confidence)
    return (
        type(it.start) is int
        and type(it.end) is int
        and type(it.text) is str
        and type(it.label) is str
        and type(it.step) is str
        and (number is float or number is int)
        and (link is None or type(link) is str)
        and (value is None or _is_value(value))
    )


def is_language(it: Any) -> bool:
    """Return whether it is a language that can surely be written."""
    return (
        type(it) is Language
        and type(it.code) is str
        and (it.script is None or type(it.script) is str)
        and _is_share(it.confidence)
        and _are_candidates(it.candidates)
    )


def is_encoding(it: Any) -> bool:
    """Return whether it is an encoding that can surely be written."""
    return (
        type(it) is Encoding
        and type(it.name) is type(it.method) is str
        and type(it.replaced) is int
        and _is_share(it.confidence)
        and _are_candidates(it.candidates)
    )


def is_metadata(it: Any) -> bool:
    """Return whether it is metadata that can surely be written."""
    return (
        type(it) is Metadata
        and _SURE_LINES.issuperset(map(type, _LINES(it)))
        and _are_texts(it.authors)
        and _are_texts(it.categories)
        and _are_texts(it.tags)
    )


def is_extra(it: Any) -> bool:
    """Return whether it is what plugins add, as far as can be told without writing it."""
    return isinstance(it, dict) and all(
        type(name) is str and type(values) is dict for name, values in it.items()
    )


def demand(path: str, value: Any, kind: Any, wanted: str) -> None:
    """Raise `TypeError` that names what of `value` cannot be written, and read again as `kind`."""
    if not _can_be_kept(value, kind):
        _descend(path, value, kind, wanted)


def refuse(path: str, value: Any, wanted: str) -> NoReturn:
    """Raise `TypeError` that names a field, what it was set to and what it may be."""
    shown = tidy(repr(value))
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    raise TypeError(
        f"the step set '{path}' to {shown}, of type {type(value).__name__}; "
        f"give {wanted.replace(' | ', ' or ')}"
    )


def _can_be_kept(value: Any, kind: Any) -> bool:
    try:
        msgspec.json.decode(msgspec.json.encode(value), type=kind)
    except (TypeError, ValueError, OverflowError, RecursionError):
        return False
    return True


def _descend(path: str, value: Any, kind: Any, wanted: str) -> NoReturn:
    """Go down to the part that is wrong, and refuse it."""
    kind = next((part for part in get_args(kind) if has(part)), kind) if is_union(kind) else kind
    if has(kind) and isinstance(value, kind):
        hints = {field.name: field.type for field in fields(kind)}
        for field in fields_of(kind):
            part = getattr(value, field.name)
            if not _can_be_kept(part, field.kind):
                _descend(f"{path}.{field.name}", part, field.kind, str(hints[field.name]))
    if is_list(kind) and isinstance(value, tuple | list):
        inner = item_type(kind)
        for number, part in enumerate(value):
            if not _can_be_kept(part, inner):
                _descend(f"{path}[{number}]", part, inner, inner.__name__)
    refuse(path, value, wanted)


def _are_texts(them: Any) -> bool:
    return type(them) is tuple and (not them or set(map(type, them)) == {str})


def _is_share(value: Any) -> bool:
    return (type(value) is float or type(value) is int) and 0.0 <= value <= 1.0


def _is_value(it: Any) -> bool:
    if type(it) is not Value:
        return False
    number, currency, unit, date = it.number, it.currency, it.unit, it.date
    return (
        (number is None or type(number) is int or type(number) is float)
        and (currency is None or type(currency) is str)
        and (unit is None or type(unit) is str)
        and (date is None or type(date) is str)
    )


def _are_candidates(them: Any) -> bool:
    if type(them) is not tuple:
        return False
    for it in them:
        if type(it) is not Candidate or type(it.name) is not str or not _is_share(it.confidence):
            return False
    return True
