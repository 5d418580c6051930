"""What a packed file unpacks to, as a file that is best read from start to end."""

from __future__ import annotations

import io
from collections import deque

from copydesk_folder.container import BOMB, DamageError
from copydesk_folder.file import File
from copydesk_folder.unpacking import Unpacker, unpacker_for

_BLOCK = 1 << 16
_PACKED_BLOCK = 1 << 15
_MARK = 6  # bytes that tell what a packed part is


class Unpacked(io.RawIOBase):
    """The unpacked bytes of a file, which may be made of several packed parts."""

    def __init__(self, file: File, budget: int) -> None:
        """Begin at the start; more than `budget` bytes are refused."""
        self._file = file
        self._budget = budget
        self.restart(0)

    def restart(self, part: int) -> None:
        """Begin again with the packed part at `part` in the file; offsets count from there."""
        self._next = part
        self._packed = b""
        self._unpacker: Unpacker | None = None
        self._ready = memoryview(b"")
        self._offset = 0
        self._part = (0, part)
        self._parts: deque[tuple[int, int]] = deque(maxlen=1024)  # those begun, not asked for yet

    def find_part(self, offset: int) -> tuple[int, int]:
        """Return offset and place in the file of the packed part that `offset` is in.

        Offsets must be asked for in rising order. Where parts are tiny, it may be an earlier one.
        """
        while self._parts and self._parts[0][0] <= offset:
            self._part = self._parts.popleft()
        return self._part

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that it can be read from anywhere, though only at a price."""
        return True

    def tell(self) -> int:
        """Return where it is."""
        return self._offset

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset, or to the end if that comes first."""
        if whence != io.SEEK_SET:
            raise io.UnsupportedOperation("it has no known end")
        if offset < self._offset:
            self.restart(0)
        while self._offset < offset and self._fill():
            self._take(offset - self._offset)
        return self._offset

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer from where it is; raises `DamageError` when the sound part is read."""
        if not self._fill():
            return 0
        part = self._take(len(buffer))
        buffer[: len(part)] = part
        return len(part)

    def _take(self, size: int) -> memoryview:
        part, self._ready = self._ready[:size], self._ready[size:]
        self._offset += len(part)
        return part

    def _fill(self) -> bool:
        """Unpack until there is something; return whether there is."""
        while not self._ready:
            unpacker = self._unpacker or self._begin()
            if unpacker is None:
                return False
            self._ready = memoryview(self._unpack(unpacker))
            if self._offset + len(self._ready) > self._budget:
                raise DamageError(BOMB)
        return True

    def _begin(self) -> Unpacker | None:
        """Begin a packed part, past any padding; return None where there is none."""
        self._packed = self._packed.lstrip(b"\0")
        while len(self._packed) < _MARK and self._fetch():
            self._packed = self._packed.lstrip(b"\0")
        if not self._packed:
            return None
        make = unpacker_for(self._packed)
        if make is None:
            raise DamageError("damaged: its packed data is followed by something else")
        self._unpacker = make()
        self._parts.append((self._offset, self._next - len(self._packed)))
        return self._unpacker

    def _unpack(self, unpacker: Unpacker) -> bytes:
        data = b""
        if unpacker.needs_input:
            if not self._packed and not self._fetch():
                raise DamageError("damaged: its packed data ends too early")
            data, self._packed = self._packed, b""
        try:
            piece = unpacker.decompress(data, _BLOCK)
        except Exception as error:  # each library has an error of its own
            raise DamageError(f"damaged: {error}") from error
        if unpacker.eof:
            self._packed = unpacker.unused_data + self._packed
            self._unpacker = None
        return piece

    def _fetch(self) -> bool:
        """Read on in the file; return whether there was more."""
        more = self._file.read_at(self._next, _PACKED_BLOCK)
        self._next += len(more)
        self._packed += more
        return bool(more)
