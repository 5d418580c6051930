"""Tests of the reading of numbers in digits."""

from __future__ import annotations

import pytest

from copydesk_entities import numerals


def number(text: str, decimal: str = "") -> tuple[str, float] | None:
    """Return the first number of a text, as it is written and as a value."""
    found, _ = numerals.read(text, 0, decimal)
    return (text[found.start : found.end], found.number) if found else None


@pytest.mark.parametrize(
    ("text", "decimal", "surface", "value"),
    [
        ("77593", "", "77593", 77593),
        ("77,593", ".", "77,593", 77593),
        ("77.593", ",", "77.593", 77593),
        ("77 593", ",", "77 593", 77593),
        ("77\u202f593\u00a0000", ",", "77\u202f593\u00a0000", 77593000),
        ("77'593", ",", "77'593", 77593),
        ("1,234,567.5", ".", "1,234,567.5", 1234567.5),
        ("1.234.567,5", ",", "1.234.567,5", 1234567.5),
        ("12,34,567", ".", "12,34,567", 1234567),
        ("13,7", ",", "13,7", 13.7),
        ("13.7", ".", "13.7", 13.7),
        ("13.70", ".", "13.70", 13.7),
        ("2.0", ".", "2.0", 2),
        ("2,500", "", "2,500", 2500),
        ("2.500", "", "2.500", 2.5),
        ("0.125", ",", "0.125", 0.125),
        ("3,5", ".", "3", 3),
        ("2023 100", ",", "2023", 2023),
        ("1 2 3", "", "1", 1),
        ("٣٫٥", ".", "٣٫٥", 3.5),
        ("١٬٢٣٤", ".", "١٬٢٣٤", 1234),
        ("१,२५०", ".", "१,२५०", 1250),
    ],
)
def test_separators(text: str, decimal: str, surface: str, value: float) -> None:
    """Groups and fractions are told apart by the mark, the digits after it and the language."""
    assert (surface, value) == number(text, decimal)


@pytest.mark.parametrize("text", ["1.2.3", "10.0.0.1", "1" * 31])
def test_no_quantities(text: str) -> None:
    """A chain of points and a very long run of digits are no numbers."""
    assert number(text) is None


def test_the_next_place_is_after_the_digits() -> None:
    """Reading goes on after what was read, or after all of a chain."""
    assert 6 == numerals.read("77,593 x", 0, ".")[1]
    assert 5 == numerals.read("1.2.3 x", 0, ".")[1]


def test_products_are_exact() -> None:
    """A decimal fraction times a power of ten is an integer, without the dust of floats."""
    assert 13_700_000_000 == numerals.multiply(13.7, 10**9)
    assert isinstance(numerals.multiply(13.7, 10**9), int)
    assert 1.5 == numerals.multiply(0.0015, 1000)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("12:30", 0, 2), ("12:30", 3, 5), ("555-12-7", 0, 3), ("5-55-7", 2, 4)],
)
def test_chains(text: str, start: int, end: int) -> None:
    """Parts of times and of telephone numbers are known by their neighbours."""
    assert numerals.is_chain(text, start, end)
    assert not numerals.is_chain("10-15", 0, 2)
