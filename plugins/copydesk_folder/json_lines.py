"""Lists and reads files with one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import msgspec

from copydesk.api import DocumentError, Item, Listed, Unreadable
from copydesk_folder.container import DamageError, Place
from copydesk_folder.json_fields import Fields
from copydesk_folder.member import CHANGED
from copydesk_folder.stream import Stream

_BOM = b"\xef\xbb\xbf"
_LEAP = 1 << 20


class JsonLines:
    """An open file; a plain one is read in place, a packed one from start to end."""

    def __init__(self, place: Place) -> None:
        """Open it; raises `OSError`."""
        self._place = place
        self._stream = Stream(place)
        self._fields = Fields(place.options.json_fields)
        self._most = place.options.max_bytes

    def members(self) -> Iterator[Listed]:
        """Yield one thing for each line that is not blank."""
        if b"\0" in self._stream.peek()[:4096]:
            raise DamageError("it is binary data or UTF-16, not lines of JSON")
        offset = number = 0
        while line := self._stream.read_line(self._most + 1):
            number += 1
            if len(line) > self._most:
                size = len(line) + self._finish_line(line)
                reason = f"a line of {size} bytes, more than max_bytes ({self._most})"
                yield Unreadable(f"{self._place.uri}#line {number}", reason)
            else:
                size = len(line)
                if not line.isspace():
                    yield self._list(line, number, offset)
            offset += size

    def read(self, item: Item) -> bytes:
        """Return text or HTML of one line."""
        self._stream.go(item.position or 0)
        line = self._stream.read_line(self._most + 1)
        try:
            content = self._fields.read(_decode(line)).content
        except DocumentError as error:
            raise DamageError(CHANGED) from error
        if sha256(content).hexdigest() != item.sha256:
            raise DamageError(CHANGED)
        return content

    def close(self) -> None:
        """Let go of the file."""
        self._stream.close()

    def _list(self, line: bytes, number: int, offset: int) -> Listed:
        uri, name = self._place.uri, f"line {number}"
        try:
            value = _decode(line)
            name = self._fields.name(value) or name
            row = self._fields.read(value)
        except DocumentError as error:
            return Unreadable(f"{uri}#{name}", str(error))
        return Item(
            uri,
            name,
            row.media_type,
            "utf-8",
            len(row.content),
            sha256=sha256(row.content).hexdigest(),
            position=self._stream.mark(offset),
            metadata=row.metadata,
        )

    def _finish_line(self, line: bytes) -> int:
        """Pass over the rest of a long line; return its length."""
        size = 0
        while not line.endswith(b"\n") and (line := self._stream.read_line(_LEAP)):
            size += len(line)
        return size


def _decode(line: bytes) -> Any:
    """Return the value on a line; raises `DocumentError`."""
    try:
        return msgspec.json.decode(line)
    except (ValueError, RecursionError):
        return _decode_leniently(line)


def _decode_leniently(line: bytes) -> Any:
    """Return the value on a line with what many programs write against the rules.

    That is a byte order mark, NaN, control characters in texts, halves of surrogate pairs.
    """
    try:
        return json.loads(line.removeprefix(_BOM).decode("utf-8"), strict=False)
    except UnicodeDecodeError as error:
        raise DocumentError(f"not UTF-8: {error.reason} at byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise DocumentError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentError("not readable: a number too long, or nested too deeply") from error


open_container = JsonLines
