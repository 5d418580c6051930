"""Reads dates: day, month and year in words and in figures."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence

from attrs import frozen
from copydesk_entities.lexicon import Lexicon, fold
from copydesk_entities.tongues import choose

_GAP = r"[ \u00a0\u202f]?"
_CJK = re.compile(
    rf"(?:(\d{{4}}){_GAP}[年년]{_GAP})?(\d{{1,2}}){_GAP}[月월](?:{_GAP}(\d{{1,2}}){_GAP}[日号號일])?"
)
_CJK_YEAR = re.compile(rf"(\d{{4}}){_GAP}[年년](?!代|级|級|度)")
_FIGURES = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{2,4})(?![\d])(?!\2\d)")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|re|º|ª|\.|-го|-е)?(?!\d)")
_YEAR = re.compile(r"(\d{4})(?!\d)(?![.,]\d)")
_AFTER_DAY = re.compile(r"(?:st|nd|rd|th|er|º|\.)?,?[ \u00a0\u202f]{1,2}")
_SPACE = re.compile(r"[ \u00a0\u202f,.]{0,3}")
_VIETNAMESE = re.compile(r"(\d{1,2})(?:(?:/|[ \u00a0]năm[ \u00a0])(\d{4}))?(?!\d)")
_VIETNAMESE_DAY = re.compile(r"(\d{1,2})[ \u00a0]tháng[ \u00a0]")
_BUDDHIST = 543
_EARLIEST, _LATEST = 1000, 2199


@frozen
class Dated:
    """A date in a text."""

    start: int
    end: int
    date: str
    """ISO 8601, of the precision that the text gives."""


class Dates:
    """Reads the dates that begin at, end with or surround a digit."""

    def __init__(self, months: Lexicon, links: Lexicon, years: tuple[Lexicon, Lexicon]) -> None:
        """Take the words for months, between the parts, and before and after bare years."""
        self._months = months
        self._links = links
        self._before, self._after = years
        self._orders: dict[str, str] = {}

    def learn_orders(self, orders: dict[str, str]) -> None:
        """Take the order of day, month and year in figures, by language."""
        self._orders = orders

    def read(self, text: str, folded: str, start: int, tongues: Sequence[str]) -> Dated | None:
        """Return the date whose first digit is at `start`, or nothing."""
        return (
            self._cjk(text, start)
            or self._figures(text, start, tongues)
            or self._day_first(text, folded, start, tongues)
            or self._month_first(text, folded, start, tongues)
            or self._vietnamese(text, folded, start)
            or self._bare_year(text, folded, start, tongues)
        )

    def _cjk(self, text: str, start: int) -> Dated | None:
        if found := _CJK.match(text, start):
            year, month, day = (int(group) if group else None for group in found.groups())
            return _dated(start, found.end(), year, month, day)
        if found := _CJK_YEAR.match(text, start):
            return _dated(start, found.end(), int(found[1]))
        return None

    def _figures(self, text: str, start: int, tongues: Sequence[str]) -> Dated | None:
        found = _FIGURES.match(text, start)
        if not found:
            return None
        first, mark, middle, last = found.groups()
        if len(first) == 4:
            return _dated(start, found.end(), int(first), int(middle), int(last))
        if len(first) > 2 or len(last) not in (2, 4) or (len(last) == 2 and mark == "."):
            return None
        year = int(last) if len(last) == 4 else 2000 + int(last)
        order = self._orders.get(tongues[0], "dmy") if tongues else ""
        day, month = int(first), int(middle)
        if order == "mdy" and mark == "/" and month <= 31 and day <= 12:
            day, month = month, day
        elif not order and mark == "/" and day <= 12 and month <= 12 and day != month:
            return None
        elif month > 12:
            day, month = month, day
        return _dated(start, found.end(), year, month, day)

    def _day_first(
        self, text: str, folded: str, start: int, tongues: Sequence[str]
    ) -> Dated | None:
        found = _DAY.match(text, start)
        if not found:
            return None
        place = self._skip(folded, found.end())
        month = self._month_at(text, folded, place, tongues)
        if month is None:
            return None
        end, number = month
        year_at = self._skip(folded, end)
        if (year := _YEAR.match(text, year_at)) and year_at > end:
            return _dated(start, year.end(), _gregorian(int(year[1])), number, int(found[1]))
        return _dated(start, end, None, number, int(found[1]))

    def _month_first(
        self, text: str, folded: str, start: int, tongues: Sequence[str]
    ) -> Dated | None:
        place = self._skip_back(folded, start)
        if place == start:
            return None
        found = self._months.ending(folded, place)
        meaning = found and choose(found.meanings, text[found.start : found.end], tongues)
        if not found or not meaning:
            return None
        month = int(meaning.value)
        if year := _YEAR.match(text, start):
            return _dated(found.start, year.end(), _gregorian(int(year[1])), month)
        day = re.compile(r"\d{1,2}(?!\d)").match(text, start)
        if not day:
            return None
        gap = _AFTER_DAY.match(text, day.end())
        if gap and (year := _YEAR.match(text, gap.end())):
            return _dated(found.start, year.end(), int(year[1]), month, int(day[0]))
        ordinal = re.compile(r"(?:st|nd|rd|th)?(?![\w%])").match(text, day.end())
        if not ordinal:
            return None
        return _dated(found.start, ordinal.end(), None, month, int(day[0]))

    def _vietnamese(self, text: str, folded: str, start: int) -> Dated | None:
        if (day := _VIETNAMESE_DAY.match(folded, start)) and (
            month := _VIETNAMESE.match(folded, day.end())
        ):
            year = int(month[2]) if month[2] else None
            return _dated(start, month.end(), year, int(month[1]), int(day[1]))
        if folded[max(start - 6, 0) : start - 1] == "tháng" and (
            month := _VIETNAMESE.match(folded, start)
        ):
            return _dated(
                start - 6, month.end(), int(month[2]) if month[2] else None, int(month[1])
            )
        return None

    def _bare_year(
        self, text: str, folded: str, start: int, tongues: Sequence[str]
    ) -> Dated | None:
        year = _YEAR.match(text, start)
        if not year or not 1500 <= int(year[1]) <= 2100:
            return None
        end = year.end()
        if end < len(text) and (text[end].isalpha() or text[end] in "%$€£¥"):
            return None
        space = _SPACE.match(folded, end)
        after = self._after.beginning(folded, space.end() if space else end)
        if (
            after
            and after.start > end
            and choose(after.meanings, after.meanings[0].spelling, tongues)
        ):
            return _dated(start, end, int(year[1]))
        if start and text[start - 1] in " \u00a0\u202f":
            before = self._before.ending(folded, start - 1)
            if before:
                return _dated(start, end, int(year[1]))
        if text[max(start - 1, 0) : start] in ("(", "（") and text[end : end + 1] in (")", "）"):
            return _dated(start, end, int(year[1]))
        return None

    def _month_at(
        self, text: str, folded: str, start: int, tongues: Sequence[str]
    ) -> tuple[int, int] | None:
        found = self._months.beginning(folded, start)
        meaning = found and choose(found.meanings, text[found.start : found.end], tongues)
        return (found.end, int(meaning.value)) if found and meaning else None

    def _skip(self, folded: str, place: int) -> int:
        """Return the place after spaces, commas and one linking word."""
        place = _end(place, _SPACE.match(folded, place))
        link = self._links.beginning(folded, place)
        return _end(link.end, _SPACE.match(folded, link.end)) if link else place

    def _skip_back(self, folded: str, place: int) -> int:
        place = _back(folded, place)
        link = self._links.ending(folded, place)
        return _back(folded, link.start) if link else place


def _end(place: int, found: re.Match[str] | None) -> int:
    return found.end() if found else place


def _back(folded: str, place: int) -> int:
    least = max(place - 3, 0)
    while place > least and folded[place - 1] in " \u00a0\u202f,":
        place -= 1
    return place


def _gregorian(year: int) -> int:
    return year - _BUDDHIST if 2400 <= year <= 2700 else year


def _dated(
    start: int, end: int, year: int | None, month: int | None = None, day: int | None = None
) -> Dated | None:
    """Return the date if there is such a day."""
    if year is not None and not _EARLIEST <= year <= _LATEST:
        return None
    if month is not None and not 1 <= month <= 12:
        return None
    if month and day is not None and not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    head = "--" if year is None else f"{year:04}" + ("-" if month else "")
    tail = "-".join(f"{part:02}" for part in (month, day) if part)
    return Dated(start, end, head + tail)


__all__ = ["Dated", "Dates", "fold"]
