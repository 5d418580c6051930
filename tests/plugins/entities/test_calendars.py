"""Tests of calendars and of ISO 8601 dates."""

from __future__ import annotations

import pytest

from copydesk_entities import calendars


@pytest.mark.parametrize(
    ("parts", "date"),
    [
        ((2024,), "2024"),
        ((2024, 3), "2024-03"),
        ((2024, 3, 5), "2024-03-05"),
        ((None, 3, 5), "--03-05"),
        ((None, 3), "--03"),
        ((2567, 3, 5), "2024-03-05"),
        ((None, 2, 29), "--02-29"),
        ((2023, 2, 29), None),
        ((2024, 13), None),
        ((999,), None),
    ],
)
def test_write(parts: tuple[int | None, ...], date: str | None) -> None:
    """A date is as precise as its parts, of the common era, and a day that there is."""
    assert date == calendars.write(*parts)


@pytest.mark.parametrize(
    ("persian", "date"),
    [
        ((1357, 11, 22), "1979-02-11"),
        ((1370, 1, 1), "1991-03-21"),
        ((1375, 1, 1), "1996-03-20"),
        ((1399, 12, 30), "2021-03-20"),
        ((1400, 1, 1), "2021-03-21"),
        ((1403, 1, 1), "2024-03-20"),
        ((1403, 12, 30), "2025-03-20"),
        ((1404, 7, 1), "2025-09-23"),
    ],
)
def test_persian(persian: tuple[int, int, int], date: str) -> None:
    """Days of the Solar Hijri calendar fall where almanacs say."""
    assert date == calendars.from_persian(*persian)


def test_no_persian_days() -> None:
    """There is no thirteenth month, nor a 31st in the second half of the year."""
    assert calendars.from_persian(1403, 13, 1) is None
    assert calendars.from_persian(1403, 7, 31) is None


def test_eras() -> None:
    """The first year of Reiwa is 2019."""
    assert 2019 == calendars.from_era("令和", 1)
