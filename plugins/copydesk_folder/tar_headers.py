"""Reads the headers of a tar archive with the standard library, within limits that it lacks."""

from __future__ import annotations

import tarfile
from typing import Any, cast

from copydesk_folder.container import DamageError
from copydesk_folder.stream import Stream

_LONGEST = 1 << 16  # bytes of names and attributes of one member


class TarHeaders:
    """The headers, from one member to the next or from any that is known."""

    def __init__(self, stream: Stream) -> None:
        self._bounded = _Bounded(stream)
        # A reader would read ahead, stop at damage in silence, and keep every header.
        self._tar = tarfile.TarFile(fileobj=cast("Any", self._bounded), mode="w")

    def go(self, offset: int) -> None:
        """Let `next` go on with the header at an offset."""
        self._tar.offset = offset

    def next(self) -> tarfile.TarInfo | None:
        """Return the next member, None after the last; raises `DamageError`."""
        start = self._tar.offset
        self._bounded.begin(start)
        try:
            info = tarfile.TarInfo.fromtarfile(self._tar)
        except tarfile.HeaderError as error:
            block = self._bounded.first
            if block and not block.strip(b"\0"):
                return None
            raise DamageError(_explain(error, start, block)) from error
        if self._tar.offset <= start or info.size < 0:
            raise DamageError("damaged: a member of negative size")
        return info


def _explain(error: tarfile.HeaderError, offset: int, block: bytes | None) -> str:
    if offset == 0:
        return "it is no tar archive"
    if not block:
        return "it has no end mark, so members may be missing"
    return f"damaged at offset {offset}: {error}"


class _Bounded:
    """A file to read headers from, but not for ever."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._left = 0
        self.first: bytes | None = None

    def begin(self, offset: int) -> None:
        """Be ready for the header at an offset."""
        self._stream.seek(offset)
        self._left = _LONGEST
        self.first = None

    def read(self, size: int) -> bytes:
        """Return bytes of a header; raises `DamageError` where headers go on and on."""
        self._left -= size
        if size < 0 or self._left < 0:
            raise DamageError(f"damaged: a header of more than {_LONGEST} bytes")
        block = self._stream.read(size)
        self.first = block if self.first is None else self.first
        return block

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, offset: int) -> None:
        self._stream.seek(offset)
