"""Writes records for other programs: JSON Lines whole, CSV as one flat row a document."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any, BinaryIO

import msgspec
from attrs import frozen

from copydesk.record import Record

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "id", "uri", "member", "media_type", "size", "sha256", "modified", "encoding", "language",
    "title", "authors", "published", "publisher", "url", "text", "characters", "removed",
    "entities", "fingerprint",
)  # fmt: skip
"""The columns of the CSV form; `removed` and `entities` are numbers, the rest is in the JSON."""


@frozen
class _Object:
    """A JSON object, whatever is in it."""


def write_jsonl(records: Iterable[bytes], output: BinaryIO) -> int:
    """Write one record a line, as it is; returns how many.

    Raises `msgspec.DecodeError` or `UnicodeDecodeError` for what is no JSON object in UTF-8.
    """
    check = msgspec.json.Decoder(_Object).decode
    count = 0
    for record in records:
        check(record.decode())
        output.write(record + b"\n")
        count += 1
    return count


def write_csv(records: Iterable[bytes], output: BinaryIO) -> int:
    """Write one row a record under a row of names, in UTF-8 (RFC 4180); returns how many.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    decoder = msgspec.json.Decoder(Record)
    text = io.TextIOWrapper(output, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    count = 0
    try:
        for record in records:
            writer.writerow([_cell(value) for value in _flatten(decoder.decode(record))])
            count += 1
    finally:
        text.detach()  # else it would close what is not its own
    return count


def _flatten(record: Record) -> list[Any]:
    source, metadata = record.source, record.metadata
    return [
        record.id, source.uri, source.member, source.media_type, source.size, source.sha256,
        source.modified, record.encoding.name if record.encoding else None,
        record.language.code if record.language else None, metadata.title,
        "; ".join(metadata.authors), metadata.published, metadata.publisher, metadata.url,
        record.text, len(record.text), len(record.removed), len(record.entities),
        record.fingerprint,
    ]  # fmt: skip


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
