"""Finds the names of a gazetteer, in every script, and links them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from attrs import evolve, frozen

from copydesk.api import Document, Entity
from copydesk_entities import boundary, context, gazetteer
from copydesk_entities.gazetteer import Name, Row
from copydesk_entities.options import NamesOptions
from copydesk_entities.tongues import NEWS, Tongues

_PIECE = 1 << 16
"""Characters searched at a time, so that the matches of a huge text are never all in memory."""


_Hit = tuple[int, int, int]
"""Index of a name, start and end."""


@frozen
class _Match:
    start: int
    end: int
    name: Name


class Names:
    """Finds known places, organisations and people in every script, each with one link."""

    def __init__(self, options: NamesOptions) -> None:
        """Read the gazetteers and build the automaton."""
        from ahocorasick_rs import AhoCorasick, Implementation  # noqa: PLC0415 - a library of its own

        self._options = options
        self._context = context.Context()
        groups: dict[str, list[Name]] = {}
        for text, name in _rows(options):
            if name.label in (gazetteer.SILENT, *options.labels):
                groups.setdefault(text, []).append(name)
        self._groups = list(groups.values())
        self._overlap = max(map(len, groups), default=0)
        self._automaton = AhoCorasick(
            groups, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def __reduce__(self) -> tuple[type[Names], tuple[NamesOptions]]:
        """Pickle as the options: the automaton is built again."""
        return type(self), (self._options,)

    def process(self, document: Document) -> Document:
        """Return the document with the names it holds among the entities."""
        text = document.text or ""
        hits = self._search(text)
        candidates = islice(hits, self._options.max_candidates)
        matches = _longest(self._matches(text, candidates, Tongues(document)))
        if (rest := next(hits, None)) is not None:
            document = document.with_extra("entities", names_stopped_at=rest[1])
        full = {match.name.link for match in matches if not match.name.is_short}
        entities = [
            Entity(
                match.start,
                match.end,
                text[match.start : match.end],
                match.name.label,
                link=match.name.link,
            )
            for match in matches
            if match.name.link in full and match.name.label != gazetteer.SILENT
        ]
        entities = sorted((*document.entities, *entities), key=lambda one: (one.start, one.end))
        return evolve(document, entities=tuple(entities))

    def _matches(self, text: str, hits: Iterable[_Hit], tongues: Tongues) -> Iterator[_Match]:
        """Yield the hits that are whole words and names of their own."""
        for index, first, last in hits:
            start = boundary.begin(text, first)
            if start is None:
                continue
            codes = tongues.at(first)
            end = boundary.finish(text, last, codes)
            name = _pick(self._groups[index], codes)
            if end is None or name is None:
                continue
            if name.label == "ORG":
                end = context.with_company_form(text, end)
            if name.label != gazetteer.SILENT and self._context.is_part(
                text, first, end, name.label, codes, is_form=name.is_form
            ):
                continue
            yield _Match(start, end, name)

    def _search(self, text: str) -> Iterator[_Hit]:
        """Yield every place of a known name, inside words too."""
        for offset in range(0, len(text), _PIECE):
            piece = text[offset : offset + _PIECE + self._overlap]
            for index, start, end in self._find(piece):
                if start < _PIECE:
                    yield index, offset + start, offset + end

    def _find(self, piece: str) -> list[_Hit]:
        try:
            return self._automaton.find_matches_as_indexes(piece, overlapping=True)
        except UnicodeEncodeError:  # half a surrogate pair, which is in no name
            whole = piece.encode("utf-8", "replace").decode()
            return self._automaton.find_matches_as_indexes(whole, overlapping=True)


def _rows(options: NamesOptions) -> Iterator[Row]:
    if options.names:
        yield from gazetteer.read(options.names)
    if options.use_bundled:
        yield from gazetteer.bundled()


def _pick(group: Sequence[Name], codes: Sequence[str]) -> Name | None:
    """Return the meaning of a name in the likeliest of the languages, the first of equals."""
    known = codes[:-1] if len(codes) > 1 and codes[-1] == "en" else codes
    best: Name | None = None
    least = len(known) or 1
    for name in group:
        rank = _rank(name.languages, known)
        if rank < least:
            best, least = name, rank
    return best


def _rank(languages: frozenset[str], known: Sequence[str]) -> int:
    if not languages or (not known and languages & NEWS):
        return 0
    return next((rank for rank, code in enumerate(known) if code in languages), len(known) or 1)


def _longest(matches: Iterable[_Match]) -> list[_Match]:
    """Keep the longest of overlapping matches, the first of equals."""
    kept: list[_Match] = []
    end = 0
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if match.start >= end:
            kept.append(match)
            end = match.end
    return kept
