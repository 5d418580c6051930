"""Records, written for other programs."""

from __future__ import annotations

import csv
import io

from attrs import evolve

from copydesk.document import Document, Encoding
from copydesk.formats.export import COLUMNS, write_csv, write_jsonl
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.record import publish


def record(uri: str, text: str) -> bytes:
    """Return the record of a plain text."""
    document = Document(Item(uri), text.encode(), "ab").decoded(text, Encoding("utf-8", "utf-8"))
    titled = evolve(document, metadata=Metadata(title="=1+1", authors=("A", "B")))
    return publish(titled, (), "f").to_json()


def test_jsonl_is_the_records_byte_for_byte() -> None:
    """Each record is a line, unchanged."""
    rows = [record("a", "x"), record("b", "y\nz")]
    output = io.BytesIO()

    assert 2 == write_jsonl(rows, output)
    assert rows == output.getvalue().splitlines()


def test_csv_keeps_line_breaks_and_disarms_formulas() -> None:
    """Each record is a row that a spreadsheet reads whole and never runs."""
    output = io.BytesIO()
    write_csv([record("a", 'one, "two"\nthree')], output)

    head, row = csv.reader(io.StringIO(output.getvalue().decode("utf-8"), newline=""))

    assert list(COLUMNS) == head
    cells = dict(zip(head, row, strict=True))
    assert 'one, "two"\nthree' == cells["text"]
    assert "'=1+1" == cells["title"]
    assert "A; B" == cells["authors"]
