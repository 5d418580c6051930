"""Tests what speaks against a text."""

import pytest

from copydesk_encoding.cost import weigh


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("schöne Grüße", "schıne Gr³Àe"),
        ("L’été", "Lí\x8et\x8e"),
        ("café", "cafи"),
        ("naïve idée", "naÏve idÉe"),
        ("l'œuvre", "l'½uvre"),
        ("Привет", "ОПХБЕР"[:3] + "вет"),
        ("Número", "N·mero"),
        ("col·lecció", "col˙lecció"),
        ("15\u00a0Schweine", "15áSchweine"),
        ("İstanbul, ığdır", "Ýstanbul, ýðdýr"),
    ],
)
def test_what_people_write_costs_less(likely: str, unlikely: str) -> None:
    """Text as it is written costs less than what a wrong encoding makes of it."""
    assert weigh(likely, "windows-1252") < weigh(unlikely, "windows-1252")


def test_rare_signs_cost_more() -> None:
    """Signs that the makers of a two-byte set held to be common cost less than the others."""
    assert weigh("今日中国", "gb18030") < weigh("亍丌兀丐", "gb18030")


def test_ascii_costs_nothing() -> None:
    """All encodings read ASCII alike, so it says nothing."""
    assert 0 == weigh("plain text", "windows-1252")
