"""Finds the names of a gazetteer, in every script, and links them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from attrs import evolve, frozen
from copydesk_entities import boundary, gazetteer
from copydesk_entities.gazetteer import Name
from copydesk_entities.tongues import Tongues

from copydesk.api import Document, Entity


@frozen
class Options:
    """Which names to find."""

    labels: tuple[str, ...] = ("PERSON", "ORG", "PLACE")
    """Labels to give; names of others are not looked for."""
    names: Path | None = None
    """A file of your own names, one thing a line: label, link and names, with tabs between
    the fields and ` | ` between the names. They win over bundled names."""
    use_bundled: bool = True
    """Also look for the names that come with Copydesk (countries, organisations, people)."""


@frozen
class _Match:
    start: int
    end: int
    name: Name


class Names:
    """Looks for all names at once with one automaton."""

    def __init__(self, options: Options) -> None:
        """Read the gazetteers and build the automaton."""
        import ahocorasick  # noqa: PLC0415 - loaded with the step

        names = gazetteer.read(options.names) if options.names else []
        if options.use_bundled:
            names += gazetteer.bundled()
        groups: dict[str, list[Name]] = {}
        for name in names:
            if name.label in options.labels:
                groups.setdefault(name.text, []).append(name)
        self._automaton = ahocorasick.Automaton()
        for text, group in groups.items():
            self._automaton.add_word(text, (len(text), tuple(group)))
        self._automaton.make_automaton()
        self._is_empty = not groups

    def process(self, document: Document) -> Document:
        """Return the document with the names it holds among the entities."""
        text = document.text or ""
        if self._is_empty or not text:
            return document
        matches = _longest(list(self._matches(text, Tongues(document))))
        full = {match.name.link for match in matches if not match.name.is_short}
        found = [
            Entity(
                match.start,
                match.end,
                text[match.start : match.end],
                match.name.label,
                link=match.name.link,
            )
            for match in matches
            if match.name.link in full
        ]
        entities = sorted((*document.entities, *found), key=lambda one: (one.start, one.end))
        return evolve(document, entities=tuple(entities))

    def _matches(self, text: str, tongues: Tongues) -> Iterator[_Match]:
        for last, (length, group) in self._automaton.iter(text):
            start = boundary.begin(text, last + 1 - length)
            if start is None:
                continue
            codes = tongues.at(start)
            end = boundary.finish(text, last + 1, codes)
            name = _pick(group, codes)
            if end is not None and name:
                yield _Match(start, end, name)


def _pick(group: tuple[Name, ...], codes: tuple[str, ...]) -> Name | None:
    """Return the meaning of a name in the likeliest of the languages."""
    known = codes[:-1] if codes[-1:] == ("en",) and len(codes) > 1 else codes
    best: Name | None = None
    least = len(known)
    for name in group:
        if not name.languages or not known:
            if best is None:
                best = name
            continue
        ranks = [rank for rank, code in enumerate(known) if code in name.languages]
        if ranks and ranks[0] < least:
            best, least = name, ranks[0]
    return best


def _longest(matches: list[_Match]) -> list[_Match]:
    """Keep the longest of overlapping matches, the first of equals."""
    kept: list[_Match] = []
    end = 0
    for match in sorted(matches, key=lambda one: (one.start, -one.end)):
        if match.start >= end:
            kept.append(match)
            end = match.end
    return kept
