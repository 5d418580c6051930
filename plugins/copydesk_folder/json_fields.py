"""Finds text and metadata among the fields of a JSON object."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from email.utils import parsedate, parsedate_to_datetime
from typing import Any

from attrs import frozen

from copydesk.api import DocumentError, Metadata
from copydesk_folder.names import to_uri

_SURROGATE = re.compile("[\ud800-\udfff]")
_LONGEST_NAME = 500
_LISTS = re.compile(r"\s*[,;]\s*")
_MILLISECONDS = 100_000_000_000  # seconds to the year 5138; no smaller number counts milliseconds
_TYPES = {"text": "text/plain", "html": "text/html"}


@frozen
class Row:
    """What one JSON object says."""

    name: str
    """What its field `id` calls it; may be empty."""
    content: bytes
    """Text or HTML, in UTF-8."""
    media_type: str
    metadata: Metadata


class Fields:
    """Knows which field is what."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take the names of those that are not under their own."""
        self._names = names

    def read(self, row: Any) -> Row:
        """Return what an object says; raises `DocumentError` where it says nothing."""
        if not isinstance(row, dict):
            raise DocumentError(f"it is {_describe(row)}, not an object")
        content, media_type = self._content(row)
        return Row(self.name(row), content, media_type, self._metadata(row))

    def name(self, row: Any) -> str:
        """Return the name of an object that can be a part of a URI, or nothing."""
        value = self._find(row, "id") if isinstance(row, dict) else None
        if not isinstance(value, str | int) or isinstance(value, bool):
            return ""
        name = to_uri(_clean(str(value)))
        return name if len(name) <= _LONGEST_NAME else ""

    def _content(self, row: Mapping[str, Any]) -> tuple[bytes, str]:
        found = {}
        for field in _TYPES:
            value = self._find(row, field)
            if value is not None and not isinstance(value, str):
                name = self._names.get(field, field)
                raise DocumentError(f"its field '{name}' is {_describe(value)}, not text")
            found[field] = value
        field = "text" if found["text"] or found["html"] is None else "html"
        value = found[field]
        if value is None:
            wanted = [name for name in (self._names.get(field, field) for field in found) if name]
            raise DocumentError("it has no field '" + "' or '".join(wanted) + "'")
        # Bytes of half a surrogate pair are no UTF-8, and would have all of a short text misread.
        return _clean(value).encode(), _TYPES[field]

    def _metadata(self, row: Mapping[str, Any]) -> Metadata:
        def find(field: str) -> Any:
            return self._find(row, field)

        return Metadata(
            title=_text(find("title")),
            authors=_texts(find("authors")),
            published=_date(find("published")),
            modified=_date(find("modified")),
            publisher=_text(find("publisher")),
            url=_text(find("url")),
            description=_text(find("description")),
            categories=_keywords(find("categories")),
            tags=_keywords(find("tags")),
            image=_text(find("image")),
            language=_text(find("language")),
        )

    def _find(self, row: Mapping[str, Any], field: str) -> Any:
        """Return a field, looked for by its whole name first, then down its dots."""
        name = self._names.get(field, field)
        if not name:
            return None
        if name in row or "." not in name:
            return row.get(name)
        value: Any = row
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value


def _describe(value: Any) -> str:
    if value is None:
        return "null"
    names = {bool: "true or false", str: "a text", list: "a list", dict: "an object"}
    return names.get(type(value), "a number")


def _clean(text: str) -> str:
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _text(value: Any) -> str | None:
    """Return a text that says something; of an object, its name."""
    if isinstance(value, dict):
        value = value.get("name")
    return _clean(value.strip()) or None if isinstance(value, str) else None


def _texts(value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(text for text in map(_text, values) if text)


def _keywords(value: Any) -> tuple[str, ...]:
    """Return a list, or the parts of a text with commas."""
    return _texts(_LISTS.split(value) if isinstance(value, str) else value)


def _date(value: Any) -> str | None:
    """Return a date in ISO 8601, from any of the forms that are common in JSON."""
    try:
        if isinstance(value, str):
            return _read_date(value.strip())
        if isinstance(value, int | float) and not isinstance(value, bool):
            seconds = value / 1000 if abs(value) >= _MILLISECONDS else value
            return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _read_date(value: str) -> str:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return _read_mail_date(value)
    return value


def _read_mail_date(value: str) -> str:
    """Return a date as mails write it, `Tue, 03 Nov 2026 12:30:00 +0100` or without the time."""
    if ":" in value:
        return parsedate_to_datetime(value).isoformat()
    parts = parsedate(f"{value} 00:00:00")
    if parts is None:
        raise ValueError(value)
    return date(*parts[:3]).isoformat()
