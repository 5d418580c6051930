"""Turns the dates of other calendars into those of ISO 8601, if there is such a day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

_BUDDHIST = 543
_ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "民國": 1911,
    "民国": 1911,
}
ERA_NAMES = tuple(_ERAS)
"""Eras by which years are counted in Japan and Taiwan."""
_EARLIEST, _LATEST = 1000, 2199
_NO_YEAR = 2000
"""Stands for the year of a date without one: 29 February is a day."""


def write(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """Return the date in ISO 8601, as precise as what is known, or nothing if there is none such.

    A year of the Buddhist era, which Thai news counts by, is turned into the common one.
    """
    if year is not None:
        year = from_buddhist(year)
        if not _EARLIEST <= year <= _LATEST:
            return None
    if month is not None and not 1 <= month <= 12:
        return None
    if month and day is not None and not 1 <= day <= monthrange(year or _NO_YEAR, month)[1]:
        return None
    head = "--" if year is None else f"{year:04}" + ("-" if month else "")
    return head + "-".join(f"{part:02}" for part in (month, day) if part)


def from_buddhist(year: int) -> int:
    """Return the common year of one that can only be of the Buddhist era."""
    return year - _BUDDHIST if 2400 <= year <= 2700 else year


def from_era(era: str, year: int) -> int:
    """Return the common year of one counted from the beginning of an era."""
    return _ERAS[era] + year


def from_persian(year: int, month: int, day: int) -> str | None:
    """Return the ISO date of a day of the Solar Hijri calendar, 1206 to 1498, or nothing."""
    if not (1206 <= year <= 1498 and 1 <= month <= 12 and 1 <= day <= (31 if month <= 6 else 30)):
        return None
    # A cycle of 33 years has 8 leap years; in these centuries it gives each new year's day.
    days = 365 * (year - 1) + (8 * (year - 1) + 29) // 33 + day - 1
    days += 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    found = date(622, 3, 21) + timedelta(days=days)
    return found.isoformat()
