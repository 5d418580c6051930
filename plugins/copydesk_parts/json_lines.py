"""Parts as JSON Lines: a file of ledger rows, and a file of records just as they are exported."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from copydesk_parts.line import Line, Whole

_LEDGER, _RECORDS = ".ledger.jsonl", ".records.jsonl"
_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(Line)


class JsonLines:
    """Writes and opens parts of JSON Lines."""

    name = "jsonl"

    def write(self, stem: Path, wholes: Iterable[Whole]) -> int:
        """Write both files of a part."""
        with _path(stem, _LEDGER).open("wb") as ledger, _path(stem, _RECORDS).open("wb") as records:
            for line, record in wholes:
                ledger.write(_ENCODER.encode(line) + b"\n")
                if record is not None:
                    records.write(record)
                    records.write(b"\n")
            for file in (ledger, records):
                file.flush()
                os.fsync(file.fileno())
            return ledger.tell() + records.tell()

    def open(self, stem: Path) -> OpenLines:
        """Open both files of a part."""
        return OpenLines(stem)


class OpenLines:
    """A part of JSON Lines that is open."""

    def __init__(self, stem: Path) -> None:
        self._ledger = _path(stem, _LEDGER).open("rb")
        try:
            self._records = _path(stem, _RECORDS).open("rb")
        except OSError:
            self._ledger.close()
            raise

    def lines(self) -> Iterator[Line]:
        """Yield the rows, from the ledger alone."""
        self._ledger.seek(0)
        yield from map(_DECODER.decode, self._ledger)

    def wholes(self) -> Iterator[Whole]:
        """Yield the rows with their records, reading both files side by side."""
        self._records.seek(0)
        for line in self.lines():
            if line.record is None:
                yield line, None
            else:
                yield line, self._records.read(line.record)
                self._records.read(1)

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


def _path(stem: Path, end: str) -> Path:
    return stem.with_name(stem.name + end)
