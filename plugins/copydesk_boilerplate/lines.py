"""Takes boilerplate lines and sentences out of plain text, most of them at its edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.api import Document, Span
from copydesk_boilerplate.cuts import Cut, cut_lines
from copydesk_boilerplate.edges import find_lines, find_sentences
from copydesk_boilerplate.marks import Marks
from copydesk_boilerplate.matcher import Matcher
from copydesk_boilerplate.options import LinesOptions
from copydesk_boilerplate.phrases import Pattern, normalize_text, read_patterns

_LONGEST = 240  # characters; a longer line is the article's own
_REACH = 400  # characters at both ends of the text that are looked through for sentences
_ABBREVIATION = re.compile(r"\b\w{1,4}\.\s*$")  # where a stop may not end the sentence

SCOPES = ("anywhere", "lines", "sentences", "ends", "tails", "headings")


class Lines:
    """The step `boilerplate.lines`: what is taken out stays in `removed`, with the reason.

    A text that is nothing but boilerplate stays as it is.
    """

    def __init__(self, options: LinesOptions) -> None:
        own = [
            Pattern(reason, "sentences", expression)
            for reason, expressions in options.patterns.items()
            for expression in expressions
        ]
        patterns = sorted([*own, *read_patterns()], key=lambda pattern: SCOPES.index(pattern.scope))
        self._edge_lines = options.edge_lines
        self._lines = Matcher(patterns)
        self._sentences = Matcher(p for p in patterns if p.scope == "sentences")

    def process(self, document: Document) -> Document:
        """Return the document without the boilerplate in its text."""
        gone = 0
        for cut in self.find(document.text or ""):
            document = document.without([(cut.start - gone, cut.end - gone)], cut.reason)
            gone += cut.end - cut.start
        return document

    def find(self, text: str) -> list[Cut]:
        """Return what to take out of `text`, in its order."""
        spans = find_lines(text)
        reasons = self._reasons(spans, text)
        kept = [span for span, reason in zip(spans, reasons, strict=True) if reason is None]
        if not kept:
            return []
        opening = list(self._at_start(text, kept[0]))
        low = max(kept[-1][0], opening[-1].end) if opening else kept[-1][0]
        closing = self._at_end(text, kept[-1], low)
        cuts = [*cut_lines(text, spans, reasons), *opening, *closing]
        return sorted(cuts, key=lambda cut: cut.start)

    def _reasons(self, spans: Sequence[Span], text: str) -> list[str | None]:
        """Return the reason of each line to go, or None if it stays."""
        sizes = [end - start for start, end in spans]
        lines = [text[start:end] if end - start <= _LONGEST else "" for start, end in spans]
        found = [self._lines.match(normalize_text(line)) if line else None for line in lines]
        marks = Marks(lines, found, sizes)
        low = marks.mark_edges(self._edge_lines, self._whole)
        marks.mark_end()
        marks.mark_tails(low)
        marks.mark_headings()
        return marks.reasons

    def _whole(self, line: str) -> str | None:
        """Return the reason of a line all of whose sentences are boilerplate."""
        sentences = [line[start:end] for start, end in find_sentences(line)]
        if len(sentences) < 2:
            return None
        peeled = list(self._peel(sentences))
        return peeled[0][1] if sum(size for size, _ in peeled) == len(line) else None

    def _at_start(self, text: str, line: Span) -> Iterator[Cut]:
        """Yield the boilerplate sentences that the first line begins with."""
        at, end = line[0], min(line[1], line[0] + _REACH)
        pieces = [text[at + a : at + b] for a, b in find_sentences(text[at:end])]
        whole = pieces if end == line[1] else pieces[:-1]
        for size, reason in self._peel(whole):
            yield Cut(at, at + size, reason)
            at += size

    def _at_end(self, text: str, line: Span, low: int) -> Iterator[Cut]:
        """Yield the boilerplate sentences that the last line ends with, after `low`."""
        start, at = max(low, line[1] - _REACH), line[1]
        pieces = [text[start + a : start + b] for a, b in find_sentences(text[start:at])][1:]
        for size, reason in self._peel(pieces[::-1], backwards=True):
            first = start + len(text[start : at - size].rstrip())
            yield Cut(first, at, reason)
            at = first

    def _peel(self, pieces: Sequence[str], *, backwards: bool = False) -> Iterator[tuple[int, str]]:
        """Yield size and reason of the sentences that are boilerplate, until one is not."""
        index = 0
        while index < len(pieces):
            text, count = pieces[index], 1
            found = self._sentences.match(normalize_text(text))
            if found is None and index + 1 < len(pieces):
                first, second = (
                    (pieces[index + 1], text) if backwards else (text, pieces[index + 1])
                )
                if _ABBREVIATION.search(first):
                    text, count = first + second, 2
                    found = self._sentences.match(normalize_text(text))
            if found is None:
                return
            yield len(text), found.reason
            index += count
