"""The laws of a document: what every step must leave true."""

from __future__ import annotations

import json
from collections.abc import Iterator

from copydesk.document import Document
from copydesk.record import publish


def break_laws(before: Document, after: Document) -> Iterator[str]:
    """Yield each law that a step broke when it made `after` of `before`."""
    if before.source is not None and after.source != before.source:
        yield "it changed `source`, which stays as it was decoded"
    if after.text is not None and after.source is None:
        yield "it set `text` without a source; use `document.decoded(text, encoding)`"
    yield from _segments(after)
    yield from _removed(before, after)
    yield from _found(after)
    yield from _publishing(before, after)


def _segments(after: Document) -> Iterator[str]:
    text, source, last = after.text or "", after.source or "", 0
    for segment in after.segments:
        name = f"segment {segment.start}-{segment.end}"
        here = text[segment.start : segment.end]
        if not last <= segment.start < segment.end <= len(text):
            yield f"{name} is not in order, or outside the text of {len(text)} characters"
        elif here != source[segment.source_start : segment.source_end]:
            yield f"{name} is not what stands at {segment.source_start} of the source"
        last = segment.end


def _removed(before: Document, after: Document) -> Iterator[str]:
    source = after.source or ""
    if after.removed[: len(before.removed)] != before.removed:
        yield "it changed pieces that earlier steps have removed; add to `removed`"
    for piece in after.removed:
        if piece.start is not None and source[piece.start : piece.end] != piece.text:
            yield f"the removed piece at {piece.start} is not what stands there in the source"
        if not piece.reason:
            yield f"the removed piece {piece.text[:40]!r} has no reason"


def _found(after: Document) -> Iterator[str]:
    text = after.text or ""
    for entity in after.entities:
        if text[entity.start : entity.end] != entity.text or not entity.text:
            yield f"entity {entity.text[:40]!r} is not at {entity.start}-{entity.end} of the text"
        if not entity.label:
            yield f"entity {entity.text[:40]!r} has no label"
    for span in after.languages:
        if not 0 <= span.start <= span.end <= len(text):
            yield f"language {span.code} at {span.start}-{span.end} is outside the text"


def _publishing(before: Document, after: Document) -> Iterator[str]:
    """Try to make the record; half a surrogate pair that was there before is not its fault."""
    if not is_writable(before.text or "") or not is_writable(before.item.key):
        return
    try:
        record = json.loads(publish(after, (), "").to_json())
    except Exception as error:  # noqa: BLE001 - whatever the plugin's values raise
        yield f"no record can be made of it: {type(error).__name__}: {error}"
        return
    if record["extra"] != _plain(after):
        yield "`extra` holds what JSON cannot: use text, numbers, lists and dicts with text keys"


def _plain(after: Document) -> object:
    return {name: dict(values) for name, values in after.extra.items()}


def is_writable(text: str) -> bool:
    """Return whether a text can be written as UTF-8: half a surrogate pair cannot."""
    return text.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in text)
