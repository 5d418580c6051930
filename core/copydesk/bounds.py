"""Reads from attrs validators which values they allow, as keywords of JSON Schema."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Bounds = Mapping[str, Any]
"""Keywords of JSON Schema, such as `minimum`."""

_NUMBERS = {
    ">=": "minimum",
    ">": "exclusiveMinimum",
    "<=": "maximum",
    "<": "exclusiveMaximum",
}
_FOREIGN = re.compile(r"\(\?(?!:|=|!)|\\[AZz]|[*+?}]\+|\\p")
_WORDS: dict[str, str] = {
    "minimum": "at least {}",
    "exclusiveMinimum": "over {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "under {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {}",
    "maxItems": "at most {}",
    "pattern": "of the form {}",
}


def bounds_of(validator: Any, *, sized: str = "Length") -> dict[str, Any]:
    """Return what a validator demands; what cannot be known is left out.

    `sized` ends the keywords for a length: `Length` of a text, `Items` of a list, `Properties` of a
    mapping.
    """
    read = _READERS.get(type(validator).__name__)
    return read(validator, sized) if read else {}


def describe_bounds(bounds: Bounds) -> str:
    """Return bounds in words: `at least 5, at most 10`; nothing if there are none."""
    return ", ".join(_WORDS[key].format(value) for key, value in bounds.items() if key in _WORDS)


def _number(validator: Any, _: str) -> dict[str, Any]:
    keyword = _NUMBERS.get(validator.compare_op)
    return {keyword: validator.bound} if keyword else {}


def _choice(validator: Any, _: str) -> dict[str, Any]:
    options = list(validator.options)
    return {"enum": options} if all(isinstance(item, str | int | float) for item in options) else {}


def _pattern(validator: Any, _: str) -> dict[str, Any]:
    """Return a pattern that means the same in JavaScript's dialect, which JSON Schema uses."""
    pattern = validator.pattern
    if pattern.flags & ~re.UNICODE or _FOREIGN.search(pattern.pattern):
        return {}
    ends = {"fullmatch": "^(?:{})$", "match": "^(?:{})"}
    frame = ends.get(getattr(validator.match_func, "__name__", ""), "{}")
    return {"pattern": frame.format(pattern.pattern)}


def _shortest(validator: Any, sized: str) -> dict[str, Any]:
    return {f"min{sized}": validator.min_length}


def _longest(validator: Any, sized: str) -> dict[str, Any]:
    return {f"max{sized}": validator.max_length}


def _inner(validator: Any, sized: str) -> dict[str, Any]:
    return bounds_of(validator.validator, sized=sized)


def _all(validator: Any, sized: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in validator._validators:  # noqa: SLF001 - attrs offers no other way to ask
        found |= bounds_of(part, sized=sized)
    return found


def _members(validator: Any, sized: str) -> dict[str, Any]:
    whole = bounds_of(validator.iterable_validator, sized=sized)
    each = bounds_of(validator.member_validator)
    return whole | ({"items": each} if each else {})


_READERS: dict[str, Callable[[Any, str], dict[str, Any]]] = {
    "_NumberValidator": _number,
    "_InValidator": _choice,
    "_MatchesReValidator": _pattern,
    "_MinLengthValidator": _shortest,
    "_MaxLengthValidator": _longest,
    "_OptionalValidator": _inner,
    "_AndValidator": _all,
    "_DeepIterable": _members,
}
