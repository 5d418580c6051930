"""Reads a file in order, unpacked where it is packed, and finds places in it again."""

from __future__ import annotations

import io

from copydesk_folder.container import Place
from copydesk_folder.file import File
from copydesk_folder.unpacked import Unpacked
from copydesk_folder.unpacking import unpacker_for

_CHUNK = 1 << 16
_LEAP = 1 << 20
_PART_BITS = 48
_PART_MASK = (1 << _PART_BITS) - 1


class Stream:
    """The bytes of one file; offsets count in what it unpacks to."""

    def __init__(self, place: Place) -> None:
        """Open it; raises `OSError`."""
        self.file = File(place.path)
        is_packed = unpacker_for(self.file.read_at(0, 6)) is not None
        self._unpacked = Unpacked(self.file, place.budget) if is_packed else None
        self._buffer = io.BufferedReader(self._unpacked or self.file, _CHUNK)
        self._part = 0

    @property
    def is_packed(self) -> bool:
        """Whether it must be read from the start."""
        return self._unpacked is not None

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer than `size` only at the end."""
        return self._buffer.read(size)

    def peek(self) -> bytes:
        """Return some of the next bytes without going on; nothing at the end."""
        return self._buffer.peek(1)

    def read_line(self, limit: int) -> bytes:
        """Return the next line with its end, or the first `limit` bytes of a longer one."""
        return self._buffer.readline(limit)

    def tell(self) -> int:
        """Return the offset of the next byte."""
        return self._buffer.tell()

    def seek(self, offset: int) -> None:
        """Go to an offset; in a packed file everything before it is unpacked."""
        self._buffer.seek(offset)

    def skip(self, size: int) -> int:
        """Go on by `size` bytes; return how many there were before the end."""
        if self._unpacked is None:
            here = self._buffer.tell()
            there = min(here + size, self.file.size)
            self._buffer.seek(there)
            return there - here
        left = size
        while left > 0 and (part := self._buffer.read(min(left, _LEAP))):
            left -= len(part)
        return size - left

    def mark(self, offset: int) -> int:
        """Return the position by which `go` finds an offset again; call it with rising offsets."""
        if self._unpacked is None:
            return offset
        start, part = self._unpacked.find_part(offset)
        return (offset - start) << _PART_BITS | part

    def go(self, position: int) -> None:
        """Go to a marked position; offsets count from the packed part that it is in."""
        if self._unpacked is None:
            self._buffer.seek(position)
            return
        part, offset = position & _PART_MASK, position >> _PART_BITS
        if part != self._part or offset < self._buffer.tell():
            self._buffer.detach()  # else the file is closed with the buffer
            self._unpacked.restart(part)
            self._buffer = io.BufferedReader(self._unpacked, _CHUNK)
            self._part = part
        self._buffer.seek(offset)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()
