"""Parts as JSON Lines: a file of ledger rows, and a file of records just as they are exported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from zlib import crc32

import msgspec

from copydesk_parts.line import Line, Whole
from copydesk_parts.part_file import PartFile, WrittenFile, damaged, locate

_LEDGER, _RECORDS = ".ledger.jsonl", ".records.jsonl"
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Line)
_CHUNK = 1 << 16  # bytes of lines that a checksum is made of at once


class JsonLines:
    """Writes and opens parts of JSON Lines."""

    name = "jsonl"
    ends: tuple[str, ...] = (_LEDGER, _RECORDS)

    def write(self, stem: Path, wholes: Iterable[Whole]) -> tuple[PartFile, ...]:
        """Write both files of a part."""
        with WrittenFile(stem, _LEDGER) as ledger, WrittenFile(stem, _RECORDS) as records:
            for line, record in wholes:
                ledger.write(_encode(line) + b"\n")
                if record is not None:
                    records.write(record)
                    records.write(b"\n")
            return ledger.finish(), records.finish()

    def check(self, whole: Whole) -> None:
        """Raise what `write` does for a row that could not be read again."""
        line, record = whole
        _encode(line)
        b"".join([record or b""])

    def open(self, stem: Path, files: tuple[PartFile, ...]) -> OpenLines:
        """Open both files of a part."""
        return OpenLines(stem, files)


class OpenLines:
    """A part of JSON Lines that is open."""

    def __init__(self, stem: Path, files: tuple[PartFile, ...]) -> None:
        self._stem = stem
        self._checksums = {file.end: file.crc32 for file in files}
        self._ledger = locate(stem, _LEDGER).open("rb")
        try:
            self._records = locate(stem, _RECORDS).open("rb")
        except OSError:
            self._ledger.close()
            raise

    def lines(self) -> Iterator[Line]:
        """Yield the rows, from the ledger alone."""
        self._ledger.seek(0)
        checksum = 0
        while lines := self._ledger.readlines(_CHUNK):
            checksum = crc32(b"".join(lines), checksum)
            try:
                yield from map(_DECODER.decode, lines)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise damaged(locate(self._stem, _LEDGER), error) from error
        self._check(_LEDGER, checksum)

    def wholes(self) -> Iterator[Whole]:
        """Yield the rows with their records, reading both files side by side."""
        self._records.seek(0)
        checksum = 0
        for line in self.lines():
            if line.record is None:
                yield line, None
            else:
                record = self._records.read(line.record)
                checksum = crc32(self._records.read(1), crc32(record, checksum))
                yield line, record
        self._check(_RECORDS, checksum)

    def places(self) -> Iterator[tuple[Line, int]]:
        """Yield each row with the offset of its record."""
        offset = 0
        for line in self.lines():
            yield line, offset
            if line.record is not None:
                offset += line.record + 1

    def read(self, line: Line, place: int) -> bytes:
        """Return a record by its offset."""
        return os.pread(self._records.fileno(), line.record or 0, place)

    def close(self) -> None:
        """Close both files."""
        self._ledger.close()
        self._records.close()

    def _check(self, end: str, checksum: int) -> None:
        """Raise `StoreError` if a file that was read whole is not the one that was written."""
        if self._checksums.get(end) not in {None, checksum}:
            raise damaged(locate(self._stem, end), "its checksum is not that of what was written")


def _encode(line: Line) -> bytes:
    """Return a row as JSON; raises what reading it would, before it makes the part unreadable."""
    encoded = _ENCODER.encode(line)
    _DECODER.decode(encoded)
    return encoded
