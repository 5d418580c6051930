"""Unpacks what zlib packed and lies in memory, part by part, no further than it may."""

from __future__ import annotations

import re
import zlib

GZIP, ZLIB, BARE = 31, 15, -15
"""The heads that a packed part may have, as zlib counts them."""
# Data after the end of a part is copied; small first pieces keep a file of millions cheap.
_FIRST_PIECE = 1 << 14


class Inflating:
    """Unpacks the parts of some packed data one after the other."""

    def __init__(self, raw: bytes, max_bytes: int) -> None:
        """Begin at the first byte; it goes on until there are more than `max_bytes` bytes."""
        self._raw = raw
        self._view = memoryview(raw)
        self._left = max_bytes
        self._found: list[bytes] = []
        self.at = 0
        """Where the next part may begin."""

    @property
    def is_too_much(self) -> bool:
        """Whether there are more than `max_bytes` bytes."""
        return self._left < 0

    @property
    def content(self) -> bytes:
        """What has been unpacked."""
        return self._found[0] if len(self._found) == 1 else b"".join(self._found)

    def go_on(self, head: int) -> None:
        """Unpack the part that begins here; raises `zlib.error`, or `EOFError` where it is cut."""
        unpacker = zlib.decompressobj(head)
        size = _FIRST_PIECE
        while not unpacker.eof and not self.is_too_much:
            piece = self._view[self.at : self.at + size]
            if not piece:
                raise EOFError("it ends too early")
            part = unpacker.decompress(piece, self._left + 1)
            self._found.append(part)
            self._left -= len(part)
            self.at += len(piece)
            size *= 4
        self.at -= len(unpacker.unused_data)

    def pass_over(self, filling: re.Pattern[bytes]) -> None:
        """Go on behind what fills the place between two parts, of which there may be none."""
        if self.at < len(self._raw) and (match := filling.match(self._raw, self.at)):
            self.at = match.end()
