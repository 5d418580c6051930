"""Parts as Parquet: one file of columns, the record in the last one, compressed with zstd."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import fields

from copydesk.api import import_extra
from copydesk_parts.line import Line, Whole
from copydesk_parts.part_file import PartFile, damaged, locate

_END = ".parquet"
_ROWS = 1024  # rows of a group: what a reader holds in memory of each part
_BYTES = 32_000_000  # or this much of records, where they are large
_JSON = "record"


class Columns:
    """Writes and opens parts of Parquet; raises `CopydeskError` where pyarrow is missing."""

    name = "parquet"
    ends: tuple[str, ...] = (_END,)

    def __init__(self) -> None:
        self._arrow = import_extra("pyarrow", "parquet")
        self._parquet = import_extra("pyarrow.parquet", "parquet")
        self._schema = _schema(self._arrow)

    def write(self, stem: Path, wholes: Iterable[Whole]) -> tuple[PartFile, ...]:
        """Write the file of a part, some rows at a time."""
        with (
            locate(stem, _END).open("wb") as file,
            self._parquet.ParquetWriter(
                file, self._schema, compression="zstd",
                # Records are all different: a dictionary of them would only cost time.
                use_dictionary=["state", "fingerprint", "step", "reason"],
                write_statistics=["key"],
                write_page_checksum=True,
            ) as writer,
        ):  # fmt: skip
            for group in _groups(wholes):
                writer.write_table(self._table(group))
            writer.close()
            file.flush()
            os.fsync(file.fileno())
            return (PartFile(_END, file.tell()),)

    def check(self, whole: Whole) -> None:
        """Raise what `write` does for a row that columns cannot hold."""
        self._table([whole])

    def open(self, stem: Path, files: tuple[PartFile, ...]) -> OpenColumns:  # noqa: ARG002 - the format has checksums of its own
        """Open the file of a part."""
        return OpenColumns(self._parquet, self._arrow, locate(stem, _END))

    def _table(self, group: list[Whole]) -> Any:
        """Return rows as columns; records are taken as the bytes they are, which is fast."""
        arrow = self._arrow
        *columns, records = zip(*(_cells(whole) for whole in group), strict=True)
        arrays = [
            arrow.array(column, kind)
            for column, kind in zip(columns, self._schema.types[:-1], strict=True)
        ]
        arrays.append(arrow.array(records, arrow.large_binary()).view(arrow.large_string()))
        return arrow.Table.from_arrays(arrays, schema=self._schema)


class OpenColumns:
    """A part of Parquet that is open."""

    def __init__(self, parquet: Any, arrow: Any, path: Path) -> None:
        self._binary = arrow.large_binary()
        self._faults = (arrow.ArrowException, OSError)
        self._path = path
        self._handle = path.open("rb")
        try:
            self._file = parquet.ParquetFile(self._handle, page_checksum_verification=True)
        except self._faults as error:
            self._handle.close()
            raise damaged(path, error) from error
        metadata = self._file.metadata
        sizes = [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)]
        self._ends = list(accumulate(sizes))
        self._cached: tuple[int, list[bytes | None]] = (-1, [])

    def lines(self) -> Iterator[Line]:
        """Yield the rows, without reading a record."""
        for cells in self._rows(_COLUMNS[:-1]):
            yield Line(*cells)

    def wholes(self) -> Iterator[Whole]:
        """Yield the rows with their records."""
        for *cells, record in self._rows(_COLUMNS):
            yield Line(*cells), record

    def places(self) -> Iterator[tuple[Line, int]]:
        """Yield each row with its number."""
        return ((line, number) for number, line in enumerate(self.lines()))

    def read(self, line: Line, place: int) -> bytes:
        """Return a record by its row's number; neighbours are read with it."""
        group = bisect_right(self._ends, place)
        if self._cached[0] != group:
            self._cached = group, [cells[0] for cells in self._read(group, [_JSON])]
        start = self._ends[group - 1] if group else 0
        record = self._cached[1][place - start]
        if record is None:
            raise ValueError(f"the row of '{line.key}' has no record of its own")
        return record

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        self._handle.close()

    def _rows(self, names: list[str]) -> Iterator[tuple[Any, ...]]:
        for group in range(len(self._ends)):
            yield from self._read(group, names)

    def _read(self, group: int, names: list[str]) -> Iterator[tuple[Any, ...]]:
        """Return the rows of a group; records as bytes. Old parts have fewer columns."""
        here = self._file.schema_arrow.names
        names = [name for name in names if name in here]
        try:
            table = self._file.read_row_group(group, columns=names, use_threads=False)
        except self._faults as error:
            raise damaged(self._path, error) from error
        columns = [
            column.cast(self._binary) if name == _JSON else column
            for name, column in zip(names, table.columns, strict=True)
        ]
        return zip(*(column.to_pylist() for column in columns), strict=True)


_FIELDS = attrgetter(*(field.name for field in fields(Line)))
_COLUMNS = [
    "key", "run", "state", "size", "modified", "sha256", "fingerprint", "step", "reason",
    "traceback", "attempts", "bytes", "keeps", "told", _JSON,
]  # fmt: skip


def _schema(arrow: Any) -> Any:
    text, whole, real = arrow.string(), arrow.int64(), arrow.float64()
    kinds = [text, whole, text, whole, real, text, text, text, text, text, whole, whole]
    return arrow.schema(list(zip(_COLUMNS, [*kinds, arrow.bool_(), text, arrow.large_string()],
                                 strict=True)))  # fmt: skip


def _cells(whole: Whole) -> tuple[Any, ...]:
    line, record = whole
    return (*_FIELDS(line), record)


def _groups(wholes: Iterable[Whole]) -> Iterator[list[Whole]]:
    group: list[Whole] = []
    size = 0
    for whole in wholes:
        group.append(whole)
        size += len(whole[1] or b"")
        if len(group) == _ROWS or size > _BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
