"""Writes records as Parquet: typed columns, nested as the record is, for data frames."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, BinaryIO, Literal, Union, get_args, get_origin, get_type_hints

import attrs
import msgspec
from attrs import frozen

from copydesk.extra import import_extra
from copydesk.record import Record

_GROUP = 512  # records of a row group: what writer and readers hold in memory
_BYTES = 64_000_000  # or this much of them, where they are large

_ENCODER = msgspec.json.Encoder()


@frozen
class _Column:
    """How one field of a record is written."""

    type: Any
    """The type of Arrow."""
    convert: Callable[[Any], Any]
    """Returns a value, not null, as Arrow takes it."""


def write_parquet(records: Iterable[bytes], output: BinaryIO) -> int:
    """Write one row a record, compressed with zstd; returns how many.

    Mappings with free keys, such as `extra`, are written as JSON. Raises `CopydeskError` where
    pyarrow is missing.
    """
    arrow = import_extra("pyarrow", "parquet")
    parquet = import_extra("pyarrow.parquet", "parquet")
    record = _column(arrow, Record)
    schema = arrow.schema(record.type.fields)
    decoder = msgspec.json.Decoder(Record)
    count = 0
    with parquet.ParquetWriter(output, schema, compression="zstd") as writer:
        for group in _groups(records):
            rows = [record.convert(decoder.decode(row)) for row in group]
            writer.write_table(arrow.Table.from_pylist(rows, schema))
            count += len(rows)
    return count


def _column(arrow: Any, kind: Any) -> _Column:
    """Return how values of a type are written."""
    members = [member for member in get_args(kind) if member is not NoneType]
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        # A quantity is whole or not; a column has one type for both.
        mixed = {*members} == {int, float}
        return _Column(arrow.float64(), float) if mixed else _column(arrow, members[0])
    if origin is tuple:
        inner = _column(arrow, members[0])
        return _Column(arrow.list_(inner.type), lambda values: [*map(inner.convert, values)])
    if attrs.has(kind):
        return _struct(arrow, kind)
    if origin is Mapping:
        return _Column(arrow.string(), lambda value: _ENCODER.encode(value).decode())
    plain = {bool: arrow.bool_, int: arrow.int64, float: arrow.float64, str: arrow.string}
    made = arrow.string if origin is Literal else plain[kind]
    return _Column(made(), lambda value: value)


def _struct(arrow: Any, cls: type[Any]) -> _Column:
    columns = {name: _column(arrow, kind) for name, kind in get_type_hints(cls).items()}

    def convert(value: Any) -> dict[str, Any]:
        cells = ((name, column, getattr(value, name)) for name, column in columns.items())
        return {
            name: None if cell is None else column.convert(cell) for name, column, cell in cells
        }

    return _Column(arrow.struct([(name, column.type) for name, column in columns.items()]), convert)


def _groups(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    group: list[bytes] = []
    size = 0
    for record in records:
        group.append(record)
        size += len(record)
        if len(group) == _GROUP or size > _BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
