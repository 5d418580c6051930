"""Tests of the reading of dates with words."""

from __future__ import annotations

import pytest

from copydesk_entities import tables
from copydesk_entities.dates import Dates
from copydesk_entities.phrases import fold
from copydesk_entities.place import Place

DATES = Dates(tables.load())


def read(text: str, *tongues: str) -> tuple[str, str] | None:
    """Return the date around the first digit of a text: as it is written, and in ISO 8601."""
    start = next(index for index, letter in enumerate(text) if letter.isdigit())
    found = DATES.read(Place(text, fold(text), start, tongues=tongues))
    return (text[found.start : found.end], found.date) if found else None


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "March 5, 2023", "2023-03-05"),
        ("en", "March 5th", "--03-05"),
        ("en", "Sept. 11, 2001", "2001-09-11"),
        ("en", "3rd of May 2020", "2020-05-03"),
        ("de", "5. März 2024", "2024-03-05"),
        ("fr", "1er janvier 2024", "2024-01-01"),
        ("es", "noviembre de 2023", "2023-11"),
        ("ru", "марте 2023", "2023-03"),
        ("he", "5 במרץ 2024", "2024-03-05"),
        ("vi", "tháng 3/2024", "2024-03"),
        ("vi", "5 tháng 3", "--03-05"),
        ("th", "5 มีนาคม พ.ศ. 2567", "2024-03-05"),
        ("fa", "۱۵ فروردین ۱۴۰۳", "2024-04-03"),
    ],
)
def test_words(language: str, text: str, date: str) -> None:
    """Days, months and years are read in the order and with the links of each language."""
    assert (text, date) == read(text, language)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("since 2018", "2018"),
        ("the year 1515", "1515"),
        ("(2023)", "2023"),
        ("2019-2021", "2019"),
        ("2023 году", "2023"),
    ],
)
def test_bare_years(text: str, year: str) -> None:
    """A word, brackets or a range make a number a year."""
    assert (year, year) == read(text)


def test_stop_after_a_day() -> None:
    """A stop after the day ends the sentence: it is no part of the date."""
    assert ("Oct. 31", "--10-31") == read("Oct. 31. Then", "en")


def test_buddhist_years() -> None:
    """A bare year counts from the Buddha only in Thai; elsewhere it is a number."""
    assert ("2567", "2024") == read("พ.ศ. 2567", "th")
    assert ("2567", "2024") == read("ปี 2567", "th")
    assert read("since 2567", "en") is None


@pytest.mark.parametrize("text", ["2018 men", "in 1234", "in 2018%", "in 2018.5", "may 5 of", "5"])
def test_no_dates(text: str) -> None:
    """A number without such signs is none, nor is a month without its capital."""
    assert read(text, "en") is None


def test_quarters() -> None:
    """A quarter makes the number after it a year."""
    found = DATES.read(Place("Q3 2024", "q3 2024", 3))

    assert found is not None
    assert "2024" == found.date


def test_impossible_days_are_no_dates() -> None:
    """There is no 31 April."""
    assert read("31 April 2020", "en") is None
    assert ("29 February", "--02-29") == read("29 February", "en")
