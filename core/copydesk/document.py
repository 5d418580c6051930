"""The frozen value that travels down the chain, and the laws by which its text may change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from attrs import evolve, field, frozen

from copydesk.item import Item
from copydesk.mapping.alignment import align
from copydesk.metadata import UNTOLD, Metadata
from copydesk.spans import Segment, Span, compose, cut, merge

_NOTHING: Mapping[str, Mapping[str, Any]] = MappingProxyType({})


@frozen(slots=False)
class Candidate:
    """One answer that a detector weighed."""

    name: str
    """What it stands for: an encoding label or a language tag."""
    confidence: float
    """0 to 1."""


@frozen(slots=False)
class Encoding:
    """How the bytes were read; enough to read them again in the same way."""

    name: str
    """WHATWG encoding label in lower case, such as `utf-8`, `windows-1252` or `gb18030`."""
    method: str
    """What decided: `bom`, `utf-8`, `declared`, `chardet` and so on."""
    confidence: float = 1.0
    """0 to 1."""
    replaced: int = 0
    """Bytes or sequences that are not valid in this encoding and were replaced."""
    candidates: tuple[Candidate, ...] = ()
    """The other answers that were weighed, best first."""


@frozen(slots=False)
class Language:
    """The language that most of the text is written in."""

    code: str
    """BCP 47 tag; `und` when it cannot be told."""
    script: str | None = None
    """ISO 15924 code of the writing system, such as `Hans` or `Cyrl`."""
    confidence: float = 1.0
    """0 to 1."""
    candidates: tuple[Candidate, ...] = ()
    """The other answers that were weighed, best first."""


@frozen(slots=False)
class LanguageSpan:
    """A stretch of the text in one language."""

    start: int
    """Offset into `text`, in code points."""
    end: int
    """Offset into `text`, in code points, exclusive."""
    code: str
    """BCP 47 tag."""
    confidence: float = 1.0
    """0 to 1."""


@frozen(slots=False)
class Removed:
    """A piece of the decoded source that a step took out of the text."""

    start: int | None
    """Offset into the decoded source, in code points; null where it has no one place there."""
    end: int | None
    """Offset into the decoded source, exclusive; null as `start`."""
    text: str
    """The characters that were taken out."""
    reason: str
    """Why, in a word or two, such as `comments` or `photo credit`."""
    step: str = ""
    """Label of the step; filled in by the chain."""


@frozen(slots=False)
class Value:
    """The normalised meaning of an entity."""

    number: int | float | None = None
    """The quantity: `6000000000` for 6 billion dollars, `25` for 25 %."""
    currency: str | None = None
    """ISO 4217 code."""
    unit: str | None = None
    """`percent` or another unit of measure."""
    date: str | None = None
    """ISO 8601 date, of year, month or day precision (`2024`, `2024-11`, `2024-11-30`, `--11`)."""


@frozen(slots=False)
class Entity:
    """A mention in the text."""

    start: int
    """Offset into `text`, in code points."""
    end: int
    """Offset into `text`, in code points, exclusive."""
    text: str
    """The characters of the mention."""
    label: str
    """`PERSON`, `ORG`, `PLACE`, `MONEY`, `PERCENT`, `NUMBER`, `DATE` or a plugin's own."""
    confidence: float = 1.0
    """0 to 1."""
    value: Value | None = None
    """Normalised meaning of an amount or a date."""
    link: str | None = None
    """Identifier that is the same for every name of the same thing."""
    step: str = ""
    """Label of the step; filled in by the chain."""


