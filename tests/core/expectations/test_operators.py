"""Tests of comparing what is found with what is wanted."""

from __future__ import annotations

from typing import Any

import pytest

from copydesk.expectations.operators import OPERATORS, Near, Part, Shape

PERSON = {"text": "Elon Musks", "label": "PERSON", "value": None}
MONEY = {"text": "$5", "label": "MONEY", "value": {"number": 5, "currency": "USD"}}


def shape(operator: str = "equals", **wanted: Any) -> Shape:
    """Return a shape whose parts are compared in one way."""
    return Shape(
        tuple(Part(tuple(path.split("__")), OPERATORS[operator], of) for path, of in wanted.items())
    )


FITS: list[tuple[str, Any, Any]] = [
    ("equals", "de", "de"),
    ("equals", None, None),
    ("equals", 5, 5.0),
    ("equals", ["a", "b"], ("a", "b")),
    ("equals", [PERSON], (shape(label="PERSON"),)),
    ("contains", "abc", ("a", "bc")),
    ("contains", ["a", "b"], ("b",)),
    ("contains", [PERSON, MONEY], (shape(value__number=5), shape(label="PERSON"))),
    ("contains", [PERSON], (shape("contains", text=("Musk",)),)),
    ("lacks", "abc", ("x", "ac")),
    ("lacks", [PERSON], (shape(label="ORG"), shape(label="PERSON", text="Elon"))),
    ("lacks", None, ("x",)),
    ("matches", "2024-11", r"^\d{4}-\d\d$"),
    ("at_least", 5, 5.0),
    ("at_most", 5, 5.0),
    ("at_least", "abc", 3.0),
    ("at_most", [], 0.0),
    ("close_to", 0.905, Near(0.9)),
    ("close_to", -99, Near(-100)),
    ("close_to", 0.5, Near(0.9, 0.4)),
]

OBJECTIONS: list[tuple[str, Any, Any, str]] = [
    ("equals", "nl", "de", "found 'nl', expected 'de'"),
    ("equals", None, "de", "found null, expected 'de'"),
    ("equals", True, 1, "found true, expected 1"),
    ("equals", ["a"], ("a", "b"), "found ['a'], expected ['a', 'b']"),
    (
        "equals", "a" * 150 + "x" + "c" * 60, "a" * 150 + "y",
        f"differs at character 150: found '…{'a' * 40}x{'c' * 39}…', expected '…{'a' * 40}y'",
    ),
    ("contains", "abc", ("a", "x"), "'x' is not in it; found 'abc'"),
    (
        "contains", [PERSON, MONEY], (shape(text="Elon Musk", label="PERSON"),),
        (
            "no entry is {text: 'Elon Musk', label: 'PERSON'}; "
            "the nearest of 2 is {text: 'Elon Musks', label: 'PERSON'}"
        ),
    ),
    ("contains", [], (shape(text="a"),), "no entry is {text: 'a'}; there are none"),
    ("contains", None, ("a",), "no entry is 'a'; there are none"),
    ("lacks", "abxcd", ("x",), "'x' is in it, at character 2: 'abxcd'"),
    (
        "lacks", [MONEY], (shape(value__currency="USD"),),
        (
            "an entry is {value.currency: 'USD'}: "
            "{text: '$5', label: 'MONEY', value: {number: 5, currency: 'USD'}}"
        ),
    ),
    ("matches", "abc", "^b", "no match for '^b'; found 'abc'"),
    ("matches", None, "b", "no match for 'b'; found null"),
    ("at_least", 4, 5.0, "found 4, expected at least 5"),
    ("at_least", ["a"], 2.0, "found 1 entries, expected at least 2"),
    ("at_least", None, 2.0, "found null, expected at least 2"),
    ("at_most", "abc", 2.5, "found 3 characters, expected at most 2.5"),
    ("close_to", 0.8, Near(0.9), "found 0.8, expected 0.9, 0.009 more or less"),
]  # fmt: skip


@pytest.mark.parametrize(("operator", "found", "wanted"), FITS)
def test_what_fits(operator: str, found: Any, wanted: Any) -> None:
    """Where all is well there is nothing to say."""
    assert "" == OPERATORS[operator].object_to(found, wanted)


@pytest.mark.parametrize(("operator", "found", "wanted", "words"), OBJECTIONS)
def test_what_does_not(operator: str, found: Any, wanted: Any, words: str) -> None:
    """What was found and what was wanted are both told."""
    assert words == OPERATORS[operator].object_to(found, wanted)


@pytest.mark.parametrize("operator", OPERATORS)
def test_huge_values_give_short_messages(operator: str) -> None:
    """However large a text or a list is, its message can be read."""
    wanted = {
        "contains": ("x" * 9999,), "lacks": ("a",), "matches": "x", "at_least": 1e99,
        "at_most": 1.0, "close_to": Near(1e99),
    }.get(operator, "b" * 9999)  # fmt: skip

    for found in ("a" * 99_999, [MONEY | {"text": "a"}] * 9999):
        assert len(OPERATORS[operator].object_to(found, wanted)) < 1500
