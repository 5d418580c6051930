"""Tests of the reading of currencies."""

from __future__ import annotations

import pytest

from copydesk_entities import tables
from copydesk_entities.money import Money
from copydesk_entities.phrases import fold
from copydesk_entities.place import Place

MONEY = Money(tables.load())


def around(text: str, start: int, end: int, *tongues: str, **known: str) -> tuple[int, int, str]:
    """Return the extent and the currency of the amount text[start:end]."""
    place = Place(text, fold(text), start, tongues=tongues, region=known.get("region", ""))
    return MONEY.around(place, end)


@pytest.mark.parametrize(
    ("text", "start", "end", "found"),
    [
        ("$5", 1, 2, (0, 2, "USD")),
        ("US$ 5", 4, 5, (0, 5, "USD")),
        ("5 dollars", 0, 1, (0, 9, "USD")),
        ("5 Canadian dollars", 0, 1, (0, 18, "CAD")),
        ("EUR 5", 4, 5, (0, 5, "EUR")),
        ("$5 CAD", 1, 2, (0, 6, "CAD")),
        ("€5 bus", 1, 2, (0, 2, "EUR")),
        ("5 people", 0, 1, (0, 1, "")),
        ("MUSD 5", 5, 6, (5, 6, "")),
    ],
)
def test_currencies(text: str, start: int, end: int, found: tuple[int, int, str]) -> None:
    """Signs, codes and names are found on either side of the number."""
    assert found == around(text, start, end, "en")


def test_a_link_may_stand_before_the_name() -> None:
    """`milliards de dollars` and `milliards d'euros` are joined by a preposition."""
    assert (0, 12, "USD") == around("2 de dollars", 0, 1, "fr")
    assert (0, 9, "EUR") == around("2 d'euros", 0, 1, "fr")


def test_the_region_says_which_dollar() -> None:
    """In Australian English a dollar is Australian unless it says otherwise."""
    assert "AUD" == around("$5", 1, 2, "en", region="AU")[2]
    assert "AUD" == around("5 dollars", 0, 1, "en", region="AU")[2]
    assert "USD" == around("5 US dollars", 0, 1, "en", region="AU")[2]


def test_nothing_reaches_back_over_the_amount_before() -> None:
    """A sign that belongs to the amount before is not taken twice."""
    place = Place("5$ 6", "5$ 6", 3, last=2, tongues=("en",))

    assert (3, 4, "") == MONEY.around(place, 4)


def test_the_second_of_a_range_has_the_currency_of_the_first() -> None:
    """After a dash the currency of the amount before goes on."""
    place = Place("$5-6", "$5-6", 3, last=2, currency="USD", tongues=("en",))

    assert (3, 4, "USD") == MONEY.around(place, 4)
