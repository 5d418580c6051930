"""Tests of reading bounds from validators."""

from __future__ import annotations

from typing import Any

import pytest
from attrs.validators import (
    and_,
    deep_iterable,
    ge,
    gt,
    in_,
    instance_of,
    le,
    lt,
    matches_re,
    max_len,
    min_len,
    optional,
)

from copydesk.bounds import bounds_of, describe_bounds


@pytest.mark.parametrize(
    ("validator", "bounds"),
    [
        (None, {}),
        (ge(5), {"minimum": 5}),
        (gt(5), {"exclusiveMinimum": 5}),
        (le(5), {"maximum": 5}),
        (lt(5), {"exclusiveMaximum": 5}),
        (in_(["a", "b"]), {"enum": ["a", "b"]}),
        (in_([object]), {}),
        (min_len(1), {"minLength": 1}),
        (max_len(9), {"maxLength": 9}),
        (matches_re("[a-z]+"), {"pattern": "^(?:[a-z]+)$"}),
        (matches_re("[a-z]+", func=None), {"pattern": "^(?:[a-z]+)$"}),
        (matches_re("a(?P<b>c)"), {}),
        (matches_re("(?i)a"), {}),
        (optional(ge(5)), {"minimum": 5}),
        (and_(ge(5), le(9), instance_of(int)), {"minimum": 5, "maximum": 9}),
        (lambda *_: None, {}),
    ],
)
def test_bounds(validator: Any, bounds: dict[str, Any]) -> None:
    """What attrs' own validators demand is known; what others demand is left out."""
    assert bounds == bounds_of(validator)


def test_bounds_of_lists() -> None:
    """The bounds of a list and of its items are kept apart."""
    validator: Any = deep_iterable(ge(1), min_len(2))

    assert {"minItems": 2, "items": {"minimum": 1}} == bounds_of(validator, sized="Items")


@pytest.mark.parametrize(
    ("bounds", "words"),
    [
        ({}, ""),
        ({"minimum": 5, "maximum": 9}, "at least 5, at most 9"),
        ({"exclusiveMinimum": 0}, "over 0"),
        ({"minLength": 2}, "at least 2 characters"),
        ({"items": {"minimum": 1}}, ""),
    ],
)
def test_bounds_in_words(bounds: dict[str, Any], words: str) -> None:
    """Bounds are told in words."""
    assert words == describe_bounds(bounds)