@frozen
class Document:
    """One item on its way down the chain.

    Steps return a changed copy: `attrs.evolve(document, language=...)` for what they find, and one
    of `decoded`, `without` and `with_text` for the text, which keep the map to the source right.
    """

    item: Item
    """What was read."""
    raw: bytes = field(default=b"", repr=False)
    """The bytes of the item."""
    sha256: str = ""
    """SHA-256 of `raw`, in hex."""
    media_type: str = "application/octet-stream"
    """IANA media type; a step may correct what the source said."""
    encoding: Encoding | None = None
    """How `raw` was decoded."""
    source: str | None = field(default=None, repr=False)
    """The decoded source; never changes once it is set."""
    text: str | None = field(default=None, repr=False)
    """The text as it stands now."""
    segments: tuple[Segment, ...] = field(default=(), repr=False)
    """Which span of `source` each piece of `text` came from, in the order of `text`."""
    removed: tuple[Removed, ...] = ()
    """What was taken out of the text."""
    metadata: Metadata = UNTOLD
    """What the page says about itself."""
    language: Language | None = None
    """The dominant language."""
    languages: tuple[LanguageSpan, ...] = ()
    """The languages of the text, span by span."""
    entities: tuple[Entity, ...] = ()
    """Mentions in the text, by offset."""
    extra: Mapping[str, Mapping[str, Any]] = _NOTHING
    """What plugins add of their own, each under its own name."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of the entities found so far, each once, in alphabetical order."""
        return tuple(sorted({entity.label for entity in self.entities}))

    def decoded(self, text: str, encoding: Encoding) -> Document:
        """Return the document with its bytes read as `text`, mapped one to one."""
        whole = (Segment(0, len(text), 0, len(text)),) if text else ()
        # Every document comes by here: `evolve` would take three times as long.
        return Document(
            self.item,
            self.raw,
            self.sha256,
            self.media_type,
            encoding,
            text,
            text,
            whole,
            self.removed,
            self.metadata,
            self.language,
            self.languages,
            self.entities,
            self.extra,
        )

    def without(self, spans: Iterable[Span], reason: str) -> Document:
        """Return the document with `spans` of its text cut out and kept in `removed`.

        `spans` are (start, end) pairs of code points into `text`, in any order; they may overlap.
        Language spans shrink; an entity that loses a character goes.
        """
        text = self._text()
        gone = merge(spans, len(text))
        if not gone:
            return self
        kept = _between(gone, len(text))
        return evolve(
            self,
            text="".join(text[start:end] for start, end in kept),
            segments=cut(self.segments, kept),
            removed=(*self.removed, *self._pieces(gone, reason)),
            languages=_shift_languages(self.languages, kept),
            entities=_shift_entities(self.entities, gone),
        )

    def with_text(self, new: str, markup: Sequence[Span] = ()) -> Document:
        """Return the document with `new` as its text, for steps that extract.

        The new text is aligned with the old one, so that `segments` still point into the source.
        `markup` lists the spans of the old text that cannot have become text (tags, scripts),
        sorted and apart. A piece with no place in the old text, or several, has no segment.
        Languages and entities are dropped: find them again.
        """
        aligned = align(self._text(), new, markup)
        return evolve(
            self, text=new, segments=compose(aligned, self.segments), languages=(), entities=()
        )

    def with_extra(self, namespace: str, **values: Any) -> Document:
        """Return the document with `values` (plain JSON data) added under `extra[namespace]`."""
        mine = {**self.extra.get(namespace, {}), **values}
        return evolve(self, extra={**self.extra, namespace: mine})

    def _text(self) -> str:
        if self.text is None:
            raise ValueError("the document has no text yet; an encoding step must come first")
        return self.text

    def _pieces(self, gone: list[Span], reason: str) -> Iterable[Removed]:
        """Yield what is taken out, split at gaps of the source, so that each piece is exact."""
        text = self._text()
        for start, end in gone:
            at = start
            for segment in cut(self.segments, [(start, end)]):
                if at < start + segment.start:
                    yield Removed(None, None, text[at : start + segment.start], reason)
                at = start + segment.end
                yield Removed(
                    segment.source_start,
                    segment.source_end,
                    text[start + segment.start : at],
                    reason,
                )
            if at < end:
                yield Removed(None, None, text[at:end], reason)


def _between(gone: list[Span], length: int) -> list[Span]:
    """Return the spans of a text that `gone` leaves."""
    edges = [0, *(edge for span in gone for edge in span), length]
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def _shift_languages(spans: tuple[LanguageSpan, ...], kept: list[Span]) -> tuple[LanguageSpan, ...]:
    found = []
    for span in spans:
        at = 0
        pieces = []
        for start, end in kept:
            first, last = max(start, span.start), min(end, span.end)
            if first < last:
                pieces.append((at + first - start, at + last - start))
            at += end - start
        if pieces:
            found.append(evolve(span, start=pieces[0][0], end=pieces[-1][1]))
    return tuple(found)


def _shift_entities(entities: tuple[Entity, ...], gone: list[Span]) -> tuple[Entity, ...]:
    starts = [start for start, _ in gone]
    lost = [0]
    for start, end in gone:
        lost.append(lost[-1] + end - start)
    found = []
    for entity in entities:
        before = bisect_right(starts, entity.start)
        touched = before and gone[before - 1][1] > entity.start
        if touched or (before < len(gone) and gone[before][0] < entity.end):
            continue
        shift = lost[before]
        found.append(evolve(entity, start=entity.start - shift, end=entity.end - shift))
    return tuple(found)
