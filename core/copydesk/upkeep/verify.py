"""Re-reads sources and holds every record to them: hash, segments, removed pieces, entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from hashlib import sha256

import msgspec
from attrs import field, frozen

from copydesk.chain import Chain
from copydesk.config import Config, StepUse, group
from copydesk.document import Document
from copydesk.errors import DocumentError
from copydesk.formats.damage import UNREADABLE
from copydesk.item import Item
from copydesk.ledger import Known
from copydesk.media_type import sniff
from copydesk.opening import check_begun
from copydesk.plans.planning import build, opened
from copydesk.record import Record
from copydesk.spec import Source, StepSpec
from copydesk.steps.passage import Failed, Finished


@frozen
class Verification:
    """What became of a check of all records."""

    counts: Counter[str] = field(factory=Counter)
    """`verified`, `changed` (the source is another by now), `unread` (it cannot be read, or is no
    longer listed) and `false` (the record says what is not so)."""
    findings: list[tuple[str, str, str]] = field(factory=list)
    """Key, one of the words above, and what was found, for all that is not `verified`."""


def verify(config: Config) -> Verification:
    """Check every current record of a chain's store against its source; nothing is written.

    Raises `StoreError` if there is no store.
    """
    made = Verification()
    with opened(config.source) as source, closing(build(config.store)) as store:
        checker = _Checker(source, _decoding(config.chain))
        check_begun(store, str(getattr(config.store.options, "path", "the database")))
        left = {row.key: row for row in store.known() if row.state == "done"}
        for item in checker.source.items():
            if not isinstance(item, Item) or item.key not in left:
                continue
            row = left.pop(item.key)
            verdict, finding = _check(checker, item, store.record(item.key))
            advice = _advise(item, row) if verdict == "changed" else ""
            _note(made, item.key, verdict, finding + advice)
    for key in sorted(left):
        _note(made, key, "unread", "the source no longer lists it")
    return made


def _check(checker: _Checker, item: Item, found: bytes | None) -> tuple[str, str]:
    """Return the verdict on a record as the store has it, and what was found."""
    try:
        record = msgspec.json.decode(found or b"", type=Record)
    except UNREADABLE as error:
        return "false", f"its record is damaged: {error}"
    return checker.check(item, record)


def _note(made: Verification, key: str, verdict: str, finding: str) -> None:
    made.counts[verdict] += 1
    if verdict != "verified":
        made.findings.append((key, verdict, finding))


def _advise(item: Item, row: Known) -> str:
    """Return which run takes the content that an item has now."""
    if not item.sha256 and (item.size, item.modified) == (row.size, row.modified):
        return ", of the size and time that it had; run the chain again with --rehash"
    return "; run the chain again"


def _decoding(uses: Sequence[StepUse]) -> Sequence[StepUse]:
    """Return the beginning of a chain that makes text of bytes."""
    number = 0
    for members in group(uses):
        number += len(members)
        specs = [use.offer.spec for use in members]
        if any(isinstance(spec, StepSpec) and "encoding" in spec.gives for spec in specs):
            return uses[:number]
    return ()


class _Checker:
    """Reads items again, and compares."""

    def __init__(self, source: Source, decoding: Sequence[StepUse]) -> None:
        self.source = source
        self._chain = Chain(decoding, lambda *_: None)

    def check(self, item: Item, record: Record) -> tuple[str, str]:
        """Return the verdict on one record, and what was found."""
        try:
            raw = self.source.read(item) if item.payload is None else item.payload
        except (DocumentError, OSError) as error:
            return "unread", str(error)
        digest = sha256(raw).hexdigest()
        if digest != record.source.sha256:
            return "changed", "its content is another now"
        document = Document(item, raw, digest, sniff(raw, item.media_type))
        end = self._chain.process(document).end
        if not isinstance(end, Finished):
            why = end.reason if isinstance(end, Failed) else "it is dropped"
            return "false", f"it cannot be decoded as it was: {why}"
        faults = list(_faults(record, end.document))
        return ("false", "; ".join(faults)) if faults else ("verified", "")


def _faults(record: Record, document: Document) -> Iterator[str]:
    """Yield what a record says of its source that is not so."""
    source, text = document.source or "", record.text
    if document.encoding != record.encoding:
        yield "it decodes with another encoding"
    for segment in record.segments:
        here = text[segment.start : segment.end]
        if source[segment.source_start : segment.source_end] != here:
            yield f"segment {segment.start}-{segment.end} is not in its place of the source"
    for piece in record.removed:
        if piece.start is not None and source[piece.start : piece.end] != piece.text:
            yield f"removed piece at {piece.start} is not in its place of the source"
    for entity in record.entities:
        if text[entity.start : entity.end] != entity.text:
            yield f"entity at {entity.start} is not in its place of the text"
