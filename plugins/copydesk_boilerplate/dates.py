"""Reads dates as pages write them for machines."""

from __future__ import annotations

import re
from datetime import date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"(\d{4})[-/.]?(\d\d?)[-/.]?(\d\d?)"
    r"(?:[T ]+(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?(?!\d)",
    re.IGNORECASE,
)


def read_date(text: str) -> str | None:
    """Return the ISO 8601 form of a date or date-time that begins `text`; None if there is none."""
    match = _ISO.match(text.strip())
    if match is None:
        return _read_mail_date(text)
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        found = date(int(year), int(month), int(day)).isoformat()
        if hour is None:
            return found
        time = datetime(1, 1, 1, int(hour), int(minute), int(second or 0)).time().isoformat()  # noqa: DTZ001
    except ValueError:
        return None
    return f"{found}T{time}{_read_zone(zone or '')}"


def _read_zone(zone: str) -> str:
    digits = zone.lstrip("+-").replace(":", "")
    if not zone or not digits.isdigit():
        return "Z" if zone else ""
    return f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"


def _read_mail_date(text: str) -> str | None:
    """Read a date as mail and HTTP write it: `Fri, 22 Nov 2024 06:57:50 GMT`."""
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None
