"""Reads dates written in figures: `05.03.2024`, `2024-03-05`, `2024年3月5日`, `令和6年`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from copydesk_entities import calendars, han
from copydesk_entities.dated import Dated, dated
from copydesk_entities.place import Place

_GAP = r"[ \u00a0\u202f]?"
_CJK = re.compile(
    rf"(?:(\d{{4}}|\d\d){_GAP}[年년]{_GAP})?(\d{{1,2}}){_GAP}[月월](?:{_GAP}(\d{{1,2}}){_GAP}[日号號일])?"
)
_CJK_YEAR = re.compile(rf"(\d{{4}}){_GAP}[年년](?!代|级|級|度|间|間|대|간)")
_ERA = re.compile(
    rf"(\d{{1,3}}){_GAP}年(?:{_GAP}(\d{{1,2}}){_GAP}月(?:{_GAP}(\d{{1,2}}){_GAP}日)?)?"
)
_ERA_NAME = re.compile(f"(?:{'|'.join(calendars.ERA_NAMES)}){_GAP}$")
_PLAIN = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d|\2\d)")
_KOREAN = re.compile(r"(\d{4})\. (\d{1,2})\. (\d{1,2})\.?(?!\d)")
_SHORT_YEAR = 50  # Japanese papers write 24年12月 for 2024, and 98年 for 1998
_NUMERAL = "一二三四五六七八九"
_HAN = re.compile(
    f"(?:([{han.DIGITS}]{{4}})年)?(?:(十[一二]?|[{_NUMERAL}])月"
    f"(?:(三十一?|二?十[{_NUMERAL}]?|[{_NUMERAL}])[日号號])?)?"
)


class Figures:
    """Reads a date from its first digit."""

    def __init__(self, orders: Mapping[str, str]) -> None:
        """Take the order of day, month and year by language: `dmy`, `mdy` or `ymd`."""
        self._orders = orders

    def read(self, place: Place) -> Dated | None:
        """Return the date that begins with the place's digit, or nothing."""
        text, start = place.text, place.start
        return _read_era(text, start) or _read_cjk(text, start) or self._plain(place)

    def _plain(self, place: Place) -> Dated | None:
        text, start = place.text, place.start
        if found := _KOREAN.match(text, start):
            return dated(start, found.end(), *map(int, found.groups()))
        found = _PLAIN.match(text, start)
        if not found:
            return None
        first, mark, middle, last = found.groups()
        if len(first) == 4:
            year, month, day = int(first), int(middle), int(last)
            return dated(start, found.end(), year, month, day) if len(last) == 2 else None
        if len(first) == 3 or (len(last) == 2 and mark != "/"):
            return None
        year = int(last) if len(last) == 4 else 2000 + int(last)
        day, month = self._day_and_month(place, int(first), int(middle), mark)
        return dated(start, found.end(), year, month, day) if day else None

    def _day_and_month(self, place: Place, first: int, second: int, mark: str) -> tuple[int, int]:
        """Put the two in order; (0, 0) where nothing says which is which."""
        order = self._orders.get(place.tongues[0], "dmy") if place.tongues else ""
        if order == "mdy" and place.region not in {"", "US", "PH"}:
            order = "dmy"
        if second > 12 or (order == "mdy" and mark != "." and first <= 12):
            return second, first
        if order or mark == "." or first > 12 or first == second:
            return first, second
        return 0, 0


def read_han(text: str, start: int) -> Dated | None:
    """Return the date in Chinese numerals at `start`, if it says more than a month."""
    found = _HAN.match(text, start)
    if not found or not (found[1] or found[3]):
        return None
    year, month, day = (han.read(group) if group else None for group in found.groups())
    return dated(start, found.end(), year, month, day)


def _read_cjk(text: str, start: int) -> Dated | None:
    if found := _CJK.match(text, start):
        year, month, day = (int(group) if group else None for group in found.groups())
        if year is not None and year < 100:
            year += 2000 if year <= _SHORT_YEAR else 1900
        return dated(start, found.end(), year, month, day)
    if found := _CJK_YEAR.match(text, start):
        return dated(start, found.end(), int(found[1]))
    return None


def _read_era(text: str, start: int) -> Dated | None:
    name = _ERA_NAME.search(text, max(start - 3, 0), start)
    found = _ERA.match(text, start) if name else None
    if not name or not found:
        return None
    year, month, day = (int(group) if group else None for group in found.groups())
    common = calendars.from_era(name[0].strip(), year or 0)
    return dated(name.start(), found.end(), common, month, day)
