"""Tests of the reading of per cent."""

from __future__ import annotations

from copydesk_entities import tables
from copydesk_entities.percents import Percents
from copydesk_entities.phrases import fold
from copydesk_entities.place import Place

PERCENTS = Percents(tables.load())


def place(text: str, start: int, *tongues: str) -> Place:
    """Return the place of a number in a text."""
    return Place(text, fold(text), start, tongues=tongues)


def test_after() -> None:
    """The sign or the word after the number, with or without a space."""
    assert 3 == PERCENTS.after(place("25%", 0, "en"), 2)
    assert 10 == PERCENTS.after(place("25 percent", 0, "en"), 2)
    assert 4 == PERCENTS.after(place("25 ٪", 0, "ar"), 2)
    assert PERCENTS.after(place("2 Prozentpunkte", 0, "de"), 1) is None


def test_before() -> None:
    """Some languages put the word or the sign first."""
    assert 0 == PERCENTS.before(place("yüzde 25", 6, "tr"))
    assert 0 == PERCENTS.before(place("%25", 1, "tr"))
    assert 0 == PERCENTS.before(place("百分之25", 3, "zh"))


def test_escapes_in_addresses_are_no_percentages() -> None:
    """`%20` is a space in an address, in Turkish text too."""
    assert PERCENTS.before(place("a%20b", 2, "tr")) is None
    assert PERCENTS.before(place("%20", 1, "en")) is None
