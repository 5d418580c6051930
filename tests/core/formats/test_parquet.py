"""Records as Parquet."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest
from attrs import evolve

from copydesk.document import (
    Document,
    Encoding,
    Entity,
    Language,
    LanguageSpan,
    Removed,
    Value,
)
from copydesk.errors import CopydeskError
from copydesk.extra import import_extra
from copydesk.formats import parquet as parquet_module
from copydesk.formats.parquet import write_parquet
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.record import publish

PARQUET = import_extra("pyarrow.parquet", "parquet")


def record(uri: str, **fields: Any) -> bytes:
    """Return the record of a plain text with some fields set."""
    document = Document(Item(uri), b"ab", "ab").decoded("zwei €", Encoding("utf-8", "utf-8"))
    return publish(evolve(document, **fields), (), "f").to_json()


def rows_of(records: list[bytes]) -> list[dict[str, Any]]:
    """Return the rows of the file that is made of records."""
    output = io.BytesIO()
    assert len(records) == write_parquet(records, output)
    rows: list[dict[str, Any]] = PARQUET.read_table(output).to_pylist()
    return rows


def test_rows_are_the_records() -> None:
    """Every field of a record is there with its value, those with free keys as JSON."""
    whole = record(
        "a.txt",
        metadata=Metadata(title="=1+1", authors=("A", "B")),
        language=Language("de", None, 0.5),
        languages=(LanguageSpan(0, 6, "de"),),
        removed=(Removed(None, None, "ad", "advert", "lines"), Removed(1, 2, "x", "y")),
        entities=(Entity(0, 4, "zwei", "NUMBER", 1.0, Value(number=2)),
                  Entity(5, 6, "€", "MONEY", 0.5, Value(number=10**17, currency="EUR"))),
        extra={"mine": {"any": [1, "two"]}},
    )  # fmt: skip

    rows = rows_of([whole, record("b.txt")])

    for row, made in zip(rows, [whole, record("b.txt")], strict=True):
        row["extra"] = json.loads(row["extra"])
        assert json.loads(made) == row


def test_many_records_are_written_in_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups of rows keep the order, and no record is lost between them."""
    monkeypatch.setattr(parquet_module, "_GROUP", 3)
    names = [f"{number:02}.txt" for number in range(10)]

    assert names == [row["source"]["uri"] for row in rows_of([*map(record, names)])]


def test_no_records_are_a_file_with_columns() -> None:
    """An empty store becomes a file that can be read and has every column."""
    output = io.BytesIO()
    write_parquet([], output)

    table = PARQUET.read_table(output)
    assert 0 == len(table)
    assert {"id", "text", "entities"} <= set(table.column_names)


def test_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the error says what brings it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(CopydeskError, match=r"pip install 'copydesk\[parquet\]'"):
        write_parquet([], io.BytesIO())
