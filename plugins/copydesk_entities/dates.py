"""Reads dates with the names of months, and years that stand alone."""

from __future__ import annotations

import re

from copydesk_entities import calendars
from copydesk_entities.dated import Dated, dated
from copydesk_entities.figures import Figures
from copydesk_entities.phrases import Found
from copydesk_entities.place import Place
from copydesk_entities.tables import Tables
from copydesk_entities.tongues import choose

_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|\.|-го|-е)?(?!\d)")
_YEAR = re.compile(r"(\d{4})(?!\d|[.,]\d)")
_DAY_AFTER_MONTH = re.compile(
    r"(\d{1,2})(?!\d)(?:st|nd|rd|th|er|º)?(?:,?[ \u00a0\u202f]{1,2}(\d{4})(?!\d))?"
)
_GAP = re.compile(r"[ \u00a0\u202f,.]{0,3}")
_VIETNAMESE = re.compile(
    r"(?:(\d{1,2})[ \u00a0]tháng[ \u00a0])?(\d{1,2})(?:(?:/|[ \u00a0]năm[ \u00a0])(\d{4}))?(?!\d)"
)
_YEAR_AFTER = re.compile(r"[-–](?:1[5-9]|20)\d\d(?!\d)")
_YEAR_BEFORE = re.compile(r"(?:\D|^)(?:1[5-9]|20)\d\d[-–/]$")
_TAIL = frozenset("%‰％٪$€£¥₽₹°:/")
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_RECENT = (1900, 2050)
_MOST_GAP = 3


class Dates:
    """Reads the date that a digit begins, ends or belongs to."""

    def __init__(self, tables: Tables) -> None:
        """Take the words for months, between the parts, and around bare years."""
        self._tables = tables
        self._figures = Figures(tables.orders)

    def read(self, place: Place) -> Dated | None:
        """Return the date around a number, or nothing."""
        date = (
            self._figures.read(place)
            or self._day_first(place)
            or self._month_first(place)
            or _read_vietnamese(place.folded, place.start)
            or self._bare_year(place)
        )
        return date if date and date.start >= place.last else None

    def _day_first(self, place: Place) -> Dated | None:
        """Read `5 March 2024`, `5. März`, `1er de enero de 2024`."""
        text, folded, start = place.text, place.folded, place.start
        day = _DAY.match(text, start)
        if not day:
            return None
        at = self._after_link(folded, day.end())
        month = self._tables.months.beginning(folded, at)
        meaning = month and choose(month, text, place.tongues)
        if not month or not meaning:
            return self._persian(place, int(day[1]), at)
        number = int(meaning.value)
        at = self._after_link(folded, month.end)
        year = _YEAR.match(text, at) if at > month.end else None
        if year:
            return dated(start, year.end(), int(year[1]), number, int(day[1]))
        return dated(start, month.end, None, number, int(day[1]))

    def _persian(self, place: Place, day: int, at: int) -> Dated | None:
        """Read a day of the Solar Hijri calendar, whose month's name is at `at`."""
        month = self._tables.persian.beginning(place.folded, at)
        if not month:
            return None
        year = _YEAR.match(place.text, self._after_link(place.folded, month.end))
        number = int(month.meanings[0].value)
        date = calendars.from_persian(int(year[1]), number, day) if year else None
        return Dated(place.start, year.end(), date) if year and date else None

    def _month_first(self, place: Place) -> Dated | None:
        """Read `March 2024`, `March 5, 2024`, `noviembre de 2023`."""
        text, folded, start = place.text, place.folded, place.start
        at = _before_gap(folded, start)
        link = self._tables.date_links.ending(folded, at) if at < start else None
        month = self._month_before(place, at)
        if not month and link:
            month = self._month_before(place, _before_gap(folded, link.start))
        if not month:
            return None
        found, number = month
        if year := _YEAR.match(text, start):
            return dated(found.start, year.end(), int(year[1]), number)
        day = _DAY_AFTER_MONTH.match(text, start)
        if not day or text[day.end() : day.end() + 1].isalpha():
            return None
        return dated(found.start, day.end(), int(day[2]) if day[2] else None, number, int(day[1]))

    def _month_before(self, place: Place, end: int) -> tuple[Found, int] | None:
        found = self._tables.months.ending(place.folded, end)
        meaning = found and choose(found, place.text, place.tongues)
        return (found, int(meaning.value)) if found and meaning else None

    def _bare_year(self, place: Place) -> Dated | None:
        """Read a year that a word before or after it, or brackets, make one."""
        text, folded, start = place.text, place.folded, place.start
        year = _YEAR.match(text, start)
        if not year or not _is_likely(int(year[1]), place):
            return None
        end = year.end()
        following = text[end : end + 1]
        if following and (following in _TAIL or following.isalpha()):
            return None
        is_year = (
            self._tables.after_years.beginning(folded, _after_gap(folded, end)) is not None
            or self._has_word_before(folded, start, int(year[1]))
            or (text[start - 1 : start] in ("(", "（") and following in (")", "）"))
            or _is_in_range(text, start, end)
        )
        return dated(start, end, int(year[1])) if is_year else None

    def _has_word_before(self, folded: str, start: int, year: int) -> bool:
        place = _before_gap(folded, start)
        if place == start:
            return False
        is_recent = _RECENT[0] <= year <= _RECENT[1]
        return self._tables.sure_years.ending(folded, place) is not None or (
            is_recent and self._tables.likely_years.ending(folded, place) is not None
        )

    def _after_link(self, folded: str, place: int) -> int:
        """Return the place after spaces, commas and linking words: `de`, `พ.ศ.`."""
        place = _after_gap(folded, place)
        link = self._tables.date_links.beginning(folded, place)
        return _after_gap(folded, link.end) if link else place


def _is_likely(year: int, place: Place) -> bool:
    """Say whether a number is a year that news speaks of, in Thai also one of the Buddhist era."""
    if place.tongues and place.tongues[0] == "th":
        year = calendars.from_buddhist(year)
    return _FIRST_YEAR <= year <= _LAST_YEAR


def _read_vietnamese(folded: str, start: int) -> Dated | None:
    """Read `5 tháng 3 năm 2024` and `tháng 3/2024`: months are numbered."""
    found = _VIETNAMESE.match(folded, start)
    first = start if found and found[1] else start - len("tháng ")
    if not found or first < 0 or not (found[1] or folded[first : start - 1] == "tháng"):
        return None
    day, month, year = (int(group) if group else None for group in found.groups())
    return dated(first, found.end(), year, month, day)


def _is_in_range(text: str, start: int, end: int) -> bool:
    """Say whether the year is one of the two of `2019-2021`."""
    return bool(
        _YEAR_AFTER.match(text, end) or _YEAR_BEFORE.search(text[max(start - 6, 0) : start])
    )


def _after_gap(folded: str, place: int) -> int:
    found = _GAP.match(folded, place)
    return found.end() if found else place


def _before_gap(folded: str, place: int) -> int:
    least = max(place - _MOST_GAP, 0)
    while place > least and folded[place - 1] in " \u00a0\u202f,":
        place -= 1
    return place
