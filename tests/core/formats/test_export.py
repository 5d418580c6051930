"""Records, written for other programs."""

from __future__ import annotations

import csv
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import evolve

from copydesk.document import Document, Encoding
from copydesk.errors import CopydeskError
from copydesk.formats.export import COLUMNS, open_output, write_csv, write_jsonl
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


def test_output_appears_when_it_is_whole(tmp_path: Path) -> None:
    """A file that could not be written whole does not replace the one before."""
    path = tmp_path / "out.jsonl"
    path.write_text("before")

    def half() -> Iterator[bytes]:
        yield b"half"
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk"), open_output(path) as output:
        write_jsonl(half(), output)

    assert "before" == path.read_text()
    assert [path] == list(tmp_path.iterdir())


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    """A folder is refused, and left as it is."""
    with pytest.raises(CopydeskError, match="is a folder; give the name"), open_output(tmp_path):
        pass

    assert [] == list(tmp_path.iterdir())


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    """What is no regular file, such as a pipe or `/dev/null`, is written to and not replaced."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)

    with open_output(path) as output:
        output.write(b"line\n")

    assert b"line\n" == os.read(reader, 100)
    assert stat.S_ISFIFO(path.stat().st_mode)
    os.close(reader)
