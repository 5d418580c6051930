"""A file on disk, read by position, so that copies of it in other processes are not disturbed."""

from __future__ import annotations

import io
import os


class File(io.RawIOBase):
    """An open file; buffered readers and readers by position can share it."""

    def __init__(self, path: str) -> None:
        """Open it; raises `OSError`."""
        self._descriptor = -1  # for `close`, which is called even if there is no such file
        self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self._offset = 0
        self.size = os.fstat(self._descriptor).st_size
        """Bytes in it."""

    def read_at(self, offset: int, size: int) -> bytes:
        """Return `size` bytes from `offset`, fewer only at the end of the file."""
        part = os.pread(self._descriptor, size, offset)
        if len(part) == size or not part:
            return part
        return part + self.read_at(offset + len(part), size - len(part))

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that it can be read from anywhere."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill a buffer from where it is."""
        size = os.preadv(self._descriptor, [buffer], self._offset)
        self._offset += size
        return size

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._offset, io.SEEK_END: self.size}[whence]
        self._offset = start + offset
        return self._offset

    def tell(self) -> int:
        """Return where it is."""
        return self._offset

    def close(self) -> None:
        """Close it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        super().close()
