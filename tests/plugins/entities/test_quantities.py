"""Tests of the reading of numbers with words of scale."""

from __future__ import annotations

import pytest

from copydesk_entities import tables
from copydesk_entities.phrases import fold
from copydesk_entities.place import Place
from copydesk_entities.quantities import Quantities, Quantity, skip_joint

QUANTITIES = Quantities(tables.load())


def read(text: str, *tongues: str) -> Quantity:
    """Return the quantity at the beginning of a text."""
    quantity, _ = QUANTITIES.read(Place(text, fold(text), 0, tongues=tongues), 0)
    assert quantity is not None
    return quantity


@pytest.mark.parametrize(
    ("language", "text", "length", "value"),
    [
        ("en", "13.7 billion", 12, 13_700_000_000),
        ("fr", "13,7 milliards", 14, 13_700_000_000),
        ("hi", "5 लाख करोड़", 11, 5 * 10**12),
        ("zh", "100多亿", 5, 10**10),
        ("zh", "3千万", 3, 30_000_000),
        ("ko", "1조 2000억", 8, 1_200_000_000_000),
        ("ja", "3万5千", 4, 35_000),
        ("zh", "10万3月", 3, 100_000),
        ("ko", "3만 5명", 2, 30_000),
        ("en", "5 people", 1, 5),
    ],
)
def test_scales(language: str, text: str, length: int, value: float) -> None:
    """Words of scale multiply, and smaller parts are added, until something else begins."""
    quantity = read(text, language)

    assert (length, value) == (quantity.end, quantity.number)


def test_the_word_of_scale_tells_the_decimal_mark() -> None:
    """Where the language is not known, a Spanish word makes the point a thousands mark."""
    assert 12_000_000_000 == read("12.000 millones").number


def test_single_letters_need_a_unit() -> None:
    """`5m` may be five metres."""
    assert read("5m", "en").needs_unit
    assert not read("5 million", "en").needs_unit


def test_the_factor_is_that_of_the_words() -> None:
    """The factor is one without a word of scale."""
    assert 10**9 == read("13.7 billion", "en").factor
    assert 1 == read("13.7", "en").factor


@pytest.mark.parametrize(("text", "place"), [(" x", 1), ("-x", 1), ("-1", 0), ("x", 0), ("", 0)])
def test_joints(text: str, place: int) -> None:
    """One space, or a hyphen before a letter, joins a number and its unit."""
    assert place == skip_joint(text, 0)
