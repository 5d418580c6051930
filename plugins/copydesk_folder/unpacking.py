"""Unpacks gzip, bzip2 and xz piece by piece, and saves what stands before the damage."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

_MOST_MEMORY = 128 << 20  # bytes for the dictionary of xz; `xz -9` needs 65 MiB


class Unpacker(Protocol):
    """Unpacks one packed part, in the manner of `bz2.BZ2Decompressor`."""

    @property
    def eof(self) -> bool:
        """Whether the part is complete."""

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing to give without more data."""

    @property
    def unused_data(self) -> bytes:
        """What was given of the data after the part."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return at most so many bytes of what `data` goes on to unpack to."""


def unpacker_for(head: bytes) -> Callable[[], Unpacker] | None:
    """Return what unpacks a file that begins with these bytes; None for a plain one."""
    if head.startswith(b"\x1f\x8b"):
        return _Gunzip
    if head.startswith(b"BZh"):
        from bz2 import BZ2Decompressor  # noqa: PLC0415 - seldom needed

        return BZ2Decompressor
    if head.startswith(b"\xfd7zXZ\0"):
        from lzma import FORMAT_XZ, LZMADecompressor  # noqa: PLC0415 - seldom needed

        return lambda: LZMADecompressor(FORMAT_XZ, _MOST_MEMORY)
    return None


class _Gunzip:
    """Unpacks one gzip member; where that is damaged, gives first what stands before."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)
        self._error: zlib.error | None = None

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return self._error is None and not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return what can be unpacked; what is damaged is told when all before it was taken."""
        if self._error is not None:
            raise self._error
        before = self._inner.copy()  # a hundredth of the time that unpacking takes
        data = self._inner.unconsumed_tail + data
        try:
            return self._inner.decompress(data, max_length)
        except zlib.error as error:
            self._error = error
            return _rescue(before, data)


def _rescue(unpacker: zlib._Decompress, data: bytes) -> bytes:
    """Return what can be unpacked of `data` before the error that is in it, but for a byte."""
    parts = []
    for step in (256, 1):
        sound = unpacker
        with suppress(zlib.error):
            while data:
                sound = unpacker.copy()
                parts.append(unpacker.decompress(data, step))
                data = unpacker.unconsumed_tail
        unpacker = sound
    return b"".join(parts)
