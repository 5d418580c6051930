"""What a format of part files has to offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from copydesk_parts.line import Line, Whole
from copydesk_parts.part_file import PartFile

UNFIT = (OverflowError, TypeError, ValueError, msgspec.ValidationError)
"""What is raised for a value that no part takes: a number too large, half a surrogate pair."""


class Reader(Protocol):
    """A part that is open: it can be read to the end even when its files are removed.

    Reading raises `StoreError` where it shows that a file is not what was written.
    """

    def lines(self) -> Iterator[Line]:
        """Yield the rows, sorted by key."""

    def wholes(self) -> Iterator[Whole]:
        """Yield the rows with their records, sorted by key."""

    def places(self) -> Iterator[tuple[Line, int]]:
        """Yield each row with the place that `read` finds its record by."""

    def read(self, line: Line, place: int) -> bytes:
        """Return the record of a row that has one."""

    def close(self) -> None:
        """Close the files."""


class PartFormat(Protocol):
    """A format of part files."""

    name: str
    """Name of the store."""
    ends: tuple[str, ...]
    """What the names of the files of a part end with."""

    def write(self, stem: Path, wholes: Iterable[Whole]) -> tuple[PartFile, ...]:
        """Write a part of rows sorted by key, safe on the disk; return what its files are.

        `stem` is the path of its files without the end of their names.
        """

    def check(self, whole: Whole) -> None:
        """Raise one of `UNFIT`, as `write` does, for a row that could not be read again."""

    def open(self, stem: Path, files: tuple[PartFile, ...]) -> Reader:
        """Open a part; raises `FileNotFoundError` if it is no longer there.

        `files` are what `write` returned, or nothing for a part from before that was noted.
        """
