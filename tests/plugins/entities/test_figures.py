"""Tests of the reading of dates in figures."""

from __future__ import annotations

import pytest

from copydesk_entities import figures
from copydesk_entities.figures import Figures
from copydesk_entities.place import Place

FIGURES = Figures({"en": "mdy", "fr": "dmy", "ko": "ymd"})


def read(text: str, *tongues: str, start: int = 0, region: str = "") -> tuple[str, str] | None:
    """Return the date at a place of a text: as it is written, and in ISO 8601."""
    found = FIGURES.read(Place(text, text, start, tongues=tongues, region=region))
    return (text[found.start : found.end], found.date) if found else None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024/3/05", "2024-03-05"),
        ("05.03.2024", "2024-03-05"),
        ("25/3/2024", "2024-03-25"),
        ("3/25/2024", "2024-03-25"),
        ("2024年3月5日", "2024-03-05"),
        ("2024 年 3 月", "2024-03"),
        ("2015年", "2015"),
        ("24年12月26日", "2024-12-26"),
        ("98年3月", "1998-03"),
        ("11月", "--11"),
        ("2024년 3월 5일", "2024-03-05"),
        ("2024. 3. 5.", "2024-03-05"),
    ],
)
def test_figures(text: str, date: str) -> None:
    """Figures are read where the order leaves no doubt."""
    assert (text, date) == read(text)


def test_the_language_orders_day_and_month() -> None:
    """The month comes first in the English of the United States only."""
    assert ("3/5/2024", "2024-03-05") == read("3/5/2024", "en")
    assert ("3/5/2024", "2024-05-03") == read("3/5/2024", "en", region="GB")
    assert ("3/5/2024", "2024-05-03") == read("3/5/2024", "fr")
    assert read("3/5/2024") is None


def test_eras() -> None:
    """Years of a reign are counted from its first."""
    assert ("令和6年3月", "2024-03") == read("令和6年3月", start=2)
    assert ("民國113年", "2024") == read("民國113年", start=2)


@pytest.mark.parametrize("text", ["2024-13-05", "1.2.3", "32.1.2024", "2020年代", "13月", "1.1.24"])
def test_no_dates(text: str) -> None:
    """What is no day of a month, or a decade, is no date."""
    assert read(text, "fr") is None


def test_chinese_numerals() -> None:
    """Dates in Chinese numerals need a year or a day; a month alone may be a duration."""
    assert "2024-03" == getattr(figures.read_han("二〇二四年三月", 0), "date", None)
    assert "--04-12" == getattr(figures.read_han("四月十二日", 0), "date", None)
    assert figures.read_han("三月", 0) is None
