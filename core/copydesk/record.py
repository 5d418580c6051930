"""The published, versioned row that a document becomes at the end of the chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from operator import attrgetter
from typing import Any, Literal

import msgspec
from attrs import evolve, frozen

from copydesk.document import (
    Document,
    Encoding,
    Entity,
    Language,
    LanguageSpan,
    Removed,
)
from copydesk.item import Item
from copydesk.metadata import Metadata
from copydesk.search import words
from copydesk.spans import Segment

VERSION = "1.0"
"""Version of the schema; the first number changes when a reader of old records would fail."""

# Without slots, here and in all that a record holds: msgspec writes slots in the order of the
# alphabet, and attributes in the order of the class, which is the one to read.


@frozen(slots=False)
class Origin:
    """Where the bytes came from."""

    uri: str
    """Place relative to the source's root."""
    member: str | None
    """Name inside a container."""
    media_type: str
    """IANA media type."""
    size: int
    """Bytes."""
    sha256: str
    """SHA-256 of the bytes, in hex."""
    modified: str | None
    """ISO 8601 date-time in UTC of the last change."""


StepOutcome = Literal["done", "skipped", "failed"]


@frozen(slots=False)
class StepTrace:
    """What one step did to the document."""

    use: str
    """Name of the step, such as `encoding.chardet`."""
    label: str
    """Name of this use of the step in the chain."""
    plugin: str
    """Distribution that the step comes from."""
    version: str
    """Version of the step."""
    options_sha256: str
    """SHA-256 of the options as JSON with sorted keys, in hex."""
    seconds: float
    """Wall-clock time."""
    outcome: StepOutcome
    """`skipped`: its condition was false, or another step of a `first` was enough; `failed`: it
    raised, and the chain says to go on or has another step to try."""
    note: str | None = None
    """The error of a failed step, or the step that made this one needless."""


@frozen(slots=False)
class Record:
    """One document, as published; offsets are code points into `text` unless said otherwise."""

    schema: str
    """Version of this schema."""
    id: str
    """Identifier of the document: the same for every run over the same source."""
    source: Origin
    """Where it came from."""
    encoding: Encoding | None
    """How the bytes were decoded; enough to decode them again."""
    language: Language | None
    """The dominant language."""
    languages: tuple[LanguageSpan, ...]
    """The languages of the text, span by span."""
    metadata: Metadata
    """What the page says about itself; where it is silent, what its collection says of it."""
    text: str
    """The text of the article."""
    segments: tuple[Segment, ...]
    """Which span of the decoded source each piece of `text` came from."""
    removed: tuple[Removed, ...]
    """What was taken out; its offsets are code points into the decoded source."""
    entities: tuple[Entity, ...]
    """Mentions in the text."""
    steps: tuple[StepTrace, ...]
    """The way through the chain."""
    fingerprint: str
    """Fingerprint of the chain; another one makes the record stale."""
    extra: Mapping[str, Mapping[str, Any]]
    """What plugins add of their own, each under its own name."""

    def to_json(self) -> bytes:
        """Return the record as JSON in UTF-8, on one line."""
        return _ENCODER.encode(self)

    def words(self) -> str:
        """Return title and text as a full-text index wants them."""
        return words(self.metadata.title, self.text)

    def following(self, item: Item) -> Record:
        """Return the record of the same content at another place, or of another time."""
        source = evolve(
            self.source, uri=item.uri, member=item.member, modified=_time(item.modified)
        )
        return evolve(self, id=identify(item.key), source=source)


_ENCODER = msgspec.json.Encoder()


def identify(key: str) -> str:
    """Return the identifier of the document that the ledger knows as `key`: 32 hex digits."""
    return sha256(key.encode()).hexdigest()[:32]


@frozen
class _Titled:
    """The part of a record's metadata that is searched."""

    title: str | None = None


@frozen
class _Searched:
    """The part of a record that is searched."""

    text: str = ""
    metadata: _Titled = _Titled()


_SEARCHED = msgspec.json.Decoder(_Searched)


def words_of(record: bytes) -> str:
    """Return the words of a record, given as JSON, as a full-text index wants them.

    Equal to `Outcome.search` of the run that made it, unless the rules have changed since. What is
    no record has no words.
    """
    try:
        found = _SEARCHED.decode(record)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return words(found.metadata.title, found.text)


def publish(document: Document, steps: tuple[StepTrace, ...], fingerprint: str) -> Record:
    """Return the record of a document that has come to the end of its chain."""
    return Record(
        schema=VERSION,
        id=identify(document.item.key),
        source=_origin(document),
        encoding=document.encoding,
        language=document.language,
        languages=document.languages,
        metadata=document.metadata,
        text=document.text or "",
        segments=document.segments,
        removed=document.removed,
        entities=_in_order(document.entities),
        steps=steps,
        fingerprint=fingerprint,
        extra=dict(document.extra),
    )


def _in_order(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    return tuple(sorted(entities, key=attrgetter("start", "end"))) if entities else ()


def _origin(document: Document) -> Origin:
    item = document.item
    return Origin(
        uri=item.uri,
        member=item.member,
        media_type=document.media_type,
        size=len(document.raw),
        sha256=document.sha256,
        modified=_time(item.modified),
    )


def _time(seconds: float | None) -> str | None:
    """Return a time as ISO 8601 writes it; None for one outside the years 1 to 9999, or for NaN."""
    if seconds is None:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):  # which one depends on how far off it is
        return None
