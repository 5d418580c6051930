"""A file of a part: what it was when it was written, and what to say where it no longer is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self
from zlib import crc32

from attrs import frozen

from copydesk.api import StoreError


@frozen(slots=False)
class PartFile:
    """What is known of a file of a part since it was written."""

    end: str
    """What follows the name of the part in that of the file."""
    size: int
    """Bytes."""
    crc32: int | None = None
    """CRC-32 of the file; null if its format has checksums of its own."""


class MissingPartError(StoreError):
    """A part that the manifest names and that is not there, or no longer."""


class WrittenFile:
    """A file that is being written; what is known of it is taken down on the way."""

    def __init__(self, stem: Path, end: str) -> None:
        self._end = end
        self._file = locate(stem, end).open("wb")
        self._crc32 = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def write(self, content: bytes) -> None:
        """Write what comes next."""
        self._file.write(content)
        self._crc32 = crc32(content, self._crc32)

    def finish(self) -> PartFile:
        """See to it that all is on the disk; return what is known of it."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return PartFile(self._end, self._file.tell(), self._crc32)


def locate(stem: Path, end: str) -> Path:
    """Return the path of a file of a part."""
    return stem.with_name(stem.name + end)


def check_files(stem: Path, size: int, files: tuple[PartFile, ...], ends: tuple[str, ...]) -> None:
    """Raise `StoreError` if a part is not as large as it was written, or not there.

    Of parts from before the files were noted, only the `size` of all together is known.
    """
    for file in files:
        path = locate(stem, file.end)
        check_size(path, _measure(path), file.size)
    if not files:
        check_size(locate(stem, ".*"), sum(_measure(locate(stem, end)) for end in ends), size)


def check_size(path: Path, found: int, wanted: int) -> None:
    """Raise `StoreError` if a file is of another size than it was."""
    if found != wanted:
        raise damaged(path, f"{found} bytes, where {wanted} were written")


def damaged(path: Path, found: object) -> StoreError:
    """Return what to raise for a file that is not what it was when it was written."""
    return StoreError(_describe(path, found))


def missing(path: Path) -> MissingPartError:
    """Return what to raise for a file that should be there."""
    return MissingPartError(_describe(path, "the file is missing"))


def _measure(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError as error:
        raise missing(path) from error


def _describe(path: Path, found: object) -> str:
    return (
        f"{path}: the store is damaged: {found}; restore the file from a copy, or delete the "
        "folder and run again, which does everything again; what the other files in it hold can "
        "still be read there"
    )
