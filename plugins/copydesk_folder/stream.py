"""Reads a file from start to end, unpacked where it is packed, without trusting what it says."""

from __future__ import annotations

import io

from copydesk_folder.container import DamageError, Place
from copydesk_folder.file import File
from copydesk_folder.unpacked import Unpacked
from copydesk_folder.unpacking import unpacker_for

_CHUNK = 1 << 16
_LEAP = 1 << 20


class Stream:
    """The bytes of one file; offsets count in what it unpacks to."""

    def __init__(self, place: Place) -> None:
        """Open it; raises `OSError`."""
        self.file = File(place.path)
        is_packed = unpacker_for(self.file.read_at(0, 6)) is not None
        self._unpacked = Unpacked(self.file, place.budget) if is_packed else None
        self._buffer = io.BufferedReader(self._unpacked or self.file, _CHUNK)

    @property
    def is_packed(self) -> bool:
        """Whether it must be read from the start."""
        return self._unpacked is not None

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer than `size` only at the end."""
        return self._buffer.read(size)

    def read_line(self, limit: int) -> bytes:
        """Return the next line with its end, or the first `limit` bytes of a longer one."""
        return self._buffer.readline(limit)

    def tell(self) -> int:
        """Return the offset of the next byte."""
        return self._buffer.tell()

    def seek(self, offset: int) -> None:
        """Go to an offset: at once in a plain file, else by unpacking everything before it."""
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

    def find_entry(self, offset: int) -> int | None:
        """Return where in the file a packed part begins exactly at `offset`, if one does.

        `jump` can start there. Each offset can be asked for once, in rising order.
        """
        return None if self._unpacked is None else self._unpacked.find_entry(offset)

    def jump(self, entry: int) -> None:
        """Go to the packed part that begins at `entry` in the file; offsets count from there."""
        if self._unpacked is None:
            raise DamageError("it is no longer packed")
        self._unpacked.restart(entry)
        self._buffer = io.BufferedReader(self._unpacked, _CHUNK)

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()
