"""A date in a text."""

from __future__ import annotations

from attrs import frozen

from copydesk_entities import calendars


@frozen
class Dated:
    """The place of a date, and the date."""

    start: int
    end: int
    date: str
    """ISO 8601, as precise as the text: `2024`, `2024-03`, `2024-03-05`, `--03-05`, `--03`."""


def dated(
    start: int, end: int, year: int | None, month: int | None = None, day: int | None = None
) -> Dated | None:
    """Return the date at a place, or nothing if there is no such day."""
    date = calendars.write(year, month, day)
    return Dated(start, end, date) if date else None
