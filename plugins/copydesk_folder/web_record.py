"""Reads the heads of the records of a WARC file, and passes over what follows them."""

from __future__ import annotations

import re

from attrs import frozen

from copydesk_folder.container import DamageError
from copydesk_folder.http_message import Headers, read_headers
from copydesk_folder.stream import Stream

_VERSION = re.compile(rb"WARC/\d+\.\d+\s*")
LONGEST_HEAD = 1 << 18
"""Bytes; what is longer is no head."""
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)


@frozen
class Record:
    """The head of one record; the stream stands at its first byte of content."""

    headers: Headers
    size: int
    """Bytes of content."""
    position: int
    """Where the stream finds it again."""

    @property
    def kind(self) -> str:
        """`response`, `request`, `warcinfo` and so on."""
        return self.headers.get("warc-type", "").lower()

    @property
    def name(self) -> str:
        """Its identifier, which no other record in the world has."""
        return self.headers.get("warc-record-id", "").strip("<> ") or f"record at {self.position}"


def next_record(stream: Stream) -> Record | None:
    """Return the record that comes next, None at the end; raises `DamageError`."""
    while (line := stream.read_line(LONGEST_HEAD)) in {b"\r\n", b"\n"}:
        pass  # two such lines end the record before
    if not line:
        return None
    start = stream.tell() - len(line)
    if _VERSION.fullmatch(line) is None:
        raise DamageError(
            f"damaged: no record begins at offset {start}" if start else "it is no WARC file"
        )
    position = stream.mark(start)
    headers = read_headers(read_head(stream, LONGEST_HEAD)[0])
    size = headers.get("content-length", "")
    if _DIGITS.fullmatch(size) is None:
        raise DamageError(f"damaged: the record at offset {start} has no length")
    return Record(headers, int(size), position)


def read_head(stream: Stream, limit: int) -> tuple[list[bytes], int]:
    """Return the lines before the first empty one, and how many bytes that took.

    After `limit` bytes without an empty line there are no lines.
    """
    lines: list[bytes] = []
    used = 0
    while used < limit and (line := stream.read_line(limit - used)):
        used += len(line)
        if line in {b"\r\n", b"\n"}:
            return lines, used
        lines.append(line)
    return [], used
